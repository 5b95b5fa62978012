"""Manage Integrations: the list, a new record, an edited one; keys and secrets are shown once.

A new record starts as NetSuite's form does, with more grants ticked than a connector wants (assumed). Refuses to know
tokens.
"""

from __future__ import annotations

from typing import Any

import msgspec
from aiohttp import web

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
    Look,
    Option,
    Page,
    Row,
    Section,
    buttons,
    check,
    select,
    shown,
    text,
)
from netsuite_simulator.faces.setup.visits import Entries, NotHereError, Place, Visit, redirect
from netsuite_simulator.integrations import SCOPE_LABELS, Consent, Integration, IntegrationError, IntegrationState
from netsuite_simulator.permissions import INTEGRATIONS

TRAIL = ("Setup", "Integration", "Manage Integrations")
ONCE = (
    "This is the only time the key and the secret are shown. Copy both now. If you lose them, reset the credentials to"
    " obtain new ones."
)
_NEW = Integration(
    name="", application_id="", consumer_key="", consumer_secret="", has_tba_flow=True, has_code_grant=True
)
_RESET = Button(
    act="reset",
    label="Reset Credentials",
    spoken="The present key and secret end at once, and so do the access tokens made for them.",
    is_grave=True,
)
_DELETE = Button(
    act="delete",
    label="Delete",
    spoken="The application is refused from then on, with every access token made for it. The record is gone for good.",
    is_grave=True,
)
_MESSAGES = {"saved": "The integration is saved.", "deleted": "The integration is deleted."}
_STATES = tuple(Option(value=one.value, label=one.value.capitalize()) for one in IntegrationState)
_POLICIES = tuple(Option(value=one.value, label=one.value) for one in Consent)
_FLAGS = {  # boxes of the subtab Authentication, by attribute
    "has_tba": "Token-Based Authentication",
    "has_issue_token": "TBA: IssueToken Endpoint",
    "has_tba_flow": "TBA: Authorization Flow",
    "has_code_grant": "Authorization Code Grant",
    "has_client_credentials": "Client Credentials (Machine to Machine) Grant",
    "is_public": "Public Client",
}


def _list(visit: Visit) -> Page:
    """List the integration records."""
    rows = tuple(
        Row(
            id=one.id,
            cells=(
                Cell(text=one.name, href=paths.to(paths.INTEGRATION, id=one.id)),
                Cell(text=one.application_id),
                Cell(text=one.state.value.capitalize()),
                Cell(
                    text="" if one.created_at is None else f"{one.created_at.astimezone(visit.account.zone):%Y-%m-%d}"
                ),
            ),
        )
        for one in visit.account.integrations
    )
    columns = ("Name", "Application ID", "State", "Date Created")
    return Page(
        title="Manage Integrations",
        trail=TRAIL,
        links=(Link(label="New", href=paths.INTEGRATION),),
        listings=(Listing(caption="Integrations", columns=columns, rows=rows, empty="There is no integration yet."),),
        message=_MESSAGES.get(visit.query.get("done", ""), ""),
    )


def _edit(visit: Visit) -> Page | web.Response:
    """Show, save, reset or delete one record, or a new one; what a deletion ends is assumed."""
    found = _wanted(visit)
    problems: tuple[str, ...] = ()
    shown_as = found or _NEW
    if visit.entries is not None:
        try:
            return _done(visit, found, visit.entries)
        except IntegrationError as error:
            problems = (str(error),)
            shown_as = _typed(shown_as, visit.entries)
    once = visit.session.once.pop(f"integration {shown_as.id}", ())
    facts = tuple(Fact(label=label, value=value) for label, value in once)
    boxes = (Box(title="Client Credentials", facts=facts, warning=ONCE),) if facts else ()
    return Page(
        title="Integration" if found is None else f"Integration: {found.name}",
        trail=TRAIL,
        boxes=boxes,
        form=Form(sections=_sections(shown_as, is_new=found is None), buttons=buttons(("save", "Save"))),
        dangers=() if found is None else (_RESET, _DELETE),
        problems=problems,
        message="" if problems else _MESSAGES.get(visit.query.get("done", ""), ""),
    )


def _wanted(visit: Visit) -> Integration | None:
    wanted = visit.query.get("id")
    if wanted is None:
        return None
    found = next((one for one in visit.account.integrations if one.id == wanted), None)
    if found is None:
        raise NotHereError("There is no such integration record. It may have been deleted.")
    return found


