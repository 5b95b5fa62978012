"""Operations that search: search and searchMoreWithId (reference §4.6, §4.15).

A page is found anew each time it is asked for, so rows may shift while data change, as they do in NetSuite.
"""

from __future__ import annotations

import datetime
from collections import OrderedDict
from dataclasses import dataclass, field

from lxml import etree

from netsuite_simulator.criteria import Condition, UnknownCriterionError
from netsuite_simulator.faces.soap.calls import Call, detail_of
from netsuite_simulator.faces.soap.conditions import CriterionRefusedError, Grounds, condition_of, is_known, truth_of
from netsuite_simulator.faces.soap.criteria import Criterion, SearchRequest, read_search
from netsuite_simulator.faces.soap.pages import pages_for, read_page_size, refuse_index
from netsuite_simulator.faces.soap.repeating import find_by_line
from netsuite_simulator.faces.soap.shapes import Shape
from netsuite_simulator.faces.soap.statuses import StatusDetail, add_status
from netsuite_simulator.faces.soap.writers import write_record
from netsuite_simulator.results import VIEW, permission_violation
from netsuite_simulator.shelves import Stored
from netsuite_simulator.values import WrongKindError

LIFE = datetime.timedelta(minutes=15)
SEARCHES_KEPT = 1_000  # the oldest are forgotten first

# Criteria that choose among the types a search finds, and not among their fields.
_SUBTYPES = {"serviceSaleItem": "_forSale", "servicePurchaseItem": "_forPurchase", "serviceResaleItem": "_forResale"}


@dataclass(slots=True, kw_only=True)
class Search:
    """A search that may be paged through."""

    request: SearchRequest
    page_size: int
    body_fields_only: bool
    used_at: datetime.datetime


@dataclass(slots=True)
class Searches:
    """The searches of one account by searchId, each for 15 minutes after its last use."""

    _by_id: OrderedDict[str, Search] = field(default_factory=OrderedDict)

    def keep(self, search_id: str, search: Search) -> None:
        """Remember a search, forgetting the oldest where there are too many."""
        self._by_id[search_id] = search
        while len(self._by_id) > SEARCHES_KEPT:
            self._by_id.popitem(last=False)

    def use(self, search_id: str, now: datetime.datetime) -> Search | None:
        """Return a search that still lives, and let it live on."""
        search = self._by_id.get(search_id)
        if search is None or now - search.used_at > LIFE:
            self._by_id.pop(search_id, None)
            return None
        search.used_at = now
        self._by_id.move_to_end(search_id)
        return search


def search(call: Call, searches: Searches) -> None:
    """Answer the first page, with the searchId that the others are asked by."""
    request = read_search(call.body)
    result = etree.SubElement(call.answer.message("searchResponse"), call.answer.core + "searchResult")
    page_size = read_page_size(call.preferences)
    if isinstance(page_size, StatusDetail):
        add_status(call.answer, result, page_size)
        return
    found = Search(
        request=request,
        page_size=page_size,
        body_fields_only=call.preferences.body_fields_only,
        used_at=call.now(),
    )
    search_id = call.answer.document_id
    if _answer_page(call, result, found, search_id, index=1):
        searches.keep(search_id, found)


def search_more_with_id(call: Call, searches: Searches) -> None:
    """Answer one page of an earlier search; INVALID_JOB_ID where it is unknown or has expired."""
    search_id = call.text("searchId")
    result = etree.SubElement(call.answer.message("searchMoreWithIdResponse"), call.answer.core + "searchResult")
    found = searches.use(search_id, call.now())
    if found is None:
        message = f"The searchId {search_id} is unknown or was not used for 15 minutes. Search again."
        add_status(call.answer, result, StatusDetail(code="INVALID_JOB_ID", message=message))
        return
    _answer_page(call, result, found, search_id, index=call.whole_number("pageIndex"))


def _answer_page(call: Call, result: etree._Element, found: Search, search_id: str, *, index: int) -> bool:
    """Write one page into `result`; False where the search was refused."""
    answer = call.answer
    try:
        records, total = _find(call, found, index)
    except CriterionRefusedError as refusal:
        add_status(answer, result, StatusDetail(code=refusal.code, message=refusal.message))
        return False
    except (UnknownCriterionError, WrongKindError) as error:
        add_status(answer, result, StatusDetail(code="INVALID_SEARCH_VALUE", message=f"Invalid search: {error}."))
        return False
    add_status(answer, result)
    for name, number in (
        ("totalRecords", total),
        ("pageSize", found.page_size),
        ("totalPages", pages_for(total, found.page_size)),
        ("pageIndex", index),
    ):
        etree.SubElement(result, answer.core + name).text = str(number)
    etree.SubElement(result, answer.core + "searchId").text = search_id
    if records:
        container = etree.SubElement(result, answer.core + "recordList")
        pen = call.pen(records)
        for stored in records:
            shape = call.catalog.by_name[stored.type.name]
            write_record(pen, container, answer.core + "record", shape, stored, with_lists=not found.body_fields_only)
    return True


