"""Texts of exported cells: every spelling that exports have, and what is said of the others."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from netsuite_simulator.loading.cells import CellError, UnknownChoiceError, boolean, value
from netsuite_simulator.schemas.fields import Choice, Field, Kind

ZONE = ZoneInfo("America/Los_Angeles")


def of(kind: Kind, *choices: Choice) -> Field:
    return Field(name="x", kind=kind, column="x", label="X", choices=choices)


@pytest.mark.parametrize("text", ["T", "t", "TRUE", "true", "Yes", "Y", "1", " T "])
def test_true(text: str) -> None:
    assert boolean(text) is True


@pytest.mark.parametrize("text", ["F", "FALSE", "No", "n", "0"])
def test_false(text: str) -> None:
    assert boolean(text) is False


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2017-05-27 8:56:10", datetime(2017, 5, 27, 15, 56, 10, tzinfo=UTC)),
        ("2017-05-27 08:56", datetime(2017, 5, 27, 15, 56, tzinfo=UTC)),
        ("2017-05-30 0:00:00", datetime(2017, 5, 30, 7, tzinfo=UTC)),
        ("2017-12-27", datetime(2017, 12, 27, 8, tzinfo=UTC)),
        ("5/27/2017", datetime(2017, 5, 27, 7, tzinfo=UTC)),
        ("5/27/2017 8:56 PM", datetime(2017, 5, 28, 3, 56, tzinfo=UTC)),
        ("05/27/2017 12:05:09 am", datetime(2017, 5, 27, 7, 5, 9, tzinfo=UTC)),
        ("2017-05-27T08:56:10Z", datetime(2017, 5, 27, 8, 56, 10, tzinfo=UTC)),
        ("2017-05-27T08:56:10.123+02:00", datetime(2017, 5, 27, 6, 56, 10, tzinfo=UTC)),
        ("2017-05-27 08:56:10 UTC", datetime(2017, 5, 27, 8, 56, 10, tzinfo=UTC)),
    ],
)
def test_an_instant_without_a_zone_is_the_accounts(text: str, utc: datetime) -> None:
    assert value(of(Kind.INSTANT), text, ZONE) == utc


@pytest.mark.parametrize("text", ["2017-05-30 0:00:00", "2017-05-30", "5/30/2017", "2017-05-30T23:59:59"])
def test_a_date_is_a_day(text: str) -> None:
    assert value(of(Kind.DATE), text, ZONE) == date(2017, 5, 30)


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (Kind.TEXT, " kept as it is ", " kept as it is "),
        (Kind.INTEGER, "7", 7),
        (Kind.DECIMAL, "-12.50", Decimal("-12.50")),
        (Kind.DURATION, "7.25", Decimal("7.25")),
        (Kind.DURATION, "7:45", Decimal("7.75")),
        (Kind.DURATION, "-1:30", Decimal("-1.5")),
        (Kind.REFERENCE, "12.0", "12"),
        (Kind.REFERENCE, "-10", "-10"),
        (Kind.REFERENCES, "1, 3, 4", ("1", "3", "4")),
        (Kind.REFERENCES, "5", ("5",)),
        (Kind.BOOLEAN, "Yes", True),
    ],
)
def test_a_value_of_each_kind(kind: Kind, text: str, expected: object) -> None:
    assert value(of(kind), text, ZONE) == expected


@pytest.mark.parametrize(
    ("kind", "text", "reason"),
    [
        (Kind.BOOLEAN, "maybe", "neither T nor F"),
        (Kind.INSTANT, "27.05.2017", "is no date: write"),
        (Kind.INSTANT, "2017-02-30", "is no date: day"),
        (Kind.DATE, "soon", "is no date"),
        (Kind.DECIMAL, "1,5", "is no number"),
        (Kind.DECIMAL, "NaN", "is no number"),
        (Kind.INTEGER, "1.5", "no internal id"),
        (Kind.REFERENCE, "Acme", "no internal id"),
        (Kind.REFERENCES, "1; 2", "no internal id"),
        (Kind.LINES, "x", "no cell"),
    ],
)
def test_what_a_cell_cannot_be(kind: Kind, text: str, reason: str) -> None:
    with pytest.raises(CellError, match=reason):
        value(of(kind), text, ZONE)


def test_a_choice_by_id_label_or_literal() -> None:
    field = of(Kind.CHOICE, Choice(id="5", label="Time and Materials", soap="_timeAndMaterials"))
    assert {value(field, text, ZONE) for text in ("5", "time and materials", "_timeAndMaterials")} == {"5"}
    with pytest.raises(UnknownChoiceError, match="'6' is none of 5"):
        value(field, "6", ZONE)


def test_a_list_of_the_accounts_own_takes_any_id() -> None:
    assert value(of(Kind.CHOICE, Choice(id="1", label="Net 15")), "99", ZONE) == "99"
