"""Runs compiled queries on an account's tables, page by page.

Queries that came before are not compiled again. Only SELECT reaches SQLite: the compiler writes nothing else, and the
connection refuses to write while one runs. Knows no HTTP and no role: who may see which tables is an argument.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from netsuite_simulator.suiteql.errors import QueryError, invalid
from netsuite_simulator.suiteql.functions import US_DAY, Functions, number_text
from netsuite_simulator.suiteql.masks import writer
from netsuite_simulator.suiteql.pieces import Form, Piece
from netsuite_simulator.suiteql.queries import Compiled, compile_text
from netsuite_simulator.suiteql.rows import Show, rows_of
from netsuite_simulator.suiteql.shaping import Shape, shape_of
from netsuite_simulator.tables import Table

PAGE_ROWS: Final = 1_000  # reference §5.11
QUERY_ROWS: Final = 100_000  # beyond it, SuiteAnalytics Connect or a key in WHERE
SMALL_ROWS = 2 * QUERY_ROWS  # SQLite counts twice as fast where it need not stop (measured)
REMEMBERED_QUERIES = 512
REMEMBERED_COUNTS = 256
REMEMBERED_DAYS = 50_000
STEPS_BETWEEN_CHECKS = 1_000_000  # of SQLite's virtual machine
MOST_CHECKS = 1_000  # some fifteen seconds: a join of everything with everything ends here

Parameter = str | int | float | bool | None
Bound = str | int | float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page: `items` are written as JSON objects of texts, without the columns that are NULL."""

    items: list[msgspec.Struct]
    offset: int
    total: int

    @property
    def has_more(self) -> bool:
        """Whether another page follows."""
        return self.offset + len(self.items) < self.total


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """A compiled query, the statement of its pages, and what turns columns that SQLite leaves as they are into text."""

    compiled: Compiled
    statement: str
    names: tuple[str, ...]
    shows: Mapping[int, Show]


