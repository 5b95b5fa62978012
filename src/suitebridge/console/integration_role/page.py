"""What the page of the integration role shows: permissions by subtab of NetSuite's form, and what the last test found of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

from suitebridge.console import links, wording
from suitebridge.console.connector.tabs import Tab, tabs
from suitebridge.console.marks import Mark, Tone
from suitebridge.console.wording import Moment
from suitebridge.domain.checks import Check
from suitebridge.domain.events import EventName
from suitebridge.domain.rights import Level, Needed
from suitebridge.domain.schemas.netsuite import NETSUITE_TYPES
from suitebridge.ports.trail import TrailEntry
from suitebridge.runs.checking import FAILED_CHECKS

MISSING = Mark(text="Missing", icon="cross", tone=Tone.BAD.value, meaning="NetSuite refused it in the last test.")
HELD = Mark(text="Held", icon="check", tone=Tone.GOOD.value, meaning="The last test needed it and was let in.")
READS = Mark(
    text="May be viewed",
    icon="check",
    tone=Tone.GOOD.value,
    meaning="The last test could view the records; a test writes nothing, so the level to write shows with the first run.",
)
UNTRIED = Mark(text="Not tested", icon="skip", tone=Tone.NEUTRAL.value, meaning="No test has come so far yet.")
_SUBTABS = ("Transactions", "Reports", "Lists", "Setup")
_DOORS = frozenset({"permissions:rest", "permissions:suiteql"})
"""Doors without which no record type is tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PermissionLine:
    """One permission of the role."""

    name: str
    level: str
    key: str
    workflows: str
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Subtab:
    """The permissions of one subtab of the role's form in NetSuite."""

    title: str
    lines: tuple[PermissionLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IntegrationRolePage:
    """The list, and when it was tested."""

    tabs: tuple[Tab, ...]
    credentials_href: str
    guide_href: str
    subtabs: tuple[Subtab, ...]
    tested_at: Moment | None
    tested_by: str
    missing: str
    has_surplus: bool
    written: tuple[str, ...]


def integration_role_page(
    needed: Sequence[Needed], tests: Sequence[TrailEntry], *, written: Sequence[str], zone: tzinfo
) -> IntegrationRolePage:
    """Write the page. `tests` are entries of the connection, newest first; `written` names the record types that runs write."""
    last = next((entry for entry in tests if entry.event == EventName.CONNECTION_TESTED.value), None)
    failed = _failed(last)
    subtabs = tuple(
        Subtab(title=title, lines=tuple(_line(one, failed) for one in needed if one.right.subtab == title))
        for title in _SUBTABS
    )
    missing = sum(line.mark is MISSING for part in subtabs for line in part.lines)
    return IntegrationRolePage(
        tabs=tabs("integration-role"),
        credentials_href=links.address("credentials"),
        guide_href=links.address("configuring-netsuite"),
        subtabs=tuple(part for part in subtabs if part.lines),
        tested_at=wording.moment(last.at, zone) if last is not None else None,
        tested_by=last.author_name if last is not None else "",
        missing=wording.counted(missing, "permission is", "permissions are") if missing else "",
        has_surplus=last is not None and any(change.field == "surplus" for change in last.changes),
        written=tuple(dict.fromkeys(NETSUITE_TYPES[name].label for name in written)),
    )


def _failed(last: TrailEntry | None) -> frozenset[str] | None:
    """Name the lines that failed in a test; None where it did not come as far as the permissions."""
    if last is None:
        return None
    told = next((str(change.after) for change in last.changes if change.field == FAILED_CHECKS), "")
    names = frozenset(told.split())
    early = {check.value for check in Check if check is not Check.PERMISSIONS and _comes_before(check)}
    return None if names & early else names


def _comes_before(check: Check) -> bool:
    order = list(Check)
    return order.index(check) < order.index(Check.PERMISSIONS)


def _line(one: Needed, failed: frozenset[str] | None) -> PermissionLine:
    return PermissionLine(
        name=one.right.name,
        level=one.level.word,
        key=one.right.key,
        workflows=", ".join(one.workflows) or "every connection",
        mark=_mark(one, failed),
    )


def _mark(one: Needed, failed: frozenset[str] | None) -> Mark:
    if failed is None or not one.check:
        return UNTRIED
    if one.check in failed or any(f"permissions:{name}" in failed for name in one.record_types):
        return MISSING
    if one.record_types and failed & _DOORS:
        return UNTRIED
    return READS if one.record_types and one.level > Level.VIEW else HELD
