"""Pages of record collections, reference §5.5: limit, offset, links and what is on the page.

Refuses to know how a filter is written.
"""

from __future__ import annotations

from urllib.parse import urlencode

from aiohttp import web

from netsuite_simulator.criteria import Condition, UnknownCriterionError
from netsuite_simulator.faces.rest.documents import Document, Writer, link
from netsuite_simulator.faces.rest.entrance import Visit
from netsuite_simulator.faces.rest.filters import FilterError, read_filter
from netsuite_simulator.faces.rest.problems import ProblemError
from netsuite_simulator.schemas.fields import RecordType
from netsuite_simulator.values import is_internal_id

LARGEST_PAGE = 1_000
MOST_PAGES = 1_000


def bounds(request: web.Request) -> tuple[int, int]:
    """Read limit and offset; the offset is a multiple of the limit, and there are at most 1,000 pages."""
    limit = _number(request, "limit", LARGEST_PAGE)
    offset = _number(request, "offset", 0)
    if not 1 <= limit <= LARGEST_PAGE:
        detail = f"Invalid query parameter value. The limit is between 1 and {LARGEST_PAGE}."
        raise ProblemError(400, "INVALID_PARAMETER", detail, parameter="limit")
    if offset % limit:
        detail = "Invalid query parameter value. The offset is divisible by the limit."
        raise ProblemError(400, "INVALID_PARAMETER", detail, parameter="offset")
    if offset // limit >= MOST_PAGES:
        detail = f"Invalid query parameter value. There are at most {MOST_PAGES} pages."
        raise ProblemError(400, "INVALID_PARAMETER", detail, parameter="offset")
    return limit, offset


def _number(request: web.Request, name: str, default: int) -> int:
    text = request.query.get(name)
    if text is None:
        return default
    if not text.isascii() or not text.isdecimal() or len(text) > 9:
        detail = f"Invalid query parameter value. '{text}' is no whole number."
        raise ProblemError(400, "INVALID_PARAMETER", detail, parameter=name)
    return int(text)


def page_links(address: str, others: dict[str, str], *, limit: int, offset: int, total: int) -> list[Document]:
    """Build the links of a page: self, and those of its neighbors that exist."""

    def at(start: int) -> str:
        return f"{address}?{urlencode({**others, 'limit': limit, 'offset': start})}"

    last = (total - 1) // limit * limit if total else 0
    links = [link("self", at(offset))]
    if offset > 0:
        links += [link("first", at(0)), link("previous", at(offset - limit))]
    if offset + limit < total:
        links += [link("next", at(offset + limit)), link("last", at(last))]
    return links


def _where(request: web.Request, visit: Visit, record_type: RecordType) -> list[Condition]:
    where: list[Condition] = []
    text = request.query.get("q")
    if text:
        try:
            where.append(read_filter(record_type, text, visit.account.zone))
        except FilterError as error:
            raise ProblemError(400, "INVALID_PARAMETER", str(error), parameter="q") from error
    ids = request.query.get("ids")
    if ids:
        numbers = [one.strip() for one in ids.split(",")]
        if not all(is_internal_id(one) for one in numbers):
            raise ProblemError(400, "INVALID_PARAMETER", "Invalid query parameter value.", parameter="ids")
        where.append(("id", "in", numbers))
    return where


def page(request: web.Request, visit: Visit, record_type: RecordType, writer: Writer) -> Document:
    """Return one page of a record collection: ids and links, or whole records where they are asked."""
    limit, offset = bounds(request)
    has_records = request.query.get("expandRecords", "false").lower() == "true"
    try:
        found, total = visit.account.search(
            record_type.name,
            [*visit.account.seen_by(visit.login, record_type.name), *_where(request, visit, record_type)],
            limit=limit,
            offset=offset,
            lines=has_records and writer.expands,
        )
    except UnknownCriterionError as error:
        raise ProblemError(400, "INVALID_PARAMETER", f"Invalid search query: {error}.", parameter="q") from error
    address = f"{writer.href}/{record_type.name}"
    items: list[Document] = (
        [writer.record(record) for record in found]
        if has_records
        else [{"links": [link("self", f"{address}/{record.id}")], "id": record.id} for record in found]
    )
    others = {name: value for name, value in request.query.items() if name not in ("limit", "offset")}
    return page_of(items, address, others, limit=limit, offset=offset, total=total)


def page_of(
    items: list[Document], address: str, others: dict[str, str], *, limit: int, offset: int, total: int
) -> Document:
    """Write a page of a collection, reference §5.5."""
    return {
        "links": page_links(address, others, limit=limit, offset=offset, total=total),
        "count": len(items),
        "hasMore": offset + limit < total,
        "items": items,
        "offset": offset,
        "totalResults": total,
    }
