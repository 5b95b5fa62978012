"""The home page with its portlets, and the form that takes another role (the layout is assumed).

Refuses to know what lies behind its links.
"""

from __future__ import annotations

from aiohttp import web

from netsuite_simulator.faces.setup import paths
from netsuite_simulator.faces.setup.pieces import Box, Fact, Form, Link, Option, Page, Section, buttons, select
from netsuite_simulator.faces.setup.visits import Place, Visit, redirect, usable_roles
from netsuite_simulator.permissions import OWN_TOKENS


def _home(visit: Visit) -> Page:
    """Show the account, the user's own settings, and the roles to choose from."""
    account = visit.account
    now = account.clock.now().astimezone(account.zone)
    facts = (
        Fact(label="Account ID", value=account.id),
        Fact(label="User", value=visit.user.name),
        Fact(label="Role", value=visit.role.name),
        Fact(label="Time of the account", value=f"{now:%Y-%m-%d %H:%M:%S} {account.zone.key}"),
    )
    return Page(
        title="Home",
        boxes=(
            Box(
                title="This account",
                facts=facts,
                text="A simulated NetSuite account. Nothing here reaches the real one.",
            ),
            Box(
                title="Settings", links=_settings(visit), text="" if _settings(visit) else "Your role has no settings."
            ),
        ),
    )


def _settings(visit: Visit) -> tuple[Link, ...]:
    links = []
    if visit.may(OWN_TOKENS):
        links.append(Link(label="Manage Access Tokens", href=paths.MY_TOKENS))
    if len(usable_roles(visit.account, visit.user)) > 1:
        links.append(Link(label="Change Role", href=paths.CHANGE_ROLE))
    return tuple(links)


def _change_role(visit: Visit) -> Page | web.Response:
    """Go on in another role of the user."""
    held = usable_roles(visit.account, visit.user)
    if visit.entries is not None:
        wanted = next((one for one in held if one.id == visit.entries.text("role")), None)
        if wanted is not None:
            visit.session.role_id = wanted.id
            return redirect(paths.HOME)
    options = tuple(Option(value=one.id, label=one.name) for one in held)
    section = Section(title="", inputs=(select("role", "Role", options, visit.role.id),))
    problems = () if visit.entries is None else ("You do not have that role. Choose another one.",)
    form = Form(sections=(section,), buttons=buttons(("change", "Change Role")))
    return Page(title="Change Role", form=form, problems=problems)


PLACES = (Place(path=paths.HOME, answer=_home), Place(path=paths.CHANGE_ROLE, answer=_change_role))
