"""What the use cases need of files that people bring: a folder with one table for each record type, cell by cell as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """One row: the line of the file on which it starts, and its cells by column; a cell keeps its text as it stands."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenRow:
    """A row that could not be read, with the reason in a sentence; the rows after it may be fine."""

    line: int
    reason: str


ReadRow: TypeAlias = TableRow | BrokenRow


class RecordFiles(Protocol):
    """The tables of one folder."""

    @property
    def title(self) -> str:
        """How people name the folder."""
        ...

    def names(self) -> Sequence[str]:
        """Name the tables, without the ending of their files, in alphabetical order."""
        ...

    def file(self, name: str) -> str:
        """Give the file name of a table, as reports show it."""
        ...

    def columns(self, name: str) -> Sequence[str]:
        """Give a table's column names in order; none for an empty file."""
        ...

    def rows(self, name: str) -> Iterator[ReadRow]:
        """Give a table's rows in order; blank lines are left out."""
        ...
