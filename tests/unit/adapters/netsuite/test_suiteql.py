"""SuiteQL as text, and conditions that mean in SQL what they mean in Python."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suitebridge.adapters.netsuite import suiteql
from suitebridge.adapters.netsuite.filtering import ConditionWriter
from suitebridge.adapters.netsuite.joining import Joins
from suitebridge.adapters.netsuite.tables import place_of
from suitebridge.domain.conditions import AllOf, AnyOf, Blank, Compare, Comparison, Condition, Not, OneOf, holds
from suitebridge.domain.errors import RunStoppedError
from suitebridge.domain.values import Value
from suitebridge.ports.netsuite import ReadRequest

ZONE = ZoneInfo("America/Los_Angeles")


def text_of(request: ReadRequest) -> tuple[str, tuple[str, ...]]:
    query = suiteql.select_page(request, ZONE).query
    return query.text, query.parameters


def test_a_page_in_order_of_id() -> None:
    request = ReadRequest(
        record_type="customer",
        fields=("entityId", "currency.symbol", "lastModifiedDate"),
        after_id="300",
        ids=("301", "305"),
    )
    text, parameters = text_of(request)
    assert text == (
        "SELECT r.id AS id, TO_CHAR(r.lastmodifieddate, 'YYYY-MM-DD HH24:MI:SS') AS stamp, r.entityid AS c0, j0.symbol AS c1, "
        "TO_CHAR(r.lastmodifieddate, 'YYYY-MM-DD HH24:MI:SS') AS c2 "
        "FROM customer r LEFT JOIN currency j0 ON j0.id = r.currency "
        "WHERE r.id IN (?, ?) AND r.id > ? ORDER BY r.id"
    )
    assert parameters == ("301", "305", "300")


def test_changes_since_a_stamp_are_asked_with_it() -> None:
    request = ReadRequest(record_type="employee", fields=(), changed_since="2026-05-01 10:00:00")
    text, parameters = text_of(request)
    assert "WHERE r.lastmodifieddate >= TO_TIMESTAMP(?, 'YYYY-MM-DD HH24:MI:SS') ORDER BY" in text
    assert parameters == ("2026-05-01 10:00:00",)


def test_a_type_without_change_date_is_read_whole() -> None:
    text, parameters = text_of(
        ReadRequest(record_type="expenseCategory", fields=("name",), changed_since="2026-05-01 10:00:00")
    )
    assert text == "SELECT r.id AS id, r.name AS c0 FROM expensecategory r ORDER BY r.id"
    assert parameters == ()


def test_documents_of_a_shared_table_are_told_apart() -> None:
    query = suiteql.select_ids(place_of("invoice"), "externalId", ["a", "b"], after_id="7")
    assert query.text == (
        "SELECT r.id AS id, r.externalid AS value FROM transaction r "
        "WHERE r.type = ? AND r.externalid IN (?, ?) AND r.id > ? ORDER BY r.id"
    )
    assert query.parameters == ("CustInvc", "a", "b", "7")


def test_a_reference_is_joined_once_however_often_it_is_followed() -> None:
    request = ReadRequest(
        record_type="job",
        fields=("parent.entityId", "parent.currency.symbol", "parent.email", "projectManager.email"),
        condition=Compare(path="parent.isInactive", comparison=Comparison.EQUAL, value=False),
    )
    text, parameters = text_of(request)
    assert text.count("LEFT JOIN customer") == 1
    assert text.count("LEFT JOIN currency") == 1
    assert text.count("LEFT JOIN employee") == 1
    assert parameters == ("F",)


def test_a_service_item_is_joined_as_an_item() -> None:
    text, _ = text_of(ReadRequest(record_type="timeBill", fields=("item.itemId", "customer.companyName")))
    assert "LEFT JOIN item j0 ON j0.id = r.item LEFT JOIN job j1 ON j1.id = r.customer" in text


@pytest.mark.parametrize(
    ("record_type", "field", "said"),
    [
        ("customer", "nickname", "has no field nickname"),
        ("invoice", "taxTotal", "cannot be read with SuiteQL"),
        ("customer", "email.domain", "points to no other record"),
        ("customer", "entityId; DROP TABLE x", "has no field"),
        ("invoice", "itemList", "cannot be read with SuiteQL"),
        ("vendor", "terms.name", "does not know how to read the NetSuite record type term"),
        ("unicorn", "name", "does not know how to read"),
    ],
)
def test_what_cannot_be_read_stops_the_run_with_a_remedy(record_type: str, field: str, said: str) -> None:
    with pytest.raises(RunStoppedError) as stopped:
        suiteql.select_page(ReadRequest(record_type=record_type, fields=(field,)), ZONE)
    assert said in stopped.value.problem.cause
    assert "Mapping" in stopped.value.problem.remedy


def test_lists_are_cut_to_what_oracle_takes() -> None:
    query = suiteql.select_ids(place_of("customer"), "entityId", [str(n) for n in range(2500)], after_id="")
    assert query.text.count(" IN (") == 3
    assert len(query.parameters) == 2500


def test_moments_are_asked_in_the_accounts_zone() -> None:
    moment = Compare(
        path="lastModifiedDate", comparison=Comparison.GREATER, value=datetime(2026, 7, 1, 19, 0, tzinfo=UTC)
    )
    text, parameters = text_of(ReadRequest(record_type="customer", fields=(), condition=moment))
    assert "r.lastmodifieddate > TO_TIMESTAMP(?, 'YYYY-MM-DD HH24:MI:SS')" in text
    assert parameters == ("2026-07-01 12:00:00",)


# Conditions against a table of every combination of blank and filled-in values.

TEXTS, AMOUNTS, DAYS = (
    ["a", "B", "ab"],
    [Decimal("-1.5"), Decimal(0), Decimal("2.25")],
    [date(2026, 1, 1), date(2026, 2, 1)],
)
ROWS: list[dict[str, Value]] = [
    {"memo": memo, "hours": hours, "tranDate": day, "isBillable": billable, "employee": memo and "7"}
    for memo in [None, *TEXTS]
    for hours in [None, *AMOUNTS]
    for day in [None, *DAYS]
    for billable in (True, False, None)
]


@pytest.fixture(scope="module")
def table() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.create_function("NVL", 2, lambda value, otherwise: otherwise if value is None else value)
        connection.create_function("TO_DATE", 2, lambda text, _: text)
        connection.execute(
            "CREATE TABLE timebill (id INTEGER, memo TEXT, hours NUMERIC, trandate TEXT, isbillable TEXT, employee INTEGER)"
        )
        for number, row in enumerate(ROWS):
            hours, day, billable = row["hours"], row["tranDate"], row["isBillable"]
            connection.execute(
                "INSERT INTO timebill VALUES (?, ?, ?, ?, ?, ?)",
                (
                    number,
                    row["memo"],
                    None if hours is None else float(str(hours)),
                    None if day is None else str(day),
                    None if billable is None else "FT"[bool(billable)],
                    row["employee"],
                ),
            )
        yield connection


def as_read(row: Mapping[str, Value]) -> dict[str, Value]:
    """Show a row as the gateway decodes it: a check box never touched is not checked."""
    return {**row, "isBillable": bool(row["isBillable"])}


samples = {
    "memo": st.sampled_from([None, *TEXTS, "b"]),
    "hours": st.sampled_from([None, *AMOUNTS, Decimal(1)]),
    "tranDate": st.sampled_from([None, *DAYS, date(2026, 1, 15)]),
    "isBillable": st.booleans(),
    "employee": st.sampled_from([None, "7", "8"]),
}
equalities = st.sampled_from([Comparison.EQUAL, Comparison.NOT_EQUAL])
comparisons = st.sampled_from(list(Comparison))


def compare_of(path: str) -> st.SearchStrategy[Condition]:
    kinds = equalities if path == "employee" else comparisons
    return st.builds(Compare, path=st.just(path), comparison=kinds, value=samples[path])


def one_of(path: str) -> st.SearchStrategy[Condition]:
    return st.builds(OneOf, path=st.just(path), values=st.lists(samples[path], max_size=3).map(tuple))


leaves: st.SearchStrategy[Condition] = st.sampled_from(sorted(samples)).flatmap(
    lambda path: st.one_of(compare_of(path), one_of(path), st.just(Blank(path=path)))
)
conditions_of_any_depth: st.SearchStrategy[Condition] = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(Not, condition=inner),
        st.builds(AllOf, conditions=st.lists(inner, max_size=3).map(tuple)),
        st.builds(AnyOf, conditions=st.lists(inner, max_size=3).map(tuple)),
    ),
    max_leaves=6,
)


@given(condition=conditions_of_any_depth)
def test_a_condition_means_the_same_in_sql_and_in_python(table: sqlite3.Connection, condition: Condition) -> None:
    joins = Joins(place_of("timeBill"))
    writer = ConditionWriter(joins, ZONE)
    where = writer.write(condition)
    found = table.execute(f"SELECT r.id {joins.clause()} WHERE {where}", writer.parameters)
    wanted = {number for number, row in enumerate(ROWS) if holds(condition, as_read(row))}
    assert {number for (number,) in found} == wanted
