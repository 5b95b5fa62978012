"""Operations that write: add, update, upsert, delete and their lists (reference §4.5, §4.8, §4.10, §4.12).

Every record of a request is read before the first is written, as NetSuite does: a request that its schema forbids
writes nothing. From then on each record succeeds or fails by itself. Business rules are the account's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import groupby

from lxml import etree

from netsuite_simulator.faces.soap.calls import Call, detail_of, not_kept
from netsuite_simulator.faces.soap.namespaces import split_tag
from netsuite_simulator.faces.soap.references import add_reference, read_referred
from netsuite_simulator.faces.soap.shapes import Incoming, Shape, read_record
from netsuite_simulator.faces.soap.soapfaults import malformed, too_many_records
from netsuite_simulator.faces.soap.statuses import StatusDetail, add_status
from netsuite_simulator.faces.soap.timegrids import take_grid
from netsuite_simulator.results import Rejection, Written, deletion_reason
from netsuite_simulator.timegrids import Grid, write_with_grid

ADD_LIMIT = 200
UPDATE_LIMIT = 100
UPSERT_LIMIT = 100
DELETE_LIMIT = 200

Outcome = Written | Rejection
Write = Callable[[Call, Incoming], Outcome]
WriteAll = Callable[[Call, list[Incoming]], list[Outcome]]


def add(call: Call) -> None:
    """Create one record."""
    _write_one(call, _create)


def add_list(call: Call) -> None:
    """Create records, each by itself."""
    _write_list(call, _each(_create), ADD_LIMIT)


def update(call: Call) -> None:
    """Change one record named by its internal or external id."""
    _write_one(call, _change)


def update_list(call: Call) -> None:
    """Change records, each by itself."""
    _write_list(call, _each(_change), UPDATE_LIMIT)


def upsert(call: Call) -> None:
    """Create or change one record named by its external id."""
    _write_one(call, _put)


def upsert_list(call: Call) -> None:
    """Create or change records named by external ids, each by itself."""
    _write_list(call, _put_all, UPSERT_LIMIT)


def delete(call: Call) -> None:
    """Delete one record."""
    reference = call.child("baseRef")
    if reference is None:
        raise malformed("org.xml.sax.SAXException: delete needs a baseRef")
    reason = _reason(call)
    response = call.answer.message("deleteResponse")
    with call.account.transaction():
        _delete_into(call, response, reference, reason)


def delete_list(call: Call) -> None:
    """Delete records, each by itself."""
    references = call.children("baseRef")
    reason = _reason(call)
    _refuse_count(call, len(references), call.room(DELETE_LIMIT))
    response = call.answer.message("deleteListResponse")
    responses = etree.SubElement(response, call.answer.messages + "writeResponseList")
    add_status(call.answer, responses)
    with call.account.transaction():
        for reference in references:
            _delete_into(call, responses, reference, reason)


def _reason(call: Call) -> dict[str, str]:
    """Read the deletion reason, which is kept with the deletion; one without its code is refused."""
    reason = call.child("deletionReason")
    if reason is None:
        return {}
    parts = {split_tag(one.tag)[1]: one for one in reason}
    code = parts.get("deletionReasonCode")
    if code is None:
        raise malformed("org.xml.sax.SAXException: a deletionReason needs a deletionReasonCode")
    memo = parts.get("deletionReasonMemo")
    return deletion_reason(code.get("internalId") or "", None if memo is None else memo.text)


def _delete_into(call: Call, parent: etree._Element, reference: etree._Element, reason: Mapping[str, str]) -> None:
    answer, referred = call.answer, read_referred(call, reference)
    internal_id, external_id = referred.internal_id, referred.external_id
    written = etree.SubElement(parent, answer.messages + "writeResponse")
    if referred.type is None:
        add_status(answer, written, not_kept(referred.type_name))
        add_reference(answer, written, answer.messages + "baseRef", internal_id=internal_id, external_id=external_id)
        return
    outcome = call.account.delete(
        referred.type.name, internal_id=internal_id, external_id=external_id, role=call.grants, reason=reason
    )
    if isinstance(outcome, Rejection):
        add_status(answer, written, detail_of(outcome))
    else:
        add_status(answer, written)
        internal_id, external_id = outcome.id, outcome.external_id
    add_reference(
        answer,
        written,
        answer.messages + "baseRef",
        record_type=referred.type,
        internal_id=internal_id,
        external_id=external_id,
    )


def _write_one(call: Call, write: Write) -> None:
    element = call.child("record")
    if element is None:
        raise malformed(f"org.xml.sax.SAXException: {call.operation} needs a record")
    incoming = _read(call, element)
    with call.account.transaction():
        outcome = incoming.refusal or _whole(call, incoming, write)
    _write_response(call, call.answer.message(f"{call.operation}Response"), incoming, outcome)


def _write_list(call: Call, write: WriteAll, limit: int) -> None:
    elements = call.children("record")
    _refuse_count(call, len(elements), call.room(limit))
    records = [_read(call, element) for element in elements]
    with call.account.transaction():
        outcomes = write(call, records)
    response = call.answer.message(f"{call.operation}Response")
    responses = etree.SubElement(response, call.answer.messages + "writeResponseList")
    add_status(call.answer, responses)
    for incoming, outcome in zip(records, outcomes, strict=True):
        _write_response(call, responses, incoming, outcome)


def _refuse_count(call: Call, sent: int, limit: int) -> None:
    if sent == 0:
        raise malformed(f"org.xml.sax.SAXException: {call.operation} is empty. Send at least one record.")
    if sent > limit:
        raise too_many_records(call.operation, limit, sent)


def _read(call: Call, element: etree._Element) -> Incoming:
    shape = call.catalog.shape_of_element(element)
    grid: Grid | None = None
    entries: list[Incoming] = []
    try:
        if shape.type.name == "timeSheet":
            grid, entries = take_grid(
                element,
                call.catalog.grid,
                call.account.clock.zone,
                ignore_read_only=call.preferences.ignore_read_only_fields,
            )
        incoming = read_record(
            element,
            shape,
            call.account.clock.zone,
            ignore_read_only=call.preferences.ignore_read_only_fields,
        )
    except ValueError as error:
        raise malformed(f"org.xml.sax.SAXException: {error}") from error
    incoming.grid = grid
    incoming.refusal = incoming.refusal or next((one.refusal for one in entries if one.refusal is not None), None)
    _name_nulls(incoming)
    return incoming


def _name_nulls(incoming: Incoming) -> None:
    """Turn the element names of nullFieldList into field names; an unknown one refuses the record."""
    names = incoming.shape.names_by_element
    unknown = [name for name in incoming.nulls if name not in names]
    if unknown:
        incoming.refuse(
            "INVALID_FIELD_NAME_FOR_NULL", f"Invalid field name for nullFieldList: {', '.join(sorted(unknown))}."
        )
    incoming.nulls = [names.get(name, name) for name in incoming.nulls]


def _create(call: Call, incoming: Incoming) -> Outcome:
    return call.account.create(
        incoming.shape.type.name,
        incoming.set_values(),
        external_id=incoming.external_id,
        role=call.grants,
    )


def _change(call: Call, incoming: Incoming) -> Outcome:
    if incoming.internal_id is None and incoming.external_id is None:
        return Rejection(
            code="UNIQUE_RCRD_ID_REQD", message="The record has neither internalId nor externalId. Name what to update."
        )
    by_internal = incoming.internal_id is not None  # the internal id wins, reference §4.10
    return call.account.update(
        incoming.shape.type.name,
        incoming.set_values(),
        internal_id=incoming.internal_id,
        external_id=None if by_internal else incoming.external_id,
        nulls=incoming.cleared(),
        replace_lists=_replaced(incoming),
        role=call.grants,
    )


def _each(write: Write) -> WriteAll:
    return lambda call, records: [incoming.refusal or _whole(call, incoming, write) for incoming in records]


def _whole(call: Call, incoming: Incoming, write: Write) -> Outcome:
    """Write a record, and with a weekly time sheet its grid."""
    if incoming.grid is None:
        return write(call, incoming)
    return write_with_grid(call.account, lambda: write(call, incoming), incoming.grid, role=call.grants)


def _put(call: Call, incoming: Incoming) -> Outcome:
    return _put_together(call, [incoming])[0]


def _put_all(call: Call, records: list[Incoming]) -> list[Outcome]:
    if any(incoming.grid is not None for incoming in records):
        return _each(_put)(call, records)
    return _put_together(call, records)


def _put_together(call: Call, records: list[Incoming]) -> list[Outcome]:
    """Upsert neighbors of one type at once: the account does them faster together."""
    outcomes: list[Outcome] = []
    for type_name, group in groupby(records, key=_type_name):
        together = list(group)
        refusals = [_refusal(incoming) for incoming in together]
        upserts = [
            (incoming.external_id or "", incoming.set_values(), incoming.cleared(), _replaced(incoming))
            for incoming, refusal in zip(together, refusals, strict=True)
            if refusal is None
        ]
        done = iter(call.account.upsert_many(type_name, upserts, role=call.grants))
        outcomes.extend(refusal or next(done) for refusal in refusals)
    return outcomes


def _type_name(incoming: Incoming) -> str:
    return incoming.shape.type.name


def _refusal(incoming: Incoming) -> Rejection | None:
    """Return why a record cannot be upserted, as far as its ids and its own form tell."""
    if incoming.refusal is not None:
        return incoming.refusal
    if incoming.internal_id is not None:
        return Rejection(
            code="CANT_SET_INTERNALID",
            message="upsert takes an externalId and no internalId. Leave the internalId out.",
        )
    if incoming.external_id is None:
        return Rejection(code="EXTERNALID_REQD", message="upsert needs an externalId. Set it on the record.")
    return None


def _replaced(incoming: Incoming) -> bool | frozenset[str]:
    """Return which sublists the write replaces: all, unless one came with replaceAll="false"."""
    if not incoming.merged_lists:
        return True
    return frozenset(incoming.shape.list_names - incoming.merged_lists)


def _write_response(call: Call, parent: etree._Element, incoming: Incoming, outcome: Outcome) -> None:
    answer, shape = call.answer, incoming.shape
    response = etree.SubElement(parent, answer.messages + "writeResponse")
    internal_id, external_id = incoming.internal_id, incoming.external_id
    if isinstance(outcome, Rejection):
        add_status(answer, response, detail_of(outcome))
    else:
        internal_id = outcome.id
        external_id = outcome.external_id
        add_status(answer, response, *_after_submit(call, outcome))
    if internal_id is not None or external_id is not None:
        _base_ref(call, response, shape, internal_id, external_id)


def _base_ref(
    call: Call, parent: etree._Element, shape: Shape, internal_id: str | None, external_id: str | None
) -> None:
    add_reference(
        call.answer,
        parent,
        call.answer.messages + "baseRef",
        record_type=shape.type,
        internal_id=internal_id,
        external_id=external_id,
    )


def _after_submit(call: Call, written: Written) -> tuple[StatusDetail, ...]:
    """Return the detail of a script that failed, an injected failure or its own: the record is saved (reference §4.8)."""
    message = call.after_submit_failure or call.account.scripts.failure_of(written.type.name, written.id)
    if message is None:
        return ()
    return (StatusDetail(code="UNEXPECTED_ERROR", message=message, after_submit_failed=True),)