class Suiteql:
    """Answers the queries of one account."""

    def __init__(self, connection: sqlite3.Connection, *, zone: ZoneInfo, date_format: str = US_DAY) -> None:
        self.zone = zone
        self._connection = connection
        self._functions = Functions(zone=zone, date_format=date_format)
        self._functions.register(connection)
        self._write_day = writer(date_format)
        self._plans: OrderedDict[tuple[str, frozenset[tuple[str, int, str | None]]], _Plan] = OrderedDict()
        self._counts: OrderedDict[tuple[str, tuple[Bound, ...]], tuple[object, int]] = OrderedDict()
        self._reached: dict[str, tuple[object, int, int]] = {}  # how many rows were beyond which key
        self._days: dict[str, str] = {}
        self._hours: dict[str, str] = {}

    def page(
        self,
        query: str,
        parameters: Sequence[Parameter] = (),
        *,
        tables: Mapping[str, Table],
        now: datetime,
        limit: int = PAGE_ROWS,
        offset: int = 0,
    ) -> Page:
        """Answer one page of a query over `tables`; `now` is what SYSDATE says. It raises `QueryError`."""
        plan, shape = (self._plan(query, tables), None) if parameters else self._shaped(query, tables)
        parameters = parameters if shape is None else (shape.key,)
        given = _bindings(plan.compiled, parameters)
        values: dict[str, Bound] = {**given, "now": self._functions.now(now)}
        own_limit = _rows(plan.compiled.limit, given, QUERY_ROWS)
        own_offset = _rows(plan.compiled.offset, given, 0)
        most = min(own_limit, QUERY_ROWS)
        wanted = max(min(limit, most - offset), 0)
        with self._reading():
            rows = self._fetch(plan.statement, {**values, "page_rows": wanted, "page_start": own_offset + offset})
            is_last = len(rows) < wanted and (bool(rows) or offset == 0)  # nothing is left to be counted
            total = offset + len(rows) if is_last else self._total(plan.compiled, values, most, own_offset, shape)
        return Page(items=rows_of(rows, plan.names, plan.shows), offset=offset, total=total)

    def _shaped(self, query: str, tables: Mapping[str, Table]) -> tuple[_Plan, Shape | None]:
        """Find the plan of a query; those that differ by the key they go on from share one."""
        shape = shape_of(query)
        if shape is not None:
            with contextlib.suppress(QueryError):  # which is told of the query as it came
                return self._plan(shape.query, tables), shape
        return self._plan(query, tables), None

    def _plan(self, query: str, tables: Mapping[str, Table]) -> _Plan:
        """Compile a query, or find it compiled for the same tables and rows with as many columns: those are only ever added."""
        key = (query, frozenset((name, len(table.columns), table.restriction) for name, table in tables.items()))
        plan = self._plans.get(key)
        if plan is None:
            plan = self._plans[key] = self._planned(compile_text(query, tables))
            if len(self._plans) > REMEMBERED_QUERIES:
                self._plans.popitem(last=False)
        self._plans.move_to_end(key)
        return plan

    def _planned(self, compiled: Compiled) -> _Plan:
        """Let SQLite itself write the numbers of bare columns as text, where the select list may be written anew."""
        shows = [(name, self._show(piece)) for name, piece in compiled.outputs]
        core = compiled.core
        if compiled.tail is not None:
            texts = [_written_by_sqlite(piece) for _, piece in compiled.outputs]
            shows = [(name, None if text else show) for (name, show), text in zip(shows, texts, strict=True)]
            columns = [text or piece.sql for (_, piece), text in zip(compiled.outputs, texts, strict=True)]
            core = f"SELECT {', '.join(columns)}{compiled.tail}"
        return _Plan(
            compiled=compiled,
            statement=f"{core}{compiled.order} LIMIT :page_rows OFFSET :page_start",
            names=tuple(name for name, _ in shows),
            shows={place: show for place, (_, show) in enumerate(shows) if show is not None},
        )

    def _total(
        self, compiled: Compiled, values: Mapping[str, Bound], most: int, skipped: int, shape: Shape | None
    ) -> int:
        """Count the rows of a query; a count holds until something is written."""
        key = (compiled.core, (most, skipped, *values.values()))
        # A restored snapshot changes no row that SQLite counts, but moves its schema's version.
        state = (self._connection.total_changes, self._fetch("PRAGMA schema_version", {})[0][0])
        if compiled.table is not None and not skipped and self._is_small(compiled.table, state):
            counting = f"SELECT COUNT(*){compiled.tail}"
            if shape is not None and shape.is_alone:
                return min(self._beyond(counting, shape.key, values, state), most)
            return self._counted(key, state, lambda: min(self._number(counting, values), most))
        counting = f"SELECT COUNT(*) FROM ({compiled.counted or compiled.core} LIMIT {most} OFFSET {skipped})"  # noqa: S608
        return self._counted(key, state, lambda: self._number(counting, values))

    def _beyond(self, counting: str, key: int, values: Mapping[str, Bound], state: object) -> int:
        """Count the rows beyond a key: where those beyond a smaller one are known, only the ones between are counted."""
        known = self._reached.get(counting)
        if known is None or known[0] != state or known[1] > key:
            total = self._number(counting, values)
        else:
            between = f'{counting} AND t1."id" <= :reached'
            total = known[2] - self._number(between, {**values, "p1": known[1], "reached": key})
        if len(self._reached) >= REMEMBERED_COUNTS:
            self._reached.clear()
        self._reached[counting] = (state, key, total)
        return total

    def _is_small(self, table: str, state: object) -> bool:
        """Say whether to count all of a table's rows is quicker than to stop at the most that may be answered."""
        counting = f"SELECT COUNT(*) FROM {table}"  # noqa: S608 - the schema's own name
        return self._counted((table, ()), state, lambda: self._number(counting, {})) <= SMALL_ROWS

    def _counted(self, key: tuple[str, tuple[Bound, ...]], state: object, count: Callable[[], int]) -> int:
        """Count, or recall what was counted under the key in the same state."""
        known = self._counts.get(key)
        if known is not None and known[0] == state:
            self._counts.move_to_end(key)
            return known[1]
        total = count()
        self._counts[key] = (state, total)
        if len(self._counts) > REMEMBERED_COUNTS:
            self._counts.popitem(last=False)
        return total

    def _number(self, sql: str, values: Mapping[str, Bound]) -> int:
        return int(str(self._fetch(sql, values)[0][0]))

    def _fetch(self, sql: str, values: Mapping[str, Bound]) -> list[tuple[object, ...]]:
        self._functions.trouble = None
        try:
            cursor = self._connection.cursor()
            cursor.row_factory = None
            return cursor.execute(sql, values).fetchall()
        except (sqlite3.Error, OverflowError) as error:
            if self._functions.trouble is not None:
                raise self._functions.trouble from error
            reason = "the query takes too long; join on keys, or ask for less" if str(error) == "interrupted" else error
            raise invalid(f"Search error occurred: {reason}.") from error

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Refuse writes, and end a query that never would."""
        checks = iter(range(MOST_CHECKS))
        self._connection.execute("PRAGMA query_only = ON")
        self._connection.set_progress_handler(lambda: next(checks, None) is None, STEPS_BETWEEN_CHECKS)
        try:
            yield
        finally:
            self._connection.set_progress_handler(None, 0)
            self._connection.execute("PRAGMA query_only = OFF")

    def _show(self, piece: Piece) -> Show | None:
        match piece.form:
            case Form.TEXT | Form.FLAG:
                return None
            case Form.NUMBER | Form.OPEN:
                return _plain
            case Form.MOMENT:
                return self._show_moment
            case Form.DAY | Form.LOCAL:
                return self._show_local

    def _show_local(self, text: object) -> str:
        """Show a date in the account's format; without TO_CHAR the time of day is not shown (reference §5.11)."""
        day = str(text)[:10]
        shown = self._days.get(day)
        if shown is None:
            if len(self._days) >= REMEMBERED_DAYS:
                self._days.clear()
            shown = self._days[day] = self._write_day(datetime.fromisoformat(day))
        return shown

    def _show_moment(self, utc: object) -> str:
        text = str(utc)
        shown = self._hours.get(text[:13])
        if shown is None:
            local = self._functions.local(text)
            shown = self._show_local(local)
            if local[14:16] == text[14:16]:  # whole hours from UTC: all its minutes are of one day
                if len(self._hours) >= REMEMBERED_DAYS:
                    self._hours.clear()
                self._hours[text[:13]] = shown
        return shown


