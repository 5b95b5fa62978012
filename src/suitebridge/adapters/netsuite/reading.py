"""Reads through SuiteQL: one page at a time, again where an answer was cut or unreadable, and as records at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from suitebridge.adapters.netsuite import suiteql as queries
from suitebridge.adapters.netsuite.asking import ask_for, purpose_of, unreadable_answer
from suitebridge.adapters.netsuite.conversing import Line
from suitebridge.adapters.netsuite.decoding import RowReader, UnreadableRowError, read_pairs
from suitebridge.adapters.netsuite.tables import place_of
from suitebridge.adapters.netsuite.zoning import zone_of
from suitebridge.ports.netsuite import Page, ReadRequest
from suitebridge.wire.rest import suiteql

_VALUES_PER_QUERY = 1000
_PAGES_PER_QUERY = 100


def fetch(line: Line, request: ReadRequest) -> Page:
    """Read one page of records."""
    zone = zone_of(line)
    selection = queries.select_page(request, zone, line.types)
    (page,) = ask(
        line, [selection.query], what=place_of(request.record_type, line.types).schema.plural, limit=request.limit
    )
    try:
        records = RowReader(request.record_type, selection, zone).read(page.rows)
    except UnreadableRowError as error:
        raise unreadable_answer(line, str(error)) from error
    return Page(records=records, is_last=not page.has_more)


def find_ids(line: Line, record_type: str, field: str, values: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """Give internal ids by the value of a field, for values that some record has; several questions go at a time."""
    place = place_of(record_type, line.types)
    what = place.schema.plural
    wanted = list(dict.fromkeys(value for value in values if value))
    parts = [wanted[start : start + _VALUES_PER_QUERY] for start in range(0, len(wanted), _VALUES_PER_QUERY)]
    after = dict.fromkeys(range(len(parts)), "")
    found: dict[str, list[str]] = {}
    for _ in range(_PAGES_PER_QUERY):
        if not after:
            return {value: tuple(ids) for value, ids in found.items()}
        asked = [queries.select_ids(place, field, parts[index], after_id=last) for index, last in after.items()]
        pages = ask(line, asked, what=what, limit=suiteql.ROW_LIMIT)
        for index, page in zip(tuple(after), pages, strict=True):
            pairs = _pairs(line, page)
            for id_, value in pairs:
                found.setdefault(value, []).append(id_)
            if page.has_more and pairs:
                after[index] = pairs[-1][0]
            else:
                del after[index]
    raise unreadable_answer(
        line, f"More than {_PAGES_PER_QUERY} pages of {what} carry the values of {field} that were asked for"
    )


def ask(line: Line, asked: Sequence[suiteql.Query], *, what: str, limit: int) -> list[suiteql.SuiteQLPage]:
    """Ask queries at once, and again where an answer was lost; raise for what stays unanswered."""
    makers = [line.query(query, limit) for query in asked]
    return ask_for(line, makers, suiteql.read_page, purpose_of(line, what))


def _pairs(line: Line, page: suiteql.SuiteQLPage) -> list[tuple[str, str]]:
    try:
        return read_pairs(page.rows, queries.ID, queries.VALUE)
    except UnreadableRowError as error:
        raise unreadable_answer(line, str(error)) from error
