"""How moments and small structures are written into columns, the same in both databases."""

from __future__ import annotations

from datetime import UTC, datetime

from suitebridge.adapters.store.databases import Cell

_NUMBER_DIGITS = 18


def instant_text(moment: datetime) -> str:
    """Write an aware moment with a fixed number of digits, so that texts order as moments do."""
    if moment.tzinfo is None:
        raise ValueError("A moment without a zone cannot be stored.")
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def moment(cell: Cell) -> datetime:
    """Read back a moment column."""
    if isinstance(cell, datetime):
        return cell.astimezone(UTC) if cell.tzinfo is not None else cell.replace(tzinfo=UTC)
    raise TypeError(f"No moment was stored but {cell!r}.")


def number_of(record_id: str) -> int | None:
    """Give the number of a record id, or None for a text that no record of ours can have as id."""
    if 0 < len(record_id) <= _NUMBER_DIGITS and record_id.isascii() and record_id.isdigit():
        number = int(record_id)
        return number if str(number) == record_id else None
    return None


def integer(cell: Cell) -> int:
    """Read back a number column."""
    if not isinstance(cell, int):
        raise TypeError(f"A number was expected in the table, not {cell!r}.")
    return cell


def literal(text: str) -> str:
    """Write a text for LIKE so that it means itself, with the backslash as escape."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
