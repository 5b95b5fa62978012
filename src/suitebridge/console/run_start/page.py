"""What the form that starts a run shows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from suitebridge.console import links
from suitebridge.console.wording import Span, spans
from suitebridge.domain.errors import Problem
from suitebridge.domain.groups import WorkflowGroup
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Workflow
from suitebridge.runs.needing import NEEDED_MISSING
from suitebridge.runs.starting import RunRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkflowChoice:
    """One workflow to tick; `needs` names those that should have run before."""

    name: str
    title: str
    needs: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupChoice:
    """A workflow group to choose instead of single workflows."""

    name: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectionChoices:
    """The workflows of one direction, under a heading."""

    title: str
    icon: str
    choices: tuple[WorkflowChoice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a run could not be started, and what to do."""

    title: str
    cause: str
    remedy: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunStartPage:
    """The form. `key` makes sure that a form sent twice starts one run; who may not run in earnest finds the dry run alone."""

    here_href: str
    list_href: str
    key: str
    directions: tuple[DirectionChoices, ...]
    groups: tuple[GroupChoice, ...]
    offers_full: bool
    is_full: bool
    since: str
    may_run: bool
    refusal: Refusal | None
    asks_account: bool
    asks_without: bool
    is_without: bool


def run_start_page(
    workflows: Mapping[str, Workflow],
    groups: Sequence[WorkflowGroup],
    request: RunRequest,
    *,
    key: str,
    may_run: bool,
    offers_full: bool,
    problem: Problem | None,
) -> RunStartPage:
    """Write the form with what was ticked."""
    refusal = Refusal(title=problem.title, cause=problem.cause, remedy=spans(problem.remedy)) if problem else None
    return RunStartPage(
        here_href=links.address("run-start"),
        list_href=links.address("runs"),
        key=key,
        directions=tuple(_choices(workflows, direction, request.workflows) for direction in Direction),
        groups=tuple(GroupChoice(name=one.name, is_chosen=one.name == request.group) for one in groups),
        offers_full=offers_full,
        is_full=request.reads_anew,
        since=request.since.isoformat() if request.since else "",
        may_run=may_run,
        refusal=refusal,
        asks_account=problem is not None and problem.code == "SB-RUN-004",
        asks_without=request.without_needed or (problem is not None and problem.code == NEEDED_MISSING),
        is_without=request.without_needed,
    )


def nothing_chosen() -> Problem:
    """Say that at least one workflow has to be ticked."""
    facts = {
        "what": "no workflow is chosen",
        "said": "A run transfers the records of at least one workflow.",
        "remedy": "Tick the workflows to run.",
    }
    return Problem(code="SB-RUN-001", facts=facts)


def no_day() -> Problem:
    """Say that what was entered is no day."""
    facts = {
        "what": "the day to read from cannot be read",
        "said": "A full run reads everything, or what changed since a day.",
        "remedy": "Enter a day as in 2026-01-31, or leave the field empty.",
    }
    return Problem(code="SB-RUN-001", facts=facts)


def _choices(workflows: Mapping[str, Workflow], direction: Direction, chosen: Collection[str]) -> DirectionChoices:
    is_import = direction is Direction.IMPORT
    return DirectionChoices(
        title="From NetSuite" if is_import else "To NetSuite",
        icon="import" if is_import else "export",
        choices=tuple(
            WorkflowChoice(
                name=name,
                title=workflow.title,
                needs=", ".join(workflows[need].title for need in workflow.needs if need in workflows),
                is_chosen=name in chosen,
            )
            for name, workflow in workflows.items()
            if workflow.direction is direction
        ),
    )
