"""A NetSuite in memory, behind the gateway's port: edited like a world, and held to the same contract as the real gateway."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from suitebridge.domain.checks import Check
from suitebridge.domain.conditions import holds
from suitebridge.domain.credentials import AccountId
from suitebridge.domain.drift import AccountField
from suitebridge.domain.errors import Problem, RetryLaterError, RunStoppedError, SuiteBridgeError
from suitebridge.domain.records import Record
from suitebridge.domain.rights import Need, types_read
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema
from suitebridge.domain.schemas.netsuite import NETSUITE_TYPES
from suitebridge.domain.values import Fields, Value, as_text, is_blank
from suitebridge.ports.netsuite import (
    CheckState,
    CheckStep,
    Done,
    LinkedRecord,
    NotSent,
    OutgoingRecord,
    Page,
    ReadRequest,
    Rejected,
    Uncertain,
    WriteAnswer,
)
from suitebridge.ports.netsuite_account import Deletion, Discovered, OutgoingChange
from tests.fakes.netsuite_records import JSON_TYPES, Stored, picked, told

_ITEM_KINDS = ("serviceSaleItem", "servicePurchaseItem", "serviceResaleItem")
_ITEM = "item"
_UNREPORTED = frozenset(
    {
        "timeBill",
        "currency",
        "department",
        "classification",
        "location",
        "subsidiary",
        "expenseCategory",
        "account",
        "purchaseOrderLine",
        "purchaseBill",
        "purchaseBillLine",
        "purchaseCredit",
        "purchaseCreditLine",
        "customerPaymentApplication",
        "customerDepositApplication",
        "billPaymentApplication",
        "appliedCreditMemo",
        "creditMemoLine",
        "creditMemoApplication",
    }
)
_PYTHON_KINDS: Mapping[Kind, tuple[type, ...]] = {
    Kind.INTEGER: (int,),
    Kind.DECIMAL: (int, Decimal),
    Kind.MONEY: (int, Decimal),
    Kind.DURATION: (int, Decimal),
    Kind.BOOLEAN: (bool,),
    Kind.LINES: (tuple, list),
}


@dataclass(slots=True)
class MemoryNetSuite:
    """An account in memory. `calls` tells what was asked of it: the call, the record type, how many records."""

    account: AccountId = field(default_factory=lambda: AccountId(value="TSTDRV1"))
    moment: datetime = datetime(2026, 5, 18, 17, 0, tzinfo=UTC)
    calls: list[tuple[str, str, int]] = field(default_factory=list)
    drifted: dict[str, dict[str, AccountField | None]] = field(default_factory=dict)
    _shelves: dict[str, dict[str, Stored]] = field(default_factory=dict)
    _next_id: int = 1
    _answers_to_lose: int = 0
    _turned_away: list[SuiteBridgeError] = field(default_factory=list)
    _spares_reads: bool = False
    _refused: dict[str, Problem] = field(default_factory=dict)
    _is_closed: bool = False
    _only_reads: bool = False
    _deletions: dict[str, list[tuple[str, Deletion]]] = field(default_factory=dict)

    # --- the world ---

    def add(self, record_type: str, external_id: str = "", /, **fields: Value) -> str:
        """Put a record into the world and give its id."""
        id_ = str(self._next_id)
        self._next_id += 1
        self._shelf(record_type)[id_] = Stored(
            id=id_, external_id=external_id, fields=dict(fields), changed=self._stamp()
        )
        return id_

    def change(self, record_type: str, id_: str, /, **fields: Value) -> None:
        """Edit a record now."""
        stored = self._shelf(record_type)[id_]
        stored.fields.update(fields)
        stored.changed = self._stamp()

    def remove(self, record_type: str, id_: str) -> None:
        """Delete a record."""
        gone = self._shelf(record_type).pop(id_)
        title = gone.fields.get(_schema_of(record_type).title)
        name = "" if isinstance(title, tuple) else as_text(title)
        told = Deletion(netsuite_id=id_, name=name, at=self.moment)
        self._deletions.setdefault(_schema_of(record_type).name, []).append((self._stamp(), told))

    def stored(self, record_type: str) -> list[Stored]:
        """Show every record of a type."""
        return list(self._shelf(record_type).values())

    def pass_time(self, seconds: float) -> None:
        """Let the account's clock go on."""
        self.moment += timedelta(seconds=seconds)

    def lose_answers(self, times: int = 1) -> None:
        """Let the next writes be carried out without an answer."""
        self._answers_to_lose = times

    def turn_away(self, error: SuiteBridgeError, times: int = 1, *, only_writes: bool = False) -> None:
        """Let the next calls end with this error, writes with its problem for each record."""
        self._turned_away = [error] * times
        self._spares_reads = only_writes

    def refuse(self, external_id: str, problem: Problem) -> None:
        """Let one record be refused."""
        self._refused[external_id] = problem

    def accept(self, external_id: str) -> None:
        """Let a record be refused no longer."""
        del self._refused[external_id]

    # --- the port ---

    def ask_now(self) -> str:
        """Give the account's time."""
        self._enter("ask_now", "", 1)
        return self._stamp()

    def stamp_of(self, moment: datetime) -> str:
        """Give the stamp of a moment; the account's zone is UTC."""
        return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")

    def fetch(self, request: ReadRequest) -> Page:
        """Read one page."""
        self._enter("fetch", request.record_type, 1)
        schema = _schema_of(request.record_type)
        wanted = [
            stored
            for stored in sorted(self._shelf(schema.name).values(), key=lambda stored: int(stored.id))
            if self._is_wanted(schema, stored, request)
        ]
        page = wanted[: request.limit]
        records = tuple(self._record(schema, stored, request) for stored in page)
        return Page(records=records, is_last=len(page) == len(wanted))

    def find_by_external_ids(self, record_type: str, external_ids: Sequence[str]) -> Mapping[str, str]:
        """Give internal ids by external id, whatever its case."""
        self._enter("find_by_external_ids", record_type, len(external_ids))
        known = {
            one.external_id.casefold(): one.id
            for one in self._shelf(_schema_of(record_type).name).values()
            if one.external_id
        }
        return {key: known[key.casefold()] for key in external_ids if key.casefold() in known}

    def find(self, record_type: str, field: str, values: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        """Give internal ids by the value of a field."""
        self._enter("find", record_type, len(values))
        schema = _schema_of(record_type)
        found: dict[str, list[str]] = {}
        for stored in self._shelf(schema.name).values():
            value = self._value(schema, stored, field)
            text = "" if isinstance(value, tuple) else as_text(value)
            if text and text in values:
                found.setdefault(text, []).append(stored.id)
        return {value: tuple(ids) for value, ids in found.items()}

    def show(self, record_type: str, ids: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
        """Give whole records as texts by path."""
        self._enter("show", record_type, len(ids))
        shelf = self._shelf(_schema_of(record_type).name)
        return {id_: dict(told(shelf[id_])) for id_ in ids if id_ in shelf}

    def read_back(self, record_type: str, ids: Sequence[str], fields: Sequence[str]) -> Sequence[Record]:
        """Give records with the named fields of header and lines."""
        self._enter("read_back", record_type, len(ids))
        shelf = self._shelf(_schema_of(record_type).name)
        return [
            Record(type=record_type, id=id_, version="", fields=picked(shelf[id_], fields))
            for id_ in ids
            if id_ in shelf
        ]

    def deleted(self, record_type: str, since: str) -> Sequence[Deletion] | None:
        """Give deletions since a stamp, of types that NetSuite reports."""
        self._enter("deleted", record_type, 1)
        name = _schema_of(record_type).name
        return None if name in _UNREPORTED else [told for at, told in self._deletions.get(name, ()) if at >= since]

    def discover(self, record_type: str, *, max_age_seconds: float = 0.0) -> Discovered:
        """Give the fields of the catalog, but for those that drifted."""
        self._enter("discover", record_type, 1)
        schema = _schema_of(record_type)
        described = [
            AccountField(
                name=field.name,
                label=field.label,
                type=JSON_TYPES[field.kind],
                is_custom=field.name.startswith(("custentity", "custbody", "custcol", "cseg")),
                is_read_only=field.is_read_only,
            )
            for field in schema.fields
        ]
        moved = self.drifted.get(record_type, {})
        kept = [moved.get(one.name, one) for one in described]
        return Discovered(fields=[one for one in kept if one is not None], read_at=self.moment)

    def upsert(
        self, record_type: str, records: Sequence[OutgoingRecord], *, is_halted: Callable[[], bool] = lambda: False
    ) -> Sequence[WriteAnswer]:
        """Write records under their external ids."""
        if self._only_reads:
            raise AssertionError("A dry run was about to change something in NetSuite.")
        self.calls.append(("upsert", record_type, len(records)))
        self._refuse_if_closed()
        schema = _schema_of(record_type)
        if not schema.soap_type:
            raise _unknown(record_type)
        held = RetryLaterError(Problem(code="SB-HALT-001")) if is_halted() else None
        error = self._turned_away.pop() if self._turned_away else held
        if isinstance(error, RunStoppedError):
            raise error
        if error is not None:
            return [NotSent(external_id=record.external_id, problem=error.problem) for record in records]
        answers = [self._write(schema, record) for record in records]
        if self._answers_to_lose:
            self._answers_to_lose -= 1
            return [Uncertain(external_id=record.external_id, said="The answer was lost.") for record in records]
        return answers

    def spell(self, record_type: str, record: OutgoingRecord | OutgoingChange) -> str:
        """Give a record, or a change of one, as it would be sent."""
        schema = _schema_of(record_type)
        if isinstance(record, OutgoingChange):
            mistake = self._mistake(schema, record.fields)
            if mistake is not None:
                raise RunStoppedError(mistake)
            told = {"internalId": record.record, **record.fields, **dict.fromkeys(record.cleared)}
            return json.dumps(told, indent=1, default=str)
        fields = {name: value for name, value in record.fields.items() if not is_blank(value)}
        problem = self._objection(schema, fields)
        if problem is not None:
            raise RunStoppedError(problem)
        return json.dumps({"externalId": record.external_id, **fields}, indent=1, default=str)

    def update(
        self, record_type: str, changes: Sequence[OutgoingChange], *, is_halted: Callable[[], bool] = lambda: False
    ) -> Sequence[WriteAnswer]:
        """Change records that exist."""
        if self._only_reads:
            raise AssertionError("A dry run was about to change something in NetSuite.")
        self.calls.append(("update", record_type, len(changes)))
        self._refuse_if_closed()
        held = RetryLaterError(Problem(code="SB-HALT-001")) if is_halted() else None
        error = self._turned_away.pop() if self._turned_away else held
        if isinstance(error, RunStoppedError):
            raise error
        if error is not None:
            return [NotSent(external_id=change.record, problem=error.problem) for change in changes]
        answers = [self._revise(_schema_of(record_type), change) for change in changes]
        if self._answers_to_lose:
            self._answers_to_lose -= 1
            return [Uncertain(external_id=change.record, said="The answer was lost.") for change in changes]
        return answers

    def check(self, needs: Sequence[Need], linked: Sequence[LinkedRecord] = ()) -> Iterator[CheckStep]:
        """Say that everything is in order, record types that nobody knows and linked records that are gone excepted."""
        for check in Check:
            if check is Check.PERMISSIONS:
                for door in ("rest", "suiteql", "soap"):
                    yield CheckStep(check=check, part=door, title=door, state=CheckState.PASSED, said="in memory")
                yield from map(_readable, types_read(needs))
            elif check is Check.LINKS and linked:
                yield from map(self._compared, linked)
            else:
                yield CheckStep(check=check, title=check.value, state=CheckState.PASSED, said="in memory")

    def reading(self) -> MemoryNetSuite:
        """Give the same account, of which nothing can be changed."""
        seen = copy.copy(self)
        seen._only_reads = True
        return seen

    def close(self) -> None:
        """Answer nothing any more."""
        self._is_closed = True

    def record_url(self, record_type: str, netsuite_id: str) -> str:
        """Give no address: a memory has no pages."""
        return ""

    # --- within ---

    def _enter(self, call: str, record_type: str, count: int) -> None:
        self.calls.append((call, record_type, count))
        self._refuse_if_closed()
        if self._turned_away and not self._spares_reads:
            raise self._turned_away.pop()

    def _compared(self, one: LinkedRecord) -> CheckStep:
        found = self._shelf(_schema_of(one.record_type).name).get(one.netsuite_id)
        state = CheckState.PASSED if found is not None else CheckState.WARNED
        return CheckStep(check=Check.LINKS, part=one.record_type, title=one.title, state=state, said="in memory")

    def _refuse_if_closed(self) -> None:
        if self._is_closed:
            raise RunStoppedError(Problem(code="NS-AUTH-004", facts={"account": self.account.value}))

    def _shelf(self, name: str) -> dict[str, Stored]:
        return self._shelves.setdefault(_ITEM if name in _ITEM_KINDS else name, {})

    def _stamp(self) -> str:
        return self.moment.strftime("%Y-%m-%d %H:%M:%S")

    def _is_wanted(self, schema: RecordSchema, stored: Stored, request: ReadRequest) -> bool:
        if request.after_id and int(stored.id) <= int(request.after_id):
            return False
        if request.ids and stored.id not in request.ids:
            return False
        if request.changed_since and schema.change_column is not None and stored.changed < request.changed_since:
            return False
        return request.condition is None or holds(request.condition, _View(self, schema, stored))

    def _record(self, schema: RecordSchema, stored: Stored, request: ReadRequest) -> Record:
        fields = {path: self._value(schema, stored, path) for path in request.fields}
        said = json.dumps(sorted((path, str(value)) for path, value in fields.items()))
        content = hashlib.sha256(said.encode()).hexdigest()[:32]
        version = stored.changed if schema.change_column is not None else content
        return Record(type=request.record_type, id=stored.id, version=version, fields=fields)

    def _value(self, schema: RecordSchema, stored: Stored, path: str) -> Value:
        name, _, rest = path.partition(".")
        if name == "externalId":
            return stored.external_id or None
        field = schema.by_name.get(name)
        if field is None:
            raise _unknown(path)
        value = stored.fields.get(name)
        if not rest:
            return False if value is None and field.kind is Kind.BOOLEAN else value
        target = self._target(field, value)
        return None if target is None else self._value(*target, rest)

    def _target(self, field: FieldSchema, value: Value) -> tuple[RecordSchema, Stored] | None:
        schema = _schema_of(field.refers_to)
        stored = self._shelf(schema.name).get(str(value))
        return None if stored is None else (schema, stored)

    def _write(self, schema: RecordSchema, record: OutgoingRecord) -> WriteAnswer:
        key = record.external_id
        fields = {name: value for name, value in record.fields.items() if not is_blank(value)}
        problem = self._refused.get(key) or self._objection(schema, fields)
        if problem is not None:
            return Rejected(external_id=key, problem=problem)
        for stored in self._shelf(schema.name).values():
            if stored.external_id.casefold() == key.casefold():
                self.change(schema.name, stored.id, **fields, **dict.fromkeys(record.cleared))
                return Done(external_id=key, netsuite_id=stored.id)
        return Done(external_id=key, netsuite_id=self.add(schema.name, key, **fields))

    def _revise(self, schema: RecordSchema, change: OutgoingChange) -> WriteAnswer:
        if change.record not in self._shelf(schema.name):
            problem = Problem(code="NS-DATA-001", facts={"said": "That record does not exist."})
            return Rejected(external_id=change.record, problem=problem)
        refused = self._refused.get(change.record) or self._mistake(schema, change.fields)
        if refused is not None:
            return Rejected(external_id=change.record, problem=refused)
        self.change(schema.name, change.record, **change.fields, **dict.fromkeys(change.cleared))
        return Done(external_id=change.record, netsuite_id=change.record)

    def _objection(self, schema: RecordSchema, fields: Fields) -> Problem | None:
        for known in schema.fields:
            if known.is_required and known.name not in fields:
                return Problem(code="NS-DATA-001", facts={"said": f"Please enter value(s) for: {known.label}"})
        return self._mistake(schema, fields)

    def _mistake(self, schema: RecordSchema, fields: Fields) -> Problem | None:
        for name, value in fields.items():
            field = schema.by_name.get(name)
            if field is None or not isinstance(value, _PYTHON_KINDS.get(field.kind, object)):
                return Problem(code="SB-MAP-002", facts={"field": name, "said": "It does not fit."})
            if isinstance(value, str) and not value.isprintable() and set(value) & set(map(chr, range(9))):
                return Problem(code="SB-MAP-002", facts={"field": name, "said": "It holds a control character."})
            if field.kind is Kind.REFERENCE and not self._is_known(field, str(value)):
                said = f"Invalid {name} reference key {value}."
                return Problem(code="NS-REF-001", facts={"said": said})
        return None

    def _is_known(self, field: FieldSchema, id_: str) -> bool:
        """Say whether a reference leads somewhere; lists that the catalog does not hold, such as approval states, know every id."""
        if field.refers_to not in NETSUITE_TYPES and field.refers_to not in _ITEM_KINDS:
            return True
        places = {_schema_of(field.refers_to).name, "customer" if field.refers_to == "job" else field.refers_to}
        return any(id_ in self._shelf(place) for place in places)


class _View(Mapping[str, Value]):
    """A record's fields as a condition reads them, references followed."""

    def __init__(self, world: MemoryNetSuite, schema: RecordSchema, stored: Stored) -> None:
        self._world, self._schema, self._stored = world, schema, stored

    def __getitem__(self, path: str) -> Value:
        return self._world._value(self._schema, self._stored, path)

    def __iter__(self) -> Iterator[str]:
        return iter(self._stored.fields)

    def __len__(self) -> int:
        return len(self._stored.fields)


def _schema_of(record_type: str) -> RecordSchema:
    name = _ITEM if record_type in _ITEM_KINDS else record_type
    if name not in NETSUITE_TYPES:
        raise _unknown(record_type)
    return NETSUITE_TYPES[name]


def _unknown(what: str) -> RunStoppedError:
    facts = {
        "what": f"{what} cannot be read from NetSuite",
        "said": f"Nobody knows {what}.",
        "remedy": "Correct the mapping.",
    }
    return RunStoppedError(Problem(code="SB-RUN-001", facts=facts))


def _readable(record_type: str) -> CheckStep:
    check = Check.PERMISSIONS
    try:
        title = f"{_schema_of(record_type).plural} can be read"
    except RunStoppedError as error:
        problem = error.problem
        return CheckStep(
            check=check,
            part=record_type,
            title=record_type,
            state=CheckState.FAILED,
            said=problem.cause,
            problem=problem,
        )
    return CheckStep(check=check, part=record_type, title=title, state=CheckState.PASSED, said="readable")
