"""A folder of CSV files as tables of text: UTF-8 with or without a mark, any line ends, quoted cells over several lines.

Cells are separated by commas, or by semicolons where the first line has no comma. It refuses to know what a column means.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from suitebridge.domain.errors import Problem, RunStoppedError
from suitebridge.ports.files import BrokenRow, ReadRow, TableRow

ENDING = ".csv"
INNER_FOLDER = "workspace"
LONGEST_CELL = 1_000_000
_MOST_FILES = 500
# Bytes that are no UTF-8 arrive as these code points (Python's surrogateescape), so that one bad line does not lose the file.
_FOREIGN = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvFolder:
    """The CSV files of one folder; implements `ports.files.RecordFiles`."""

    folder: Path
    files: dict[str, Path]

    @property
    def title(self) -> str:
        """Give the folder as it was named."""
        return str(self.folder)

    def names(self) -> Sequence[str]:
        """Name the tables."""
        return tuple(self.files)

    def file(self, name: str) -> str:
        """Give the file name of a table."""
        return self.files[name].name

    def columns(self, name: str) -> Sequence[str]:
        """Read the first line."""
        for _, cells in self._lines(name):
            return () if isinstance(cells, str) else tuple(cell.strip() for cell in cells)
        return ()

    def rows(self, name: str) -> Iterator[ReadRow]:
        """Read the lines after the first."""
        header: tuple[str, ...] | None = None
        for line, cells in self._lines(name):
            if isinstance(cells, str):
                yield BrokenRow(line=line, reason=cells)
            elif header is None:
                header = tuple(cell.strip() for cell in cells)
            elif any(cells):
                yield _row(line, header, cells)

    def _lines(self, name: str) -> Iterator[tuple[int, list[str] | str]]:
        """Give each record's first line with its cells, or with a sentence where it cannot be read."""
        csv.field_size_limit(LONGEST_CELL)
        try:
            with self.files[name].open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
                first = file.readline()
                file.seek(0)
                reader = csv.reader(file, delimiter=";" if "," not in first and ";" in first else ",")
                while True:
                    line = reader.line_num + 1
                    try:
                        yield line, next(reader)
                    except StopIteration:
                        return
                    except csv.Error as error:
                        yield line, f"The line is no CSV: {error}."
        except OSError as error:
            raise _unusable(self.folder, f"{self.files[name].name}: {error.strerror or error}") from error


def open_folder(folder: Path) -> CsvFolder:
    """Find the CSV files of a folder, or of its subfolder `workspace`. Raise `RunStoppedError` SB-FILE-001 where there are none."""
    inner = folder / INNER_FOLDER
    chosen = inner if inner.is_dir() else folder
    try:
        found = sorted(path for path in chosen.iterdir() if path.suffix.casefold() == ENDING and path.is_file())
    except OSError as error:
        raise _unusable(folder, str(error.strerror or error)) from error
    if not found or len(found) > _MOST_FILES:
        said = f"It holds {len(found)} CSV files; one for each record type is expected."
        raise _unusable(folder, said)
    return CsvFolder(folder=chosen, files={path.stem: path for path in found})


def _row(line: int, header: tuple[str, ...], cells: list[str]) -> ReadRow:
    if len(cells) > len(header) and any(cells[len(header) :]):
        return BrokenRow(
            line=line,
            reason=f"The line has {len(cells)} cells, the first line names {len(header)}. A cell that holds a comma or a quote must be quoted.",
        )
    if _FOREIGN.search("".join(cells)):
        return BrokenRow(line=line, reason="The line is not UTF-8 text. Save the file with the encoding UTF-8.")
    return TableRow(line=line, cells=dict(zip(header, cells, strict=False)))


def _unusable(folder: Path, said: str) -> RunStoppedError:
    return RunStoppedError(Problem(code="SB-FILE-001", facts={"folder": str(folder), "said": said}))
