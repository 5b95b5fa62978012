"""What the page of the versions shows: who saved what when, two of them compared, and what waits for approval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

from suitebridge.console import links, wording
from suitebridge.console.connector.tabs import Tab, tabs
from suitebridge.console.mapping_changes.page import ChangedPlace, changed_places
from suitebridge.console.notices import Notice
from suitebridge.console.wording import Moment
from suitebridge.domain.intents import Change
from suitebridge.ports.configurations import Approval, StoredConfiguration


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLine:
    """One version; `at` is None for what was shipped."""

    number: int
    author: str
    at: Moment | None
    state: str
    note: str
    is_in_force: bool
    waits: bool
    compare_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two versions side by side."""

    before: int
    after: int
    changes: tuple[ChangedPlace, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionsPage:
    """The page."""

    tabs: tuple[Tab, ...]
    here_href: str
    mapping_href: str
    current: int
    lines: tuple[VersionLine, ...]
    comparison: Comparison | None
    done: str
    notice: Notice | None


def versions_page(
    versions: Sequence[StoredConfiguration],
    current: StoredConfiguration,
    compared: tuple[int, int, Sequence[Change]] | None,
    *,
    zone: tzinfo,
    is_administrator: bool,
    done: str,
    notice: Notice | None,
) -> VersionsPage:
    """Write the page; `compared` are two versions with what changes from the first to the second."""
    return VersionsPage(
        tabs=tabs("mapping", is_administrator=is_administrator),
        here_href=links.address("mapping-versions"),
        mapping_href=links.address("mapping"),
        current=current.version,
        lines=tuple(_line(one, current, zone) for one in (*versions, StoredConfiguration())),
        comparison=None
        if compared is None
        else Comparison(before=compared[0], after=compared[1], changes=changed_places(compared[2])),
        done=done,
        notice=notice,
    )


def _line(one: StoredConfiguration, current: StoredConfiguration, zone: tzinfo) -> VersionLine:
    query = {"before": str(one.version), "after": str(current.version)}
    is_in_force = one.version == current.version
    judged = f"{one.approval.value} by {one.judge}" if one.judge else one.approval.value
    return VersionLine(
        number=one.version,
        author=one.author or "as shipped",
        at=wording.moment(one.at, zone) if one.at is not None else None,
        state="in force" if is_in_force else judged,
        note=one.note,
        is_in_force=is_in_force,
        waits=one.approval is Approval.PROPOSED,
        compare_href="" if is_in_force else links.address("mapping-versions", query=query),
    )
