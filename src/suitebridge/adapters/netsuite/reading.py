"""Reads through SuiteQL: one page at a time, again where an answer was cut or unreadable, and as records at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo

from suitebridge.adapters.netsuite import suiteql as queries
from suitebridge.adapters.netsuite.conversing import Carried, Line, carry, is_held_back
from suitebridge.adapters.netsuite.decoding import RowReader, UnreadableRowError, read_pairs
from suitebridge.adapters.netsuite.faults import Refusal, Turn, rest_refusal
from suitebridge.adapters.netsuite.tables import place_of
from suitebridge.adapters.netsuite.telling import Purpose, error_of, problem_of_refusal, problem_of_unsent
from suitebridge.adapters.transport import Answer, NotSent, RequestMaker, Uncertain
from suitebridge.domain.errors import Problem
from suitebridge.ports.netsuite import Page, ReadRequest
from suitebridge.wire.rest import suiteql
from suitebridge.wire.rest.json import UnreadableJsonError

_TRIES = 3
_VALUES_PER_QUERY = 1000
_PAGES_PER_QUERY = 100
_AGAIN = frozenset({Turn.BROKEN, Turn.UNREADABLE})


def ask_now(line: Line) -> str:
    """Give NetSuite's present time as a change stamp."""
    (page,) = ask(line, [queries.ASK_NOW], what="the present time", limit=1)
    now = page.rows[0].get(queries.NOW) if page.rows else None
    if not isinstance(now, str):
        raise _unreadable(line, "NetSuite did not say what time it is")
    return now


def fetch(line: Line, request: ReadRequest, zone: tzinfo) -> Page:
    """Read one page of records."""
    selection = queries.select_page(request, zone)
    (page,) = ask(line, [selection.query], what=place_of(request.record_type).schema.plural, limit=request.limit)
    try:
        records = RowReader(request.record_type, selection, zone).read(page.rows)
    except UnreadableRowError as error:
        raise _unreadable(line, str(error)) from error
    return Page(records=records, is_last=not page.has_more)


def find_ids(
    line: Line, record_type: str, field: str, values: Sequence[str], zone: tzinfo
) -> Mapping[str, tuple[str, ...]]:
    """Give internal ids by the value of a field, for values that some record has; several questions go at a time."""
    what = place_of(record_type).schema.plural
    wanted = list(dict.fromkeys(value for value in values if value))
    parts = [wanted[start : start + _VALUES_PER_QUERY] for start in range(0, len(wanted), _VALUES_PER_QUERY)]
    after = dict.fromkeys(range(len(parts)), "")
    found: dict[str, list[str]] = {}
    for _ in range(_PAGES_PER_QUERY):
        if not after:
            return {value: tuple(ids) for value, ids in found.items()}
        asked = [
            queries.select_ids(record_type, field, parts[index], after_id=last, zone=zone)
            for index, last in after.items()
        ]
        pages = ask(line, asked, what=what, limit=suiteql.ROW_LIMIT)
        for index, page in zip(tuple(after), pages, strict=True):
            pairs = _pairs(line, page)
            for id_, value in pairs:
                found.setdefault(value, []).append(id_)
            if page.has_more and pairs:
                after[index] = pairs[-1][0]
            else:
                del after[index]
    raise _unreadable(
        line, f"More than {_PAGES_PER_QUERY} pages of {what} carry the values of {field} that were asked for"
    )


def ask(line: Line, asked: Sequence[suiteql.Query], *, what: str, limit: int) -> list[suiteql.SuiteQLPage]:
    """Ask queries at once, and again up to three times in all where an answer was lost; raise for what stays unanswered."""
    pages: dict[int, suiteql.SuiteQLPage] = {}
    lost: Problem | None = None
    for _ in range(_TRIES):
        waiting = [index for index in range(len(asked)) if index not in pages]
        if not waiting:
            break
        makers: list[RequestMaker] = [line.query(asked[index], limit) for index in waiting]
        carried = carry(line, makers)
        # What held others back comes first: it is the reason that the reader should see.
        for index, answer in sorted(zip(waiting, carried.answers, strict=True), key=lambda one: is_held_back(one[1])):
            read = _read(line, answer, carried, what)
            if isinstance(read, Problem):
                lost = read
            else:
                pages[index] = read
    if lost is not None and len(pages) < len(asked):
        raise error_of(lost)
    return [pages[index] for index in range(len(asked))]


def purpose_of(line: Line, what: str) -> Purpose:
    """Say what a query was for."""
    return Purpose(
        account=line.credentials.account.value,
        host=line.host,
        what=f"{what} through SuiteQL",
        permission=f"View for {what}, REST Web Services and SuiteAnalytics Workbook",
    )


def _read(line: Line, answer: Answer, carried: Carried, what: str) -> suiteql.SuiteQLPage | Problem:
    """Read an answer as a page, or as the problem of a lost one; raise where asking again does not help."""
    if carried.stopped is not None:
        raise carried.stopped
    purpose = purpose_of(line, what)
    match answer:
        case NotSent():
            raise error_of(problem_of_unsent(answer, purpose))
        case Uncertain(reason=reason):
            return Problem(code="NS-OUT-002", facts={"said": f"No complete answer came from {line.host}: {reason}."})
        case _:
            refusal = rest_refusal(answer)
            if refusal is None:
                try:
                    return suiteql.read_page(answer.body)
                except UnreadableJsonError as error:
                    refusal = Refusal(turn=Turn.UNREADABLE, said=f"{error} ({answer.media_type or 'no content type'})")
            problem = problem_of_refusal(refusal, purpose)
            if refusal.turn not in _AGAIN:
                raise error_of(problem)
            return problem


def _pairs(line: Line, page: suiteql.SuiteQLPage) -> list[tuple[str, str]]:
    try:
        return read_pairs(page.rows, queries.ID, queries.VALUE)
    except UnreadableRowError as error:
        raise _unreadable(line, str(error)) from error


def _unreadable(line: Line, said: str) -> Exception:
    return error_of(Problem(code="NS-OUT-002", facts={"said": f"{line.host} answered what cannot be used: {said}."}))
