"""What the settings history shows: one change-set for each act, before and after; of a secret only that it changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from suitebridge.console import links
from suitebridge.console.connector.tabs import Tab, tabs
from suitebridge.console.trail.page import ChangeLine, TrailLine
from suitebridge.domain.credential_sets import FIELDS, SWITCH_LABELS
from suitebridge.domain.relinks import LABELS
from suitebridge.ports.trail import TrailEntry

PAGE_ENTRIES = 50
USER_FIELD = "integration_user_id"
_LABELS: Mapping[str, str] = {
    "account_id": "NetSuite Account ID",
    "linked_account_id": "Confirmed account",
    "relink": "Taken for",
    "netsuite_ids": "NetSuite IDs taken over",
    USER_FIELD: "Integration user",
    "result": "Result",
    "failed_at": "Failed at",
    "master_key": "Master key",
    "workflows": "Workflows",
    "group": "Workflow group",
    "timing": "When",
    "zone": "Time zone",
    "overlap": "While the run before is active",
    "enabled": "Enabled",
    "configurer": "Configured by",
    **{name: field.label for name, field in FIELDS.items()},
    **{switch.value: label for switch, label in SWITCH_LABELS.items()},
}
_WORDS = {"true": "on", "false": "off", **{relink.value: label for relink, label in LABELS.items()}}


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsHistoryPage:
    """A page of the history, newest first."""

    tabs: tuple[Tab, ...]
    lines: tuple[TrailLine, ...]
    newest_href: str
    older_href: str


def settings_history_page(
    entries: Sequence[TrailEntry], lines: Sequence[TrailLine], *, names: Mapping[str, str], before: int
) -> SettingsHistoryPage:
    """Write a page; `names` tells users by their record id."""
    here, is_full = links.address("settings-history"), len(entries) == PAGE_ENTRIES
    older = {"before": str(entries[-1].sequence)} if is_full else {}
    return SettingsHistoryPage(
        tabs=tabs("settings-history"),
        lines=tuple(replace(line, changes=tuple(_told(change, names) for change in line.changes)) for line in lines),
        newest_href=here if before else "",
        older_href=links.address("settings-history", query=older) if is_full else "",
    )


def users_named(entries: Sequence[TrailEntry]) -> set[str]:
    """Find the record ids of users that entries name."""
    changes = (change for entry in entries for change in entry.changes if change.field == USER_FIELD)
    return {str(value) for change in changes for value in (change.before, change.after) if value}


def _told(change: ChangeLine, names: Mapping[str, str]) -> ChangeLine:
    words = names if change.field == USER_FIELD else _WORDS
    return replace(
        change,
        field=_LABELS.get(change.field, change.field),
        before=words.get(change.before, change.before),
        after=words.get(change.after, change.after),
    )
