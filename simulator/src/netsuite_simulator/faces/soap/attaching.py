"""attach and detach: contacts and records tied to other records; invitations to events (reference §4.17).

What is attached is kept with the account (`attachments`).
"""

from __future__ import annotations

from lxml import etree

from netsuite_simulator import attachments
from netsuite_simulator.faces.soap.calls import Call, not_found, not_kept
from netsuite_simulator.faces.soap.namespaces import split_tag
from netsuite_simulator.faces.soap.references import Referred, add_reference, read_referred
from netsuite_simulator.faces.soap.soapfaults import malformed
from netsuite_simulator.faces.soap.statuses import StatusDetail, add_status
from netsuite_simulator.results import EDIT

INVITEE_LIMIT = 100
_ANSWERS = frozenset({"_accepted", "_declined", "_noResponse", "_tentative"})


def attach(call: Call) -> None:
    """Tie a contact or another record to a record."""
    _tie(call, "attachReference", "attachTo", ("contact", "attachedRecord"))


def detach(call: Call) -> None:
    """Undo an attachment."""
    _tie(call, "detachReference", "detachFrom", ("detachedRecord",))


def _tie(call: Call, wrapper: str, owner: str, names: tuple[str, ...]) -> None:
    reference = call.child(wrapper)
    parts = {} if reference is None else {split_tag(child.tag)[1]: child for child in reference}
    attached = next((parts[name] for name in names if name in parts), None)
    if owner not in parts or attached is None:
        raise malformed(f"org.xml.sax.SAXException: {call.operation} needs {owner} and {' or '.join(names)}")
    to, what = read_referred(call, parts[owner]), read_referred(call, attached)
    answer = call.answer
    written = etree.SubElement(answer.message(f"{call.operation}Response"), answer.messages + "writeResponse")
    problem = _problem(call, to) or _problem(call, what) or _tied(call, to, what)
    add_status(answer, written, *(() if problem is None else (problem,)))
    add_reference(
        answer, written, answer.messages + "baseRef",
        record_type=to.type, internal_id=to.internal_id, external_id=to.external_id,
    )  # fmt: skip


def _problem(call: Call, referred: Referred) -> StatusDetail | None:
    if referred.type is None:
        return not_kept(referred.type_name)
    number = _number(call, referred)
    if number is None:
        named = referred.internal_id or referred.external_id or ""
        return not_found(referred.type.name, named, call.account.id)
    return call.refusal_to_open(referred.type, number, EDIT)


def _number(call: Call, referred: Referred) -> str | None:
    found = call.account.get(referred.type_name, internal_id=referred.internal_id, external_id=referred.external_id)
    return None if found is None else found.id


def _tied(call: Call, to: Referred, what: Referred) -> StatusDetail | None:
    pair = (to.type_name, _number(call, to) or "", what.type_name, _number(call, what) or "")
    with call.account.transaction():
        if call.operation == "attach":
            attachments.attach(call.account.storage, pair)
        elif not attachments.detach(call.account.storage, pair):
            return StatusDetail(
                code="INVALID_DETACH_RECORD_TYP",
                message=f"The {what.type_name} {pair[3]} is not attached to the {to.type_name} {pair[1]}.",
            )
    return None


def update_invitee_status(call: Call) -> None:
    """Answer an invitation to an event."""
    reference = call.child("updateInviteeStatusReference")
    if reference is None:
        raise malformed("org.xml.sax.SAXException: updateInviteeStatus needs an updateInviteeStatusReference")
    _invitee_into(call, call.answer.message("updateInviteeStatusResponse"), reference)


def update_invitee_status_list(call: Call) -> None:
    """Answer invitations, each by itself."""
    response = call.answer.message("updateInviteeStatusListResponse")
    responses = etree.SubElement(response, call.answer.messages + "writeResponseList")
    add_status(call.answer, responses)
    references = call.children("updateInviteeStatusReference")
    if not references:
        raise malformed("org.xml.sax.SAXException: updateInviteeStatusList is empty")
    for reference in references:
        _invitee_into(call, responses, reference)


def _invitee_into(call: Call, parent: etree._Element, reference: etree._Element) -> None:
    parts = {split_tag(child.tag)[1]: child for child in reference}
    response_code = (parts["responseCode"].text or "").strip() if "responseCode" in parts else ""
    if "eventId" not in parts or response_code not in _ANSWERS:
        raise malformed("org.xml.sax.SAXException: an updateInviteeStatusReference needs eventId and responseCode")
    event = parts["eventId"].get("internalId")
    answer = call.answer
    written = etree.SubElement(parent, answer.messages + "writeResponse")
    shape = call.catalog.by_name.get("calendarEvent")
    found = None if shape is None else call.account.get("calendarEvent", internal_id=event)
    details = () if found is not None else (not_found("event", event or "", call.account.id),)
    add_status(answer, written, *details)
    record_type = None if shape is None else shape.type
    add_reference(answer, written, answer.messages + "baseRef", record_type=record_type, internal_id=event)
