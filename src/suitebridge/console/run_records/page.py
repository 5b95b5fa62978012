"""What the records of a run show: one line for each outcome, narrowed down by workflow and outcome."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from suitebridge.console import links, wording
from suitebridge.console.choices import Choice
from suitebridge.console.decisions import DecisionButton, decision_buttons
from suitebridge.console.marks import Mark, outcome_mark
from suitebridge.console.sides import Sides
from suitebridge.console.trail.page import ChangeLine, change_line
from suitebridge.console.wording import Moment, Span
from suitebridge.domain.outcomes import Outcome, OutcomeKind
from suitebridge.domain.schemas.registry import CompanySchemas
from suitebridge.domain.values import Unit, tell_amount
from suitebridge.domain.workflow import WhenDeleted, Workflow
from suitebridge.ports.runs import RecordedOutcome, Run

PAGE_OUTCOMES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeLine:
    """One record's end; `told` explains it, `remedy` says what to do where something is to be done.

    `choice` is what a ticked box sends to try the record again, "" where that is not open; `href` leads to everything about it; `differences` are what a dry run would write, and
    `folded` counts them.
    """

    choice: str
    href: str
    mark: Mark
    sides: Sides
    workflow: str
    at: Moment
    amount: str
    unit: str
    told: str
    remedy: tuple[Span, ...]
    differences: tuple[ChangeLine, ...]
    folded: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecordsPage:
    """A page of them; addresses are "" where there is nothing further."""

    title: str
    run_title: str
    run_href: str
    here_href: str
    retry_href: str
    buttons: tuple[DecisionButton, ...]
    shows_workflow: bool
    workflows: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    lines: tuple[OutcomeLine, ...]
    span: str
    newer_href: str
    older_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyTerms:
    """In what a company's moments and fields are written: its zone, and its record types with their custom fields."""

    zone: tzinfo
    schemas: CompanySchemas


def outcome_line(
    recorded: RecordedOutcome,
    sides: Sides,
    workflow: Workflow | None,
    terms: CompanyTerms,
    *,
    run_number: int,
    is_dry: bool,
    is_open: bool,
) -> OutcomeLine:
    """Write one line; an open one can be tried again."""
    outcome = recorded.outcome
    schema = terms.schemas.target_of(workflow) if workflow is not None else None
    amount = outcome.amount
    return OutcomeLine(
        choice=f"{recorded.workflow}/{outcome.source_id}" if is_open else "",
        href=links.run_record(run_number, recorded.workflow, outcome.source_id),
        mark=outcome_mark(outcome.kind, is_dry=is_dry),
        sides=sides,
        workflow=workflow.title if workflow is not None else recorded.workflow,
        at=wording.moment(recorded.at, terms.zone),
        amount=tell_amount(amount.value, amount.unit) if amount else "",
        unit=("h" if amount.unit == Unit.HOURS.value else amount.unit) if amount else "",
        told=_told(outcome, is_dry=is_dry),
        remedy=wording.spans(outcome.problem.remedy) if outcome.problem else (),
        differences=tuple(change_line(change, schema, {}) for change in recorded.differences),
        folded=wording.counted(len(recorded.differences), "field", "fields"),
    )


def run_records_page(
    run: Run,
    lines: Sequence[OutcomeLine],
    titles: Mapping[str, str],
    *,
    workflow: str,
    kind: OutcomeKind | None,
    after: int,
    ways: Mapping[str, Collection[WhenDeleted]],
) -> RunRecordsPage:
    """Write a page; a full one may have more behind it. `ways` has the codes of what can be decided, with what can become of deleted records."""
    has_more = len(lines) == PAGE_OUTCOMES
    further = links.run_records(run.number, workflow=workflow, kind=kind, after=after + len(lines))
    earlier = links.run_records(run.number, workflow=workflow, kind=kind, after=max(0, after - PAGE_OUTCOMES))
    return RunRecordsPage(
        title=f"Records of run {run.number}",
        run_title=f"Run {run.number}",
        run_href=links.run(run.number),
        here_href=links.run_records(run.number),
        retry_href=links.address("run-retry", number=run.number) if any(line.choice for line in lines) else "",
        buttons=decision_buttons(ways),
        shows_workflow=not workflow,
        workflows=_workflow_choices(run, titles, workflow),
        kinds=_kind_choices(kind, is_dry=run.is_dry),
        lines=tuple(lines),
        span=f"{wording.figure(after + 1)} to {wording.figure(after + len(lines))}" if lines else "",
        newer_href=earlier if after else "",
        older_href=further if has_more else "",
    )


def _told(outcome: Outcome, *, is_dry: bool) -> str:
    parts = []
    if outcome.problem is not None:
        parts.append(wording.capitalized(outcome.problem.cause))
    elif outcome.reason:
        parts.append(outcome.reason)
    if outcome.changed_fields and not is_dry:
        parts.append(f"Changed: {', '.join(outcome.changed_fields)}.")
    if outcome.refused_fields:
        parts.append(f"Left as they were: {', '.join(outcome.refused_fields)}.")
    if outcome.is_recovered:
        parts.append("Settled after an interruption.")
    return " ".join(parts)


def _workflow_choices(run: Run, titles: Mapping[str, str], chosen: str) -> tuple[Choice, ...]:
    every = Choice(value="", text="All workflows", is_chosen=not chosen)
    return (
        every,
        *(Choice(value=name, text=titles.get(name, name), is_chosen=name == chosen) for name in run.workflows),
    )


def _kind_choices(chosen: OutcomeKind | None, *, is_dry: bool) -> tuple[Choice, ...]:
    every = Choice(value="", text="All outcomes", is_chosen=chosen is None)
    kinds = (
        Choice(value=kind.value, text=outcome_mark(kind, is_dry=is_dry).text, is_chosen=kind is chosen)
        for kind in OutcomeKind
    )
    return (every, *kinds)
