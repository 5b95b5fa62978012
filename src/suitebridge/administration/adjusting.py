"""The connector's own settings: which are in force, and how they are changed.

They are part of the configuration of the workflows, so that a change is a version of it. Which settings there are is a table of the domain.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from suitebridge.administration.configuring import Act, ConfigurationDesk, keep_draft, save_configuration
from suitebridge.administration.permitting import require
from suitebridge.domain.choosing import clashes, kept
from suitebridge.domain.connector_settings import CONNECTOR_SETTINGS, connector_values
from suitebridge.domain.errors import Problem, RecordRefusedError
from suitebridge.domain.people import Permission, User
from suitebridge.domain.workflow import SettingValue
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.configurations import StoredConfiguration


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsInForce:
    """What is chosen, by name, and the version of the configuration that chooses it; `managed_by` names who applied a file that rules."""

    version: int
    values: Mapping[str, SettingValue]
    managed_by: str


def settings_in_force(store: CompanyStore, *, acting: User) -> SettingsInForce:
    """Give the connector's settings. Raise `RunStoppedError` SB-AUTH-001."""
    require(acting, Permission.ADMINISTER, "see the settings of the connector")
    current = store.configurations.load()
    return SettingsInForce(
        version=current.version,
        values=connector_values(current.configuration),
        managed_by=current.author if current.is_managed else "",
    )


def save_settings(
    desk: ConfigurationDesk, chosen: Mapping[str, SettingValue], *, expected_version: int, act: Act
) -> StoredConfiguration:
    """Save what was chosen, the rest as it stands, as a version of the configuration; drafts of its author stay, on top of it.

    Raise `RunStoppedError` SB-AUTH-001, `RecordRefusedError` SB-CFG-021 where the settings do not go together, and what saving a
    configuration raises.
    """
    require(act.acting, Permission.ADMINISTER, "change the settings of the connector")
    current = desk.store.configurations.load()
    values = {**dict(current.configuration.settings), **chosen}
    said = clashes(CONNECTOR_SETTINGS, values)
    if said:
        raise RecordRefusedError(Problem(code="SB-CFG-021", facts={"said": " ".join(said)}))
    wanted = replace(current.configuration, settings=kept(CONNECTOR_SETTINGS, values))
    draft = desk.store.configurations.load_draft(act.acting.id)
    saved = save_configuration(desk, wanted, expected_version=expected_version, act=act)
    if draft is not None and draft.based_on == current.version:
        on_top = replace(draft.configuration, settings=wanted.settings)
        keep_draft(desk, on_top, based_on=desk.store.configurations.load().version, acting=act.acting)
    return saved
