"""Cells as values: what is read, and what is refused instead of guessed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from suitebridge.domain.schemas import FieldSchema, Kind
from suitebridge.domain.values import Scalar
from suitebridge.recording.parsing import UnreadableCellError, parser_for


def field(kind: Kind) -> FieldSchema:
    choices = (("A", "Approved"), ("O", "Open")) if kind is Kind.CHOICE else ()
    return FieldSchema(name="field", kind=kind, label="Field", choices=choices)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Kind.TEXT, " as it is ", " as it is "),
        (Kind.INTEGER, " -7", -7),
        (Kind.DECIMAL, "52.00", Decimal("52.00")),
        (Kind.MONEY, "0.1", Decimal("0.1")),
        (Kind.DURATION, "7.5", Decimal("7.5")),
        (Kind.BOOLEAN, "TRUE", True),
        (Kind.BOOLEAN, "F", False),
        (Kind.DATE, "2024-02-29", date(2024, 2, 29)),
        (Kind.INSTANT, "2026-01-31T16:30:00+01:00", datetime(2026, 1, 31, 15, 30, tzinfo=UTC)),
        (Kind.CHOICE, "a", "A"),
        (Kind.CHOICE, "Open", "O"),
        (Kind.REFERENCE, "c-1", "c-1"),
    ],
)
def test_cells_become_values_of_their_kind(kind: Kind, text: str, value: Scalar) -> None:
    read = parser_for(field(kind))(text)
    assert (type(read), read) == (type(value), value)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Kind.INTEGER, "7.0"),
        (Kind.DECIMAL, "1,5"),
        (Kind.DECIMAL, "1e3"),
        (Kind.DECIMAL, "NaN"),
        (Kind.DECIMAL, "0.1234567"),
        (Kind.MONEY, "1 000"),
        (Kind.MONEY, "٣"),
        (Kind.BOOLEAN, "maybe"),
        (Kind.DATE, "01/02/2026"),
        (Kind.DATE, "2026-02-30"),
        (Kind.DATE, "20260101"),
        (Kind.INSTANT, "2026-01-31T16:30:00"),
        (Kind.INSTANT, "yesterday"),
        (Kind.CHOICE, "Rejected"),
    ],
)
def test_doubtful_cells_are_refused_with_a_way_to_write_them(kind: Kind, text: str) -> None:
    with pytest.raises(UnreadableCellError) as refusal:
        parser_for(field(kind))(text)
    assert str(refusal.value).startswith(f"“{text}” ")