def _find(call: Call, found: Search, index: int) -> tuple[list[Stored], int]:
    """Search type by type and cut the page out of their sequence."""
    plans = _plans(call, found.request)
    main_line = _main_line(found.request)
    by_line = found.request.search_type == "TransactionSearch" and main_line is not True
    start = (index - 1) * found.page_size
    records: list[Stored] = []
    total = 0
    for shape, where in plans:
        room, skipped = found.page_size - len(records), max(start - total, 0)
        if by_line:
            part, count = find_by_line(call.account, shape.type, where, main_line=main_line, limit=room, offset=skipped)
        else:
            part, count = call.account.search(
                shape.type.name, where, limit=room, offset=skipped, lines=not found.body_fields_only
            )
        records.extend(part)
        total += count
    refuse_index(index, pages_for(total, found.page_size))
    return records, total


def _main_line(request: SearchRequest) -> bool | None:
    """Return what the request says of main lines; None where it says nothing."""
    given = next((criterion for criterion in request.criteria if criterion.name == "mainLine"), None)
    return None if given is None else truth_of(given)


def _plans(call: Call, request: SearchRequest) -> list[tuple[Shape, list[Condition]]]:
    """Return which types to search, each with its conditions."""
    shapes = call.catalog.searched_by(request.search_type)
    if not shapes:
        raise CriterionRefusedError(
            code="INVALID_SEARCH_TYPE",
            message=f"The simulated account does not offer {request.search_type}. Basic searches of the record types it "
            "keeps are there; saved and advanced searches are not.",
        )
    if request.joins:
        raise CriterionRefusedError(
            code="INVALID_SEARCH_JOIN_ID",
            message=f"The simulated account does not offer the joins {', '.join(request.joins)} of {request.search_type}.",
        )
    allowed = [shape for shape in shapes if call.grants.may(shape.type.permission, VIEW)]
    if not allowed:
        refusal = detail_of(permission_violation(shapes[0].type.permission))
        raise CriterionRefusedError(code=refusal.code, message=refusal.message)
    _refuse_unknown(request, allowed)
    grounds = call.grounds()
    plans = [(shape, _conditions(shape, request, grounds)) for shape in allowed]
    return [(shape, conditions) for shape, conditions in plans if conditions is not None]


def _conditions(shape: Shape, request: SearchRequest, grounds: Grounds) -> list[Condition] | None:
    """Return what a record of the type must meet; None where no record of the type can."""
    conditions: list[Condition] = []
    for criterion in request.criteria:
        lets_in = _choice_of_type(shape, request.search_type, criterion)
        if lets_in is True:
            continue
        condition = None if lets_in is False else condition_of(shape.type, request.search_type, criterion, grounds)
        if condition is None:
            return None
        conditions.append(condition)
    return conditions


def _refuse_unknown(request: SearchRequest, shapes: list[Shape]) -> None:
    unknown = [
        criterion.name
        for criterion in request.criteria
        if not any(
            _choice_of_type(shape, request.search_type, criterion) is not None
            or is_known(shape.type, request.search_type, criterion)
            for shape in shapes
        )
    ]
    if unknown:
        raise CriterionRefusedError(
            code="INVALID_SEARCH_FIELD_NAME",
            message=f"The simulated account cannot search {request.search_type} by {', '.join(unknown)}.",
        )


def _choice_of_type(shape: Shape, search_type: str, criterion: Criterion) -> bool | None:
    """Tell whether a criterion on the kind of record lets this type in; None where it is no such criterion."""
    match search_type, criterion.name:
        case "TransactionSearch", "type":
            name = "_" + shape.type.name
        case "TransactionSearch", "mainLine":
            return True
        case "ItemSearch", "type":
            name = "_service"
        case "ItemSearch", "subType":
            name = _SUBTYPES[shape.type.name]
        case _:
            return None
    return (name in criterion.values) == (criterion.operator != "noneOf")
