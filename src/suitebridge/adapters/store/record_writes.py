"""Writing workspace records: each write appends its own trail entry, so no change can be made without its author."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Final

from suitebridge.adapters.store import beside
from suitebridge.adapters.store.bindings import account_of, in_netsuite
from suitebridge.adapters.store.chain import Step, steps_text
from suitebridge.adapters.store.custom_fields import schema_of
from suitebridge.adapters.store.databases import Row
from suitebridge.adapters.store.encoding import (
    Stored,
    dump,
    to_plain,
    to_stored,
    trail_text,
    trail_texts,
)
from suitebridge.adapters.store.ledger import Ledger, Told
from suitebridge.adapters.store.promotion import COLUMNS, TITLE_LENGTH, promoted
from suitebridge.adapters.store.scope import CompanyScope
from suitebridge.adapters.store.texts import integer, number_of
from suitebridge.domain.errors import Problem, RecordRefusedError
from suitebridge.domain.events import EventName
from suitebridge.domain.people import Stamp
from suitebridge.domain.schemas import RecordSchema
from suitebridge.ports.transactions import NewRecord, RecordChange, RecordRemoval

_TABLE: Final = "store_record"
_INSERTED: Final = ("type", "number", "revision", *COLUMNS, "netsuite_account", "created_at", "updated_at", "data")
_UPDATED: Final = ("revision", *COLUMNS, "netsuite_account", "updated_at", "data")


@dataclass(slots=True, kw_only=True)
class _Current:
    """A record as it stands inside the transaction. `foreign` is a NetSuite ID of another account, with that account: kept, and not used."""

    schema: RecordSchema
    number: int
    revision: int
    stored: Stored
    foreign: tuple[str, str] | None
    is_changed: bool = False
    role: str = ""


def create(scope: CompanyScope, ledger: Ledger, records: Sequence[NewRecord], stamp: Stamp) -> None:
    """Insert records and one trail entry each. Raise `RecordRefusedError` for wrong values and a NetSuite id that is taken."""
    rows: list[Row] = []
    told: list[Told] = []
    taken: list[tuple[str, str, str]] = []
    roles: dict[int, str] = {}
    at, connected = ledger.at, account_of(scope)
    for record in records:
        schema, number = schema_of(scope, record.type), _own_number(record.id)
        stored = to_stored(schema, record.fields, record_id=record.id)
        steps: list[Step] = [(name, None, text) for name, text in trail_texts(schema, stored)]
        if record.type == beside.EMPLOYEE_TYPE and (role := stored.pop(beside.ROLE, None)):
            roles[number] = str(role)
        netsuite_id = str(stored.get(beside.NETSUITE_ID) or "")
        columns = (*promoted(schema, stored), connected if netsuite_id else None)
        rows.append((record.type, number, 1, *columns, at, at, dump(stored)))
        taken.append((record.type, record.id, netsuite_id))
        told.append(_told(EventName.RECORD_CREATED, schema, record.id, stored, steps))
    _refuse_taken(scope, taken, connected)
    scope.insert(_TABLE, _INSERTED, rows)
    beside.give_roles(scope, roles)
    ledger.append_told(told, stamp)


def change(scope: CompanyScope, ledger: Ledger, changes: Sequence[RecordChange], stamp: Stamp) -> Sequence[str]:
    """Apply changes to records that still have the version that was read; give the ids of the others.

    A change that leaves every field as it was writes nothing. The trail gets the values that were really there before.
    """
    connected = account_of(scope)
    current = _read(scope, changes, connected)
    moved: list[str] = []
    told: list[Told] = []
    taken: list[tuple[str, str, str]] = []
    for wanted in changes:
        record = current.get((wanted.type, wanted.id))
        if record is None or (wanted.version and wanted.version != str(record.revision)):
            moved.append(wanted.id)
            continue
        steps = _apply(record, wanted)
        if steps:
            record.revision += 1
            record.is_changed = True
            told.append(_told(EventName.RECORD_UPDATED, record.schema, wanted.id, record.stored, steps))
            taken.extend(
                (wanted.type, wanted.id, str(after or "")) for name, _, after in steps if name == beside.NETSUITE_ID
            )
    _refuse_taken(scope, taken, connected)
    changed = [record for record in current.values() if record.is_changed]
    _write(scope, ledger, changed, connected)
    beside.give_roles(scope, {record.number: record.role for record in changed if record.role})
    ledger.append_told(told, stamp)
    return moved


def remove(scope: CompanyScope, ledger: Ledger, removals: Sequence[RecordRemoval], stamp: Stamp) -> Sequence[str]:
    """Take records away that still have the version that was seen; give the ids of the others. The trail keeps what they held.

    Raise `RecordRefusedError` SB-REC-002 where NetSuite has one of them, or may have it.
    """
    connected = account_of(scope)
    seen = [RecordChange(type=one.type, id=one.id, version=one.version, changes=()) for one in removals]
    current = _read(scope, seen, connected)
    _refuse_linked(scope, current)
    moved: list[str] = []
    told: list[Told] = []
    for one in removals:
        record = current.get((one.type, one.id))
        if record is None or one.version != str(record.revision):
            moved.append(one.id)
            continue
        steps: list[Step] = [(name, text, None) for name, text in trail_texts(record.schema, record.stored)]
        told.append(_told(EventName.RECORD_REMOVED, record.schema, one.id, record.stored, steps))
        scope.delete(_TABLE, where="type = %s AND number = %s", parameters=(one.type, record.number))
    ledger.append_told(told, stamp)
    return moved


def _apply(record: _Current, wanted: RecordChange) -> list[Step]:
    steps: list[Step] = []
    schema, stored = record.schema, record.stored
    for step in wanted.changes:
        name = step.field
        before, after = stored.get(name), to_plain(schema, name, step.after, record_id=wanted.id)
        is_role = (schema.name, name) == (beside.EMPLOYEE_TYPE, beside.ROLE)
        after = beside.role_meant(after) if is_role else after
        if before == after:
            continue
        record.role = str(after) if is_role else record.role
        was = trail_text(schema, name, before)
        if name == beside.NETSUITE_ID and record.foreign:
            was, record.foreign = "{} of account {}".format(*record.foreign), None
        steps.append((name, was, trail_text(schema, name, after)))
        if after is None:
            del stored[name]
        else:
            stored[name] = after
    return steps


def _read(scope: CompanyScope, changes: Sequence[RecordChange], connected: str) -> Mapping[tuple[str, str], _Current]:
    current: dict[tuple[str, str], _Current] = {}
    for record_type, group in groupby(sorted(changes, key=attrgetter("type")), key=attrgetter("type")):
        schema = schema_of(scope, record_type)
        numbers = {known for wanted in group if (known := number_of(wanted.id)) is not None}
        where, parameter = scope.among_numbers("r.number", sorted(numbers))
        rows = scope.select(
            _TABLE,
            f"r.number, r.revision, r.netsuite_id, r.netsuite_account, {beside.columns(record_type)}",
            where=f"r.type = %s AND {where}",
            parameters=(record_type, parameter),
        )
        for number, revision, netsuite_id, account, *kept in rows:
            current[record_type, str(number)] = _Current(
                schema=schema,
                number=integer(number),
                revision=integer(revision),
                stored=beside.whole(*kept),
                foreign=(str(netsuite_id), str(account)) if netsuite_id and account != connected else None,
            )
    return current


def _write(scope: CompanyScope, ledger: Ledger, records: Iterable[_Current], connected: str) -> None:
    rows: list[Row] = []
    for record in records:
        schema, stored = record.schema, record.stored
        account = connected if stored.get(beside.NETSUITE_ID) else None
        if record.foreign is not None:
            stored[beside.NETSUITE_ID], account = record.foreign
        if schema.name == beside.EMPLOYEE_TYPE:
            stored.pop(beside.ROLE, None)
        columns = (*promoted(schema, stored), account)
        rows.append((record.revision, *columns, ledger.at, dump(stored), schema.name, record.number))
    scope.update(_TABLE, _UPDATED, keys=("type", "number"), rows=rows)


def _refuse_taken(scope: CompanyScope, wanted: Sequence[tuple[str, str, str]], connected: str) -> None:
    """Find NetSuite ids that another record of the type carries, in the table or in the same batch, before anything is written."""
    for record_type in dict.fromkeys(kind for kind, _, netsuite_id in wanted if netsuite_id):
        owners: dict[str, str] = {}
        pairs = [(own, netsuite_id) for kind, own, netsuite_id in wanted if kind == record_type and netsuite_id]
        leaving = {own for own, _ in pairs}
        where, parameter = scope.among_texts("r.netsuite_id", [netsuite_id for _, netsuite_id in pairs])
        for number, netsuite_id in scope.select(
            _TABLE,
            "r.number, r.netsuite_id",
            where=f"r.type = %s AND {where} AND r.netsuite_account = %s",
            parameters=(record_type, parameter, connected),
        ):
            if str(number) not in leaving:
                owners[str(netsuite_id)] = str(number)
        for own, netsuite_id in pairs:
            owner = owners.setdefault(netsuite_id, own)
            if owner != own:
                raise _taken(schema_of(scope, record_type), own, owner, netsuite_id)


def _refuse_linked(scope: CompanyScope, leaving: Mapping[tuple[str, str], _Current]) -> None:
    for record_type in dict.fromkeys(kind for kind, _ in leaving):
        for record_id in in_netsuite(scope, record_type, [own for kind, own in leaving if kind == record_type]):
            record = leaving[record_type, record_id]
            subject = _subject(record.schema, record_id, record.stored)
            raise RecordRefusedError(Problem(code="SB-REC-002", facts={"record": subject}))


def _taken(schema: RecordSchema, own: str, owner: str, netsuite_id: str) -> RecordRefusedError:
    facts = {
        "record": f"{schema.label} {own}",
        "target": f"{schema.label} {owner}",
        "netsuite_id": netsuite_id,
    }
    return RecordRefusedError(Problem(code="SB-CONF-003", facts=facts))


def _told(name: EventName, schema: RecordSchema, record_id: str, stored: Stored, steps: list[Step]) -> Told:
    return Told(name.value, schema.name, record_id, _subject(schema, record_id, stored), steps_text(steps))


def _subject(schema: RecordSchema, record_id: str, stored: Stored) -> str:
    title = str(stored.get(schema.title) or "")[:TITLE_LENGTH]
    return f"{schema.label} {title}" if title else f"{schema.label} {record_id}"


def _own_number(record_id: str) -> int:
    number = number_of(record_id)
    if number is None:
        raise ValueError(f"“{record_id}” is not an id that was reserved for a record.")
    return number
