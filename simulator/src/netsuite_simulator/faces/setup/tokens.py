"""Access Tokens: the list of all, a new one for an application, a user and a role, and revoking; id and secret are shown once.

What the pages of a token ask is assumed from what a token is (reference §2.1).

Refuses to know signatures, and a user's own tokens, which are `ownaccess`.
"""

from __future__ import annotations

from collections.abc import Iterable

from aiohttp import web

from netsuite_simulator.account import Account
from netsuite_simulator.faces.setup import paths
from netsuite_simulator.faces.setup.pieces import (
    Box,
    Button,
    Cell,
    Fact,
    Form,
    Input,
    Link,
    Listing,
    Option,
    Page,
    Row,
    Section,
    buttons,
    select,
    text,
)
from netsuite_simulator.faces.setup.visits import Place, Visit, redirect
from netsuite_simulator.integrations import Integration
from netsuite_simulator.permissions import ALL_TOKENS, FULL, LOGIN_BY_TOKEN
from netsuite_simulator.roles import Role
from netsuite_simulator.tokens import Token
from netsuite_simulator.users import User

TRAIL = ("Setup", "Users/Roles", "Access Tokens")
ONCE = (
    "This is the only time the token ID and the token secret are shown. Copy both now. If you lose them, revoke the"
    " token and create another one."
)
SHOWN_ONCE = "token"  # the name under which a session keeps what the list shows once
_MESSAGES = {"revoked": "The access token is revoked.", "created": "The access token is created."}


def listing(account: Account, tokens: Iterable[Token]) -> Listing:
    """List tokens, each with the button that revokes it."""
    columns = ("Token Name", "Application Name", "User", "Role", "State", "Date Created")
    rows = tuple(_row(account, one) for one in tokens)
    return Listing(caption="Access Tokens", columns=columns, rows=rows, empty="There is no access token yet.")


def _row(account: Account, token: Token) -> Row:
    integration = account.integrations.by_key(token.consumer_key)
    role = account.roles.get(token.role_id)
    created = "" if token.created_at is None else f"{token.created_at.astimezone(account.zone):%Y-%m-%d %H:%M}"
    cells = (
        token.name,
        "(deleted)" if integration is None else integration.name,
        token.user,
        "(deleted)" if role is None else role.name,
        "Revoked" if token.is_revoked else "Active",
        created,
    )
    revoke = Button(act="revoke", label="Revoke", spoken=f"Revoke {token.name}")
    return Row(id=token.id, cells=tuple(Cell(text=one) for one in cells), buttons=() if token.is_revoked else (revoke,))


def keep_to_show(visit: Visit, token: Token) -> None:
    """Let the next list show a new token's id and secret."""
    visit.session.once[SHOWN_ONCE] = (("Token ID", token.id), ("Token Secret", token.secret))


def shown_once(visit: Visit) -> tuple[Box, ...]:
    """Return the box of a token that was just made."""
    facts = tuple(Fact(label=label, value=value) for label, value in visit.session.once.pop(SHOWN_ONCE, ()))
    return (Box(title="Access Token", facts=facts, warning=ONCE),) if facts else ()


def message(visit: Visit) -> str:
    """Say what was just done."""
    return _MESSAGES.get(visit.query.get("done", ""), "")


def applications(account: Account) -> tuple[Option, ...]:
    """List the applications a token can be for, none chosen first."""
    usable = (one for one in account.integrations if one.has_tba and one.is_enabled)
    return (Option(value="", label=""), *(Option(value=one.id, label=one.name) for one in usable))


def _list(visit: Visit) -> Page | web.Response:
    """List every token; revoke one."""
    account = visit.account
    if visit.entries is not None:
        token = account.tokens.find(visit.entries.text("id"))
        if token is not None and visit.act == "revoke":
            account.tokens.revoke(token)
        return redirect(paths.to(paths.TOKENS, done="revoked"))
    return Page(
        title="Access Tokens",
        trail=TRAIL,
        links=(Link(label="New Access Token", href=paths.TOKEN),),
        boxes=shown_once(visit),
        listings=(listing(account, account.tokens),),
        message=message(visit),
    )


def _new(visit: Visit) -> Page | web.Response:
    """Create a token for an application, a user and a role."""
    problems: list[str] = []
    if visit.entries is not None:
        chosen = _chosen(visit)
        missing = [
            label for label, one in zip(("Application Name", "User", "Role"), chosen, strict=True) if one is None
        ]
        if missing:
            problems.append(f"Please enter value(s) for: {', '.join(missing)}")
        integration, user, role = chosen
        if integration is not None and user is not None and role is not None:
            objection = visit.account.tokens.objection(integration, role, user)
            if objection is None:
                name = visit.entries.text("name").strip()
                keep_to_show(visit, visit.account.tokens.add(integration, role, user=user.email, name=name))
                return redirect(paths.to(paths.TOKENS, done="created"))
            problems.append(objection)
    form = Form(
        sections=(Section(title="Primary Information", inputs=_inputs(visit)),), buttons=buttons(("save", "Save"))
    )
    return Page(title="Access Token", trail=TRAIL, form=form, problems=tuple(problems))


def _chosen(visit: Visit) -> tuple[Integration | None, User | None, Role | None]:
    assert visit.entries is not None
    account, entries = visit.account, visit.entries
    wanted = entries.text("application")
    return (
        next((one for one in account.integrations if wanted and one.id == wanted), None),
        account.users.find(entries.text("user")) if entries.text("user") else None,
        account.roles.get(entries.text("role")),
    )


def _inputs(visit: Visit) -> tuple[Input, ...]:
    account, entries = visit.account, visit.entries
    users = (Option(value=one.email, label=f"{one.name} ({one.email})") for one in account.users if one.has_access)
    roles = (Option(value=one.id, label=one.name) for one in account.roles if one.may(LOGIN_BY_TOKEN, FULL))
    given = {} if entries is None else {name: entries.text(name) for name in ("application", "user", "role", "name")}
    nothing = Option(value="", label="")
    return (
        select(
            "application", "Application Name", applications(account), given.get("application", ""), is_required=True
        ),
        select("user", "User", (nothing, *users), given.get("user", ""), is_required=True),
        select(
            "role",
            "Role",
            (nothing, *roles),
            given.get("role", ""),
            is_required=True,
            hint="One of the user's roles that may log in using access tokens.",
        ),
        text(
            "name",
            "Token Name",
            given.get("name", ""),
            hint="Made of application, user and role where it is left empty.",
        ),
    )


PLACES = (
    Place(path=paths.TOKENS, answer=_list, needs=(ALL_TOKENS,), menu=TRAIL),
    Place(path=paths.TOKEN, answer=_new, needs=(ALL_TOKENS,)),
)