def _plain(value: object) -> str:
    return number_text(value) if isinstance(value, float) else str(value)


def _bindings(compiled: Compiled, parameters: Sequence[Parameter]) -> dict[str, Bound]:
    if len(parameters) != compiled.parameters:
        raise invalid(
            f"Invalid or unsupported search. The query has {compiled.parameters} parameters"
            f" and {len(parameters)} values were given."
        )
    return {f"p{number}": _bound(value) for number, value in enumerate(parameters, start=1)}


def _bound(value: Parameter) -> Bound:
    """Turn a JSON value into what the tables hold; Oracle takes an empty text for NULL."""
    if isinstance(value, bool):
        return "T" if value else "F"
    if value is None or isinstance(value, str | int | float):
        return None if value == "" else value
    raise invalid("Invalid or unsupported search. A parameter must be a text, a number, true, false or null.")


def _rows(wanted: int | str | None, given: Mapping[str, Bound], default: int) -> int:
    if wanted is None:
        return default
    value = given.get(wanted.removeprefix(":")) if isinstance(wanted, str) else wanted
    try:
        rows = int(str(value))
    except ValueError:
        raise invalid(f"Invalid or unsupported search. '{value}' is not a number of rows.") from None
    return max(rows, 0)


def _written_by_sqlite(piece: Piece) -> str | None:
    return f"CAST({piece.sql} AS TEXT)" if piece.form is Form.NUMBER and piece.column is not None else None
