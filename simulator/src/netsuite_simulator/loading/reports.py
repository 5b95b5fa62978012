"""What became of each row of a load, for people and for tests."""

from __future__ import annotations

from dataclasses import dataclass, field


def rows_from(count: int, first: int) -> str:
    """Tell how many rows something happened to, and where first."""
    return f"1 row, on line {first}" if count == 1 else f"{count} rows, the first on line {first}"


class LoadError(ValueError):
    """Nothing was loaded: the folder, not a row, is what is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A row that could not be loaded; `line` is where it starts in its file."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """A row that need not be loaded."""

    line: int
    reason: str


@dataclass(slots=True, kw_only=True)
class TableReport:
    """What became of one file; `notes` are remarks that concern no single row's outcome."""

    table: str
    file: str
    created: int = 0
    updated: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    skips: list[Skip] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def skipped(self) -> int:
        """How many rows needed nothing."""
        return len(self.skips)

    @property
    def refused(self) -> int:
        """How many rows could not be loaded."""
        return len(self.refusals)

    @property
    def rows(self) -> int:
        """How many rows the file has."""
        return self.created + self.updated + self.skipped + self.refused

    def refuse(self, line: int, reason: str) -> None:
        """Note a row that could not be loaded."""
        self.refusals.append(Refusal(line=line, reason=reason))

    def skip(self, line: int, reason: str) -> None:
        """Note a row that need not be loaded."""
        self.skips.append(Skip(line=line, reason=reason))


@dataclass(slots=True, kw_only=True)
class LoadReport:
    """What became of a folder."""

    tables: list[TableReport] = field(default_factory=list)

    @property
    def created(self) -> int:
        """How many records are new."""
        return sum(table.created for table in self.tables)

    @property
    def updated(self) -> int:
        """How many records changed."""
        return sum(table.updated for table in self.tables)

    @property
    def skipped(self) -> int:
        """How many rows needed nothing."""
        return sum(table.skipped for table in self.tables)

    @property
    def refused(self) -> int:
        """How many rows could not be loaded."""
        return sum(table.refused for table in self.tables)

    def lines(self) -> list[str]:
        """Tell it as lines for a terminal: a line per file, then each refusal and note."""
        told = []
        for table in self.tables:
            told.append(
                f"{table.file}: {table.created} created, {table.updated} updated,"
                f" {table.skipped} skipped, {table.refused} refused"
            )
            told += [f"  line {one.line} refused: {one.reason}" for one in table.refusals]
            told += [f"  {reason}: {lines}" for reason, lines in self._skips(table).items()]
            told += [f"  {note}" for note in table.notes]
        return told

    @staticmethod
    def _skips(table: TableReport) -> dict[str, str]:
        """Gather skipped lines by reason: an export of a large account skips thousands for one."""
        found: dict[str, list[int]] = {}
        for one in table.skips:
            found.setdefault(one.reason, []).append(one.line)
        return {f"skipped, {reason}": rows_from(len(lines), lines[0]) for reason, lines in found.items()}
