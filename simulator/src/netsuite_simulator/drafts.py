"""A record on its way into the account: what it will be, what it was, and which columns change.

Rules read and complete a draft; only `writing` makes one and stores it. Refuses to know any record type.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from netsuite_simulator.policies import Policies
from netsuite_simulator.results import Rejection
from netsuite_simulator.schemas.fields import RecordType
from netsuite_simulator.shelves import Line, Shelf, Stored, Values
from netsuite_simulator.values import Scalar


class World(Protocol):
    """What rules may ask the account."""

    author: str  # the internal id of whoever writes
    role: str | None
    asks_for_custom_fields: bool

    @property
    def context(self) -> str:
        """The door a change comes through."""

    def now(self) -> datetime:
        """Return the account's time to the second."""

    def today(self) -> date:
        """Return the account's day in its own zone."""

    def row(self, sql: str, values: Sequence[Scalar] = ()) -> tuple[Scalar, ...] | None:
        """Return the first row of a query."""

    def rows(self, sql: str, values: Sequence[Scalar] = ()) -> list[tuple[Scalar, ...]]:
        """Return every row of a query."""

    def execute(self, sql: str, values: Sequence[Scalar] = ()) -> None:
        """Change rows of records that another one touches."""

    def may(self, permission: str, level: int, *, otherwise: bool = True) -> bool:
        """Say whether whoever writes holds a permission; `otherwise` is the answer where nobody is known."""

    @property
    def policies(self) -> Policies:
        """The account's accounting preferences."""

    def second_text(self) -> str:
        """Return the account's time as a column keeps it."""

    def next_number(self, family: str) -> int:
        """Return the next number of a sequence."""


@dataclass(slots=True)
class Draft:
    """One write: `values` is the record after it, `given` what the caller named, `row` the columns to store."""

    world: World
    shelf: Shelf
    current: Stored | None
    external_id: str | None
    is_world_edit: bool = False
    values: Values = field(default_factory=dict)
    given: set[str] = field(default_factory=set)
    row: dict[str, Scalar] = field(default_factory=dict)
    lists: dict[str, list[Line]] = field(default_factory=dict)  # sublists of the line table to store anew

    @property
    def is_new(self) -> bool:
        """Whether the record does not exist yet."""
        return self.current is None

    def text(self, name: str) -> str | None:
        """Return a value that is text, a choice's id or an internal id."""
        value = self.values.get(name)
        return value if isinstance(value, str) else None

    def rows(self, name: str) -> list[Line]:
        """Return the rows of a sublist after the write."""
        rows = self.values.get(name)
        return rows if isinstance(rows, list) else []

    def keep_rows(self, name: str, rows: list[Line]) -> None:
        """Store the rows of a sublist that the account made or completed."""
        self.values[name] = rows
        sublist = self.shelf.sublists[name]
        if sublist.in_table:
            self.lists[name] = rows
        else:
            column = self.shelf.columns[name]
            self.row[column] = self.shelf.encode({name: rows})[column]

    def stamp(self, name: str) -> None:
        """Date a new record: by the account's clock, or by its last change where a world edit says when that was."""
        changed = self.values.get("lastModifiedDate")
        self.put(name, changed if self.is_world_edit and isinstance(changed, datetime) else self.world.now())

    def default(self, name: str, value: object) -> None:
        """Set a value where there is none."""
        if value is not None and name not in self.values and name in self.shelf.fields:
            self._set(name, value)

    def put(self, name: str, value: object) -> None:
        """Set a value that the account computes; a world edit that gave it keeps its own."""
        if self.is_world_edit and name in self.given:
            return
        if value is not None and name in self.shelf.fields and self.values.get(name) != value:
            self._set(name, value)

    def _set(self, name: str, value: object) -> None:
        self.values[name] = value
        self.row[self.shelf.columns[name]] = self.shelf.encoders[name](value)

    def changes(self, name: str) -> bool:
        """Whether the write changes a value, not merely repeats it."""
        before = None if self.current is None else self.current.values.get(name)
        return before != self.values.get(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A write that was stored: the record's values `before` (none for a new one) and `after` (none for a deleted one)."""

    world: World
    type: RecordType
    id: int
    before: Values
    after: Values


def missing(*labels: str, name: str | None = None, path: str | None = None) -> Rejection:
    """Refuse a record without required values, in NetSuite's words (reference §5.7)."""
    return Rejection(
        code="USER_ERROR", message=f"Please enter value(s) for: {', '.join(labels)}", field=name, path=path
    )
