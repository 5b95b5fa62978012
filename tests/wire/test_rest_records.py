"""REST records: what every writable type looks like, and the values as they go out."""

from __future__ import annotations

import contextlib
import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suitebridge.adapters.netsuite.properties import properties_of, rest_writer_of
from suitebridge.domain.doors import rest_only_fields
from suitebridge.domain.schemas.netsuite import NETSUITE_TYPES
from suitebridge.wire.http import Response
from suitebridge.wire.rest.documents import address as document_address
from suitebridge.wire.rest.documents import read_documents
from suitebridge.wire.rest.json import UnreadableJsonError
from suitebridge.wire.rest.record_writing import PropertyKind, PropertyShape, RecordWriter, RestValue, Scalar
from suitebridge.wire.rest.records import address_by_external_id, located_id
from suitebridge.wire.unwritable import UnwritableValueError

WRITABLE = sorted(name for name, schema in NETSUITE_TYPES.items() if schema.soap_type)
WRITER = RecordWriter([PropertyShape(name=kind.value, spelled=kind.value, kind=kind) for kind in PropertyKind])


def written(**values: RestValue) -> dict[str, object]:
    return dict(json.loads(WRITER.write(values).body, parse_float=Decimal))


@pytest.mark.parametrize("record_type", WRITABLE)
def test_every_writable_field_has_a_spelling_of_its_own(record_type: str) -> None:
    properties = properties_of(NETSUITE_TYPES[record_type])
    assert len({one.spelled for one in properties}) == len(properties)
    assert rest_writer_of(record_type).write({}).body == b"{}"
    for path in rest_only_fields(record_type):
        assert any(path == f"{one.name}.{line.name}" for one in properties for line in one.lines)


def test_expense_reports_are_spelled_in_lower_case_and_their_lists_as_rest_names_them() -> None:
    line: dict[str, Scalar] = {
        "expenseDate": date(2026, 3, 8),
        "foreignAmount": Decimal("0.10"),
        "isNonReimbursable": False,
    }
    record = rest_writer_of("expenseReport").write({"tranDate": date(2026, 3, 8), "expenseList": (line,)})
    assert json.loads(record.body, parse_float=Decimal) == {
        "trandate": "2026-03-08",
        "expense": {"items": [{"expensedate": "2026-03-08", "foreignamount": Decimal("0.10"), "isnonreimbursable": False}]},
    }  # fmt: skip
    assert record.replaces == ("expense",)
    assert address_by_external_id("expenseReport", "sb_1", record.replaces).endswith(
        "/expenseReport/eid:sb_1?replace=expense"
    )


def test_values_are_told_as_rest_tells_them() -> None:
    evening = datetime(2026, 3, 8, 17, 30, tzinfo=ZoneInfo("America/Los_Angeles"))
    assert written(instant=evening, boolean=True, reference="-5", hours=Decimal("7.25")) == {
        "instant": "2026-03-09T00:30:00Z", "boolean": True, "reference": {"id": "-5"}, "hours": "7:15",
    }  # fmt: skip
    assert written(reference="eid:sb_1") == {"reference": {"externalId": "sb_1"}}
    bill = rest_writer_of("timeBill").write({"timeType": "_actualTime"}, ["memo"])
    assert json.loads(bill.body) == {"timeType": {"id": "A"}, "memo": None}


@pytest.mark.fault("F55")
@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12))
def test_money_keeps_every_digit(amount: Decimal) -> None:
    assert Decimal(str(written(number=amount)["number"])) == amount


@pytest.mark.fault("F58")
@given(st.text())
def test_a_text_arrives_as_it_is_or_is_refused(text: str) -> None:
    try:
        told = written(text=text)
    except UnwritableValueError:
        assert not text.isprintable()
    else:
        assert told == {"text": text}


@given(st.integers(min_value=0, max_value=24 * 60 * 31))
def test_whole_minutes_survive(minutes: int) -> None:
    hours, _, rest = str(written(hours=Decimal(minutes) / 60 if minutes % 15 == 0 else 0)["hours"]).partition(":")
    assert int(hours) * 60 + int(rest) == (minutes if minutes % 15 == 0 else 0)


