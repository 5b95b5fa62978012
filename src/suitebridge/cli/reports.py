"""A run's report as tables for people and as a document for machines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from suitebridge.cli.exits import ExitCode, exit_code_of
from suitebridge.cli.screens import Plain, problem_document
from suitebridge.domain.credentials import AccountId
from suitebridge.domain.errors import Problem
from suitebridge.domain.outcomes import Amount, Outcome, OutcomeKind, Tally, tell_outcome
from suitebridge.domain.values import tell_amount
from suitebridge.ports.runs import Run, RunState
from suitebridge.runs.reviewing import ErrorGroup, RunReport

if TYPE_CHECKING:
    from rich.table import Table

_HALTED = frozenset({RunState.PAUSED, RunState.CANCELLED})


def exit_code_of_run(run: Run) -> ExitCode:
    """Give the exit code of a run that has ended or rests."""
    if run.state is RunState.INCONSISTENT:
        return ExitCode.INCONSISTENT
    if run.problem_code:
        return exit_code_of(Problem(code=run.problem_code, facts=run.problem_facts))
    if run.state in _HALTED:
        return ExitCode.INTERRUPTED
    return ExitCode.RECORD_ERRORS if run.state is RunState.COMPLETED_WITH_ERRORS else ExitCode.OK


def run_table(report: RunReport) -> Table:
    """Draw a run's workflows: considered, every outcome that occurred, and the sums of what was written."""
    from rich.table import Table

    kinds = [kind for kind in OutcomeKind if any(one.tally.of(kind) for one in report.workflows)]
    has_sums = any(one.tally.written_sums for one in report.workflows)
    run = report.run
    title = f"{'Dry run' if run.is_dry else 'Run'} {run.number}: {run.state.value} · NetSuite {AccountId(value=run.account_id).title} · configuration {run.configured}"
    table = Table(title=title, title_justify="left")
    table.add_column("Workflow", overflow="fold")
    table.add_column("considered", justify="right", no_wrap=True)
    for kind in kinds:
        table.add_column(tell_outcome(kind, is_dry=run.is_dry), justify="right", no_wrap=True)
    if has_sums:
        table.add_column("to write" if run.is_dry else "written", justify="right", no_wrap=True)
    for one in report.workflows:
        cells = [_title(one.direction.value, one.title), f"{one.tally.considered:,}"]
        cells += [f"{one.tally.of(kind):,}" if one.tally.of(kind) else "" for kind in kinds]
        table.add_row(*cells, *([_sums(one.tally.written_sums)] if has_sums else []))
    total = report.total
    table.add_section()
    table.add_row(
        "All", f"{total.considered:,}", *(f"{total.of(kind):,}" for kind in kinds), *([""] if has_sums else [])
    )
    return table


def equation(tally: Tally, *, is_dry: bool) -> str:
    """Tell the conservation equation (I1) in figures."""
    terms = " + ".join(f"{count:,} {tell_outcome(kind, is_dry=is_dry)}" for kind, count in tally.counts if count) or "0"
    sign = "=" if tally.adds_up else "≠"
    return f"{tally.considered:,} considered {sign} {terms}"


def error_lines(groups: Sequence[ErrorGroup], *, most_samples: int) -> Iterable[str]:
    """Tell groups of troubled records: how many, why, what to do, and some of them."""
    for group in groups:
        yield f"{group.count:,} × {group.kind.value} in {group.workflow}: {group.cause} ({group.code})"
        yield f"  What to do: {group.remedy}"
        yield f"  Effect: {group.effect}"
        yield from (f"  - {sample.title}" for sample in group.samples[:most_samples])


def run_document(report: RunReport) -> Mapping[str, Plain]:
    """Give a run's report for machines."""
    return {
        "run": run_head(report.run),
        "workflows": [
            {
                "name": one.name,
                "title": one.title,
                "direction": one.direction.value,
                "phase": one.phase,
                "considered": one.tally.considered,
                "outcomes": {kind.value: one.tally.of(kind) for kind in OutcomeKind},
                "selected_sums": _amounts(one.tally.selected_sums),
                "written_sums": _amounts(one.tally.written_sums),
                "adds_up": one.tally.adds_up,
            }
            for one in report.workflows
        ],
        "errors": [_group(group) for group in report.groups],
        "problem": None if report.problem is None else problem_document(report.problem),
    }


def run_head(run: Run) -> Mapping[str, Plain]:
    """Give a run without its workflows' counts for machines."""
    return {
        "id": run.id,
        "number": run.number,
        "state": run.state.value,
        "account": run.account_id,
        "environment": AccountId(value=run.account_id).environment_label,
        "workflows": list(run.workflows),
        "is_full": run.is_full,
        "since": run.since.isoformat() if run.since else None,
        "configuration": run.configuration,
        "is_retry": run.is_retry,
        "is_dry": run.is_dry,
        "is_errand": run.is_errand,
        "owner": run.owner_name,
        "started_by": run.started_by,
        "asked_at": _moment(run.asked_at),
        "started_at": _moment(run.started_at),
        "ended_at": _moment(run.ended_at),
        "recoveries": run.recoveries,
        "halt": run.halt.value if run.halt else None,
        "halted_by": run.halted_by,
        "exit_code": int(exit_code_of_run(run)),
    }


def _group(group: ErrorGroup) -> Mapping[str, Plain]:
    return {
        "workflow": group.workflow,
        "outcome": group.kind.value,
        "code": group.code,
        "class": group.error_class.value,
        "retry": group.retry.value,
        "cause": group.cause,
        "remedy": group.remedy,
        "effect": group.effect,
        "count": group.count,
        "samples": [_sample(outcome) for outcome in group.samples],
    }


def _sample(outcome: Outcome) -> Mapping[str, Plain]:
    return {"source_id": outcome.source_id, "target_id": outcome.target_id, "title": outcome.title}


def _title(direction: str, title: str) -> str:
    """Name a workflow shortly: what stands in brackets is NetSuite's own word for the same."""
    return f"{direction.capitalize()}: {title.partition(' (')[0]}"


def _sums(amounts: Sequence[Amount]) -> str:
    return "\n".join(f"{tell_amount(amount.value, amount.unit)} {amount.unit}" for amount in amounts)


def _amounts(amounts: Sequence[Amount]) -> Sequence[Plain]:
    return [{"unit": amount.unit, "value": format(amount.value, "f")} for amount in amounts]


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds")
