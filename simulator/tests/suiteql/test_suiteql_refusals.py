"""What queries are refused for, and that nothing but SELECT reaches the database."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest

from netsuite_simulator.account import Account
from netsuite_simulator.suiteql import Page, QueryError, Suiteql, execution
from netsuite_simulator.suiteql.parsing import LONGEST_QUERY

from .conftest import NOW, Ask, furnished, written

REFUSED = [
    ("SELECT id FROM nope", "Record 'nope' was not found."),
    ("SELECT id FROM sqlite_master", "Record 'sqlite_master' was not found."),
    ("SELECT id FROM x_external", "Record 'x_external' was not found."),
    ("SELECT foo FROM customer", "Field 'foo' for record 'customer' was not found."),
    ("SELECT c.foo FROM customer c JOIN job j ON 1 = 1", "Field 'foo' for record 'customer' was not found."),
    ("SELECT x_subsidiary FROM customer", "Field 'x_subsidiary' for record 'customer' was not found."),
    ("SELECT foo FROM customer c JOIN job j ON 1 = 1", "Unknown identifier 'foo'. Available identifiers are: {c=c, j=j}"),
    ("SELECT x.* FROM customer c", "Unknown identifier 'x'"),
    ("SELECT id FROM customer c JOIN job j ON 1 = 1", "ambiguous"),
    ("SELECT c.id FROM customer c JOIN job c ON 1 = 1", "used twice"),
    ("SELECT id, (SELECT j.entityid, j.id FROM job j) FROM customer", "exactly one column"),
    ("SELECT FROM customer", "SELECT list is empty"),
    ("SELECT 1", "FROM keyword not found"),
    ("SELEC id FROM customer", "other than SELECT"),
    ("WITH x AS (SELECT 1 FROM DUAL) DELETE FROM x", "not supported"),
    ("SELECT id FROM customer WHERE", "Syntax error in line 1, column 29"),
    ("SELECT id FROM customer WHERE id", "compare it with something"),
    ("SELECT id = 1 FROM customer", "A condition where a value is expected"),
    ("SELECT id FROM customer LIMIT 5", "row limit other than"),
    ("SELECT TOP 5 id FROM customer", "row limit other than"),
    ("SELECT id FROM customer FETCH FIRST 10 PERCENT ROWS ONLY", "row limit other than"),
    ("SELECT id FROM customer WHERE ROWNUM > 5", "ROWNUM other than"),
    ("SELECT id FROM customer WHERE ROWNUM < 5 OR id = 1", "ROWNUM other than"),
    ("SELECT COUNT(*) FROM customer WHERE ROWNUM < 5", "ROWNUM beside GROUP BY"),
    ("SELECT id FROM customer FOR UPDATE", "LOCKS"),
    ("SELECT id FROM customer c RIGHT JOIN job j ON j.customer = c.id", "RIGHT JOIN"),
    ("SELECT c.id FROM customer c LEFT JOIN job j", "needs ON"),
    ("SELECT c.id FROM customer c JOIN job j USING (id)", "USING"),
    ("SELECT c.id FROM customer c, job j WHERE c.id = j.customer(+)", "JOIN MARK"),
    ("SELECT id FROM main.customer", "DB"),
    ("SELECT id, COUNT(*) FROM customer", "'id' is not a GROUP BY expression"),
    ("SELECT COUNT(*) FROM customer GROUP BY currency ORDER BY id", "not a GROUP BY expression"),
    ("SELECT COUNT(*) FROM customer GROUP BY 1", "A constant in GROUP BY"),
    ("SELECT id FROM customer WHERE COUNT(*) > 1", "group function is not allowed in WHERE"),
    ("SELECT SUM(COUNT(*)) FROM customer", "holds another group function"),
    ("SELECT SUM(*) FROM customer", "means nothing"),
    ("SELECT id FROM customer ORDER BY 2", "ORDER BY item 2"),
    ("SELECT id FROM customer UNION SELECT id, name FROM currency", "different numbers of columns"),
    ("SELECT id FROM customer INTERSECT ALL SELECT id FROM job", "INTERSECT ALL"),
    ("SELECT ROW_NUMBER() OVER (ORDER BY id) FROM customer", "WINDOW"),
    ("SELECT load_extension('x') FROM DUAL", "'LOAD_EXTENSION' is not known"),
    ("SELECT ns_number('1') FROM DUAL", "'NS_NUMBER' is not known"),
    ("SELECT UPPER('a', 'b') FROM DUAL", "does not take 2 arguments"),
    ("SELECT SYS.DF(1) FROM DUAL", "'SYS.DF'"),
    ("SELECT TO_CHAR(1, '99') FROM DUAL", "TO_CHAR with a format"),
    ("SELECT TO_DATE('2026-13-01', 'YYYY-MM-DD') FROM DUAL", "no valid date"),
    ("SELECT TO_DATE('x', 'YYYY-MM-DD') FROM DUAL", "does not match the date format"),
    ("SELECT TO_DATE('x', 'YYYYNO') FROM DUAL", "is not recognized"),
    ("SELECT TO_NUMBER('one') FROM DUAL", "'one' is not a number"),
    ("SELECT id FROM customer WHERE id = 'one'", "'one' is not a number"),
    ("SELECT id FROM customer WHERE lastmodifieddate > '2026-01-01'", "does not match the date format"),
    ("SELECT id FROM customer WHERE isinactive > SYSDATE", "a date is expected"),
    ("SELECT id FROM customer WHERE id = :x", "named parameter"),
    ("SELECT id FROM customer WHERE id = ?", "has 1 parameters and 0 values"),
    ("SELECT [id] FROM customer", "not supported"),
    ("SELECT (1, 2) FROM DUAL", "TUPLE"),
    ("UPDATE customer SET email = 'x'", "other than SELECT"),
    ("DELETE FROM customer", "other than SELECT"),
    ("PRAGMA query_only = OFF", "other than SELECT"),
    ("ATTACH 'x' AS y", "other than SELECT"),
    ("SELECT id FROM customer; DROP TABLE customer", "Anything but one statement"),
    ("", "Anything but one statement"),
    (f"SELECT id FROM customer WHERE id IN ({', '.join(['1'] * 1001)})", "more than 1000 expressions"),
    (f"SELECT '{'x' * LONGEST_QUERY}' FROM DUAL", "characters"),
    (f"SELECT {'(' * 3000}1{')' * 3000} FROM DUAL", "nested this deeply"),
    ("SELECT 1 FROM " + "(SELECT 1 FROM " * 25 + "DUAL" + ")" * 25, "nested"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "reason"), REFUSED, ids=[query[:60] for query, _ in REFUSED])
def test_a_query_is_refused_with_its_reason(ask: Ask, query: str, reason: str) -> None:
    with pytest.raises(QueryError) as refused:
        ask(query)
    assert refused.value.detail.startswith("Invalid search query. Detailed unprocessed description follows.")
    assert reason in refused.value.detail


def test_a_literal_cannot_leave_its_quotes(ask: Ask) -> None:
    text = "'; DROP TABLE customer; --"
    assert ask("SELECT '" + text.replace("'", "''") + "' AS x FROM DUAL") == [{"x": text}]
    assert ask('SELECT 1 AS "a; b" FROM DUAL') == [{"a; b": "1"}]
    assert len(ask("SELECT id FROM customer")) == 5


def test_the_connection_refuses_to_write_while_a_query_runs(account: Account, engine: Suiteql) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"), engine._reading():
        account.connection.execute("DELETE FROM customer")
    account.connection.execute("UPDATE customer SET fax = NULL")


def test_every_compiled_statement_reads_only(account: Account, engine: Suiteql, page: Callable[..., Page]) -> None:
    """SQLite's own authorizer sees what the statements do."""
    seen: set[int] = set()

    def note(action: int, *_: object) -> int:
        seen.add(action)
        return sqlite3.SQLITE_OK

    account.connection.set_authorizer(note)
    try:
        page("SELECT c.id, BUILTIN.DF(c.currency), (SELECT COUNT(*) FROM job) FROM customer c ORDER BY UPPER(entityid)")
    finally:
        account.connection.set_authorizer(None)
    reading = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION}
    assert reading <= seen <= reading | {sqlite3.SQLITE_PRAGMA}


