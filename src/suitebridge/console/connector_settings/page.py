"""What the page of the connector's settings shows."""

from __future__ import annotations

from dataclasses import dataclass

from suitebridge.console import links
from suitebridge.console.connector.tabs import Tab, tabs
from suitebridge.domain.credential_sets import SWITCH_LABELS, Switch
from suitebridge.domain.errors import Problem
from suitebridge.ports.connections import Connection

_NOTES = {
    Switch.SINGLE_SIGN_ON: "People of NetSuite open SuiteBridge from there. The Credentials page then asks for the credentials of the sign-on."
}
"""The settings of this page, with what each means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchLine:
    """One setting."""

    name: str
    label: str
    note: str
    is_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectorSettingsPage:
    """The form; `refusal` says why nothing was stored."""

    tabs: tuple[Tab, ...]
    here_href: str
    credentials_href: str
    version: int
    lines: tuple[SwitchLine, ...]
    is_saved: bool
    refusal: str
    remedy: str


def connector_settings_page(
    stored: Connection | None, *, is_saved: bool = False, problem: Problem | None = None
) -> ConnectorSettingsPage:
    """Write the page."""
    on = stored.switches if stored is not None else frozenset[Switch]()
    return ConnectorSettingsPage(
        tabs=tabs("connector-settings"),
        here_href=links.address("connector-settings"),
        credentials_href=links.address("credentials"),
        version=stored.version if stored is not None else 0,
        lines=tuple(
            SwitchLine(name=switch.value, label=SWITCH_LABELS[switch], note=note, is_on=switch in on)
            for switch, note in _NOTES.items()
        ),
        is_saved=is_saved,
        refusal=problem.title if problem is not None else "",
        remedy=problem.remedy if problem is not None else "",
    )


def switches_of(ticked: set[str], stored: Connection | None) -> frozenset[Switch]:
    """Read the settings that were ticked; settings of other pages stay."""
    others = {switch for switch in (stored.switches if stored is not None else ()) if switch not in _NOTES}
    return frozenset(others | {switch for switch in _NOTES if switch.value in ticked})
