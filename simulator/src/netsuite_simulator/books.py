"""The books of an account, read: its record types and tables, records by id and by criteria, deletions, counts, records made of others.

Refuses to write.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from netsuite_simulator import transforms
from netsuite_simulator.clock import Clock
from netsuite_simulator.criteria import Among, Condition
from netsuite_simulator.customizations import Customization
from netsuite_simulator.drafts import World
from netsuite_simulator.reading import Reader
from netsuite_simulator.results import DeletedRecord, Grants, Rejection, absent, out_of_bounds, view_refusal
from netsuite_simulator.schemas.fields import RecordType
from netsuite_simulator.shelves import Shelf, Stored
from netsuite_simulator.storage import Storage
from netsuite_simulator.tables import DELETED_TABLE, Table, quoted
from netsuite_simulator.values import Scalar


class Books:
    """The readable half of an account."""

    id: str
    clock: Clock
    world: World  # what rules ask the account

    def __init__(self, storage: Storage) -> None:
        self.storage = storage
        self._reader = Reader(storage)

    @property
    def connection(self) -> sqlite3.Connection:
        """The one connection to the account's records."""
        return self.storage.connection

    @property
    def types(self) -> Mapping[str, RecordType]:
        """Record types by name, with the account's custom fields."""
        return self.storage.types

    @property
    def tables(self) -> Mapping[str, Table]:
        """NetSuite2 tables and views by name, with the account's custom fields."""
        return self.storage.tables

    def record_type(self, name: str) -> RecordType | None:
        """Find a record type by its name in any case, as REST addresses do."""
        return self.storage.type_by_lower_name.get(name.lower())

    @property
    def customizations(self) -> Sequence[Customization]:
        """Custom fields, record types and lists, in the order they were made."""
        return self.storage.customizations

    @property
    def zone(self) -> ZoneInfo:
        """The time zone SuiteQL shows times in."""
        return self.clock.zone

    def row(self, sql: str, values: Sequence[Scalar] = ()) -> tuple[Scalar, ...] | None:
        """Return the first row of a query."""
        found: tuple[Scalar, ...] | None = self.connection.execute(sql, values).fetchone()
        return found

    def find_external(self, space: str, external_id: str) -> tuple[str, int] | None:
        """Find the type name and internal id behind an external id of a group, whatever its case."""
        return self.storage.find_external(space, external_id)

    def get(self, type_name: str, *, internal_id: str | None = None, external_id: str | None = None) -> Stored | None:
        """Read one record with its sublists; the internal id wins when both are given."""
        return self._reader.find(self._shelf(type_name), internal_id, external_id)

    def get_many(
        self, type_name: str, *, internal_ids: Sequence[str] = (), external_ids: Sequence[str] = ()
    ) -> list[Stored | None]:
        """Read records in the order asked, those by internal id first; None where there is none."""
        shelf = self._shelf(type_name)
        found = [self._reader.find(shelf, internal_id, None) for internal_id in internal_ids]
        return found + [self._reader.find(shelf, None, external_id) for external_id in external_ids]

    def search(
        self,
        type_names: str | Sequence[str],
        where: Sequence[Condition] = (),
        *,
        order: str = "id",
        limit: int = 1000,
        offset: int = 0,
        after_id: str | int | None = None,
        lines: bool = False,
    ) -> tuple[list[Stored], int]:
        """Find records that meet every condition (see `criteria`), and how many there are in all.

        Several types of one table may be searched at once; a condition whose field a type lacks drops that type.
        """
        names = [type_names] if isinstance(type_names, str) else type_names
        shelves = [self._shelf(name) for name in names]
        return self._reader.search(
            shelves, where, order=order, limit=limit, offset=offset, after_id=after_id, lines=lines
        )

    def names_of(self, type_names: str | Sequence[str], internal_ids: Collection[str]) -> dict[str, str]:
        """Return what references to records of the types show, by internal id."""
        names = [type_names] if isinstance(type_names, str) else type_names
        return self._reader.names_of([self._shelf(name) for name in names], internal_ids)

    def deleted(
        self, type_names: Sequence[str], *, since: datetime | None = None, role: Grants | None = None
    ) -> list[DeletedRecord]:
        """Return the records of the types deleted since an instant, oldest first: those that a role could see."""
        table = self.tables[DELETED_TABLE]
        condition = None if role is None else role.restriction(table, self.tables)
        return self._reader.deleted(type_names, since=since, condition=condition)

    def denial(self, grants: Grants, type_name: str, internal_id: str) -> Rejection | None:
        """Refuse a record that a restricted role may not see."""
        table = self.tables[self.types[type_name].table]
        restriction = grants.restriction(table, self.tables)
        if restriction is None:
            return None
        seen = f"SELECT 1 FROM {quoted(table.name)} WHERE id = ? AND {restriction}"  # noqa: S608 - ids and our own names
        return out_of_bounds() if self.row(seen, (int(internal_id),)) is None else None

    def seen_by(self, grants: Grants, type_name: str) -> list[Condition]:
        """Return what the records of a type meet that somebody may see, as conditions of a search."""
        table = self.tables[self.types[type_name].table]
        restriction = grants.restriction(table, self.tables)
        selected = f"SELECT id FROM {quoted(table.name)} WHERE {restriction}"  # noqa: S608 - ids and our own names
        return [] if restriction is None else [Among("id", selected, ())]

    def initialize(
        self,
        type_name: str,
        source_type: str,
        *,
        internal_id: str | None = None,
        external_id: str | None = None,
        before: Stored | None = None,
        role: Grants | None = None,
    ) -> Stored | Rejection:
        """Make an unsaved record from another one (see `transforms`), with the lines of the one made `before`."""
        refusal = transforms.refusal_of_pair(source_type, type_name)
        if refusal is not None:
            return refusal
        kind = self._shelf(source_type).type
        refusal = None if role is None else view_refusal(kind, role)
        source = self.get(source_type, internal_id=internal_id, external_id=external_id)
        if refusal is not None or source is None:
            return refusal or absent(kind, internal_id or external_id, self.id)
        refusal = None if role is None else self.denial(role, source_type, source.id)
        refusal = refusal or transforms.refusal_of_state(source, type_name)
        return refusal or transforms.made_from(self.world, self._shelf(type_name), source, before)

    def counts(self) -> dict[str, int]:
        """Return the number of records by type, without the standard rows of a new account."""
        return {name: self._reader.count(shelf) for name, shelf in self.storage.shelves.items()}

    def _shelf(self, type_name: str) -> Shelf:
        shelf = self.storage.shelves.get(type_name)
        if shelf is None:
            raise ValueError(f"there is no record type {type_name}")
        return shelf