def _done(visit: Visit, found: Integration | None, entries: Entries) -> web.Response:
    """Carry out what was asked, and lead to the record."""
    register = visit.account.integrations
    if visit.act == "delete" and found is not None:
        register.remove(found)
        return redirect(paths.to(paths.INTEGRATIONS, done="deleted"))
    has_new_keys = found is None or visit.act == "reset"
    if found is None:
        changes = _changes(entries)
        found = register.add(changes.pop("name"), **changes)
    elif visit.act == "reset":
        register.reset(found)
    else:
        register.edit(found, **_changes(entries))
    if has_new_keys:
        visit.session.once[f"integration {found.id}"] = (
            ("Consumer Key / Client ID", found.consumer_key),
            ("Consumer Secret / Client Secret", found.consumer_secret),
        )
    return redirect(paths.to(paths.INTEGRATION, id=found.id, done="saved"))


def _changes(entries: Entries) -> dict[str, Any]:
    """Read the form into attributes."""
    hours = {name: entries.text(name) for name in ("refresh_hours", "rotation_hours")}
    wrong = [value for value in hours.values() if not value.isascii() or not value.isdecimal() or len(value) > 6]
    if wrong:
        raise IntegrationError("The validity and the rotation of refresh tokens are whole numbers of hours.")
    return {
        "name": entries.text("name"),
        "description": entries.text("description"),
        "state": entries.text("state"),
        "callback_url": entries.text("callback_url").strip(),
        "redirect_uris": tuple(entries.text("redirect_uris").split()),
        "scopes": entries.every("scopes"),
        "consent": entries.text("consent"),
        **{name: entries.ticked(name) for name in _FLAGS},
        **{name: int(value) for name, value in hours.items()},
    }


def _typed(before: Integration, entries: Entries) -> Integration:
    """Return what was typed as far as it can be shown again."""
    flags: dict[str, Any] = {name: entries.ticked(name) for name in _FLAGS}
    return msgspec.structs.replace(
        before,
        name=entries.text("name"),
        description=entries.text("description"),
        state=next((one for one in IntegrationState if one.value == entries.text("state")), before.state),
        callback_url=entries.text("callback_url"),
        redirect_uris=tuple(entries.text("redirect_uris").split()),
        scopes=entries.every("scopes"),
        **flags,
    )


def _sections(one: Integration, *, is_new: bool) -> tuple[Section, ...]:
    primary = (
        text("name", "Name", one.name, is_required=True),
        select("state", "State", _STATES, one.state.value),
        Input(name="description", label="Description", look=Look.AREA, value=one.description),
        *(() if is_new else (shown("Application ID", one.application_id),)),
    )
    flags = {name: check(name, label, is_checked=getattr(one, name)) for name, label in _FLAGS.items()}
    callback = text("callback_url", "Callback URL", one.callback_url)
    tokens = (flags["has_tba"], flags["has_issue_token"], flags["has_tba_flow"], callback)
    grants = (flags["has_code_grant"], flags["has_client_credentials"], flags["is_public"])
    return (
        Section(title="Primary Information", inputs=primary),
        Section(title="Authentication: Token-Based Authentication", inputs=tokens),
        Section(title="Authentication: OAuth 2.0", inputs=(*grants, *_of_grants(one))),
    )


def _of_grants(one: Integration) -> tuple[Input, ...]:
    """Ask for what the grants of OAuth 2.0 need."""
    return (
        Input(
            name="redirect_uris",
            label="Redirect URI",
            look=Look.AREA,
            value="\n".join(one.redirect_uris),
            hint="One a line. Each begins with https, or with an application's own scheme.",
        ),
        Input(
            name="scopes",
            label="Scope",
            look=Look.MULTIPLE,
            chosen=frozenset(one.scopes),
            options=tuple(Option(value=name, label=label) for name, label in SCOPE_LABELS.items()),
        ),
        select("consent", "OAuth 2.0 Consent Policy", _POLICIES, one.consent.value),
        text("refresh_hours", "Refresh token validity in hours, of a public client", str(one.refresh_hours)),
        text("rotation_hours", "Maximum time for token rotation in hours", str(one.rotation_hours)),
    )


PLACES = (
    Place(path=paths.INTEGRATIONS, answer=_list, needs=(INTEGRATIONS,), menu=TRAIL),
    Place(path=paths.INTEGRATION, answer=_edit, needs=(INTEGRATIONS,)),
)
