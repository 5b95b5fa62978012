"""Reading records from the store in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from suitebridge.adapters.store.texts import number_of
from suitebridge.domain import conditions
from suitebridge.domain.conditions import Condition
from suitebridge.domain.people import EMPLOYEE, Stamp
from suitebridge.domain.reaching import Reach, types_on
from suitebridge.domain.records import Record
from suitebridge.domain.schemas import Kind
from suitebridge.domain.values import Value, as_text
from suitebridge.ports.workspace import RecordQuery

if TYPE_CHECKING:
    from tests.fakes.store import MemoryStore


class MemoryRecords:
    """Reading records."""

    def __init__(self, store: MemoryStore, stamp: Stamp | None = None) -> None:
        self._store = store
        self._stamp = stamp

    def _require(self, record_type: str, paths: Sequence[str] = ()) -> None:
        """Let a run see only what its author may."""
        schema = self._store.schemas().workspace_type(record_type)
        if self._stamp is not None:
            self._store.require(self._stamp, Reach(reads=types_on(schema.name, paths)))

    def fetch(self, record_type: str, ids: Sequence[str], paths: Sequence[str]) -> Sequence[Record]:
        self._require(record_type, paths)
        numbers = dict.fromkeys(number for number in map(number_of, ids) if number is not None)
        return [
            self._record(record_type, number, paths)
            for number in numbers
            if (record_type, number) in self._store.state.records
        ]

    def find(
        self, record_type: str, field: str, values: Sequence[str], *, ignores_case: bool = False
    ) -> Mapping[str, tuple[str, ...]]:
        self._require(record_type)
        fold: Callable[[str], str] = str.casefold if ignores_case else str
        wanted = {fold(value) for value in values if value}
        found: dict[str, tuple[str, ...]] = {}
        for number in self._numbers(record_type):
            value = self._record(record_type, number, [field]).fields[field]
            if value is not None and not isinstance(value, tuple) and fold(as_text(value)) in wanted:
                key = fold(as_text(value))
                found[key] = (*found.get(key, ()), str(number))
        return found

    def select(
        self, record_type: str, condition: Condition | None, *, after_id: str, limit: int
    ) -> Sequence[tuple[str, str]]:
        paths = list(conditions.paths(condition)) if condition is not None else []
        self._require(record_type, paths)
        chosen = [
            record
            for number in self._numbers(record_type)
            if number > (number_of(after_id) or 0)
            and (record := self._record(record_type, number, paths))
            and (condition is None or conditions.holds(condition, record.fields))
        ]
        return [(record.id, record.version) for record in chosen[:limit]]

    def query(self, query: RecordQuery) -> Sequence[Record]:
        schema = self._store.schemas().workspace_type(query.record_type)
        every = [number for number, _ in self.select(query.record_type, query.condition, after_id="", limit=10**9)]
        chosen = [
            record
            for record in self.fetch(query.record_type, every, [])
            if query.text.casefold() in str(record.fields.get(schema.title) or "").casefold()
        ]
        after = number_of(query.after_id)
        if query.newest_first:
            chosen = [record for record in reversed(chosen) if after is None or int(record.id) < after]
        else:
            chosen = [record for record in chosen if after is None or int(record.id) > after]
        return chosen[: query.limit]

    def count(self, record_type: str) -> int:
        self._require(record_type)
        return len(self._numbers(record_type))

    def _numbers(self, record_type: str) -> list[int]:
        self._store.schemas().workspace_type(record_type)
        return sorted(number for kind, number in self._store.state.records if kind == record_type)

    def _record(self, record_type: str, number: int, paths: Sequence[str]) -> Record:
        revision = self._store.state.records[record_type, number][0]
        shown = self.fields(record_type, number) if not paths else {}
        for path in paths:
            first, _, rest = path.partition(".")
            if first in self._store.schemas().workspace_type(record_type).related_by_name:
                shown[first] = self._lines(record_type, number, first, paths)
            else:
                shown[path] = self._value(record_type, number, first, rest)
        return Record(type=record_type, id=str(number), version=str(revision), fields=shown)

    def fields(self, record_type: str, number: int) -> dict[str, Value]:
        """Give what counts of a record: the sign-in's role, and a NetSuite ID only in the account that gave it."""
        fields = dict(self._store.state.records[record_type, number][1])
        if record_type == "employee":
            fields["role"] = self._store.state.people.get(number, (EMPLOYEE, None))[0].name
        if fields.get("netsuite_id") and self._store.state.stamps.get((record_type, number), "") != self._store.account:
            fields["netsuite_id"] = None
        return fields

    def _value(self, record_type: str, number: int, first: str, rest: str) -> Value:
        schema = self._store.schemas().workspace_type(record_type)
        if first == "id" and not rest:
            return str(number)
        known = schema.by_name.get(first)
        if known is None or (rest and known.kind is not Kind.REFERENCE):
            raise LookupError(f"The workspace type {schema.label} has no field “{first}”.")
        value = self.fields(record_type, number).get(first)
        if not rest:
            return value
        target = number_of(str(value or ""))
        if target is None or (known.refers_to, target) not in self._store.state.records:
            return None
        return self._record(known.refers_to, target, [rest]).fields[rest]

    def _lines(self, record_type: str, number: int, name: str, paths: Sequence[str]) -> Value:
        related = self._store.schemas().workspace_type(record_type).related_by_name[name]
        inner = [path.partition(".")[2] for path in paths if path.partition(".")[0] == name and "." in path]
        children = [
            child
            for child in self._numbers(related.type)
            if self._store.state.records[related.type, child][1].get(related.by) == str(number)
        ]
        return tuple(self._record(related.type, child, inner).fields for child in children)  # type: ignore[misc]
