"""initialize and initializeList: a record made from another one, answered and not saved (reference §4.13).

What travels stands in `transforms`. The client changes what it wants and sends the record with add.
"""

from __future__ import annotations

from lxml import etree

from netsuite_simulator.faces.soap.calls import Call, detail_of, not_kept
from netsuite_simulator.faces.soap.namespaces import split_tag
from netsuite_simulator.faces.soap.soapfaults import malformed, too_many_records
from netsuite_simulator.faces.soap.statuses import StatusDetail, add_status
from netsuite_simulator.faces.soap.writers import write_record
from netsuite_simulator.results import CREATE, Rejection, view_refusal
from netsuite_simulator.shelves import Stored
from netsuite_simulator.transforms import refusal_of_pair

INITIALIZE_LIMIT = 100  # undocumented; treated as the other writing lists (reference §4.5)


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
        name = reference.get("type", "")
        if refusal_of_pair(name, wanted) is None and call.catalog.by_name.get(name) is None:
            return not_kept(name)
        internal_id, external_id = reference.get("internalId") or None, reference.get("externalId") or None
        result = call.account.initialize(
            wanted,
            name,
            internal_id=internal_id,
            external_id=None if internal_id else external_id,
            before=made,
            role=call.grants,
        )
        if isinstance(result, Rejection):
            return detail_of(result)
        made = result
    return made or not_kept(wanted)
