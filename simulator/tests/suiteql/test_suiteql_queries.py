"""What queries answer: each construct once, with the value it must give."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest

from netsuite_simulator.account import Account
from netsuite_simulator.schemas.fields import Field, Kind
from netsuite_simulator.suiteql import Page, QueryError, Suiteql
from netsuite_simulator.suiteql.queries import compile_text

from .conftest import NOW, Ask, furnished, written

ONE_VALUE = [
    ("1 + 2 * 3", "7"),
    ("1 / 4", "0.25"),
    ("0.1 + 0.2", "0.3"),
    ("-(2 - 5)", "3"),
    ("MOD(7, 3)", "1"),
    ("ROUND(2.345, 2)", "2.35"),
    ("TRUNC(2.349, 2)", "2.34"),
    ("CEIL(1.2) + FLOOR(1.8)", "3"),
    ("ABS(-4.50)", "4.5"),
    ("'a' || NULL || 'b'", "ab"),
    ("CONCAT('it''s', ' ok')", "it's ok"),
    ("UPPER('größe')", "GRößE".replace("ö", "Ö")),
    ("LOWER('ŁÓDŹ')", "łódź"),
    ("SUBSTR('abcdef', 0, 2)", "ab"),
    ("SUBSTR('abcdef', -2)", "ef"),
    ("TRIM('  x ') || LTRIM(' y') || RTRIM('z ')", "xyz"),
    ("LPAD('7', 3, '0') || RPAD('x', 3, '-')", "007x--"),
    ("REPLACE('a-b-c', '-', NULL)", "abc"),
    ("LENGTH('Łódź')", "4"),
    ("INSTR('abc', 'c')", "3"),
    ("NVL(NULL, 'x')", "x"),
    ("NVL2('', 1, 2)", "2"),
    ("COALESCE(NULL, NULL, 5)", "5"),
    ("DECODE(NULL, NULL, 'none', 'some')", "none"),
    ("DECODE(3, 1, 'a', 2, 'b', 'other')", "other"),
    ("CASE WHEN 1 = 1 AND NOT (2 > 3 OR 1 IS NULL) THEN 'yes' ELSE 'no' END", "yes"),
    ("CASE 2 WHEN 1 THEN 'one' WHEN 2 THEN 'two' END", "two"),
    ("GREATEST(3, 9, 4) - LEAST(3, 9, 4)", "6"),
    ("TO_NUMBER('12.50')", "12.5"),
    ("TO_CHAR(12.50)", "12.5"),
    ("CAST('12' AS NUMBER) + CAST(1 AS NUMBER)", "13"),
    ("CAST(15 AS VARCHAR(10)) || '!'", "15!"),
    ("SYSDATE", "5/18/2026"),
    ("TO_CHAR(SYSDATE, 'YYYY-MM-DD HH24:MI:SS')", "2026-05-18 10:30:15"),
    ("TO_CHAR(CURRENT_DATE, 'FMMonth')", "MAY"),
    ("SYSDATE - 18", "4/30/2026"),
    ("1 + SYSDATE", "5/19/2026"),
    ("TO_DATE('2026-03-01', 'YYYY-MM-DD') - TO_DATE('2026-02-01', 'YYYY-MM-DD')", "28"),
    ("TO_CHAR(TO_TIMESTAMP('2026-03-01 13:05:09.25', 'YYYY-MM-DD HH24:MI:SSxFF'), 'HH12:MI:SS AM Q')", "01:05:09 PM 1"),
    ("TO_CHAR(TO_DATE('01-FEB-26', 'DD-MON-RR'), 'DY D DDD')", "SUN 1 032"),
    ("TO_CHAR(DATE '2026-02-03', '\"week\" IW')", "week 06"),
    ("TO_CHAR(TIMESTAMP '2026-02-03 04:05:06', 'MI')", "05"),
    ("TO_CHAR(TO_DATE('2/3/2026 4:05 PM'), 'YYYY-MM-DD HH24:MI')", "2026-02-03 16:05"),
    ("ADD_MONTHS(TO_DATE('2026-01-31', 'YYYY-MM-DD'), 1)", "2/28/2026"),
    ("LAST_DAY(TO_DATE('2028-02-05', 'YYYY-MM-DD'))", "2/29/2028"),
    ("TRUNC(SYSDATE, 'MM')", "5/1/2026"),
    ("EXTRACT(YEAR FROM SYSDATE) + EXTRACT(HOUR FROM SYSDATE)", "2036"),
]


@pytest.mark.parametrize(("expression", "value"), ONE_VALUE, ids=[expression for expression, _ in ONE_VALUE])
def test_an_expression_has_its_value(ask: Ask, expression: str, value: str) -> None:
    assert ask(f"SELECT {expression} AS x FROM DUAL") == [{"x": value}]


def test_items_are_texts_in_lower_case_without_nulls(page: Callable[..., Page]) -> None:
    found = page(
        "SELECT ID, EntityID, isInactive, creditlimit, lastmodifieddate, externalid, fax FROM Customer WHERE id = 101"
    )
    assert written(found) == [
        {
            "links": [],
            "id": "101",
            "entityid": "Alder & Sons",
            "isinactive": "F",
            "creditlimit": "1000.5",
            "lastmodifieddate": "12/31/2025",  # 07:59:58 UTC on January 1st is still the year before in Los Angeles
            "externalid": "CRM-101",
        }
    ]


def ids(rows: list[dict[str, object]]) -> list[object]:
    return [row["id"] for row in rows]


CONDITIONS = [
    ("lastmodifieddate >= TO_TIMESTAMP('2026-01-02 23:59:58', 'YYYY-MM-DD HH24:MI:SS')", ["103", "104", "105"]),
    ("lastmodifieddate > TO_DATE('2026-01-03', 'YYYY-MM-DD')", ["104", "105"]),
    ("lastmodifieddate BETWEEN '1/1/2026' AND '1/2/2026 11:59 PM'", ["102"]),
    ("lastmodifieddate = TO_TIMESTAMP('2025-12-31 23:59:58.000', 'YYYY-MM-DD HH24:MI:SSxFF')", ["101"]),
    ("TRUNC(lastmodifieddate) = TO_DATE('2026-01-01', 'YYYY-MM-DD')", ["102"]),
    ("entityid LIKE 'A%'", ["101"]),
    ("LOWER(entityid) LIKE 'alder%'", ["101", "103"]),
    ("entityid NOT LIKE '%a%'", ["101", "104", "105"]),
    ("entityid LIKE '%100!%' ESCAPE '!'", ["104"]),
    ("entityid LIKE '_''Brien_1'", ["105"]),
    ("entityid = 'alder west'", ["103"]),
    ("entityid = ''", []),
    ("id IN (101, '103') AND isinactive = 'F'", ["101"]),
    ("id NOT IN (SELECT customer FROM job)", ["104", "105"]),
    ("EXISTS (SELECT 1 FROM job j WHERE j.customer = customer.id AND j.startdate > TO_DATE('5/1/2026', 'MM/DD/YYYY'))", ["102", "103"]),
    ("creditlimit IS NULL AND searchstage <> 'Lead'", ["102", "103", "104"]),
    ("creditlimit IS NOT NULL OR id > 104", ["101", "105"]),
    ("NOT (id BETWEEN 102 AND 105)", ["101"]),
    ("NVL(isinactive, 'F') = 'F' AND id <= 102", ["101", "102"]),
    ("currency = (SELECT id FROM currency WHERE symbol = 'EUR')", ["104", "105"]),
    ("ROWNUM <= 2", ["101", "102"]),
    ("id > 101 AND ROWNUM < 3", ["102", "103"]),
]  # fmt: skip


@pytest.mark.parametrize(("condition", "expected"), CONDITIONS, ids=[condition for condition, _ in CONDITIONS])
def test_a_condition_chooses_its_rows(ask: Ask, condition: str, expected: list[str]) -> None:
    assert ids(ask(f"SELECT id FROM customer WHERE {condition} ORDER BY id")) == expected


def test_parameters_are_bound_in_the_order_of_the_text(ask: Ask) -> None:
    query = """SELECT id, ? AS mark FROM (SELECT id, entityid FROM customer WHERE id > ?) -- what about this?
        WHERE entityid LIKE ? AND id < ? AND '?' = '?'"""
    assert ask(query, "m", "100", "%e%", 104) == [
        {"id": "101", "mark": "m"},
        {"id": "102", "mark": "m"},
        {"id": "103", "mark": "m"},
    ]


def test_a_key_set_walks_a_table_page_by_page(ask: Ask) -> None:
    seen: list[object] = []
    query = (
        "SELECT id, TO_CHAR(lastmodifieddate, 'YYYY-MM-DD HH24:MI:SS') AS changed FROM customer"
        " WHERE lastmodifieddate >= TO_TIMESTAMP(?, 'YYYY-MM-DD HH24:MI:SS') AND id > ? ORDER BY id"
    )
    while rows := ask(query, "2025-12-01 00:00:00", seen[-1] if seen else "0", limit=2):
        seen += ids(rows)
    assert seen == ["101", "102", "103", "104", "105"]


def test_joins_keep_or_drop_rows_without_partner(ask: Ask) -> None:
    inner = "SELECT c.id, j.entityid FROM customer c JOIN job j ON j.customer = c.id WHERE c.id > 101 ORDER BY j.id"
    assert ask(inner)[0] == {"id": "102", "entityid": "P202"}
    outer = "SELECT c.id, j.id AS job FROM customer c LEFT OUTER JOIN job j ON j.customer = c.id ORDER BY 1, 2"
    assert ask(outer)[-1] == {"id": "105"}
    assert len(ask("SELECT c.id FROM customer c, subsidiary s")) == 10


def test_groups_are_counted_summed_and_filtered(ask: Ask) -> None:
    query = """SELECT BUILTIN.DF(j.customer) AS name, COUNT(*) AS n, SUM(estimatedtime) AS hours, MIN(startdate) first,
        MAX(j.lastmodifieddate), AVG(estimatedtime) FROM job j GROUP BY BUILTIN.DF(j.customer)
        HAVING COUNT(DISTINCT j.id) >= 2 ORDER BY n DESC, name"""
    assert ask(query)[0] == {
        "name": "Alder & Sons",
        "n": "2",
        "hours": "7.5",
        "first": "1/15/2026",
        "expr5": "3/1/2026",
        "expr6": "7.5",
    }
    assert ask("SELECT COUNT(*) AS n, SUM(creditlimit) AS s FROM customer WHERE id < 0") == [{"n": "0"}]
    assert ids(ask("SELECT DISTINCT currency AS id FROM customer ORDER BY 1")) == ["1", "2"]


def test_display_texts(ask: Ask) -> None:
    query = """SELECT BUILTIN.DF(currency) AS c, BUILTIN.DF(entitystatus) AS s, BUILTIN.DF(isinactive) AS i,
        BUILTIN.DF(entityid) AS e, BUILTIN.DF(creditlimit) AS l FROM customer WHERE id = 101"""
    expected = {"c": "US Dollar", "s": "CUSTOMER-Closed Won", "i": "No", "e": "Alder & Sons", "l": "1000.5"}
    assert ask(query) == [expected]
    assert ask("SELECT subsidiary, BUILTIN.DF(subsidiary) AS names FROM department") == [
        {"subsidiary": "1, 2", "names": "Parent, Child"}
    ]
    assert ask("SELECT BUILTIN.DF(jobbillingtype) AS b, BUILTIN.DF(parent) AS p FROM job WHERE id = 201") == [
        {"b": "Time and Materials", "p": "Alder & Sons"}
    ]


def test_nulls_order_as_in_oracle(ask: Ask) -> None:
    assert ids(ask("SELECT id FROM customer ORDER BY creditlimit, id"))[0] == "101"
    assert ids(ask("SELECT id FROM customer ORDER BY creditlimit DESC, id"))[-1] == "101"
    assert ids(ask("SELECT id FROM customer ORDER BY creditlimit DESC NULLS LAST, id"))[0] == "101"


def test_a_constant_orders_nothing(ask: Ask) -> None:
    assert ask("SELECT 7 AS seven, id FROM customer ORDER BY seven, -(2), id DESC FETCH FIRST 1 ROWS ONLY") == [
        {"seven": "7", "id": "105"}
    ]


def test_paging_by_change_date_needs_no_sorting(account: Account) -> None:
    """The column is compared bare and no NULL is possible, so its index gives the order."""
    query = (
        "SELECT id FROM customer WHERE lastmodifieddate >= TO_TIMESTAMP(?, 'YYYY-MM-DD') ORDER BY lastmodifieddate, id"
    )
    sql = compile_text(query, account.tables).sql
    plan = account.connection.execute(f"EXPLAIN QUERY PLAN {sql}", {"p1": "2026-01-01"}).fetchall()
    assert [step[3].split(" (")[0] for step in plan] == ["SEARCH t1 USING COVERING INDEX modified_customer"]


def test_row_limits(ask: Ask, page: Callable[..., Page]) -> None:
    assert ids(ask("SELECT id FROM customer ORDER BY id OFFSET 1 ROWS FETCH NEXT 2 ROWS ONLY")) == ["102", "103"]
    assert ids(ask("SELECT id FROM customer ORDER BY id DESC FETCH FIRST ? ROWS ONLY", 1)) == ["105"]
    assert ids(ask("SELECT id FROM (SELECT id FROM customer ORDER BY id DESC) WHERE ROWNUM = 1")) == ["105"]
    assert ids(ask("SELECT id FROM customer WHERE ROWNUM <= 2 ORDER BY id DESC")) == ["102", "101"]
    assert ask("SELECT ROWNUM AS n, id FROM customer WHERE id = 104") == [{"n": "1", "id": "104"}]
    found = page("SELECT id FROM customer ORDER BY id FETCH FIRST 3 ROWS ONLY", limit=2, offset=2)
    assert (ids(written(found)), found.total, found.has_more) == (["103"], 3, False)


def test_set_operations_and_with(ask: Ask) -> None:
    union = "SELECT id, 'c' AS kind FROM currency UNION ALL SELECT id, 's' FROM subsidiary ORDER BY 2 DESC, id"
    assert [tuple(row.values()) for row in ask(union)][:3] == [("1", "s"), ("2", "s"), ("1", "c")]
    assert ids(ask("SELECT id FROM currency MINUS SELECT currency FROM customer")) == ["3"]
    assert ids(ask("SELECT id FROM currency INTERSECT SELECT id FROM subsidiary ORDER BY 1")) == ["1", "2"]
    mixed = "SELECT startdate AS d FROM job WHERE id = 201 UNION SELECT NULL FROM DUAL UNION SELECT SYSDATE FROM DUAL"
    assert ask(f"{mixed} ORDER BY 1") == [{"d": "1/15/2026"}, {"d": "5/18/2026"}, {}]
    with_query = (
        "WITH big AS (SELECT customer, COUNT(*) AS n FROM job GROUP BY customer) SELECT c.id, big.n FROM customer c"
    )
    assert ask(f"{with_query} JOIN big ON big.customer = c.id WHERE ROWNUM <= 1") == [{"id": "101", "n": "2"}]


def test_star_names_every_visible_column(ask: Ask, account: Account) -> None:
    [row] = ask("SELECT c.* FROM customer c WHERE id = 101")
    assert row["entityid"] == "Alder & Sons"
    assert row.keys() <= {column.name for column in account.tables["customer"].visible}
    assert not [name for name in row if name.startswith("x_")]
    twice = ask("SELECT c.id, j.id, 1 AS links FROM customer c JOIN job j ON j.customer = c.id WHERE j.id = 201")
    assert twice == [{"id": "101", "id_1": "201", "links_1": "1"}]


def test_views_show_entities_and_subsidiaries(ask: Ask) -> None:
    assert ask("SELECT type, COUNT(*) AS n FROM entity WHERE id BETWEEN 101 AND 206 GROUP BY type ORDER BY type") == [
        {"type": "CustJob", "n": "5"},
        {"type": "Job", "n": "6"},
    ]
    assert ask("SELECT subsidiary FROM customersubsidiaryrelationship WHERE entity = 101") == [{"subsidiary": "1"}]


def test_a_deletion_shows_in_its_table(account: Account, ask: Ask) -> None:
    account.add("vendor", internal_id=901, entityId="Gone", companyName="Gone", subsidiary="1")
    account.delete("vendor", internal_id="901")
    query = "SELECT recordid, scriptid, name, TO_CHAR(deleteddate, 'YYYY-MM-DD HH24:MI:SS') AS at FROM deletedrecord"
    assert ask(query) == [{"recordid": "901", "scriptid": "vendor", "name": "Gone", "at": "2026-05-18 10:30:15"}]


def test_a_custom_field_is_a_column_from_then_on(account: Account, ask: Ask) -> None:
    query = "SELECT custentity_rank FROM contact"
    with pytest.raises(QueryError, match="Field 'custentity_rank' for record 'contact' was not found"):
        ask(query)
    field = Field(name="custentity_rank", kind=Kind.INTEGER, column="custentity_rank", label="Rank")
    account.add_custom_field(["contact"], field)
    account.add("contact", entityId="Ada", custentity_rank=7)
    assert ask(query) == [{"custentity_rank": "7"}]


def test_another_zone_and_date_format() -> None:
    other = Account()
    other.add("currency", internal_id=1, name="Rupee", symbol="INR", lastModifiedDate=NOW)
    engine = Suiteql(other.connection, zone=ZoneInfo("Asia/Kolkata"), date_format="DD.MM.YYYY")
    query = "SELECT lastmodifieddate AS d, TO_CHAR(lastmodifieddate, 'HH24:MI') AS t FROM currency WHERE lastmodifieddate > '17.05.2026'"
    assert written(engine.page(query, tables=other.tables, now=NOW)) == [{"links": [], "d": "18.05.2026", "t": "23:00"}]
    # Without a zone of its own a time is the user's, and in UTC it is what REST tells of it.
    query = "SELECT TO_CHAR(SYS_EXTRACT_UTC(TO_TIMESTAMP('2026-05-18 23:00', 'YYYY-MM-DD HH24:MI')), 'HH24:MI') AS t, TO_CHAR(SYS_EXTRACT_UTC(lastmodifieddate), 'HH24:MI') AS u FROM currency"
    assert written(engine.page(query, tables=other.tables, now=NOW)) == [{"links": [], "t": "17:30", "u": "17:30"}]
    with pytest.raises(QueryError, match="takes a time"):
        engine.page("SELECT SYS_EXTRACT_UTC('now') AS t FROM currency", tables=other.tables, now=NOW)


def test_pages_beyond_a_key_are_counted_anew_only_where_they_differ() -> None:
    """Clients go on from the last id they saw: each page is a new text, and says how many rows are beyond it."""
    account = furnished()
    engine = Suiteql(account.connection, zone=account.zone)

    def total(text: str) -> int:
        return engine.page(text, tables=account.tables, now=NOW, limit=1).total

    query = "SELECT id FROM customer WHERE id > {} ORDER BY id"
    assert [total(query.format(key)) for key in (0, 101, 103, 102, 105, 101)] == [5, 4, 2, 3, 0, 4]
    account.add("customer", internal_id=106, entityId="New", companyName="New", subsidiary="1")
    assert [total(query.format(key)) for key in (103, 104)] == [3, 2]
    others = {
        "SELECT c.id FROM customer c WHERE c.id >= 103 AND c.isinactive = 'F'": 3,
        "SELECT id FROM customer WHERE id < 103": 2,
        "SELECT COUNT(*) AS n FROM customer WHERE id > 103": 1,
        "SELECT DISTINCT currency FROM customer WHERE id > 100": 2,
        "SELECT c.id FROM customer c JOIN job j ON j.customer = c.id WHERE c.id > 0": 6,
        "SELECT id FROM customer WHERE id > 101 FETCH FIRST 2 ROWS ONLY": 2,
    }
    assert {text: total(text) for text in others} == others
    account.close()


def test_a_refused_query_is_told_as_it_came(ask: Ask) -> None:
    with pytest.raises(QueryError, match="column 44"):
        ask("SELECT id FROM customer WHERE id > 100 ORDER ORDER")
