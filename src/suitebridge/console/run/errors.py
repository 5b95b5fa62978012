"""The errors of a run as people read them: by cause, with the cure and a few of the records."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import assert_never

from suitebridge.console import links, wording
from suitebridge.console.decisions import DecisionButton, decision_buttons
from suitebridge.console.marks import Mark, outcome_mark
from suitebridge.console.sides import NetSuiteAddress, Sides, sides_of
from suitebridge.console.wording import Span
from suitebridge.domain.errors import Retry
from suitebridge.domain.outcomes import OPEN_KINDS
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.runs import ENDED_STATES, Run
from suitebridge.runs.deciding import DECIDED_CODES, ways_out
from suitebridge.runs.reviewing import ErrorGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorBox:
    """One cause: how many records, what was said, what to do, what it left behind, and when it is tried again.

    `key` and `again` stand for the button that tries the records again; `again` is "" where none is left, or where there is something to
    decide about all of them: `buttons` do that.
    """

    key: str
    settled: str
    again: str
    open: str
    buttons: tuple[DecisionButton, ...]
    mark: Mark
    count: str
    workflow: str
    code: str
    cause: str
    remedy: tuple[Span, ...]
    effect: str
    retry: str
    samples: tuple[Sides, ...]
    more: str
    all_href: str


def error_box(
    group: ErrorGroup,
    workflow: Workflow | None,
    *,
    run: Run,
    workflows: Mapping[str, Workflow],
    may_view: Callable[[str], bool],
    netsuite_address: NetSuiteAddress,
) -> ErrorBox:
    """Write one group of errors."""
    rest = group.count - len(group.samples)
    is_open = wording.counted(group.still_open, "record", "records")
    has_open = run.state in ENDED_STATES and group.still_open > 0
    is_decided = group.code in DECIDED_CODES
    return ErrorBox(
        key=group.key,
        settled="" if run.is_dry else _settled(group),
        again=f"Try {is_open} again" if has_open and not is_decided else "",
        open=is_open,
        buttons=decision_buttons({group.code: ways_out(workflows, workflow)})
        if has_open and is_decided and workflow is not None
        else (),
        mark=outcome_mark(group.kind, is_dry=run.is_dry),
        count=wording.counted(group.count, "record", "records"),
        workflow=workflow.title if workflow is not None else group.workflow,
        code=group.code,
        cause=wording.capitalized(group.cause),
        remedy=wording.spans(group.remedy),
        effect=f"{wording.capitalized(group.effect)}.",
        retry=_told(group.retry),
        samples=tuple(
            sides_of(workflow, outcome, may_view=may_view, netsuite_address=netsuite_address)
            for outcome in group.samples
        ),
        more=f"and {wording.figure(rest)} more" if rest else "",
        all_href=links.run_records(run.number, workflow=group.workflow, kind=group.kind),
    )


def _settled(group: ErrorGroup) -> str:
    since = group.count - group.still_open
    if not since or group.kind not in OPEN_KINDS:
        return ""
    return "A later run settled all of them." if not group.still_open else f"{wording.figure(since)} settled since."


def _told(retry: Retry) -> str:
    match retry:
        case Retry.AUTOMATIC:
            return "Each later run tries it again by itself."
        case Retry.AFTER_CHANGE:
            return "The next run tries it again once this is corrected."
        case Retry.NEVER:
            return "It is not tried again."
        case Retry.NEEDS_DECISION:
            return "It waits until somebody decides."
        case _:
            assert_never(retry)
