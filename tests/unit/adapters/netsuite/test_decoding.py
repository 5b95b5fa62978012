"""SuiteQL's texts as values: exactly what was said, or no answer at all."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from suitebridge.adapters.netsuite import suiteql
from suitebridge.adapters.netsuite.decoding import RowReader, UnreadableRowError, read_pairs
from suitebridge.domain.records import Record
from suitebridge.ports.netsuite import ReadRequest
from suitebridge.wire.rest.suiteql import Row

ZONE = ZoneInfo("America/Los_Angeles")


def read(record_type: str, fields: tuple[str, ...], row: Row) -> Record:
    selection = suiteql.select_page(ReadRequest(record_type=record_type, fields=fields), ZONE)
    (record,) = RowReader(record_type, selection, ZONE).read([row])
    return record


def test_values_by_kind() -> None:
    record = read(
        "job",
        ("companyName", "startDate", "isInactive", "lastModifiedDate", "parent", "currency.exchangeRate"),
        {
            "links": [],
            "id": "7",
            "stamp": "2026-07-01 12:00:00",
            "c0": "Zoë  ",
            "c1": "2026-03-08",
            "c2": "T",
            "c3": "2026-07-01 12:00:00",
            "c4": "301",
            "c5": "1.1",
        },
    )
    assert record == Record(
        type="job",
        id="7",
        version="2026-07-01 12:00:00",
        fields={
            "companyName": "Zoë  ",
            "startDate": date(2026, 3, 8),
            "isInactive": True,
            "lastModifiedDate": datetime(2026, 7, 1, 19, 0, tzinfo=UTC),
            "parent": "301",
            "currency.exchangeRate": Decimal("1.1"),
        },
    )


def test_absent_columns_are_missing_values_and_unchecked_boxes() -> None:
    fields = ("email", "isInactive", "lastModifiedDate", "currency.symbol", "currency.isInactive")
    record = read("customer", fields, {"id": "7", "stamp": "2026-07-01 12:00:00"})
    assert record.fields == {
        "email": None,
        "isInactive": False,
        "lastModifiedDate": None,
        "currency.symbol": None,
        "currency.isInactive": None,
    }


def test_without_a_change_date_the_content_is_the_version() -> None:
    fields = ("name", "description")
    first = read("expenseCategory", fields, {"id": "1", "c0": "Airfare", "c1": "Flights"})
    again = read("expenseCategory", tuple(reversed(fields)), {"c1": "Airfare", "c0": "Flights", "links": [], "id": "1"})
    other = read("expenseCategory", fields, {"id": "1", "c0": "Airfare"})
    swapped = read("expenseCategory", fields, {"id": "1", "c0": "Flights", "c1": "Airfare"})
    assert first.version == again.version
    assert len({first.version, other.version, swapped.version}) == 3


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("isInactive", "yes"),
        ("defaultRate", "1,5"),
        ("defaultRate", "NaN"),
        ("defaultRate", "Infinity"),
        ("defaultRate", ""),
    ],
)
def test_a_value_that_does_not_fit_is_no_answer(field: str, text: str) -> None:
    with pytest.raises(UnreadableRowError, match=f"{field} of expenseCategory 1 cannot be read"):
        read("expenseCategory", (field,), {"id": "1", "c0": text})


@pytest.mark.parametrize("text", ["3/8/2026", "2026-02-30", "08-MAR-26"])
def test_a_day_in_another_form_is_no_answer(text: str) -> None:
    with pytest.raises(UnreadableRowError, match="startDate"):
        read("job", ("startDate",), {"id": "1", "stamp": "x", "c0": text})


@pytest.mark.parametrize("row", [{}, {"id": ""}, {"id": None}, {"id": []}])
def test_a_row_without_id_is_no_answer(row: Row) -> None:
    with pytest.raises(UnreadableRowError, match="without an id"):
        read("expenseCategory", (), row)


def test_pairs_need_both_halves() -> None:
    assert read_pairs([{"id": "1", "value": "a"}], "id", "value") == [("1", "a")]
    with pytest.raises(UnreadableRowError):
        read_pairs([{"id": "1"}], "id", "value")
