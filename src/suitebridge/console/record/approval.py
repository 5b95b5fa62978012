"""What a record's page shows of its approval: the state, and a button for each act that is open to the visitor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from suitebridge.console import links
from suitebridge.console.marks import APPROVAL_MARKS, Mark
from suitebridge.console.notices import Notice, notice_of
from suitebridge.domain import approvals
from suitebridge.domain.approvals import MOST_REASON, ApprovalAct
from suitebridge.domain.errors import Problem
from suitebridge.domain.records import Record
from suitebridge.domain.schemas import RecordSchema

_BUTTONS: Mapping[ApprovalAct, tuple[str, str, bool]] = {
    ApprovalAct.SUBMIT: ("Submit for approval", "arrow", True),
    ApprovalAct.APPROVE: ("Approve", "check", True),
    ApprovalAct.REJECT: ("Reject", "cross", False),
    ApprovalAct.REOPEN: ("Reopen", "pencil", False),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ActButton:
    """A button that carries an act out."""

    value: str
    text: str
    icon: str
    is_main: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalBox:
    """The part of the page; `asks_reason` where the visitor may reject, `typed` what stood in that field."""

    mark: Mark
    send_href: str
    version: str
    buttons: tuple[ActButton, ...]
    asks_reason: bool
    typed: str
    most_reason: int
    notice: Notice | None


def approval_box(
    schema: RecordSchema,
    record: Record,
    acts: Sequence[ApprovalAct],
    *,
    refused: Problem | None = None,
    typed: str = "",
) -> ApprovalBox:
    """Write the part."""
    return ApprovalBox(
        mark=APPROVAL_MARKS[approvals.state_of(schema, record.fields)],
        send_href=links.address("record-approval", record_type=schema.name, record_id=record.id),
        version=record.version,
        buttons=tuple(
            ActButton(value=act.value, text=_BUTTONS[act][0], icon=_BUTTONS[act][1], is_main=_BUTTONS[act][2])
            for act in acts
        ),
        asks_reason=ApprovalAct.REJECT in acts,
        typed=typed,
        most_reason=MOST_REASON,
        notice=notice_of(refused) if refused is not None else None,
    )
