"""Writing workspace records: each write appends its own trail entry, so no change can be made without its author."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Final

from suitebridge.adapters.store.databases import Row
from suitebridge.adapters.store.encoding import Stored, dump, field_from_stored, load, schema_of, to_plain, to_stored
from suitebridge.adapters.store.ledger import Ledger
from suitebridge.adapters.store.promotion import COLUMNS, TITLE_LENGTH, promoted
from suitebridge.adapters.store.scope import CompanyScope
from suitebridge.adapters.store.texts import integer, number_of
from suitebridge.domain.errors import Problem, RecordRefusedError
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.intents import Change
from suitebridge.domain.people import Stamp
from suitebridge.domain.schemas import RecordSchema
from suitebridge.domain.values import is_blank
from suitebridge.ports.transactions import NewRecord, RecordChange

_TABLE: Final = "store_record"
_INSERTED: Final = ("type", "number", "revision", *COLUMNS, "created_at", "updated_at", "data")
_ASSIGNMENTS: Final = ", ".join(f"{column} = %s" for column in ("revision", *COLUMNS, "updated_at", "data"))


@dataclass(slots=True, kw_only=True)
class _Current:
    """A record as it stands inside the transaction."""

    schema: RecordSchema
    number: int
    revision: int
    stored: Stored
    is_changed: bool = False


def create(scope: CompanyScope, ledger: Ledger, records: Sequence[NewRecord], stamp: Stamp) -> None:
    """Insert records and one trail entry each. Raise `RecordRefusedError` for wrong values and a NetSuite id that is taken."""
    rows: list[Row] = []
    events: list[Event] = []
    taken: list[tuple[str, str, str]] = []
    for record in records:
        schema = schema_of(record.type)
        stored = to_stored(schema, record.fields, record_id=record.id)
        columns = promoted(schema, stored)
        rows.append((record.type, _own_number(record.id), 1, *columns, ledger.at, ledger.at, dump(stored)))
        taken.append((record.type, record.id, str(stored.get("netsuite_id") or "")))
        changes = tuple(
            Change(field=name, before=None, after=value) for name, value in record.fields.items() if not is_blank(value)
        )
        events.append(_event(EventName.RECORD_CREATED, schema, record.id, stored, changes))
    _refuse_taken(scope, taken)
    scope.insert(_TABLE, _INSERTED, rows)
    ledger.append(events, stamp)


def change(scope: CompanyScope, ledger: Ledger, changes: Sequence[RecordChange], stamp: Stamp) -> Sequence[str]:
    """Apply changes to records that still have the version that was read; give the ids of the others.

    A change that leaves every field as it was writes nothing. The trail gets the values that were really there before.
    """
    current = _read(scope, changes)
    moved: list[str] = []
    events: list[Event] = []
    taken: list[tuple[str, str, str]] = []
    for wanted in changes:
        record = current.get((wanted.type, wanted.id))
        if record is None or (wanted.version and wanted.version != str(record.revision)):
            moved.append(wanted.id)
            continue
        made = _apply(record, wanted)
        if made:
            record.revision += 1
            record.is_changed = True
            events.append(_event(EventName.RECORD_UPDATED, record.schema, wanted.id, record.stored, made))
            taken.extend(
                (wanted.type, wanted.id, str(step.after or "")) for step in made if step.field == "netsuite_id"
            )
    _refuse_taken(scope, taken)
    _write(scope, ledger, [record for record in current.values() if record.is_changed])
    ledger.append(events, stamp)
    return moved


def _apply(record: _Current, wanted: RecordChange) -> tuple[Change, ...]:
    made: list[Change] = []
    for step in wanted.changes:
        plain = to_plain(record.schema, step.field, step.after, record_id=wanted.id)
        if record.stored.get(step.field) == plain:
            continue
        made.append(
            Change(
                field=step.field,
                before=field_from_stored(record.schema, record.stored, step.field),
                after=step.after,
            )
        )
        if plain is None:
            del record.stored[step.field]
        else:
            record.stored[step.field] = plain
    return tuple(made)


def _read(scope: CompanyScope, changes: Sequence[RecordChange]) -> Mapping[tuple[str, str], _Current]:
    current: dict[tuple[str, str], _Current] = {}
    for record_type, group in groupby(sorted(changes, key=attrgetter("type")), key=attrgetter("type")):
        schema = schema_of(record_type)
        numbers = {known for wanted in group if (known := number_of(wanted.id)) is not None}
        where, parameter = scope.among_numbers("r.number", sorted(numbers))
        rows = scope.select(
            _TABLE,
            "r.number, r.revision, r.data",
            where=f"r.type = %s AND {where}",
            parameters=(record_type, parameter),
        )
        for number, revision, data in rows:
            current[record_type, str(number)] = _Current(
                schema=schema, number=integer(number), revision=integer(revision), stored=load(data)
            )
    return current


def _write(scope: CompanyScope, ledger: Ledger, records: Iterable[_Current]) -> None:
    rows: list[Row] = [
        (
            record.revision,
            *promoted(record.schema, record.stored),
            ledger.at,
            dump(record.stored),
            record.schema.name,
            record.number,
        )
        for record in records
    ]
    scope.update(_TABLE, _ASSIGNMENTS, where="type = %s AND number = %s", rows=rows)


def _refuse_taken(scope: CompanyScope, wanted: Sequence[tuple[str, str, str]]) -> None:
    """Find NetSuite ids that another record of the type carries, in the table or in the same batch, before anything is written."""
    for record_type in dict.fromkeys(kind for kind, _, netsuite_id in wanted if netsuite_id):
        owners: dict[str, str] = {}
        pairs = [(own, netsuite_id) for kind, own, netsuite_id in wanted if kind == record_type and netsuite_id]
        leaving = {own for own, _ in pairs}
        where, parameter = scope.among_texts("r.netsuite_id", [netsuite_id for _, netsuite_id in pairs])
        for number, netsuite_id in scope.select(
            _TABLE,
            "r.number, r.netsuite_id",
            where=f"r.type = %s AND {where}",
            parameters=(record_type, parameter),
        ):
            if str(number) not in leaving:
                owners[str(netsuite_id)] = str(number)
        for own, netsuite_id in pairs:
            owner = owners.setdefault(netsuite_id, own)
            if owner != own:
                raise _taken(schema_of(record_type), own, owner, netsuite_id)


def _taken(schema: RecordSchema, own: str, owner: str, netsuite_id: str) -> RecordRefusedError:
    facts = {
        "record": f"{schema.label} {own}",
        "target": f"{schema.label} {owner}",
        "netsuite_id": netsuite_id,
    }
    return RecordRefusedError(Problem(code="SB-CONF-003", facts=facts))


def _event(name: EventName, schema: RecordSchema, record_id: str, stored: Stored, changes: tuple[Change, ...]) -> Event:
    title = str(stored.get(schema.title) or "")[:TITLE_LENGTH]
    subject = f"{schema.label} {title}" if title else f"{schema.label} {record_id}"
    return Event(name=name, subject_type=schema.name, subject_id=record_id, subject=subject, changes=changes)


def _own_number(record_id: str) -> int:
    number = number_of(record_id)
    if number is None:
        raise ValueError(f"“{record_id}” is not an id that was reserved for a record.")
    return number
