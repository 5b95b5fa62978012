"""initialize and initializeList: a record made from another one, answered and not saved (reference §4.13).

Fields that both records have by the same name and kind travel, lines likewise; what the record is made for and from is
filled in. The client changes what it wants and sends the record with add.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lxml import etree

from netsuite_simulator.faces.soap.calls import Call, detail_of, not_found, not_kept
from netsuite_simulator.faces.soap.namespaces import split_tag
from netsuite_simulator.faces.soap.soapfaults import malformed, too_many_records
from netsuite_simulator.faces.soap.statuses import StatusDetail, add_status
from netsuite_simulator.faces.soap.writers import write_record
from netsuite_simulator.results import CREATE, view_refusal
from netsuite_simulator.schemas.fields import Field, Kind, RecordType
from netsuite_simulator.shelves import Stored

INITIALIZE_LIMIT = 100  # undocumented; treated as the other writing lists (reference §4.5)

# What may be made from what (reference §4.13).
SOURCES: Mapping[str, tuple[str, ...]] = {
    "cashSale": ("customer", "estimate", "opportunity", "salesOrder"),
    "creditMemo": ("customer", "invoice", "returnAuthorization"),
    "customerPayment": ("customer", "invoice"),
    "customerRefund": ("creditMemo", "customer"),
    "invoice": ("customer", "estimate", "opportunity", "salesOrder"),
    "purchaseOrder": ("purchaseRequisition",),
    "salesOrder": ("estimate", "opportunity"),
    "vendorBill": ("purchaseOrder", "vendor"),
    "vendorCredit": ("vendor", "vendorBill"),
    "vendorPayment": ("employee", "vendor", "vendorBill"),
}
_OF_ONE_RECORD = frozenset({"createdDate", "lastModifiedDate", "tranDate", "tranId", "createdFrom", "status"})


def initialize(call: Call) -> None:
    """Make one record from another."""
    element = call.child("initializeRecord")
    if element is None:
        raise malformed("org.xml.sax.SAXException: initialize needs an initializeRecord")
    _initialize_into(call, call.answer.message("initializeResponse"), element)


def initialize_list(call: Call) -> None:
    """Make records from others, each by itself."""
    elements = call.children("initializeRecord")
    limit = call.room(INITIALIZE_LIMIT)
    if not elements:
        raise malformed("org.xml.sax.SAXException: initializeList needs at least one initializeRecord")
    if len(elements) > limit:
        raise too_many_records(call.operation, limit, len(elements))
    response = call.answer.message("initializeListResponse")
    responses = etree.SubElement(response, call.answer.messages + "readResponseList")
    add_status(call.answer, responses)
    for element in elements:
        _initialize_into(call, responses, element)


def _initialize_into(call: Call, parent: etree._Element, element: etree._Element) -> None:
    response = etree.SubElement(parent, call.answer.messages + "readResponse")
    made = _made(call, element)
    if isinstance(made, StatusDetail):
        add_status(call.answer, response, made)
        return
    add_status(call.answer, response)
    shape = call.catalog.by_name[made.type.name]
    write_record(call.pen([made]), response, call.answer.messages + "record", shape, made, with_lists=True)


def _made(call: Call, element: etree._Element) -> Stored | StatusDetail:
    parts = {split_tag(child.tag)[1]: child for child in element}
    wanted = (parts["type"].text or "").strip() if "type" in parts else ""
    shape = call.catalog.by_name.get(wanted)
    if shape is None:
        return not_kept(wanted)
    refusal = view_refusal(shape.type, call.grants, CREATE)
    if refusal is not None:
        return detail_of(refusal)
    references = [parts["reference"]] if "reference" in parts else list(parts.get("referenceList", ()))
    if not references:
        return StatusDetail(code="INITIALIZE_ARG_REQD", message=f"initialize needs the record to make a {wanted} from.")
    made: Stored | None = None
    for reference in references:
        source = _source(call, wanted, reference)
        if isinstance(source, StatusDetail):
            return source
        made = made_from(shape.type, source, made)
    return made or not_kept(wanted)


def _source(call: Call, wanted: str, reference: etree._Element) -> Stored | StatusDetail:
    name = reference.get("type", "")
    if name not in SOURCES.get(wanted, ()):
        return StatusDetail(
            code="INVALID_INITIALIZE_REF",
            message=f"A {wanted} cannot be made from a {name or 'record without type'}. It is made from "
            f"{', '.join(SOURCES.get(wanted, ())) or 'nothing'}.",
        )
    shape = call.catalog.by_name.get(name)
    if shape is None:
        return not_kept(name)
    internal_id, external_id = reference.get("internalId") or None, reference.get("externalId") or None
    found = call.account.get(name, internal_id=internal_id, external_id=None if internal_id else external_id)
    if found is None:
        return not_found(name, internal_id or external_id or "", call.account.id)
    return call.refusal_to_open(shape.type, found.id) or found


def made_from(target: RecordType, source: Stored, before: Stored | None = None) -> Stored:
    """Return the unsaved record made from `source`, with the lines of the one made `before` in front of its own."""
    values: dict[str, object] = {}
    known = {one.name: one for one in source.type.fields}
    for field in target.fields:
        value = source.values.get(field.name)
        if value is None or field.is_custom or field.read_only or field.name in _OF_ONE_RECORD:
            continue
        if field.lines is not None and isinstance(value, list):
            earlier = [] if before is None else before.values.get(field.name, [])
            values[field.name] = [*(earlier if isinstance(earlier, list) else ()), *_lines(field, value)]
        elif field.kind is known[field.name].kind and _may_hold(field, known[field.name]):
            values[field.name] = value
    for name in ("entity", "customer", "payee", "createdFrom"):
        made_for = next((one for one in target.fields if one.name == name), None)
        if made_for is not None and source.type.name in made_for.refers_to:
            values[name] = source.id
    return Stored(type=target, id="", external_id=None, values=values)


def _may_hold(field: Field, other: Field) -> bool:
    return field.kind not in {Kind.REFERENCE, Kind.REFERENCES} or not set(field.refers_to).isdisjoint(other.refers_to)


def _lines(field: Field, lines: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    names = {column.name for column in field.lines.fields if not column.read_only} if field.lines is not None else set()
    return [{name: value for name, value in line.items() if name in names and name != "line"} for line in lines]
