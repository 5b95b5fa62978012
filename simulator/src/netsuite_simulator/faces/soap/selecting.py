"""getSelectValue: the values a select field may take, filtered, page by page (reference §4.6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lxml import etree

from netsuite_simulator.faces.soap.calls import Call, type_of
from netsuite_simulator.faces.soap.conditions import CriterionRefusedError
from netsuite_simulator.faces.soap.namespaces import split_tag
from netsuite_simulator.faces.soap.pages import page_of
from netsuite_simulator.faces.soap.references import add_reference, custom_type
from netsuite_simulator.faces.soap.soapfaults import malformed
from netsuite_simulator.faces.soap.statuses import StatusDetail, add_status
from netsuite_simulator.forming import DEPENDS, SELECTS, select_values
from netsuite_simulator.schemas.fields import Field, RecordType

PAGE_SIZE = 1000
_INCOMPLETE = "Results are incomplete. You must provide a value for field {}."


def get_select_value(call: Call) -> None:
    """List the values a select field may take: choices, or the records it may refer to."""
    answer = call.answer
    result = etree.SubElement(answer.message("getSelectValueResponse"), answer.core + "getSelectValueResult")
    description = call.child("fieldDescription")
    parts = {} if description is None else {split_tag(child.tag)[1]: child for child in description}
    field = _described(call, parts)
    if field is None:
        named = " of ".join(_text(parts, name) for name in ("field", "recordType"))
        message = f"The simulated account knows no select field {named}."
        add_status(answer, result, StatusDetail(code="INVALID_FLD", message=message))
        return
    chosen = _filters(parts.get("filterByValueList"))
    values = _filtered(select_values(call.account, field, chosen, call.grants), parts.get("filter"))
    try:
        page = page_of(values, max(call.whole_number("pageIndex"), 1), PAGE_SIZE)
    except CriterionRefusedError as refusal:
        add_status(answer, result, StatusDetail(code=refusal.code, message=refusal.message))
        return
    needed = DEPENDS.get(field.name, ("", ""))[0]
    warnings = []
    if needed and needed not in chosen:
        warnings.append(call.warning(StatusDetail(code="WARNING", message=_INCOMPLETE.format(needed))))
    add_status(answer, result, *warnings)
    if any(not one.is_warning for one in warnings):
        return
    etree.SubElement(result, answer.core + "totalRecords").text = str(page.total_items)
    etree.SubElement(result, answer.core + "totalPages").text = str(page.total_pages)
    listed = etree.SubElement(result, answer.core + "baseRefList")
    for internal_id, name in page.items:
        add_reference(answer, listed, answer.core + "baseRef", internal_id=internal_id, name=name)


def _text(parts: Mapping[str, etree._Element], name: str) -> str:
    return (parts[name].text or "").strip() if name in parts else ""


def _described(call: Call, parts: Mapping[str, etree._Element]) -> Field | None:
    record_type: RecordType | None = type_of(call, _text(parts, "recordType"))
    if record_type is None and "customRecordType" in parts:
        record_type = custom_type(call, parts["customRecordType"].get("internalId"), None)
    if record_type is None:
        return None
    fields: Sequence[Field] = record_type.fields
    if _text(parts, "sublist"):
        lists = {one.lines.soap_list: one.lines.fields for one in fields if one.lines is not None}
        fields = lists.get(_text(parts, "sublist"), ())
    return next((one for one in fields if one.name == _text(parts, "field") and one.kind in SELECTS), None)


def _filters(element: etree._Element | None) -> dict[str, str]:
    """Return the values given for other fields of the record, by field."""
    found = {}
    for one in element if element is not None else ():
        texts = {split_tag(child.tag)[1]: (child.text or "").strip() for child in one}
        found[texts.get("field", "")] = texts.get("internalId", "")
    return found


def _filtered(values: list[tuple[str, str]], element: etree._Element | None) -> list[tuple[str, str]]:
    """Keep the values whose name is, contains or starts with the text of a filter, whatever its case."""
    if element is None:
        return values
    wanted = next((one.text or "" for one in element if split_tag(one.tag)[1] == "filterValue"), "").casefold()
    match element.get("operator"):
        case "is":
            return [one for one in values if one[1].casefold() == wanted]
        case "contains":
            return [one for one in values if wanted in one[1].casefold()]
        case "startsWith":
            return [one for one in values if one[1].casefold().startswith(wanted)]
        case operator:
            raise malformed(f"org.xml.sax.SAXException: {operator!r} is no GetSelectValueFilterOperator")
