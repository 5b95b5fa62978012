"""What the page of the connector's settings shows, made from the table of the settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from suitebridge.administration.adjusting import SettingsInForce
from suitebridge.console import links
from suitebridge.console.connector.tabs import Tab, tabs
from suitebridge.console.notices import Notice
from suitebridge.console.setting_lines import SettingLine, setting_lines
from suitebridge.domain.connector_settings import CONNECTION_SETTINGS, SECTIONS
from suitebridge.domain.credential_sets import Switch
from suitebridge.domain.workflow import SettingValue
from suitebridge.ports.connections import Connection

CONNECTION, WORKFLOWS = "connection", "workflows"
"""The two forms: what belongs to the connection, and what belongs to the configuration of the workflows."""

SAVED = {
    CONNECTION: "Saved. What the settings ask for is entered on Credentials.",
    WORKFLOWS: "Saved. The next run goes by these settings.",
    "proposed": "Proposed. The settings hold once somebody else has approved them.",
}
"""What is said after a save, by what was saved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionShown:
    """Settings that belong together."""

    title: str
    lines: tuple[SettingLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectorSettingsPage:
    """The two forms, each with the version that it began from; `notice` says why nothing was stored, `saved` what was."""

    tabs: tuple[Tab, ...]
    here_href: str
    credentials_href: str
    versions_href: str
    connection_version: int
    connection_lines: tuple[SettingLine, ...]
    version: int
    sections: tuple[SectionShown, ...]
    managed_by: str
    saved: str
    notice: Notice | None


def connector_settings_page(
    connection: Connection | None,
    in_force: SettingsInForce,
    *,
    chosen: Mapping[str, SettingValue] | None = None,
    saved: str = "",
    notice: Notice | None = None,
) -> ConnectorSettingsPage:
    """Write the page; `chosen` are values that were not stored."""
    on = connection.switches if connection is not None else frozenset[Switch]()
    values = {**in_force.values, **(chosen or {})}
    return ConnectorSettingsPage(
        tabs=tabs("connector-settings"),
        here_href=links.address("connector-settings"),
        credentials_href=links.address("credentials"),
        versions_href=links.address("mapping-versions"),
        connection_version=connection.version if connection is not None else 0,
        connection_lines=setting_lines(
            CONNECTION_SETTINGS, {one.name: Switch(one.name) in on for one in CONNECTION_SETTINGS}
        ),
        version=in_force.version,
        sections=tuple(SectionShown(title=one.title, lines=setting_lines(one.settings, values)) for one in SECTIONS),
        managed_by=in_force.managed_by,
        saved=SAVED.get(saved, ""),
        notice=notice,
    )


def switches_of(ticked: set[str], stored: Connection | None) -> frozenset[Switch]:
    """Read the settings of the connection that were ticked; those of other pages stay."""
    here = {Switch(one.name) for one in CONNECTION_SETTINGS}
    others = set(stored.switches) - here if stored is not None else set[Switch]()
    return frozenset(others | {switch for switch in here if switch.value in ticked})