def test_a_query_that_never_ends_is_ended(page: Callable[..., Page], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(execution, "STEPS_BETWEEN_CHECKS", 1_000)
    monkeypatch.setattr(execution, "MOST_CHECKS", 3)
    tables = ", ".join(f"job j{number}" for number in range(8))
    with pytest.raises(QueryError, match="takes too long"):
        page(f"SELECT COUNT(*) FROM {tables} WHERE j1.id + j7.id > 0")


@pytest.mark.parametrize("small_rows", [0, 100])
def test_at_most_a_hundred_thousand_rows(
    page: Callable[..., Page], monkeypatch: pytest.MonkeyPatch, small_rows: int
) -> None:
    monkeypatch.setattr(execution, "QUERY_ROWS", 3)
    monkeypatch.setattr(execution, "SMALL_ROWS", small_rows)
    found = page("SELECT id FROM customer ORDER BY id", limit=2, offset=2)
    assert ([item["id"] for item in written(found)], found.total, found.has_more) == (["103"], 3, False)


def test_a_count_holds_until_something_is_written() -> None:
    account = furnished()
    engine = Suiteql(account.connection, zone=account.zone)

    def total(offset: int) -> int:
        return engine.page("SELECT id FROM subsidiary", tables=account.tables, now=NOW, limit=1, offset=offset).total

    assert (total(0), total(1)) == (2, 2)
    account.add("subsidiary", name="New", currency="1", country="US")
    assert total(0) == 3
    empty = Account().storage.snapshot()
    account.storage.restore(empty)
    assert total(0) == 0


def test_a_table_that_the_role_may_not_see_does_not_exist(account: Account, engine: Suiteql) -> None:
    tables = {name: table for name, table in account.tables.items() if name != "job"}
    assert engine.page("SELECT id FROM job", tables=account.tables, now=NOW).total == 6
    with pytest.raises(QueryError, match="Record 'job' was not found"):
        engine.page("SELECT id FROM job", tables=tables, now=NOW)
    with pytest.raises(QueryError, match="Record 'job' was not found"):
        engine.page("SELECT id FROM customer WHERE id IN (SELECT customer FROM job)", tables=tables, now=NOW)


@pytest.mark.parametrize("value", [[1], {"a": 1}])
def test_a_parameter_must_be_a_single_value(ask: Ask, value: object) -> None:
    with pytest.raises(QueryError, match="A parameter must be"):
        ask("SELECT ? AS x FROM DUAL", value)


def test_parameters_of_each_json_type(ask: Ask) -> None:
    query = "SELECT ? AS t, ? AS i, ? AS f, ? AS b, ? AS n, ? AS e FROM DUAL"
    assert ask(query, "x", 7, 2.50, True, None, "") == [{"t": "x", "i": "7", "f": "2.5", "b": "T"}]
    with pytest.raises(QueryError, match="is not a number of rows"):
        ask("SELECT id FROM customer FETCH FIRST ? ROWS ONLY", "many")


def test_names_of_columns(ask: Ask) -> None:
    query = 'SELECT id, id AS id_1, id, id AS links, id AS "größe m²" FROM customer WHERE id = 101'
    names = ["id", "id_1", "id_2", "links_1", "größe m²"]
    assert [*ask(query)[0]] == names
    for alias in ('"a"" b"', '"a\\b"', '"a\tb"'):
        with pytest.raises(QueryError, match="An alias with"):
            ask(f"SELECT id AS {alias} FROM customer")
