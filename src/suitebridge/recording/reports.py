"""What became of the files that somebody loaded: counts for each file, and every refused line with its reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedLine:
    """One line that was left alone, and what to correct."""

    file: str
    line: int
    key: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """One file's counts; `notes` say what was left out of the whole file, once."""

    file: str
    record_type: str
    plural: str
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: tuple[RefusedLine, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def considered(self) -> int:
        """How many rows the file holds."""
        return self.created + self.updated + self.unchanged + len(self.refused)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadReport:
    """A folder's files in the order in which they were loaded; `strangers` are files that belong to no record type."""

    folder: str
    files: tuple[FileReport, ...]
    strangers: tuple[str, ...]

    @property
    def refused(self) -> tuple[RefusedLine, ...]:
        """Every refused line of all files."""
        return tuple(line for file in self.files for line in file.refused)
