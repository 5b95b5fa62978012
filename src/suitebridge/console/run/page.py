"""What one run's page shows: how it stands, what became of its records, whether the books balance, what needs attention."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from suitebridge.console import links, wording
from suitebridge.console.marks import ENDED_PHASE_MARKS, PHASE_MARKS, Mark, outcome_mark, run_mark
from suitebridge.console.run.errors import ErrorBox
from suitebridge.console.run_list.page import lasted, scope
from suitebridge.console.wording import Moment, Span
from suitebridge.domain.errors import Problem
from suitebridge.domain.outcomes import OPEN_KINDS, OutcomeKind, Tally, tell_outcome
from suitebridge.domain.records import Direction
from suitebridge.domain.values import Unit, tell_amount
from suitebridge.ports.runs import ENDED_STATES, Run
from suitebridge.runs.reviewing import RunReport, WorkflowReport
from suitebridge.runs.steering import Steering, steerings

_SAID_EVERY = 10
"""Screen readers hear the progress in steps of so many percent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A count in the table; `href` leads to its records and is "" for none."""

    text: str
    href: str
    label: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkflowLine:
    """One workflow of the run. `settled` of `considered` have ended."""

    title: str
    direction: str
    icon: str
    phase: Mark
    considered: Cell
    cells: tuple[Cell, ...]
    settled: int
    most: int
    percent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SumLine:
    """One currency of one workflow: what was selected, what was written, what lies between (I12)."""

    workflow: str
    unit: str
    selected: str
    written: str
    difference: str
    is_even: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Equation:
    """The conservation equation of the whole run (I1), with its verdict."""

    considered: str
    terms: tuple[tuple[str, str], ...]
    verdict: str
    icon: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemBox:
    """What stopped or holds up the whole run."""

    title: str
    cause: str
    remedy: tuple[Span, ...]
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """Something that may be done to the run: what the form sends, and what the button says."""

    value: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Since when a run waits for NetSuite, and when it gives up."""

    since: Moment
    until: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class LivePart:
    """The part of the page that is asked for again while the run is under way; `poll_href` is "" once it has ended.

    `said` is what screen readers hear; it changes only now and then, and `says` tells that it has just changed.
    """

    mark: Mark
    lasted: str
    rate: str
    settled: int
    most: int
    percent: str
    progress: str
    headings: tuple[Mark, ...]
    columns: int
    lines: tuple[WorkflowLine, ...]
    totals: tuple[Cell, ...]
    equation: Equation
    sums: tuple[SumLine, ...]
    is_dry: bool
    problem: ProblemBox | None
    waits: Waiting | None
    steer_href: str
    buttons: tuple[Button, ...]
    halted_by: str
    poll_href: str
    said: str
    says: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RunPage:
    """The whole page."""

    title: str
    list_href: str
    retry_href: str
    records_href: str
    trail_href: str
    started_by: str
    owner: str
    account: str
    scope: str
    configured: str
    asked: Moment
    started: Moment | None
    ended: Moment | None
    recoveries: str
    refusal: ProblemBox | None
    live: LivePart
    groups: tuple[ErrorBox, ...]
    group_note: str
    open_href: str


_BUTTONS: Mapping[Steering, Button] = {
    Steering.PAUSE: Button(value="pause", text="Pause"),
    Steering.RESUME: Button(value="resume", text="Resume"),
    Steering.CANCEL: Button(value="cancel", text="Cancel the run"),
}


