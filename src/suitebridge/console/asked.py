"""Reads what an address or a form asks for; what cannot be read counts as not asked."""

from __future__ import annotations

from suitebridge.domain.outcomes import OutcomeKind

_MOST_DIGITS = 15


def whole_number(text: str | None) -> int:
    """Read a whole number, 0 for anything else."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS else 0


def outcome_kind(text: str | None) -> OutcomeKind | None:
    """Read the name of an outcome."""
    return next((kind for kind in OutcomeKind if kind.value == text), None)
