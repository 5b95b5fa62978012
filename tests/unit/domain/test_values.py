"""How values and amounts are written for people."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from suitebridge.domain.values import Scalar, as_text, is_blank, tell_amount


@pytest.mark.fault("F55")
@pytest.mark.parametrize(
    ("value", "unit", "told"),
    [
        ("0", "EUR", "0.00"),
        ("1234567.5", "", "1,234,567.50"),
        ("0.125", "hours", "0.125"),
        ("7.00", "hours", "7.00"),
        ("-3.1", "EUR", "-3.10"),
        ("1E+3", "USD", "1,000.00"),
        ("16446832.00", "JPY", "16,446,832"),
        ("0.5", "JPY", "0.5"),
        ("1.5", "KWD", "1.500"),
    ],
)
def test_an_amount_shows_its_currency_s_decimals_and_drops_none(value: str, unit: str, told: str) -> None:
    assert tell_amount(Decimal(value), unit) == told


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "true"),
        (Decimal("1E+2"), "100"),
        (datetime(2026, 3, 1, 8, 0, 5, tzinfo=UTC), "2026-03-01T08:00:05Z"),
        (date(2026, 3, 1), "2026-03-01"),
        (7, "7"),
    ],
)
def test_a_scalar_has_one_text(value: Scalar, text: str) -> None:
    assert as_text(value) == text


def test_zero_and_false_are_filled_in() -> None:
    assert [is_blank(value) for value in (None, "", (), 0, False)] == [True, True, True, False, False]
