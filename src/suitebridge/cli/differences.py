"""What a dry run would write, as lines for people and as documents for machines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from suitebridge.cli.screens import Plain
from suitebridge.domain.masking import mask_differences
from suitebridge.domain.outcomes import tell_outcome
from suitebridge.domain.people import Role
from suitebridge.domain.values import Value, as_text, is_blank
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.runs import RecordedOutcome


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
