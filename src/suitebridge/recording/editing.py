"""Saves a record with its lines as a whole, new or changed: everything or nothing, by who may, and only while it is open.

What is approved or waits for approval is locked, whichever door the change comes through. It refuses to know how the values were typed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from suitebridge.administration.permitting import refusal
from suitebridge.domain import approvals
from suitebridge.domain.conditions import Compare, Comparison
from suitebridge.domain.errors import Problem, RecordRefusedError
from suitebridge.domain.intents import Change
from suitebridge.domain.people import Permission, Stamp, User
from suitebridge.domain.records import Record
from suitebridge.domain.schemas import RecordSchema, Related
from suitebridge.domain.values import Scalar, Value, is_blank
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.transactions import NewRecord, RecordChange, RecordRemoval
from suitebridge.ports.workspace import RecordQuery
from suitebridge.recording.approving import moved_on, name_of
from suitebridge.recording.typing_in import HEAD, EntryProblem

MOST_LINES = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """The fields of one record as they shall stand; without an id it is new. What is not named stays as it is."""

    values: Mapping[str, Scalar]
    record_id: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A record with the lines that are new or changed, and those that go."""

    record_type: str
    head: Edit
    lines: tuple[Edit, ...] = ()
    gone: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """The record as it stands (None: new), with the schemas of its type and of its lines."""

    schema: RecordSchema
    present: Record | None
    related: Related | None
    line_schema: RecordSchema | None


def save_whole(store: CompanyStore, whole: Whole, *, acting: User, stamp: Stamp) -> str | tuple[EntryProblem, ...]:
    """Save and give the record's id, or everything that is not filled in, and nothing is saved.

    Raise `LookupError` for a record that is not there, `RunStoppedError` SB-AUTH-001 for who may not, `RecordRefusedError` SB-REC-001 for what is
    locked, SB-AUTO-002 where somebody was faster, and what the store refuses.
    """
    place = _place_of(store, whole)
    owner = _owner_of(place, whole, acting)
    _require(place, owner, acting)
    whole = _with_own_fields(place, whole, owner)
    lines = _present_lines(store, place, whole)
    problems = tuple(_missing(place, whole, lines))
    return problems or _write(store, place, whole, lines, stamp)


def lines_held(store: CompanyStore, related: Related, head_id: str) -> Sequence[Record]:
    """Read the lines of a record, oldest first, as many as a form holds."""
    belongs = Compare(path=related.by, comparison=Comparison.EQUAL, value=head_id)
    return store.records.query(RecordQuery(record_type=related.type, condition=belongs, limit=MOST_LINES))


def require_open(schema: RecordSchema, record: Record, acting: User) -> None:
    """Raise `RecordRefusedError` SB-REC-001 for a record whose state closes it to somebody's changes."""
    state = approvals.state_of(schema, record.fields) if approvals.is_approvable(schema) else approvals.OPEN
    if approvals.is_locked(acting.role, state):
        said = f"It is {approvals.STATE_WORDS[state]}, and with it everything that belongs to it."
        remedy = "Reopen it first, or ask somebody who may."
        facts = {"record": name_of(schema, record), "act": "changed", "said": said, "remedy": remedy}
        raise RecordRefusedError(Problem(code="SB-REC-001", facts=facts))


def _place_of(store: CompanyStore, whole: Whole) -> _Place:
    schemas = store.schemas()
    schema = schemas.workspace_type(whole.record_type)
    found = store.records.fetch(schema.name, [whole.head.record_id], ()) if whole.head.record_id else ()
    if whole.head.record_id and not found:
        raise LookupError(f"There is no {schema.label.lower()} {whole.head.record_id}.")
    related = approvals.lines_of(schema)
    line_schema = schemas.workspace_type(related.type) if related is not None else None
    if len(whole.lines) + len(whole.gone) > MOST_LINES:
        raise LookupError(f"A record is saved with at most {MOST_LINES} lines at once.")
    return _Place(schema=schema, present=found[0] if found else None, related=related, line_schema=line_schema)


def _owner_of(place: _Place, whole: Whole, acting: User) -> str:
    """Say whose record it is: as it stands, as it is entered, or else the author's own."""
    field = approvals.owner_field(place.schema)
    if field is None:
        return ""
    kept = place.present.fields.get(field.name) if place.present is not None else None
    entered = whole.head.values.get(field.name)
    return str((entered or kept) if acting.role.may_modify(place.schema.name) else (kept or "")) or acting.id


def _require(place: _Place, owner: str, acting: User) -> None:
    schema = place.schema
    if not (acting.is_active and approvals.may_enter_of(acting.role, schema, owner_id=owner, acting_id=acting.id)):
        raise refusal(acting, Permission.MODIFY_RECORDS, f"enter {schema.plural.lower()} of others")
    lines = place.line_schema
    if lines is not None and owner != acting.id and not acting.role.may_modify(lines.name):
        raise refusal(acting, Permission.MODIFY_RECORDS, f"enter {lines.plural.lower()} of others")
    if place.present is not None:
        require_open(schema, place.present, acting)


