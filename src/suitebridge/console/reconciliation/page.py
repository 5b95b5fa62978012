"""What the comparison of both sides shows. It reads nothing itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from suitebridge.console import links, wording
from suitebridge.console.choices import Choice
from suitebridge.domain.errors import Problem
from suitebridge.domain.reconciliations import Discrepancy, FieldPair, Finding, Period, Reconciliation
from suitebridge.domain.records import Direction
from suitebridge.domain.values import Unit, as_text, tell_amount
from suitebridge.domain.workflow import Workflow

_MOST_LINES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A count or a sum of both sides; `is_off` where they differ."""

    text: str
    workspace: str
    netsuite: str
    is_off: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One record that is not alike."""

    title: str
    href: str
    netsuite_id: str
    finding: str
    reason: str
    pairs: tuple[FieldPair, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A comparison; `more` counts the records that are not listed."""

    title: str
    note: str
    is_alike: bool
    verdict: str
    figures: tuple[Figure, ...]
    lines: tuple[Line, ...]
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconciliationPage:
    """The form, and what it found. `refusal` says why nothing was compared."""

    here_href: str
    list_href: str
    workflows: tuple[Choice, ...]
    since: str
    until: str
    result: Result | None
    refusal: str
    remedy: str


def reconciliation_page(
    workflows: Mapping[str, Workflow],
    *,
    chosen: str,
    period: Period,
    found: Reconciliation | None = None,
    problem: Problem | None = None,
) -> ReconciliationPage:
    """Write the page."""
    return ReconciliationPage(
        here_href=links.address("reconciliation"),
        list_href=links.address("runs"),
        workflows=tuple(
            Choice(value=name, text=_titled(workflow), is_chosen=name == chosen) for name, workflow in workflows.items()
        ),
        since=as_text(period.since),
        until=as_text(period.until),
        result=None if found is None else _result(found, workflows[found.workflow]),
        refusal=problem.title if problem is not None else "",
        remedy=problem.remedy if problem is not None else "",
    )


def _titled(workflow: Workflow) -> str:
    return f"{'From' if workflow.direction is Direction.IMPORT else 'To'} NetSuite: {workflow.title}"


def _result(found: Reconciliation, workflow: Workflow) -> Result:
    count = sum(number for _, number in found.counts)
    lines = tuple(_line(one, workflow) for one in found.told[:_MOST_LINES])
    unlisted = count - len(lines)
    return Result(
        title=found.title,
        note=""
        if found.has_period or found.period.is_open
        else "These records carry no day: all of them were compared.",
        is_alike=found.is_alike,
        verdict="Both sides hold the same."
        if found.is_alike
        else f"{wording.counted(count, 'record is', 'records are')} not alike.",
        figures=(*_counts(found), *_sums(found)),
        lines=lines,
        more=f"{wording.counted(unlisted, 'further record is', 'further records are')} not listed here: suitebridge reconcile --json tells up to 10,000."
        if unlisted
        else "",
    )


def _counts(found: Reconciliation) -> tuple[Figure, ...]:
    workspace, netsuite = found.workspace_count, found.netsuite_count
    return (
        Figure(
            text="Records",
            workspace=wording.figure(workspace),
            netsuite=wording.figure(netsuite),
            is_off=workspace != netsuite,
        ),
    )


def _sums(found: Reconciliation) -> tuple[Figure, ...]:
    return tuple(
        Figure(
            text="Hours" if one.unit == Unit.HOURS.value else f"Sum in {one.unit or 'an unknown currency'}",
            workspace=tell_amount(one.workspace, one.unit),
            netsuite=tell_amount(one.netsuite, one.unit),
            is_off=one.workspace != one.netsuite,
        )
        for one in found.sums
    )


def _line(found: Discrepancy, workflow: Workflow) -> Line:
    own = workflow.target_type if workflow.direction is Direction.IMPORT else workflow.source_type
    words = {
        Finding.MISSING: "Missing",
        Finding.EXTRA: "Extra",
        Finding.DIFFERENT: "Different",
        Finding.UNCLEAR: "Unclear",
    }
    return Line(
        title=found.title,
        href=links.record(own, found.workspace_id) if found.workspace_id else "",
        netsuite_id=found.netsuite_id,
        finding=words[found.finding],
        reason=found.reason,
        pairs=found.pairs,
    )
