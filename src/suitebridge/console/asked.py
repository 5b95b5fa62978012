"""Reads what an address or a form asks for; what cannot be read counts as not asked."""

from __future__ import annotations

from datetime import date

from suitebridge.domain.outcomes import OutcomeKind

_MOST_DIGITS = 15
_FIRST_YEAR, _LAST_YEAR = 1900, 2999
"""Days beyond them are no days of a trail, and leave no room for a zone's shift."""


def whole_number(text: str | None) -> int:
    """Read a whole number, 0 for anything else."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS else 0


def day(text: str | None) -> date | None:
    """Read a day as a date input writes it, "2026-03-02"."""
    try:
        found = date.fromisoformat(text or "")
    except ValueError:
        return None
    return found if _FIRST_YEAR <= found.year <= _LAST_YEAR else None


def outcome_kind(text: str | None) -> OutcomeKind | None:
    """Read the name of an outcome."""
    return next((kind for kind in OutcomeKind if kind.value == text), None)
