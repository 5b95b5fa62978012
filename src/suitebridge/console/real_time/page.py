"""What the Real-time page shows: record types to export when they are saved, the key of pushes, and the latest single records."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from suitebridge.console import links, wording
from suitebridge.console.connector.tabs import Tab, tabs
from suitebridge.console.record.transfer import ErrandLine, errand_lines
from suitebridge.console.wording import Moment, Span, spans
from suitebridge.domain.errors import Problem
from suitebridge.domain.schemas.workspace import WORKSPACE_TYPES
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.real_time import RealTime
from suitebridge.runs.receiving import ErrandReport


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeTick:
    """A record type that can be exported when it is saved."""

    name: str
    label: str
    is_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFact:
    """What may be shown of the key."""

    fingerprint: str
    set_by: str
    set_at: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class RecentErrand:
    """One of the latest single records."""

    what: str
    why: str
    asked: Moment
    run_title: str
    run_href: str
    lines: tuple[ErrandLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RealTimePage:
    """The whole page."""

    tabs: tuple[Tab, ...]
    here_href: str
    version: int
    types: tuple[TypeTick, ...]
    key: KeyFact | None
    push_address: str
    pushed: str
    recent: tuple[RecentErrand, ...]
    is_saved: bool
    refusal: str
    remedy: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FreshKeyPage:
    """The key, shown this once."""

    shown_key: str
    push_address: str
    back_href: str


def real_time_page(
    settings: RealTime,
    *,
    types: Sequence[str],
    pushed: Collection[str],
    push_address: str,
    recent: Sequence[ErrandReport],
    workflows: Mapping[str, Workflow],
    zone: tzinfo,
) -> RealTimePage:
    """Write the page."""
    key = settings.key
    return RealTimePage(
        tabs=tabs("real-time"),
        here_href=links.address("real-time"),
        version=settings.version,
        types=tuple(
            TypeTick(name=name, label=WORKSPACE_TYPES[name].plural, is_on=name in settings.exports) for name in types
        ),
        key=None
        if key is None
        else KeyFact(fingerprint=key.fingerprint, set_by=key.set_by, set_at=wording.moment(key.set_at, zone)),
        push_address=push_address,
        pushed=", ".join(pushed),
        recent=tuple(_recent(report, workflows, zone) for report in recent),
        is_saved=False,
        refusal="",
        remedy=(),
    )


def refusal_of(problem: Problem) -> tuple[str, tuple[Span, ...]]:
    """Write why nothing was stored, and what to do."""
    return f"{problem.title}. {problem.cause}", spans(problem.remedy)


def _recent(report: ErrandReport, workflows: Mapping[str, Workflow], zone: tzinfo) -> RecentErrand:
    asked = report.errand.asked
    return RecentErrand(
        what=f"{wording.capitalized(asked.direction.value)} of {asked.record_type} {asked.record_id}",
        why=f"{asked.origin.value}{f', {asked.asked_by_name}' if asked.asked_by_name else ''}",
        asked=wording.moment(asked.asked_at, zone),
        run_title=f"Run {report.run.number}" if report.run is not None else "",
        run_href=links.run(report.run.number) if report.run is not None else "",
        lines=errand_lines(report, workflows),
    )
