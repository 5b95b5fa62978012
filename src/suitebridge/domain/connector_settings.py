"""The connector's own settings (netsuite-connector.md §10), one table: its form, its API and its command are made from it.

Every setting here has an effect; one that the original has and that has none here is told of in docs/guides/mapping.md instead. What a
single workflow can be told is a setting of that workflow, in `catalog`. Nothing here knows how a setting is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from suitebridge.domain.credential_sets import SWITCH_LABELS, Switch
from suitebridge.domain.marks import BUNDLE_MARKS, MARKING_SETTING, SUITEAPP_MARKS
from suitebridge.domain.overrides import Configuration, values_of
from suitebridge.domain.workflow import Setting, SettingValue

STRICT_VALIDATION: Final = Setting(
    name="strict_validation",
    label="Enable strict mapping validation",
    sentence="A mapping is saved only if each target has one row, each value can fit its field, and every required field is mapped. Off, only what would stop a run is refused.",
    default=True,
)
OWN_WORKFLOWS: Final = Setting(
    name="own_workflows",
    label="Workflows of your own that may be active at once",
    sentence="Custom imports and custom exports together. Each is asked of NetSuite in every run, so more of them make runs longer.",
    default="4",
    choices=("4", "8", "16", "32"),
)
FULL_SYNCHRONIZATION: Final = Setting(
    name="full_synchronization",
    label="Expose NetSuite full synchronization control",
    sentence="People who may run the integration can start full runs, which read every record again, or what changed since a day. Off, no full run can be started.",
    default=True,
)
SAVE_WHILE_AUTOMATED: Final = Setting(
    name="save_while_automated",
    label="Do not prevent save on this form",
    sentence="These settings can be saved while a schedule or the export of saved records is on. Off, that has to be paused first.",
)
MARKING_FIELDS: Final = Setting(
    name=MARKING_SETTING,
    label="Marking fields in NetSuite",
    sentence="Which fields mark what is exchanged: those of the SuiteProjects bundles (custentity_oa_export_to_openair) or those of SuiteBridge's SuiteApp (custentity_sb_export). Copy the marks before you change it, and look at a dry run.",
    default=BUNDLE_MARKS,
    choices=(BUNDLE_MARKS, SUITEAPP_MARKS),
)
EXPORT_LINKED: Final = Setting(
    name="export_linked",
    label="Allow objects with a NetSuite ID to be exported during integration run",
    sentence="Approved documents that were never exported are sent although somebody typed a NetSuite ID into them; the ID of the new record takes its place. Off, they stay here.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Settings that stand together on the form."""

    title: str
    settings: tuple[Setting, ...]


SECTIONS: Final = (
    Section(title="Mapping", settings=(STRICT_VALIDATION, OWN_WORKFLOWS, MARKING_FIELDS)),
    Section(title="Exports", settings=(EXPORT_LINKED,)),
    Section(title="Runs and this form", settings=(FULL_SYNCHRONIZATION, SAVE_WHILE_AUTOMATED)),
)
"""Settings that belong to the configuration of the workflows: versioned with it, and in its files."""

CONNECTOR_SETTINGS: Final = tuple(one for section in SECTIONS for one in section.settings)

CONNECTION_SETTINGS: Final = (
    Setting(
        name=Switch.SINGLE_SIGN_ON.value,
        label=SWITCH_LABELS[Switch.SINGLE_SIGN_ON],
        sentence="People of NetSuite open SuiteBridge from there. The Credentials page then asks for the credentials of the sign-on.",
    ),
    Setting(
        name=Switch.REST_DOORS.value,
        label=SWITCH_LABELS[Switch.REST_DOORS],
        sentence="NetSuite ends SOAP web services in 2028. The same records are stored either way, under the same external IDs; the command suitebridge parity proves it beforehand.",
    ),
)
"""Settings that belong to the connection, since they decide which credentials it needs: never in a file, nor copied to another company."""


def connector_values(configuration: Configuration) -> Mapping[str, SettingValue]:
    """Give the value of each of the connector's settings, as a configuration decides it."""
    return values_of(CONNECTOR_SETTINGS, dict(configuration.settings))
