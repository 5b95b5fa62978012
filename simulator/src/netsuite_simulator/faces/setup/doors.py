"""The way to every page: session found, role asked, form checked, request noted, page shown.

Every form carries a token that only this session was given, so that no other site can post it. Refuses to know what any
page is about.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from itertools import groupby

from aiohttp import web

from netsuite_simulator import snapshots
from netsuite_simulator.accounts import Accounts
from netsuite_simulator.faces.oauth.asking import SESSION_COOKIE, user_of
from netsuite_simulator.faces.setup import (
    certificates,
    employees,
    features,
    home,
    integrations,
    ownaccess,
    paths,
    preferences,
    recordpages,
    roles,
    signing,
    tokens,
    trails,
    workspaces,
)
from netsuite_simulator.faces.setup.pieces import Link, Page
from netsuite_simulator.faces.setup.rendering import Menu, Seat, html, stylesheet
from netsuite_simulator.faces.setup.visits import NotHereError, Place, Visit, entries_of, redirect, usable_roles
from netsuite_simulator.permissions import label_of

DOOR = "setup"  # as the journal and the system notes name the pages
STALE = (
    "The page was open for too long, or the form came from elsewhere. Open the page again and repeat what you entered."
)
PLACES: tuple[Place, ...] = (
    *home.PLACES,
    *features.PLACES,
    *preferences.PLACES,
    *integrations.PLACES,
    *workspaces.PLACES,
    *roles.PLACES,
    *tokens.PLACES,
    *employees.PLACES,
    *ownaccess.PLACES,
    *certificates.PLACES,
    *recordpages.PLACES,
    *trails.PLACES,
)

Respond = Callable[[web.Request], Awaitable[web.StreamResponse]]


def routes(accounts: Accounts) -> list[web.RouteDef]:
    """Return the pages' routes."""
    own = [web.route(method, one.path, partial(_opened, accounts, one)) for one in PLACES for method in ("GET", "POST")]
    return [
        *own,
        *signing.routes(accounts),
        web.get("/", _lead_home),
        web.get(paths.STYLE, _style),
    ]


async def _lead_home(_: web.Request) -> web.StreamResponse:
    return redirect(paths.HOME)


async def _style(_: web.Request) -> web.StreamResponse:
    return stylesheet()


async def _opened(accounts: Accounts, place: Place, request: web.Request) -> web.StreamResponse:
    """Open a place for whoever is signed in, or ask them to sign in first."""
    account = signing.account_at(accounts, request)
    session = account.sessions.find(request.cookies.get(SESSION_COOKIE))
    user = user_of(account, session)
    if session is None or user is None:
        return redirect(paths.to(paths.SIGN_IN, next=request.path_qs))
    held = usable_roles(account, user)
    role = next((one for one in held if one.id == session.role_id), held[0] if held else None)
    if role is None:
        sentence = "None of your roles opens pages. Ask an administrator for such a role."
        return html(sorry("No role", sentence, 403), account_id=account.id, here="", seat=None)
    visit = Visit(
        account=account,
        session=session,
        user=user,
        role=role,
        path=request.path,
        query=request.query,
        entries=entries_of(await request.post()) if request.method == "POST" else None,
    )
    answer = _answer(place, visit)
    if isinstance(answer, Page):
        seat = Seat(user=user.name, role=role.name, token=session.token, menu=_menu(visit))
        return html(answer, account_id=account.id, here=place.path, seat=seat)
    return answer


def _answer(place: Place, visit: Visit) -> Page | web.Response:
    """Let a place answer a visit, noted in the journal as every request is."""
    account = visit.account
    noted = account.journal.opened(DOOR, place.path, 1)
    noted.user = visit.user.email
    with account.journal.working(noted):
        answer = _checked(place, visit)
    noted.outcome = str(answer.status)
    if visit.entries is not None and account.storage.path is not None:
        snapshots.save(account)
    return answer


def _checked(place: Place, visit: Visit) -> Page | web.Response:
    if visit.entries is not None and not _is_ours(visit, visit.entries.text("token")):
        return sorry("This form cannot be taken", STALE, 403)
    if not visit.may(*place.needs):
        return sorry("Permission Violation", lacking(*place.needs), 403)
    try:
        return place.answer(visit)
    except NotHereError as error:
        return sorry("Nothing there", str(error), 404)


def _is_ours(visit: Visit, token: str) -> bool:
    return hmac.compare_digest(token.encode(), visit.session.token.encode())


def sorry(title: str, sentence: str, status: int) -> Page:
    """Say why there is nothing to see."""
    return Page(title=title, problems=(sentence,), status=status)


def lacking(*permissions: str) -> str:
    """Refuse in NetSuite's words what a role may not open, reference §4.8."""
    labels = " or ".join(f"'{label_of(one)}'" for one in permissions)
    return f"You need the {labels} permission to access this page. Please contact your account administrator."


def _menu(visit: Visit) -> Menu:
    """Group what the role may open by the menu's titles and groups."""
    shown = [(*one.menu, one.path) for one in PLACES if one.menu is not None and visit.may(*one.needs)]
    titles = list(dict.fromkeys(title for title, _, _, _ in shown))
    return [(title, _groups(entry for entry in shown if entry[0] == title)) for title in titles]


def _groups(entries: Iterable[tuple[str, str, str, str]]) -> list[tuple[str, list[Link]]]:
    ordered = sorted(entries, key=lambda entry: entry[1])
    return [
        (name, [Link(label=label, href=path) for _, _, label, path in group])
        for name, group in groupby(ordered, key=lambda entry: entry[1])
    ]
