"""Submits, approves, rejects and reopens records: who may, from which state, and what the trail tells of it.

Two people at once do not overwrite each other: an act is about the version that was seen. It refuses to know the door.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from suitebridge.administration.permitting import RecordNeed, permission_of, refusal
from suitebridge.domain import approvals
from suitebridge.domain.approvals import STEPS, ApprovalAct
from suitebridge.domain.conditions import Compare, Comparison
from suitebridge.domain.errors import Problem, RecordRefusedError
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.intents import Change
from suitebridge.domain.people import Permission, Stamp, User
from suitebridge.domain.records import Record
from suitebridge.domain.schemas import RecordSchema
from suitebridge.domain.values import Scalar
from suitebridge.ports.clock import Clock
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.transactions import RecordChange

_MOST_ENTRIES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalRequest:
    """One act on one record; `version` is what was seen ("" takes the record as it stands), `reason` why it is rejected."""

    act: ApprovalAct
    record_type: str
    record_id: str
    version: str = ""
    reason: str = ""


def move_record(store: CompanyStore, request: ApprovalRequest, *, acting: User, stamp: Stamp, clock: Clock) -> Record:
    """Carry an act out and give the record as it stands then.

    Raise `LookupError` where there is no such record, `RunStoppedError` SB-AUTH-001 for who may not, `RecordRefusedError` SB-REC-001 where the record
    is in no state for it, SB-AUTO-002 where somebody was faster.
    """
    schema = store.schemas().workspace_type(request.record_type)
    _require_any(schema, request.act, acting)
    found = store.records.fetch(schema.name, [request.record_id], ())
    if not found:
        raise LookupError(f"There is no {schema.label.lower()} {request.record_id}.")
    record = found[0]
    if request.version not in {"", record.version}:
        raise moved_on(schema, record)
    said = _objection(store, schema, record, request, acting)
    if said:
        raise _refused(schema, record, request.act, said)
    _move(store, schema, record, request, stamp=stamp, today=_today(store, clock))
    return store.records.fetch(schema.name, [record.id], ())[0]


def open_acts(store: CompanyStore, schema: RecordSchema, record: Record, *, acting: User) -> Sequence[ApprovalAct]:
    """Name the acts that are open to somebody on a record as it stands."""
    if not approvals.is_approvable(schema):
        return ()
    state = approvals.state_of(schema, record.fields)
    return [act for act in approvals.acts_from(state) if not _bars(store, schema, record, act, acting)]


def moved_on(schema: RecordSchema, record: Record) -> RecordRefusedError:
    """Say that somebody else changed a record after it was seen."""
    return RecordRefusedError(Problem(code="SB-AUTO-002", facts={"what": name_of(schema, record)}))


def name_of(schema: RecordSchema, record: Record) -> str:
    """Name a record in a sentence."""
    title = str(record.fields.get(schema.title) or "")
    return f"{schema.label} {title or record.id}"


def _require_any(schema: RecordSchema, act: ApprovalAct, acting: User) -> None:
    """Refuse who may do the act on no record of the type."""
    permission = STEPS[act].permission
    needed = permission if permission is not None else permission_of(RecordNeed.ENTER_TYPE)
    may = acting.role.allows(permission) if permission is not None else approvals.may_enter(acting.role, schema.name)
    if not (acting.is_active and may and acting.role.may_view(schema.name)):
        raise refusal(acting, needed, f"{act.value} {schema.plural.lower()}")


def _objection(
    store: CompanyStore, schema: RecordSchema, record: Record, request: ApprovalRequest, acting: User
) -> str:
    """Say why an act cannot be carried out on a record as it stands, "" where it can."""
    if not approvals.is_approvable(schema):
        return f"{schema.plural} are neither submitted nor approved."
    state = approvals.state_of(schema, record.fields)
    if request.act not in approvals.acts_from(state):
        return f"It is {approvals.STATE_WORDS.get(state, state)}."
    barred = _bars(store, schema, record, request.act, acting)
    if barred:
        return barred
    if request.act is ApprovalAct.REJECT and not request.reason.strip():
        return "Whoever submitted it has to learn why: the reason is missing."
    if len(request.reason) > approvals.MOST_REASON:
        return f"The reason has more than {approvals.MOST_REASON} characters."
    lines = approvals.lines_of(schema)
    if request.act is ApprovalAct.SUBMIT and lines is not None:
        belongs = Compare(path=lines.by, comparison=Comparison.EQUAL, value=record.id)
        if not store.records.select(lines.type, belongs, after_id="", limit=1):
            return f"It has no {lines.name}: there is nothing to approve."
    return ""


def _bars(store: CompanyStore, schema: RecordSchema, record: Record, act: ApprovalAct, acting: User) -> str:
    """Say why somebody may not do an act on this very record, "" where they may."""
    owner = approvals.owner_field(schema)
    owner_id = str(record.fields.get(owner.name) or "") if owner is not None else ""
    permission, role = STEPS[act].permission, acting.role
    if permission is not None:
        if not role.allows(permission):
            return f"Your role {role.name} lacks the permission “{permission.value}”."
        own = acting.id in {owner_id, _submitter(store, record)} and store.roles.keep_duties_apart()
        return "It is your own, and your company keeps duties apart: somebody else decides about it." if own else ""
    if not approvals.may_enter_of(role, schema, owner_id=owner_id, acting_id=acting.id):
        return f"It is not yours, and your role {role.name} does not let you change those of others."
    state = approvals.state_of(schema, record.fields)
    if act is ApprovalAct.REOPEN and state == approvals.APPROVED and approvals.is_locked(role, state):
        return f"What is approved is reopened with the permission “{Permission.CHANGE_APPROVED_RECORDS.value}”."
    return ""


def _submitter(store: CompanyStore, record: Record) -> str:
    """Find who submitted a record last, "" where nobody did: those that are nobody's own are their submitter's."""
    entries = store.trail.of_record(record.type, record.id, limit=_MOST_ENTRIES)
    submitted = (one.author_id for one in entries if one.event == EventName.RECORD_SUBMITTED.value)
    return next(submitted, "")


def _move(
    store: CompanyStore,
    schema: RecordSchema,
    record: Record,
    request: ApprovalRequest,
    *,
    stamp: Stamp,
    today: date,
) -> None:
    step, reason = STEPS[request.act], request.reason.strip() or None
    wanted: dict[str, Scalar] = {schema.status: step.ends}
    wanted[approvals.REJECTED_BECAUSE] = reason if request.act is ApprovalAct.REJECT else None
    if approvals.APPROVED_ON in schema.by_name:
        wanted[approvals.APPROVED_ON] = today if request.act is ApprovalAct.APPROVE else None
    changes = tuple(
        Change(field=name, before=record.fields.get(name), after=value)
        for name, value in wanted.items()
        if record.fields.get(name) != value
    )
    event = Event(
        name=step.event,
        subject_type=schema.name,
        subject_id=record.id,
        subject=name_of(schema, record),
        changes=(Change(field="reason", before=None, after=reason),) if reason else (),
    )
    with store.transactions.begin() as unit:
        change = RecordChange(type=schema.name, id=record.id, version=record.version, changes=changes)
        if unit.change_records([change], stamp):
            raise moved_on(schema, record)
        unit.append_event(event, stamp)


def _refused(schema: RecordSchema, record: Record, act: ApprovalAct, said: str) -> RecordRefusedError:
    facts = {
        "record": name_of(schema, record),
        "act": STEPS[act].done,
        "said": said,
        "remedy": "Look at the record as it stands now, and at who may decide about it.",
    }
    return RecordRefusedError(Problem(code="SB-REC-001", facts=facts))


def _today(store: CompanyStore, clock: Clock) -> date:
    return clock.now().astimezone(ZoneInfo(store.company.zone)).date()
