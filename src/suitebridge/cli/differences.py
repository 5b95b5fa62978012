"""Single records of runs, and what would be written to them, as lines for people and as documents for machines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from suitebridge.cli.screens import Plain, problem_document
from suitebridge.domain.masking import mask_differences
from suitebridge.domain.outcomes import tell_outcome
from suitebridge.domain.people import Role
from suitebridge.domain.values import Value, as_text, is_blank
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.runs import Passage, RecordedOutcome
from suitebridge.runs.tracing import RecordTrace


def seen_differences(
    outcomes: Iterable[RecordedOutcome], workflows: Mapping[str, Workflow], role: Role
) -> Sequence[RecordedOutcome]:
    """Give the outcomes that have differences, with what the role hides masked."""
    return [
        replace(one, differences=mask_differences(workflows[one.workflow], one.differences, role))
        for one in outcomes
        if one.differences and one.workflow in workflows
    ]


def difference_lines(recorded: RecordedOutcome) -> Iterable[str]:
    """Tell what would be written to one record."""
    yield f"{tell_outcome(recorded.outcome.kind, is_dry=True)}: {recorded.outcome.title} ({recorded.workflow})"
    yield from _change_lines(recorded)


def trace_lines(trace: RecordTrace) -> Iterable[str]:
    """Tell one record's way: its end, its cure, what was sent, its pair, its other runs."""
    outcome, binding = trace.recorded.outcome, trace.binding
    yield f"{outcome.title}: {tell_outcome(outcome.kind, is_dry=trace.run.is_dry)}"
    yield f"  Workspace: {trace.workspace_id or 'not there'} · NetSuite: {trace.netsuite_id or 'not there'}"
    if outcome.problem is not None:
        yield f"  {outcome.problem.cause} ({outcome.problem.code}, {outcome.problem.effect.value})"
        yield f"  What to do: {outcome.problem.remedy}"
    elif outcome.reason:
        yield f"  {outcome.reason}"
    if trace.recorded.differences:
        yield "What would be written:" if trace.run.is_dry else "What was sent and not taken:"
        yield from _change_lines(trace.recorded)
    if binding is not None:
        yield f"The pair is {binding.state.value}; external id {binding.external_id or 'none'}; {binding.attempt} attempts to write."
    for one in trace.passages:
        what = one.recorded.outcome
        said = what.problem.cause if what.problem is not None else what.reason
        yield f"Run {one.run_number}: {tell_outcome(what.kind, is_dry=one.is_dry)}{f'. {said}' if said else ''}"


def trace_document(trace: RecordTrace) -> Mapping[str, Plain]:
    """Give one record's way for machines."""
    binding, problem = trace.binding, trace.recorded.outcome.problem
    return {
        "run": trace.run.number,
        **difference_document(trace.recorded),
        "reason": trace.recorded.outcome.reason,
        "problem": None if problem is None else problem_document(problem),
        "pair": "" if binding is None else binding.state.value,
        "external_id": "" if binding is None else binding.external_id,
        "attempts": 0 if binding is None else binding.attempt,
        "runs": [
            {"run": one.run_number, "is_dry": one.is_dry, "outcome": one.recorded.outcome.kind.value}
            for one in trace.passages
        ],
    }


def open_lines(passage: Passage) -> Iterable[str]:
    """Tell one record that is open."""
    outcome = passage.recorded.outcome
    told = f"Run {passage.run_number}: {tell_outcome(outcome.kind, is_dry=False)}"
    yield f"{outcome.title} ({passage.recorded.workflow} {outcome.source_id}). {told}"
    if outcome.problem is not None:
        yield f"  {outcome.problem.cause} ({outcome.problem.code})"
        yield f"  What to do: {outcome.problem.remedy}"


def open_document(passage: Passage) -> Mapping[str, Plain]:
    """Give one record that is open for machines."""
    outcome = passage.recorded.outcome
    return {
        "run": passage.run_number,
        "workflow": passage.recorded.workflow,
        "outcome": outcome.kind.value,
        "source_id": outcome.source_id,
        "target_id": outcome.target_id,
        "title": outcome.title,
        "problem": None if outcome.problem is None else problem_document(outcome.problem),
    }


def _change_lines(recorded: RecordedOutcome) -> Iterable[str]:
    for change in recorded.differences:
        before = "" if is_blank(change.before) else f"{_told(change.before)} → "
        yield f"  {change.field}: {before}{_told(change.after) or '(cleared)'}"


def difference_document(recorded: RecordedOutcome) -> Mapping[str, Plain]:
    """Give one record with its differences for machines."""
    outcome = recorded.outcome
    return {
        "workflow": recorded.workflow,
        "outcome": outcome.kind.value,
        "source_id": outcome.source_id,
        "target_id": outcome.target_id,
        "title": outcome.title,
        "differences": [
            {"field": one.field, "before": _plain(one.before), "after": _plain(one.after)}
            for one in recorded.differences
        ],
    }


def _told(value: Value) -> str:
    return f"{len(value)} lines" if isinstance(value, tuple) else as_text(value)


def _plain(value: Value) -> Plain:
    if isinstance(value, tuple):
        return [{name: as_text(part) for name, part in line.items()} for line in value]
    return as_text(value)
