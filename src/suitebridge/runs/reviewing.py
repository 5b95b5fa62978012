"""Looks at a run for people: counts that add up, sums, errors grouped by cause with their cure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from suitebridge.domain.errors import ErrorClass, Problem, Retry
from suitebridge.domain.outcomes import OPEN_KINDS, Outcome, OutcomeKind, Tally
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.runs import RecordedOutcome, Run

SAMPLES = 5
MOST_OUTCOMES = 50_000
"""Outcomes read for grouping; a run with more trouble than that is told by its first ones."""

_PAGE = 1000
_KEY_LENGTH = 16
_VARYING = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkflowReport:
    """One workflow's line of a run: how far it is, what became of its records."""

    name: str
    title: str
    direction: Direction
    source_type: str
    target_type: str
    phase: str
    tally: Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorGroup:
    """Records of one workflow that failed for one cause; `still_open` of them no later run has settled. `key` names the group within its run."""

    key: str
    workflow: str
    kind: OutcomeKind
    code: str
    error_class: ErrorClass
    retry: Retry
    cause: str
    remedy: str
    effect: str
    count: int
    still_open: int
    samples: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """A run as its page shows it. `problem` is what stopped the whole run, if anything did."""

    run: Run
    workflows: tuple[WorkflowReport, ...]
    groups: tuple[ErrorGroup, ...]
    problem: Problem | None

    @property
    def total(self) -> Tally:
        """All workflows together, without sums."""
        counts: dict[OutcomeKind, int] = {}
        for one in self.workflows:
            for kind, count in one.tally.counts:
                counts[kind] = counts.get(kind, 0) + count
        considered = sum(one.tally.considered for one in self.workflows)
        return Tally(
            considered=considered, counts=tuple((kind, counts[kind]) for kind in OutcomeKind if kind in counts)
        )

    def seconds(self, now: datetime) -> float:
        """How long the run has taken, or took."""
        if self.run.started_at is None:
            return 0.0
        return ((self.run.ended_at or now) - self.run.started_at).total_seconds()


def report_run(store: CompanyStore, workflows: Mapping[str, Workflow], run: Run) -> RunReport:
    """Put a run's report together from what is stored, errors grouped."""
    report = follow_run(store, workflows, run)
    troubled = troubled_outcomes(store, run)
    return replace(report, groups=group_errors(troubled, open_records(store, run, troubled)))


def follow_run(store: CompanyStore, workflows: Mapping[str, Workflow], run: Run) -> RunReport:
    """Put a run's counts together without reading its errors: cheap enough to ask every second."""
    lines = tuple(
        WorkflowReport(
            name=workflow.name,
            title=workflow.title,
            direction=workflow.direction,
            source_type=workflow.source_type,
            target_type=workflow.target_type,
            phase=progress.phase,
            tally=progress.tally,
        )
        for progress in store.runs.progress(run.id)
        # A workflow that this version no longer has cannot be shown; its outcomes stay in the store.
        if (workflow := workflows.get(progress.workflow)) is not None
    )
    problem = Problem(code=run.problem_code, facts=run.problem_facts) if run.problem_code else None
    return RunReport(run=run, workflows=lines, groups=(), problem=problem)


def troubled_outcomes(store: CompanyStore, run: Run, *, workflow: str = "") -> Sequence[RecordedOutcome]:
    """Read the outcomes of a run that somebody should look at: trouble, and updates that left fields out."""
    found: list[RecordedOutcome] = []
    for seen in range(0, MOST_OUTCOMES, _PAGE):
        page = store.runs.outcomes(
            run.id,
            workflow=workflow,
            kinds=OPEN_KINDS,
            or_refused_fields=True,
            after=seen,
            limit=_PAGE,
        )
        # Without a reason there is nothing to look at; the record's own line names the fields.
        found.extend(one for one in page if one.outcome.kind in OPEN_KINDS or one.outcome.problem is not None)
        if len(page) < _PAGE:
            break
    return found


def open_records(store: CompanyStore, run: Run, outcomes: Iterable[RecordedOutcome]) -> frozenset[tuple[str, str]]:
    """Say which of these records of a run, by workflow and source id, no later run has settled; a dry run leaves none open."""
    if run.is_dry:
        return frozenset()
    ids: dict[str, list[str]] = {}
    for recorded in outcomes:
        ids.setdefault(recorded.workflow, []).append(recorded.outcome.source_id)
    return frozenset((name, one) for name, asked in ids.items() for one in store.runs.still_open(name, asked))


def group_errors(
    outcomes: Iterable[RecordedOutcome], still_open: Collection[tuple[str, str]]
) -> tuple[ErrorGroup, ...]:
    """Group outcomes whose causes differ only in figures, the largest group first; `still_open` names records by workflow and source id."""
    grouped: dict[tuple[str, str], list[Outcome]] = {}
    for recorded in outcomes:
        grouped.setdefault((group_key(recorded), recorded.workflow), []).append(recorded.outcome)
    groups = (_group(key, workflow, members, still_open) for (key, workflow), members in grouped.items())
    return tuple(sorted(groups, key=lambda group: -group.count))


def group_key(recorded: RecordedOutcome) -> str:
    """Name the group of an outcome: the same for the same workflow, outcome, code and cause, figures aside."""
    outcome = recorded.outcome
    code, cause = ("", outcome.reason) if outcome.problem is None else (outcome.problem.code, outcome.problem.cause)
    parts = (recorded.workflow, outcome.kind.value, code, _VARYING.sub("#", cause))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:_KEY_LENGTH]


def _group(key: str, workflow: str, members: Sequence[Outcome], still_open: Collection[tuple[str, str]]) -> ErrorGroup:
    first = members[0]
    problem = first.problem or Problem(code="SB-OLD-001")
    told = problem
    if len(members) > 1:
        # The first record's name would be wrong for the others.
        told = replace(problem, facts={**problem.facts, "record": "each of these records"})
    causes = {outcome.problem.cause for outcome in members if outcome.problem is not None}
    return ErrorGroup(
        key=key,
        workflow=workflow,
        kind=first.kind,
        code=problem.code,
        error_class=problem.row.error_class,
        retry=problem.row.retry,
        cause=told.cause if len(causes) <= 1 else f"{problem.cause} {len(causes) - 1:,} more of this kind.",
        remedy=told.remedy,
        effect=problem.effect.value,
        count=len(members),
        still_open=sum((workflow, outcome.source_id) in still_open for outcome in members),
        samples=tuple(members[:SAMPLES]),
    )