def run_page(
    report: RunReport,
    live: LivePart,
    groups: Sequence[ErrorBox],
    *,
    zone: tzinfo,
    may_see_trail: bool,
    refused: Problem | None = None,
) -> RunPage:
    """Write the page; `refused` is why a button that was pressed did nothing."""
    run = report.run
    return RunPage(
        title=f"Run {run.number}",
        list_href=links.address("runs"),
        retry_href=links.address("run-retry", number=run.number),
        records_href=links.run_records(run.number),
        trail_href=links.address("trail", query={"run": str(run.number)}) if may_see_trail else "",
        started_by=run.started_by,
        owner=run.owner_name,
        account=run.account_id,
        scope=scope(run),
        configured=run.configured,
        asked=wording.moment(run.asked_at, zone),
        started=wording.moment(run.started_at, zone) if run.started_at else None,
        ended=wording.moment(run.ended_at, zone) if run.ended_at else None,
        recoveries=wording.counted(run.recoveries, "time", "times") if run.recoveries else "",
        refusal=_problem(refused),
        live=live,
        groups=tuple(groups),
        group_note=_group_note(report),
        open_href=links.open_records(),
    )


def live_part(
    report: RunReport, titles: Mapping[str, str], *, now: datetime, zone: tzinfo, may_steer: bool, said: int = -1
) -> LivePart:
    """Write the part that changes; `said` is the percentage that screen readers heard last."""
    run, total = report.run, report.total
    has_ended = run.state in ENDED_STATES
    headings = _headings(total)
    percent = 100 * total.settled // total.considered if total.considered else 0
    step = percent - percent % _SAID_EVERY
    done = sum(1 for line in report.workflows if line.phase == "finished")
    poll_href = "" if has_ended else links.address("run-live", number=run.number, query={"said": str(step)})
    return LivePart(
        mark=run_mark(run),
        lasted=lasted(run, now),
        rate=_rate(report, now),
        settled=total.settled,
        most=max(total.considered, 1),
        percent=f"{percent} %",
        progress=f"{wording.figure(total.settled)} of {wording.counted(total.considered, 'record', 'records')} settled, "
        f"{done} of {wording.counted(len(run.workflows), 'workflow', 'workflows')} finished",
        headings=tuple(outcome_mark(kind, is_dry=run.is_dry) for kind in headings),
        columns=len(headings) + 3,
        lines=tuple(_line(run, line, headings) for line in report.workflows),
        totals=(_cell(run, "", None, total.considered), *(_cell(run, "", kind, total.of(kind)) for kind in headings)),
        equation=_equation(run, total),
        sums=tuple(line for one in report.workflows for line in _sums(one, titles, has_ended=has_ended)),
        is_dry=run.is_dry,
        problem=_problem(report.problem),
        waits=_waiting(run, zone),
        steer_href=links.address("run-steering", number=run.number),
        buttons=tuple(_BUTTONS[steering] for steering in steerings(run) if may_steer),
        halted_by=run.halted_by if run.halt is not None else "",
        poll_href=poll_href,
        said=_said(run, percent=step, total=total),
        says=has_ended or step != said,
    )


def _headings(total: Tally) -> tuple[OutcomeKind, ...]:
    """Give the outcomes with a column of their own: the usual ones, and those that happened."""
    usual = {OutcomeKind.CREATED, OutcomeKind.UPDATED, OutcomeKind.UNCHANGED, OutcomeKind.SKIPPED, OutcomeKind.FAILED}
    return tuple(kind for kind in OutcomeKind if kind in usual or total.of(kind))


def _line(run: Run, line: WorkflowReport, headings: Sequence[OutcomeKind]) -> WorkflowLine:
    tally = line.tally
    percent = 100 * tally.settled // tally.considered if tally.considered else (100 if line.phase == "finished" else 0)
    is_import = line.direction is Direction.IMPORT
    return WorkflowLine(
        title=line.title,
        direction="From NetSuite" if is_import else "To NetSuite",
        icon="import" if is_import else "export",
        phase=(ENDED_PHASE_MARKS if run.state in ENDED_STATES else PHASE_MARKS)[line.phase],
        considered=_cell(run, line.name, None, tally.considered),
        cells=tuple(_cell(run, line.name, kind, tally.of(kind)) for kind in headings),
        settled=tally.settled,
        most=max(tally.considered, 1),
        percent=f"{percent} %",
    )


