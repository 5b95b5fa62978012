"""What the list of runs shows. It reads nothing itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from suitebridge.console import links, wording
from suitebridge.console.marks import Mark, run_mark
from suitebridge.console.wording import Moment
from suitebridge.domain.outcomes import OPEN_KINDS, OutcomeKind, Tally
from suitebridge.ports.runs import ENDED_STATES, Run

PAGE_RUNS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLine:
    """One run. Counts are written figures; `has_trouble` says that some records need attention."""

    title: str
    href: str
    mark: Mark
    who: str
    asked: Moment
    lasted: str
    scope: str
    considered: str
    written: str
    unchanged: str
    skipped: str
    trouble: str
    has_trouble: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RunListPage:
    """The list. `start_href` is "" for visitors who may not start runs, `decide_href` where no record waits for a decision.

    `follows` says that a run is under way.
    """

    lines: tuple[RunLine, ...]
    start_href: str
    compare_href: str
    open_href: str
    decide_href: str
    workers_href: str
    here_href: str
    newest_href: str
    older_href: str
    follows: bool


def run_line(run: Run, tally: Tally, *, now: datetime, zone: tzinfo) -> RunLine:
    """Write one run's line."""
    trouble = sum(tally.of(kind) for kind in OPEN_KINDS)
    return RunLine(
        title=f"Run {run.number}",
        href=links.run(run.number),
        mark=run_mark(run),
        who=run.started_by,
        asked=wording.moment(run.asked_at, zone),
        lasted=lasted(run, now),
        scope=scope(run),
        considered=wording.figure(tally.considered),
        written=wording.figure(tally.of(OutcomeKind.CREATED) + tally.of(OutcomeKind.UPDATED)),
        unchanged=wording.figure(tally.of(OutcomeKind.UNCHANGED)),
        skipped=wording.figure(tally.of(OutcomeKind.SKIPPED)),
        trouble=wording.figure(trouble),
        has_trouble=trouble > 0,
    )


def run_list_page(
    lines: Sequence[RunLine], runs: Sequence[Run], *, before: int, may_start: bool, waits: bool
) -> RunListPage:
    """Write the list; a full page has older runs behind it, unless it ends with the first one. `waits`: some record waits for a decision."""
    has_older = len(runs) == PAGE_RUNS and runs[-1].number > 1
    return RunListPage(
        lines=tuple(lines),
        start_href=links.address("run-start") if may_start else "",
        open_href=links.open_records(),
        decide_href=links.open_records(kind=OutcomeKind.CONFLICTED) if waits else "",
        workers_href=links.address("workers"),
        compare_href=links.address("reconciliation") if may_start else "",
        here_href=links.address("runs", query={"before": str(before) if before else ""}),
        newest_href=links.address("runs") if before else "",
        older_href=links.address("runs", query={"before": str(runs[-1].number)}) if has_older else "",
        follows=any(run.state not in ENDED_STATES for run in runs),
    )


def lasted(run: Run, now: datetime) -> str:
    """Write how long a run took, or has taken so far; "" before its start."""
    if run.started_at is None:
        return ""
    return wording.duration(((run.ended_at or now) - run.started_at).total_seconds())


def scope(run: Run) -> str:
    """Write how much a run transfers."""
    what = wording.counted(len(run.workflows), "workflow", "workflows")
    if run.is_errand:
        return f"single records of {what}"
    if run.is_retry:
        return f"chosen records of {what} again"
    how = (
        *((f"full since {run.since}" if run.since else "full",) if run.is_full else ()),
        *(("dry run",) if run.is_dry else ()),
    )
    return ", ".join((what, *how))


def total(tallies: Iterable[Tally]) -> Tally:
    """Add up counts, without sums of money."""
    counts: dict[OutcomeKind, int] = {}
    considered = 0
    for tally in tallies:
        considered += tally.considered
        for kind, count in tally.counts:
            counts[kind] = counts.get(kind, 0) + count
    return Tally(considered=considered, counts=tuple(counts.items()))
