"""What the use cases need of the PSA workspace: read records, find counterparts. Writing is in `transactions`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from suitebridge.domain.conditions import Condition
from suitebridge.domain.records import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordQuery:
    """A page of a record list, ordered by id ascending (or descending), after `after_id`; `text` searches the title."""

    record_type: str
    condition: Condition | None = None
    text: str = ""
    after_id: str = ""
    limit: int = 50
    newest_first: bool = False


class WorkspaceRecords(Protocol):
    """The records of one company."""

    def fetch(self, record_type: str, ids: Sequence[str], paths: Sequence[str]) -> Sequence[Record]:
        """Read records by id with the named field paths; unknown ids are left out.

        A path is a field ("date"), a field behind references ("timesheet.status", any depth), or a field of belonging lines ("charges.total"): lines come as
        one tuple of mappings under the relation's name ("charges"), keyed by the rest of the path ("service.netsuite_id").
        An empty `paths` gives every field. Related records are read in bulk, never one by one.
        """
        ...

    def find(
        self, record_type: str, field: str, values: Sequence[str], *, ignores_case: bool = False
    ) -> Mapping[str, tuple[str, ...]]:
        """Give the ids of records whose field equals one of the values, by value (case-folded when `ignores_case`)."""
        ...

    def select(
        self, record_type: str, condition: Condition | None, *, after_id: str, limit: int
    ) -> Sequence[tuple[str, str]]:
        """Give (id, version) of the records that satisfy a condition, ordered by id; conditions are decided in the database."""
        ...

    def query(self, query: RecordQuery) -> Sequence[Record]:
        """Read one page of a record list with every field."""
        ...

    def count(self, record_type: str) -> int:
        """Count the records of a type."""
        ...
