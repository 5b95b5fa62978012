"""Records as JSON and back: what is read can be written again, and nothing is lost on the way."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from simulator.tests.firms import Firm, small_firm

from netsuite_simulator.account import Account, Written
from netsuite_simulator.faces.answers import JsonError, json_bytes, read_json
from netsuite_simulator.faces.rest.documents import Writer, hours_text, read_body, rest_name
from netsuite_simulator.faces.rest.problems import ProblemError
from netsuite_simulator.schemas import RECORD_TYPES
from netsuite_simulator.schemas.fields import Field, Kind

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)
# What an account computes of them (quantity, rate, tax, total) stays within the fifteen digits that its storage keeps.
CENTS = st.decimals(min_value=-(10**9), max_value=10**9, places=2)
PERCENT = st.decimals(min_value=0, max_value=100, places=2)
VALUES: dict[Kind, st.SearchStrategy[object]] = {
    Kind.TEXT: TEXTS,
    Kind.INTEGER: st.integers(min_value=-(2**53), max_value=2**53),
    Kind.DECIMAL: CENTS,
    Kind.BOOLEAN: st.booleans(),
    Kind.DATE: st.dates(min_value=date(1900, 1, 1)),
    Kind.INSTANT: st.integers(min_value=0, max_value=2**32).map(lambda second: datetime.fromtimestamp(second, UTC)),
    Kind.DURATION: st.integers(min_value=0, max_value=4 * 10_000).map(lambda quarters: Decimal(quarters) / 4),
    Kind.REFERENCE: st.integers(min_value=-10, max_value=10**6).map(str),
    Kind.REFERENCES: st.lists(st.integers(min_value=1, max_value=99).map(str), min_size=1, max_size=3).map(tuple),
}


def value_of(field: Field) -> st.SearchStrategy[object]:
    if field.kind is Kind.CHOICE:
        return st.sampled_from([choice.id for choice in field.choices])
    if field.kind is Kind.TEXT and field.name == "rate":  # shares a column that keeps numbers
        return st.integers(min_value=0, max_value=10_000).map(str)
    if field.kind is Kind.DECIMAL and field.name.startswith("taxRate"):
        return PERCENT
    if field.kind is Kind.LINES:
        assert field.lines is not None
        row = st.fixed_dictionaries(
            {}, optional={one.name: value_of(one) for one in field.lines.fields if one.name != "line"}
        )
        return st.lists(row.map(dict), min_size=1, max_size=2).map(numbered(field))
    if field.subrecord is not None:
        parts = {one.name: value_of(one) for one in field.subrecord.fields}
        return st.fixed_dictionaries({}, optional=parts).map(dict)
    return VALUES[field.kind]


def numbered(field: Field) -> Callable[[list[dict[str, object]]], list[dict[str, object]]]:
    assert field.lines is not None
    has_numbers = any(one.name == "line" for one in field.lines.fields)

    def number(rows: list[dict[str, object]]) -> list[dict[str, object]]:
        return [row | {"line": position} if has_numbers else row for position, row in enumerate(rows, start=1)]

    return number


@pytest.fixture(scope="module")
def shared_account() -> Iterator[Account]:
    """An account that all examples write into."""
    account = Account()
    yield account
    account.storage.close()


@pytest.mark.parametrize("type_name", RECORD_TYPES)
@settings(max_examples=20)
@given(data=st.data())
def test_what_is_read_can_be_written_again(shared_account: Account, type_name: str, data: st.DataObject) -> None:
    record_type = RECORD_TYPES[type_name]
    values = data.draw(st.fixed_dictionaries({}, optional={one.name: value_of(one) for one in record_type.fields}))
    first = shared_account.get(type_name, internal_id=shared_account.add(type_name, **cast(Any, values)).id)
    assert first is not None
    document = read_json(json_bytes(Writer(account=shared_account, href="http://x", expands=True).record(first)))
    body = read_body(record_type, document)
    assert body.unknown == []
    second = shared_account.get(type_name, internal_id=shared_account.add(type_name, **cast(Any, body.values)).id)
    assert second is not None
    assert second.values == first.values


@given(st.integers(min_value=0, max_value=10**6))
def test_hours_are_written_to_the_minute(minutes: int) -> None:
    text = hours_text(Decimal(minutes) / 60)
    hours, _, rest = text.partition(":")
    assert int(hours) * 60 + int(rest) == minutes
    assert len(rest) == 2


@given(st.binary(max_size=50))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    try:
        document = read_json(content)
    except JsonError:
        return
    with contextlib.suppress(ProblemError):  # any other error fails
        read_body(RECORD_TYPES["invoice"], document)


JUNK: st.SearchStrategy[object] = st.sampled_from(
    [
        *(None, "", "x", "\0", 0, -1, 1.5, 10**30, 1e30, True, [], {}),
        *({"id": None}, {"id": [1]}, {"id": "9" * 30}, {"externalId": 5}, {"items": {}}, {"items": [None]}),
        *("0001-01-01", "9999-12-31", "NaN", "99:99", "1e400"),
    ]
)
PLAUSIBLE: st.SearchStrategy[object] = st.sampled_from(
    [{"id": "1"}, {"id": "3"}, "2026-03-03", "2026-03-03T00:00:00Z", "1:30", 1, 2.5, "abc", False]
)


def json_of(field: Field) -> st.SearchStrategy[object]:
    if field.subrecord is not None:
        parts = {rest_name(one): json_of(one) for one in field.subrecord.fields}
        return st.one_of(st.fixed_dictionaries({}, optional=parts), JUNK)
    if field.kind is not Kind.LINES or field.lines is None:
        return st.one_of(PLAUSIBLE, PLAUSIBLE, JUNK)
    row = st.fixed_dictionaries({}, optional={rest_name(one): json_of(one) for one in field.lines.fields})
    return st.one_of(st.fixed_dictionaries({"items": st.lists(row, max_size=2)}), JUNK)


@pytest.fixture(scope="module")
def shared_firm() -> Iterator[Firm]:
    """A small firm that all examples write into."""
    firm = small_firm(Account())
    yield firm
    firm.account.storage.close()


@pytest.mark.parametrize("type_name", RECORD_TYPES)
@settings(max_examples=40)
@given(data=st.data())
def test_no_document_breaks_a_write(shared_firm: Firm, type_name: str, data: st.DataObject) -> None:
    account, record_type = shared_firm.account, RECORD_TYPES[type_name]
    fields = {rest_name(one): json_of(one) for one in record_type.fields}
    required = {rest_name(one): fields.pop(rest_name(one)) for one in record_type.fields if one.required}
    document = data.draw(st.fixed_dictionaries(required, optional=fields))
    try:
        values = read_body(record_type, document).values
    except ProblemError:
        return
    for result in (
        account.create(type_name, values),
        account.upsert(type_name, values, external_id="same", replace_lists=False),
        account.update(type_name, values, internal_id="1"),
    ):
        if isinstance(result, Written):
            stored = account.get(type_name, internal_id=result.id)
            assert stored is not None
            json_bytes(Writer(account=account, href="http://x", expands=True).record(stored))
