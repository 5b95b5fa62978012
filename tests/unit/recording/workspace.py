"""A workspace in memory, as small as loading needs: records by type and id, and a unit of work that undoes itself."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import cast

from suitebridge.domain.errors import Problem, RecordRefusedError
from suitebridge.domain.events import Event
from suitebridge.domain.people import Stamp
from suitebridge.domain.records import Record
from suitebridge.domain.values import Value
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.transactions import NewRecord, RecordChange

Row = dict[str, Value]


@dataclass(slots=True)
class Workspace:
    """Records, their unit of work and their events in one."""

    rows: dict[tuple[str, str], Row] = field(default_factory=dict)
    revisions: dict[tuple[str, str], int] = field(default_factory=dict)
    events: list[tuple[Event, Stamp]] = field(default_factory=list)
    stamps: list[Stamp] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    refused_name: str = ""
    moved_on: bool = False
    last_id: int = 0

    @property
    def records(self) -> Workspace:
        return self

    @property
    def transactions(self) -> Workspace:
        return self

    def as_store(self) -> CompanyStore:
        return cast(CompanyStore, self)

    def of(self, record_type: str) -> list[Row]:
        return [row for (kind, _), row in self.rows.items() if kind == record_type]

    def find(self, record_type: str, name: str, values: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        wanted, found = set(values), dict[str, tuple[str, ...]]()
        for (kind, own), row in self.rows.items():
            value = row.get(name)
            if kind == record_type and isinstance(value, str) and value in wanted:
                found[value] = (*found.get(value, ()), own)
        return found

    def fetch(self, record_type: str, ids: Sequence[str], paths: Sequence[str]) -> Sequence[Record]:
        return [
            Record(
                type=record_type,
                id=own,
                version=str(self.revisions[record_type, own]),
                fields=dict(self.rows[record_type, own]),
            )
            for own in ids
        ]

    @contextmanager
    def begin(self) -> Iterator[Workspace]:
        before = copy.deepcopy((self.rows, self.revisions))
        try:
            yield self
        except BaseException:
            self.rows, self.revisions = before
            raise

    def reserve_ids(self, count: int) -> Sequence[str]:
        first = self.last_id + 1
        self.last_id += count
        return [str(number) for number in range(first, first + count)]

    def create_records(self, records: Sequence[NewRecord], stamp: Stamp) -> None:
        self.sizes.append(len(records))
        for record in records:
            if self.refused_name and record.fields.get("name") == self.refused_name:
                facts = {"record": "it", "target": "another", "netsuite_id": "7"}
                raise RecordRefusedError(Problem(code="SB-CONF-003", facts=facts))
            self.rows[record.type, record.id] = dict(record.fields)
            self.revisions[record.type, record.id] = 1
        self.stamps.append(stamp)

    def change_records(self, changes: Sequence[RecordChange], stamp: Stamp) -> Sequence[str]:
        if self.moved_on:
            return [change.id for change in changes]
        for change in changes:
            self.rows[change.type, change.id].update({one.field: one.after for one in change.changes})
            self.revisions[change.type, change.id] += 1
        self.stamps.append(stamp)
        return []

    def append_event(self, event: Event, stamp: Stamp) -> None:
        self.events.append((event, stamp))
