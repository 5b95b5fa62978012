"""Operations that search: search, searchMoreWithId, and those that only sessions had (reference §4.6, §4.15).

A page is found anew each time it is asked for, so rows may shift while data change, as they do in NetSuite.
"""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from netsuite_simulator.criteria import UnknownCriterionError
from netsuite_simulator.faces.soap.calls import Call
from netsuite_simulator.faces.soap.conditions import CriterionRefusedError
from netsuite_simulator.faces.soap.criteria import SearchRequest, read_search
from netsuite_simulator.faces.soap.memory import Search
from netsuite_simulator.faces.soap.pages import pages_for, read_page_size, refuse_index
from netsuite_simulator.faces.soap.plans import completed, followed_by, main_line, plans_of
from netsuite_simulator.faces.soap.repeating import Found, find_by_line, find_with_followers
from netsuite_simulator.faces.soap.rows import Group, columns_of, write_row
from netsuite_simulator.faces.soap.statuses import StatusDetail, add_status
from netsuite_simulator.values import WrongKindError


def search(call: Call) -> None:
    """Answer the first page, with the searchId that the others are asked by."""
    request = read_search(call.body)
    result = etree.SubElement(call.answer.message("searchResponse"), call.answer.core + "searchResult")
    page_size = read_page_size(call.preferences)
    if isinstance(page_size, StatusDetail):
        add_status(call.answer, result, page_size)
        return
    found = search_of(call, request, page_size)
    search_id = call.answer.document_id
    if answer_page(call, result, found, search_id, index=1):
        call.memory.keep_search(search_id, found, call.now())


def search_of(call: Call, request: SearchRequest, page_size: int) -> Search:
    """Return a search as the request's preferences want it."""
    return Search(
        request=request,
        page_size=page_size,
        body_fields_only=call.preferences.body_fields_only,
        with_columns=call.preferences.return_search_columns,
    )


def search_more_with_id(call: Call) -> None:
    """Answer one page of an earlier search; INVALID_JOB_ID where it is unknown or has expired."""
    search_id = call.text("searchId")
    result = etree.SubElement(call.answer.message("searchMoreWithIdResponse"), call.answer.core + "searchResult")
    found = call.memory.search(search_id, call.now())
    if found is None:
        message = f"The searchId {search_id} is unknown or was not used for 15 minutes. Search again."
        add_status(call.answer, result, StatusDetail(code="INVALID_JOB_ID", message=message))
        return
    answer_page(call, result, found, search_id, index=call.whole_number("pageIndex"))


def search_in_session(call: Call) -> None:
    """Refuse searchMore and searchNext: they go on with the search of a session, which tokens do not have (§2.8)."""
    result = etree.SubElement(call.answer.message(f"{call.operation}Response"), call.answer.core + "searchResult")
    message = f"{call.operation} needs a session. With a tokenPassport send searchMoreWithId and the searchId."
    add_status(call.answer, result, StatusDetail(code="INVALID_SEARCH_MORE", message=message))


def answer_page(call: Call, result: etree._Element, found: Search, search_id: str, *, index: int) -> bool:
    """Write one page into `result`; False where the search was refused."""
    answer = call.answer
    try:
        request = completed(call, found.request)
        columns = columns_of(call, request) if found.with_columns else ()
        results, total = _find(call, found, request, index, columns)
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
    if results and columns:
        rows = etree.SubElement(result, answer.core + "searchRowList")
        for one in results:
            write_row(call, rows, request.search_type, columns, one)
    elif results:
        _write_records(call, result, results, with_lists=not found.body_fields_only)
    return True


def _write_records(call: Call, result: etree._Element, results: list[Found], *, with_lists: bool) -> None:
    container = etree.SubElement(result, call.answer.core + "recordList")
    pen = call.pen([one.record for one in results])
    for one in results:
        call.write(pen, container, call.answer.core + "record", one.record, with_lists=with_lists)


def _find(
    call: Call, found: Search, request: SearchRequest, index: int, columns: Sequence[Group]
) -> tuple[list[Found], int]:
    """Search type by type and cut the page out of their sequence."""
    plans = plans_of(call, request)
    on_main = main_line(request.criteria)
    by_line = request.search_type == "TransactionSearch" and on_main is not True
    followed = followed_by(call, request, [one.join for one in columns if one.join is not None])
    start = (index - 1) * found.page_size
    results: list[Found] = []
    total = 0
    for plan in plans:
        room, skipped = found.page_size - len(results), max(start - total, 0)
        if by_line:
            part, count = find_by_line(
                call.account, plan.shape.type, plan.where, main_line=on_main, limit=room, offset=skipped
            )
        elif followed:
            part, count = find_with_followers(
                call.account, plan.shape.type, plan.where, followed, limit=room, offset=skipped
            )
        else:
            records, count = call.account.search(
                plan.shape.type.name, plan.where, limit=room, offset=skipped, lines=not found.body_fields_only
            )
            part = [Found(record=one) for one in records]
        results.extend(part)
        total += count
    refuse_index(index, pages_for(total, found.page_size))
    return results, total
