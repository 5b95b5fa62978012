"""How a record is approved: its states, the acts that lead from one to the next, and what is locked meanwhile (suiteprojects-api.md §6.2).

Pure, and the same for every record type whose status moves through `APPROVAL_STATES`. It refuses to know who asks through which door.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from suitebridge.domain.conditions import AnyOf, Blank, Compare, Comparison, Condition
from suitebridge.domain.events import EventName
from suitebridge.domain.people import Permission, Role
from suitebridge.domain.schemas import FieldSchema, RecordSchema, Related
from suitebridge.domain.schemas.workspace import WORKSPACE_TYPES
from suitebridge.domain.schemas.workspace.shared import APPROVAL_STATES
from suitebridge.domain.values import Value

OPEN, SUBMITTED, APPROVED, REJECTED = (state for state, _ in APPROVAL_STATES)
STATE_WORDS: Mapping[str, str] = {state: label.lower() for state, label in APPROVAL_STATES}
APPROVED_ON, REJECTED_BECAUSE = "approved", "rejected_because"
TOTAL, CURRENCY = "total", "currency"
MOST_REASON = 500
_PEOPLE = "employee"


class ApprovalAct(enum.Enum):
    """What somebody does to a record's state; the value is typed and sent."""

    SUBMIT = "submit"
    APPROVE = "approve"
    REJECT = "reject"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalStep:
    """The way of one act: from which states, to which, how it is told, and the permission where one beyond entering is needed."""

    begins: tuple[str, ...]
    ends: str
    done: str
    event: EventName
    permission: Permission | None = None


STEPS: Mapping[ApprovalAct, ApprovalStep] = {
    ApprovalAct.SUBMIT: ApprovalStep(
        begins=(OPEN, REJECTED), ends=SUBMITTED, done="submitted", event=EventName.RECORD_SUBMITTED
    ),
    ApprovalAct.APPROVE: ApprovalStep(
        begins=(SUBMITTED,),
        ends=APPROVED,
        done="approved",
        event=EventName.RECORD_APPROVED,
        permission=Permission.APPROVE_RECORDS,
    ),
    ApprovalAct.REJECT: ApprovalStep(
        begins=(SUBMITTED,),
        ends=REJECTED,
        done="rejected",
        event=EventName.RECORD_REJECTED,
        permission=Permission.APPROVE_RECORDS,
    ),
    ApprovalAct.REOPEN: ApprovalStep(
        begins=(SUBMITTED, APPROVED, REJECTED), ends=OPEN, done="reopened", event=EventName.RECORD_REOPENED
    ),
}


def is_approvable(schema: RecordSchema) -> bool:
    """Whether records of a type are submitted and approved."""
    return bool(schema.status) and schema.by_name[schema.status].choices == APPROVAL_STATES


def state_of(schema: RecordSchema, fields: Mapping[str, Value]) -> str:
    """Give a record's state; one that was never set is open."""
    return str(fields.get(schema.status) or OPEN)


def owner_field(schema: RecordSchema) -> FieldSchema | None:
    """Find the field that names whose record it is, None for a type that is nobody's own."""
    field = schema.by_name.get(schema.parent)
    return field if field is not None and field.refers_to == _PEOPLE else None


def lines_of(schema: RecordSchema) -> Related | None:
    """Find the records that an approvable one is made of: a report's receipts, an invoice's charges; None for any other type."""
    return schema.related[0] if is_approvable(schema) and schema.related else None


def head_of(record_type: str) -> tuple[RecordSchema, Related] | None:
    """Find the type that a type's records are lines of, None where they are no lines."""
    for schema in WORKSPACE_TYPES.values():
        lines = lines_of(schema)
        if lines is not None and lines.type == record_type:
            return schema, lines
    return None


def has_form(schema: RecordSchema) -> bool:
    """Whether records of a type have a form of their own: people have pages elsewhere, and lines stand in the form of what they belong to."""
    return schema.name != _PEOPLE and head_of(schema.name) is None


def is_own_type(schema: RecordSchema) -> bool:
    """Whether people enter records of a type for themselves: what is approved and belongs to an employee, and its lines."""
    held = head_of(schema.name)
    head = held[0] if held is not None else schema
    return is_approvable(head) and owner_field(head) is not None


def may_enter(role: Role, record_type: str) -> bool:
    """Whether a role may enter records of a type, be it only its holder's own."""
    schema = WORKSPACE_TYPES.get(record_type)
    if schema is None:
        return False
    return role.may_modify(record_type) or (role.allows(Permission.ENTER_OWN_RECORDS) and is_own_type(schema))


def may_enter_of(role: Role, schema: RecordSchema, *, owner_id: str, acting_id: str) -> bool:
    """Whether somebody may enter records of this owner."""
    own = owner_id == acting_id and is_own_type(schema) and role.allows(Permission.ENTER_OWN_RECORDS)
    return role.may_modify(schema.name) or own


def is_locked(role: Role, state: str) -> bool:
    """Whether a record in a state is closed to changes by a role: one that waits for approval to everybody, so that what is approved is what was seen."""
    return state == SUBMITTED or (state == APPROVED and not role.allows(Permission.CHANGE_APPROVED_RECORDS))


def acts_from(state: str) -> tuple[ApprovalAct, ...]:
    """Name the acts that lead on from a state."""
    return tuple(act for act, step in STEPS.items() if state in step.begins)


def in_state(schema: RecordSchema, state: str) -> Condition | None:
    """Write the condition that narrows a list down to a status, None for one that the type has not; what was never set is open."""
    choices = dict(schema.by_name[schema.status].choices) if schema.status else {}
    if state not in choices:
        return None
    chosen = Compare(path=schema.status, comparison=Comparison.EQUAL, value=state)
    if state == OPEN and is_approvable(schema):
        return AnyOf(conditions=(chosen, Blank(path=schema.status)))
    return chosen
