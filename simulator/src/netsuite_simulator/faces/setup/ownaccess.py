"""My access tokens: what the Settings portlet leads a user with the permission User Access Token to (its layout is assumed).

A token of one's own is for the role one is in. Refuses to know other users' tokens.
"""

from __future__ import annotations

from aiohttp import web

from netsuite_simulator.faces.setup import paths, tokens
from netsuite_simulator.faces.setup.pieces import Form, Link, Page, Section, buttons, select, shown, text
from netsuite_simulator.faces.setup.visits import Place, Visit, redirect
from netsuite_simulator.permissions import OWN_TOKENS


def _list(visit: Visit) -> Page | web.Response:
    """List the user's tokens; revoke one."""
    account = visit.account
    own = account.tokens.of_user(visit.user.email)
    if visit.entries is not None:
        token = next((one for one in own if one.id == visit.entries.text("id")), None)
        if token is not None and visit.act == "revoke":
            account.tokens.revoke(token)
        return redirect(paths.to(paths.MY_TOKENS, done="revoked"))
    return Page(
        title="My Access Tokens",
        trail=("Home", "Settings", "Manage Access Tokens"),
        links=(Link(label="New My Access Token", href=paths.MY_TOKEN),),
        boxes=tokens.shown_once(visit),
        listings=(tokens.listing(account, own),),
        message=tokens.message(visit),
    )


def _new(visit: Visit) -> Page | web.Response:
    """Create a token of one's own for an application."""
    account, entries = visit.account, visit.entries
    problem: str | None = None
    wanted = "" if entries is None else entries.text("application")
    name = "" if entries is None else entries.text("name").strip()
    if entries is not None:
        integration = next((one for one in account.integrations if wanted and one.id == wanted), None)
        problem = "Please enter value(s) for: Application Name"
        if integration is not None:
            problem = account.tokens.objection(integration, visit.role, visit.user)
            if problem is None:
                made = account.tokens.add(integration, visit.role, user=visit.user.email, name=name)
                tokens.keep_to_show(visit, made)
                return redirect(paths.to(paths.MY_TOKENS, done="created"))
    inputs = (
        select("application", "Application Name", tokens.applications(account), wanted, is_required=True),
        shown("Role", visit.role.name),
        text("name", "Token Name", name),
    )
    return Page(
        title="New My Access Token",
        trail=("Home", "Settings", "Manage Access Tokens"),
        form=Form(sections=(Section(title="Primary Information", inputs=inputs),), buttons=buttons(("save", "Save"))),
        problems=() if problem is None else (problem,),
    )


PLACES = (
    Place(path=paths.MY_TOKENS, answer=_list, needs=(OWN_TOKENS,)),
    Place(path=paths.MY_TOKEN, answer=_new, needs=(OWN_TOKENS,)),
)
