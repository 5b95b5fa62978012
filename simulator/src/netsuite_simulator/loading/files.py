"""CSV files as rows with line numbers. Knows no table.

Files may start with a byte-order mark, end their lines with CRLF and hold quoted line breaks.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

_AFFIXES = (("netsuite2_", ""), ("netsuite_", ""))
_LONGEST_CELL = 10_000_000  # letters; a long text field of NetSuite holds up to a million


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: its cells by lower-case header, blank ones left out."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A row that is no row."""

    line: int
    reason: str


def is_text(text: str) -> bool:
    """Whether a text came from proper UTF-8."""
    return text.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in text)


@dataclass(slots=True)
class CsvFile:
    """An export of one table."""

    path: Path
    headers: tuple[str, ...] = ()

    @property
    def table(self) -> str:
        """The NetSuite2 table that the file's name means: transaction_line.csv is transactionline; a custom type's is its script ID."""
        stem = self.path.stem.lower()
        if stem.startswith("customrecord_"):
            return stem
        for start, replacement in _AFFIXES:
            if stem.startswith(start):
                stem = replacement + stem.removeprefix(start)
        return stem.removesuffix("_data").replace("_", "").replace("-", "").replace(" ", "")

    def read_headers(self) -> None:
        """Read the first row."""
        with self._open() as stream:
            self.headers = tuple(name.strip().lower() for name in next(csv.reader(stream), ()))

    def rows(self) -> Iterator[Row | Unreadable]:
        """Read every row after the headers; one that cannot be read ends the file where it stands."""
        csv.field_size_limit(_LONGEST_CELL)
        with self._open() as stream:
            reader = csv.reader(stream)
            line = 1
            try:
                next(reader, None)
                line = reader.line_num + 1
                for cells in reader:
                    if cells:
                        yield self._row(line, cells)
                    line = reader.line_num + 1
            except csv.Error as error:
                yield Unreadable(line=line, reason=f"the file cannot be read from here on: {error}")

    def _open(self) -> TextIO:
        """Open the file; bytes that are no UTF-8 become surrogates, which `_row` finds."""
        return self.path.open(encoding="utf-8-sig", errors="surrogateescape", newline="")

    def _row(self, line: int, cells: list[str]) -> Row | Unreadable:
        if len(cells) != len(self.headers):
            return Unreadable(line=line, reason=f"the row has {len(cells)} cells and the header {len(self.headers)}")
        if not is_text("".join(cells)):
            return Unreadable(line=line, reason="the row is not UTF-8 text; save the export as UTF-8")
        return Row(
            line=line, cells={name: cell for name, cell in zip(self.headers, cells, strict=True) if cell.strip()}
        )