def _cell(run: Run, workflow: str, kind: OutcomeKind | None, count: int) -> Cell:
    mark = outcome_mark(kind, is_dry=run.is_dry) if kind else None
    is_trouble = kind in OPEN_KINDS and count > 0
    return Cell(
        text=wording.figure(count),
        href=links.run_records(run.number, workflow=workflow, kind=kind) if count else "",
        label=f"{wording.figure(count)} {mark.text.lower() if mark else 'considered'}",
        tone=mark.tone if mark and is_trouble else "",
    )


def _equation(run: Run, total: Tally) -> Equation:
    terms = tuple(
        (wording.figure(total.of(kind)), tell_outcome(kind, is_dry=run.is_dry))
        for kind in OutcomeKind
        if total.of(kind)
    )
    if not total.considered and not total.settled:
        verdict, icon, tone = "No record has been considered.", "equal", "neutral"
    elif total.adds_up:
        verdict, icon, tone = "Every record considered has exactly one outcome.", "check", "good"
    elif run.state in ENDED_STATES:
        missing = total.considered - total.settled
        lost = wording.counted(abs(missing), "record", "records")
        verdict, icon, tone = (
            f"The counts do not add up: {lost} {'without' if missing > 0 else 'beyond'} an outcome.",
            "alert",
            "bad",
        )
    else:
        left = wording.counted(total.considered - total.settled, "record", "records")
        verdict, icon, tone = f"{left} still to settle.", "clock", "active"
    return Equation(
        considered=wording.figure(total.considered),
        terms=terms or (("0", "settled"),),
        verdict=verdict,
        icon=icon,
        tone=tone,
    )


def _sums(line: WorkflowReport, titles: Mapping[str, str], *, has_ended: bool) -> tuple[SumLine, ...]:
    written = {amount.unit: amount.value for amount in line.tally.written_sums}
    lines = []
    for amount in line.tally.selected_sums:
        reached = written.get(amount.unit, amount.value * 0)
        lines.append(
            SumLine(
                workflow=titles.get(line.name, line.title),
                unit="hours" if amount.unit == Unit.HOURS.value else amount.unit,
                selected=tell_amount(amount.value, amount.unit),
                written=tell_amount(reached, amount.unit),
                difference=tell_amount(amount.value - reached, amount.unit) if has_ended or reached else "",
                is_even=amount.value == reached,
            )
        )
    return tuple(lines)


def _rate(report: RunReport, now: datetime) -> str:
    seconds = report.seconds(now)
    if report.run.state in ENDED_STATES or seconds < 1 or not report.total.settled:
        return ""
    return f"{wording.figure(round(report.total.settled / seconds))} records a second"


def _said(run: Run, *, percent: int, total: Tally) -> str:
    words = run_mark(run).text
    if run.state in ENDED_STATES:
        return f"Run {run.number}: {words.lower()}, {wording.counted(total.settled, 'record', 'records')} settled."
    return f"Run {run.number}: {words.lower()}, {percent} percent settled."


def _waiting(run: Run, zone: tzinfo) -> Waiting | None:
    if run.waiting_since is None or run.waits_until is None:
        return None
    return Waiting(since=wording.moment(run.waiting_since, zone), until=wording.moment(run.waits_until, zone))


def _problem(problem: Problem | None) -> ProblemBox | None:
    if problem is None:
        return None
    return ProblemBox(title=problem.title, cause=problem.cause, remedy=wording.spans(problem.remedy), code=problem.code)


def _group_note(report: RunReport) -> str:
    told, total = sum(group.count for group in report.groups), report.total
    trouble = sum(total.of(kind) for kind in OPEN_KINDS)
    if not told:
        return ""
    causes = wording.counted(len(report.groups), "cause", "causes")
    records = wording.counted(max(trouble, told), "record", "records")
    return (
        f"{records}, {causes}" if told >= trouble else f"{causes} among the first {wording.figure(told)} of {records}"
    )
