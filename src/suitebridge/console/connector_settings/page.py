"""What the page of the connector's settings shows."""

from __future__ import annotations

from dataclasses import dataclass

from suitebridge.console import links
from suitebridge.console.connector.tabs import Tab, tabs
from suitebridge.domain.credential_sets import SWITCH_LABELS, Switch
from suitebridge.domain.errors import Problem
from suitebridge.ports.connections import Connection

_NOTES = {
    Switch.SINGLE_SIGN_ON: "People of NetSuite open SuiteBridge from there. The Credentials page then asks for the credentials of the sign-on.",
    Switch.REST_DOORS: "NetSuite ends SOAP web services in 2028. The same records are stored either way, under the same external IDs; the command suitebridge parity proves it beforehand.",
}
"""The settings of this page, with what each means."""

_SECTIONS = (
    ("Single sign-on", "lock", (Switch.SINGLE_SIGN_ON,)),
    ("Writing to NetSuite", "export", (Switch.REST_DOORS,)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchLine:
    """One setting."""

    name: str
    label: str
    note: str
    is_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Settings that belong together."""

    title: str
    icon: str
    lines: tuple[SwitchLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectorSettingsPage:
    """The form; `refusal` says why nothing was stored."""

    tabs: tuple[Tab, ...]
    here_href: str
    credentials_href: str
    version: int
    sections: tuple[Section, ...]
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
        sections=tuple(
            Section(title=title, icon=icon, lines=tuple(_line(switch, is_on=switch in on) for switch in switches))
            for title, icon, switches in _SECTIONS
        ),
        is_saved=is_saved,
        refusal=problem.title if problem is not None else "",
        remedy=problem.remedy if problem is not None else "",
    )


def _line(switch: Switch, *, is_on: bool) -> SwitchLine:
    return SwitchLine(name=switch.value, label=SWITCH_LABELS[switch], note=_NOTES[switch], is_on=is_on)


def switches_of(ticked: set[str], stored: Connection | None) -> frozenset[Switch]:
    """Read the settings that were ticked; settings of other pages stay."""
    others = {switch for switch in (stored.switches if stored is not None else ()) if switch not in _NOTES}
    return frozenset(others | {switch for switch in _NOTES if switch.value in ticked})