@given(st.dates(), st.sampled_from(sorted(available_timezones())), st.integers(0, 23))
def test_a_day_is_the_same_in_every_zone_and_hour(day: date, zone: str, hour: int) -> None:
    moment = datetime(2026, 3, 8, hour, tzinfo=UTC).astimezone(ZoneInfo(zone))
    assert written(day=day)["day"] == day.isoformat()
    back = datetime.fromisoformat(str(written(instant=moment)["instant"]))
    assert back == moment
    assert back.utcoffset() == timedelta(0)


WRONG: dict[str, tuple[RestValue, str]] = {
    "number": (True, "takes a number"),
    "boolean": ("T", "takes yes or no"),
    "day": (datetime(2026, 3, 8, tzinfo=UTC), "takes a day"),
    "instant": (datetime(2026, 3, 8), "takes a moment with its zone"),  # noqa: DTZ001 - that it has none is the point
    "reference": (5, "takes a text"),
    "text": ("bell \x07", "U+0007"),
    "hours": (Decimal("0.33"), "19.80 minutes"),
    "choice": ("_noTime", "takes one of"),
    "lines": ("x", "takes lines"),
    "nickname": ("x", "no such field"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_does_not_fit_is_refused_with_its_field(name: str) -> None:
    value, reason = WRONG[name]
    with pytest.raises(UnwritableValueError, match=reason.replace("+", r"\+")) as refused:
        WRITER.write({name: value})
    assert refused.value.field == name


def test_a_line_is_named_by_its_number() -> None:
    lines = ({"memo": "fine"}, {"amount": Decimal("NaN")})
    with pytest.raises(UnwritableValueError, match="no number") as refused:
        rest_writer_of("expenseReport").write({"expenseList": lines})
    assert refused.value.field == "expenseList line 2, amount"


@pytest.mark.parametrize(
    ("location", "found"),
    [
        ("https://1.suitetalk.api.netsuite.com/services/rest/record/v1/timeBill/4001", "4001"),
        ("https://x/services/rest/record/v1/account/-5/", "-5"),
        ("https://x/services/rest/record/v1/timeBill/eid:sb_1", ""),
        ("https://x/login?id=7", ""),
        ("", ""),
    ],
)
def test_an_id_is_read_from_a_location_that_ends_with_one(location: str, found: str) -> None:
    assert located_id(Response(status=204, headers={"location": location})) == found


def test_whole_records_are_told_by_path() -> None:
    item = {
        "links": [{"rel": "self", "href": "https://x/invoice/9"}], "id": "9", "memo": None, "total": 20.5, "isPaid": False,
        "entity": {"links": [], "id": "7", "refName": "Zed"},
        "item": {"links": [], "items": [{"line": 1, "amount": 100, "item": {"id": "12", "refName": "Consulting"}}], "totalResults": 1},
        "address": {"links": [], "city": "Łódź"},
    }  # fmt: skip
    (told,) = read_documents(json.dumps({"items": [item], "hasMore": False}).encode()).values()
    assert told == {
        "id": "9", "total": "20.5", "isPaid": "false", "entity": "7", "address.city": "Łódź",
        "item[1].line": "1", "item[1].amount": "100", "item[1].item": "12",
    }  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b"[]", b'{"items":[{"memo":"x"}]}', b'{"items":[{"id":7}]}', b'{"items":[{"id":"7","id":"8"}]}', b'{"items":[{"id":"7","a":' + b'{"a":' * 40 + b"1" + b"}" * 42 + b"]}"],
)  # fmt: skip
def test_what_is_no_page_of_records_is_refused(body: bytes) -> None:
    with pytest.raises(UnreadableJsonError):
        read_documents(body)


@given(st.recursive(st.one_of(st.none(), st.booleans(), st.text(max_size=4)), lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["id", "items", "links", "memo"]), inner, max_size=3)))  # fmt: skip
def test_hostile_records_are_told_or_refused_and_nothing_else(value: object) -> None:
    with contextlib.suppress(UnreadableJsonError):
        found = read_documents(json.dumps({"items": [value]}).encode())
        assert all(isinstance(text, str) for told in found.values() for text in told.values())


@pytest.mark.parametrize("ids", [[], ["1"] * 101, ["1&limit=5"], ["../x"]])
def test_an_address_of_whole_records_takes_ids_and_nothing_else(ids: list[str]) -> None:
    with pytest.raises(ValueError, match="internal ids"):
        document_address("invoice", ids)