def _with_own_fields(place: _Place, whole: Whole, owner: str) -> Whole:
    """Fill in what nobody types: whose it is, and the sum of the lines."""
    field = approvals.owner_field(place.schema)
    own = {field.name: owner} if field is not None else {}
    head = replace(whole.head, values={**whole.head.values, **own})
    if place.line_schema is None:
        return replace(whole, head=head)
    shared = {name: value for name, value in own.items() if name in place.line_schema.by_name}
    kept = place.present.fields.get(approvals.CURRENCY) if place.present is not None else None
    currency = head.values.get(approvals.CURRENCY) or kept
    filled: dict[str, Scalar] = {}
    if approvals.CURRENCY in place.line_schema.by_name and isinstance(currency, str):
        filled[approvals.CURRENCY] = currency
    lines = tuple(
        replace(one, values={**_with_total(one.values), **_where_blank(filled, one.values), **shared})
        for one in whole.lines
    )
    return replace(whole, head=head, lines=lines)


def _where_blank(filled: Mapping[str, Scalar], values: Mapping[str, Scalar]) -> Mapping[str, Scalar]:
    return {name: value for name, value in filled.items() if is_blank(values.get(name))}


def _with_total(values: Mapping[str, Scalar]) -> Mapping[str, Scalar]:
    """Multiply quantity and price where the total was left blank."""
    quantity = values.get("quantity")
    price = values.get("cost") or values.get("rate")
    if values.get(approvals.TOTAL, "") is None and isinstance(quantity, Decimal) and isinstance(price, Decimal):
        return {**values, approvals.TOTAL: (quantity * price).quantize(Decimal("0.01"))}
    return values


def _present_lines(store: CompanyStore, place: _Place, whole: Whole) -> Mapping[str, Record]:
    """Read the lines that change or go, which have to belong to this record."""
    wanted = [one.record_id for one in (*whole.lines, *whole.gone) if one.record_id]
    if not wanted or place.related is None:
        return {}
    found = {one.id: one for one in store.records.fetch(place.related.type, wanted, ())}
    for record_id in wanted:
        line = found.get(record_id)
        if line is None or place.present is None or line.fields.get(place.related.by) != place.present.id:
            raise moved_on(place.schema, place.present) if place.present is not None else LookupError("no such line")
    return found


def _missing(place: _Place, whole: Whole, lines: Mapping[str, Record]) -> Iterator[EntryProblem]:
    before = place.present.fields if place.present is not None else {}
    yield from _blanks(place.schema, HEAD, {**before, **whole.head.values})
    if place.line_schema is None or place.related is None:
        return
    for number, one in enumerate(whole.lines):
        held: Mapping[str, Value] = lines[one.record_id].fields if one.record_id else {}
        yield from _blanks(place.line_schema, number, {**held, **one.values, place.related.by: "this"})


def _blanks(schema: RecordSchema, row: int, fields: Mapping[str, Value]) -> Iterator[EntryProblem]:
    for field in schema.fields:
        if field.is_required and is_blank(fields.get(field.name)):
            yield EntryProblem(row=row, field=field.name, said=f"{field.label} must be filled in.")


def _write(store: CompanyStore, place: _Place, whole: Whole, lines: Mapping[str, Record], stamp: Stamp) -> str:
    new_lines = [one for one in whole.lines if not one.record_id]
    with store.transactions.begin() as unit:
        is_new = place.present is None
        ids = list(unit.reserve_ids(len(new_lines) + is_new))
        head_id = ids.pop(0) if is_new else whole.head.record_id
        values = {**whole.head.values, **_sum_of(store, place, whole)}
        stale: list[str] = []
        if place.present is None:
            unit.create_records([NewRecord(type=place.schema.name, id=head_id, fields=_filled(values))], stamp)
        else:
            version = whole.head.version or place.present.version
            change = _change(place.schema, place.present, Edit(values=values, record_id=head_id, version=version))
            stale += unit.change_records([change], stamp)
        if place.related is not None and place.line_schema is not None:
            owned = {place.related.by: head_id}
            created = [
                NewRecord(type=place.related.type, id=id_, fields=_filled({**one.values, **owned}))
                for id_, one in zip(ids, new_lines, strict=True)
            ]
            changed = [_change(place.line_schema, lines[one.record_id], one) for one in whole.lines if one.record_id]
            removed = [
                RecordRemoval(type=place.related.type, id=one.record_id, version=one.version) for one in whole.gone
            ]
            unit.create_records(created, stamp)
            stale += (*unit.change_records(changed, stamp), *unit.remove_records(removed, stamp))
        if stale and place.present is not None:
            raise moved_on(place.schema, place.present)
        return head_id


def _sum_of(store: CompanyStore, place: _Place, whole: Whole) -> Mapping[str, Scalar]:
    """Add up the lines as they will stand, for a record that has a total of its own."""
    total = approvals.TOTAL
    if (
        place.related is None
        or place.line_schema is None
        or total not in place.schema.by_name
        or total not in place.line_schema.by_name
    ):
        return {}
    kept = lines_held(store, place.related, place.present.id) if place.present is not None else ()
    standing = {line.id: line.fields.get(total) for line in kept}
    for one in (*whole.lines, *whole.gone):
        standing.pop(one.record_id, None)
    sums = [*standing.values(), *(one.values.get(total) for one in whole.lines)]
    return {total: sum((value for value in sums if isinstance(value, Decimal)), Decimal(0))}


def _change(schema: RecordSchema, present: Record, wanted: Edit) -> RecordChange:
    changes = tuple(
        Change(field=name, before=present.fields.get(name), after=value)
        for name, value in wanted.values.items()
        if present.fields.get(name) != value
    )
    return RecordChange(type=schema.name, id=present.id, version=wanted.version or present.version, changes=changes)


def _filled(values: Mapping[str, Scalar]) -> dict[str, Value]:
    return {name: value for name, value in values.items() if value is not None}
