"""The page that says which workspace opens within NetSuite, the way to it from a record, and its framed subtab.

The layout is assumed (see `workspaces`). Refuses to know how anybody is signed on there.
"""

from __future__ import annotations

from aiohttp import web

from netsuite_simulator.account import Stored
from netsuite_simulator.faces.setup import paths
from netsuite_simulator.faces.setup.pieces import (
    Box,
    Fact,
    Form,
    Frame,
    Input,
    Link,
    Look,
    Option,
    Page,
    Section,
    buttons,
    select,
    text,
)
from netsuite_simulator.faces.setup.visits import NotHereError, Place, Visit, redirect
from netsuite_simulator.permissions import INTEGRATIONS
from netsuite_simulator.results import view_refusal
from netsuite_simulator.workspaces import (
    OPENED,
    SignOn,
    Workspace,
    WorkspaceError,
    address_for,
    choose_workspace,
    workspace_of,
)

SUBTAB = "workspace"
_SIGN_ONS = (
    Option(value=SignOn.OPENID, label="OpenID Connect: the workspace asks this account"),
    Option(value=SignOn.SUITESIGNON, label="SuiteSignOn (ended with NetSuite 2025.1)"),
)
_WHERE = "Empty: no record leads to a workspace. The record's account, type and ID are added to the address."
_KEPT = "Of SuiteSignOn only. It is not shown again; leave it empty to keep the one there is."


def _choose(visit: Visit) -> Page | web.Response:
    """Show which workspace opens, and keep another one."""
    storage, entries = visit.account.storage, visit.entries
    kept = workspace_of(storage)
    problems: tuple[str, ...] = ()
    address, sign_on = ("", SignOn.OPENID) if kept is None else (kept.address, kept.sign_on)
    if entries is not None:
        address = entries.text("address").strip()
        sign_on = SignOn.SUITESIGNON if entries.text("sign_on") == SignOn.SUITESIGNON else SignOn.OPENID
        try:
            with storage.transaction():
                choose_workspace(storage, address, sign_on, entries.text("secret"))
        except WorkspaceError as error:
            problems = (str(error),)
        else:
            return redirect(paths.to(paths.WORKSPACE, done="saved"))
    inputs = (
        text("address", "Workspace Address", address, hint=_WHERE),
        select("sign_on", "Sign People On By", _SIGN_ONS, sign_on),
        Input(name="secret", label="Shared Secret", look=Look.PASSWORD, hint=_KEPT),
    )
    return Page(
        title="Workspace",
        trail=("Setup", "Integration", "Workspace"),
        boxes=_keys_of(kept),
        form=Form(sections=(Section(title="", inputs=inputs),), buttons=buttons(("save", "Save"))),
        message="The workspace is saved." if visit.query.get("done") and not problems else "",
        problems=problems,
    )


def _keys_of(kept: Workspace | None) -> tuple[Box, ...]:
    if kept is None or kept.sign_on is not SignOn.SUITESIGNON:
        return ()
    return (Box(title="SuiteSignOn", facts=(Fact(label="Consumer Key", value=kept.consumer_key),)),)


def _open(visit: Visit) -> Page | web.Response:
    """Send the browser to a record in the workspace."""
    workspace = workspace_of(visit.account.storage)
    type_name, wanted = visit.query.get("type", ""), visit.query.get("id", "")
    if workspace is None or type_name not in OPENED:
        raise NotHereError(
            "No workspace opens for this record. An administrator names one at Setup > Integration > Workspace."
        )
    record_type = visit.account.types[type_name]
    found = visit.account.get(type_name, internal_id=wanted)
    if found is None:
        raise NotHereError("That record does not exist. It may have been deleted.")
    refusal = view_refusal(record_type, visit.login) or visit.account.denial(visit.login, type_name, found.id)
    if refusal is not None:
        return Page(title=record_type.label, problems=(refusal.message,), status=403)
    return redirect(address_for(visit.account, workspace, visit.user, type_name, found.id))


def links_of(visit: Visit, current: Stored) -> tuple[Link, ...]:
    """Return the ways from a record to the workspace: its subtab, and a window of its own."""
    if current.type.name not in OPENED or workspace_of(visit.account.storage) is None:
        return ()
    return (
        Link(label="Show Workspace", href=paths.form_of(current.type.name, id=current.id, subtab=SUBTAB)),
        Link(label="Open in Workspace", href=_way_to(current), opens_window=True),
    )


def frame_of(visit: Visit, current: Stored | None) -> Frame | None:
    """Return the subtab in which the workspace shows a record, where it was asked for."""
    workspace = workspace_of(visit.account.storage)
    if current is None or workspace is None or current.type.name not in OPENED or visit.query.get("subtab") != SUBTAB:
        return None
    return Frame(title="Workspace", address=_way_to(current), origin=workspace.origin)


def _way_to(current: Stored) -> str:
    return paths.to(paths.OPEN_WORKSPACE, type=current.type.name, id=current.id)


PLACES = (
    Place(path=paths.WORKSPACE, answer=_choose, needs=(INTEGRATIONS,), menu=("Setup", "Integration", "Workspace")),
    Place(path=paths.OPEN_WORKSPACE, answer=_open),
)
