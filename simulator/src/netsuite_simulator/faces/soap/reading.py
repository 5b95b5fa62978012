"""Operations that read by id or by kind: get, getList, getAll, getDeleted (reference §4.6, §4.7)."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from netsuite_simulator.faces.soap.calls import Call, detail_of, not_found, not_kept
from netsuite_simulator.faces.soap.conditions import CriterionRefusedError, moment_bounds
from netsuite_simulator.faces.soap.criteria import Criterion, read_criteria
from netsuite_simulator.faces.soap.namespaces import XSI_TYPE
from netsuite_simulator.faces.soap.pages import Page, page_of, read_page_size
from netsuite_simulator.faces.soap.references import add_reference, read_referred
from netsuite_simulator.faces.soap.soapfaults import malformed, too_many_records
from netsuite_simulator.faces.soap.statuses import StatusDetail, add_status
from netsuite_simulator.faces.soap.times import show_instant
from netsuite_simulator.faces.soap.writers import Pen
from netsuite_simulator.results import VIEW, DeletedRecord, view_refusal
from netsuite_simulator.shelves import Stored

GET_LIMIT = 1000
RECORDS_LIMIT = 100_000


def get(call: Call) -> None:
    """Read one record with its sublists."""
    reference = call.child("baseRef")
    if reference is None:
        raise malformed("org.xml.sax.SAXException: get needs a baseRef")
    _read_into(call, call.pen(), call.answer.message("getResponse"), reference)


def get_list(call: Call) -> None:
    """Read records of any types, answered in the order asked."""
    references = [one for reference in call.children("baseRef") for one in _unwrapped(reference)]
    if not references:
        raise malformed("org.xml.sax.SAXException: getList needs at least one baseRef")
    limit = call.room(GET_LIMIT)
    if len(references) > limit:
        raise too_many_records(call.operation, limit, len(references))
    response = call.answer.message("getListResponse")
    responses = etree.SubElement(response, call.answer.messages + "readResponseList")
    add_status(call.answer, responses)
    pen = call.pen()
    for reference in references:
        _read_into(call, pen, responses, reference)


def _unwrapped(reference: etree._Element) -> list[etree._Element]:
    """Take references out of a GetListRequest in the place of one, as the Python client `netsuite` nests them.

    Assumed: its users report that NetSuite answers (jacobsvante/netsuite, issue 10).
    """
    is_request = reference.get(XSI_TYPE, "").rpartition(":")[2] == "GetListRequest"
    return [*reference] if is_request else [reference]


def _read_into(call: Call, pen: Pen, parent: etree._Element, reference: etree._Element) -> None:
    answer = call.answer
    response = etree.SubElement(parent, answer.messages + "readResponse")
    found = _find(call, reference)
    if isinstance(found, StatusDetail):
        add_status(answer, response, found)
        return
    add_status(answer, response)
    call.write(pen, response, answer.messages + "record", found)


def _find(call: Call, reference: etree._Element) -> Stored | StatusDetail:
    referred = read_referred(call, reference)
    record_type = referred.type
    if record_type is None:
        return not_kept(referred.type_name)
    refusal = view_refusal(record_type, call.grants)
    if refusal is not None:
        return detail_of(refusal)
    internal_id, external_id = referred.internal_id, referred.external_id
    stored = call.account.get(record_type.name, internal_id=internal_id, external_id=external_id)
    if stored is None:
        return not_found(record_type.name, internal_id or external_id or "", call.account.id)
    denial = call.account.denial(call.grants, record_type.name, stored.id)
    return stored if denial is None else detail_of(denial)


def get_all(call: Call) -> None:
    """Read every record of a type that has no search: of those, the account keeps currencies."""
    answer = call.answer
    record = call.child("record")
    name = "" if record is None else record.get("recordType", "")
    result = etree.SubElement(answer.message("getAllResponse"), answer.core + "getAllResult")
    shape = call.catalog.by_name.get(name)
    if shape is None or shape.type.soap_search is not None:
        add_status(answer, result, not_kept(name))
        return
    refusal = view_refusal(shape.type, call.grants)
    if refusal is not None:
        add_status(answer, result, detail_of(refusal))
        return
    stored, total = call.account.search(name, call.account.seen_by(call.grants, name), limit=RECORDS_LIMIT)
    add_status(answer, result)
    etree.SubElement(result, answer.core + "totalRecords").text = str(total)
    records = etree.SubElement(result, answer.core + "recordList")
    pen = call.pen()
    for one in stored:
        call.write(pen, records, answer.core + "record", one)


def get_deleted(call: Call) -> None:
    """List deletions, oldest first; types that DeletedRecordType lacks cannot be asked for."""
    call.require(
        "ADMI_DELETEDRECORD",
        VIEW,
        "Permission Violation: You need the 'Setup -> Deleted Records' permission to access this page. Please contact "
        "your account administrator.",
    )
    answer = call.answer
    result = etree.SubElement(answer.message("getDeletedResponse"), answer.core + "getDeletedResult")
    page_size = read_page_size(call.preferences)
    if isinstance(page_size, StatusDetail):
        add_status(answer, result, page_size)
        return
    try:
        deleted = _deleted(call)
        page = page_of(deleted, call.whole_number("pageIndex"), page_size)
    except CriterionRefusedError as refusal:
        add_status(answer, result, StatusDetail(code=refusal.code, message=refusal.message))
        return
    add_status(answer, result)
    _write_page_numbers(call, result, page)
    if page.items:
        _write_deleted(call, result, page.items)


def _write_page_numbers(call: Call, result: etree._Element, page: Page[DeletedRecord]) -> None:
    for name, number in (
        ("totalRecords", page.total_items),
        ("pageSize", page.size),
        ("totalPages", page.total_pages),
        ("pageIndex", page.index),
    ):
        etree.SubElement(result, call.answer.core + name).text = str(number)


def _write_deleted(call: Call, result: etree._Element, deleted: Sequence[DeletedRecord]) -> None:
    answer = call.answer
    records = etree.SubElement(result, answer.core + "deletedRecordList")
    for one in deleted:
        element = etree.SubElement(records, answer.core + "deletedRecord")
        etree.SubElement(element, answer.core + "deletedDate").text = show_instant(one.deleted_at)
        add_reference(
            answer,
            element,
            answer.core + "record",
            record_type=one.type,
            internal_id=one.id,
            external_id=one.external_id,
            name=one.name,
        )


def _deleted(call: Call) -> list[DeletedRecord]:
    element = call.child("getDeletedFilter")
    criteria = {} if element is None else {criterion.name: criterion for criterion in read_criteria(element)}
    names = [record_type.name for record_type in call.account.types.values() if record_type.in_deleted]
    if "type" in criteria:
        names = _deletable(call, criteria["type"], names)
    deleted = call.account.deleted(names, role=call.grants)
    date = criteria.get("deletedDate")
    if date is None:
        return deleted
    is_within = moment_bounds(date, call.grounds())
    return [one for one in deleted if is_within(one.deleted_at.replace(microsecond=0))]


def _deletable(call: Call, criterion: Criterion, names: list[str]) -> list[str]:
    asked = [value.strip() for value in criterion.values]
    kept = call.account.types
    unknown = [name for name in asked if name in kept and not kept[name].in_deleted]
    if unknown:
        raise CriterionRefusedError(
            code="INVALID_RCRD_TYPE", message=f"getDeleted does not report the record type {', '.join(unknown)}."
        )
    if criterion.operator == "noneOf":
        return [name for name in names if name not in asked]
    return [name for name in names if name in asked]
