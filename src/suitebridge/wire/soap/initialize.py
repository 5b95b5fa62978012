"""initialize and addList: a record that NetSuite fills in from another one, sent back with what differs (netsuite-api.md §4.13).

What initialize gives is not stored. It goes back as it came, whatever it holds, under an external id: a second copy of it is refused by NetSuite.
Refuses to know which values differ, and what becomes of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree

from suitebridge.wire import xml
from suitebridge.wire.soap import names
from suitebridge.wire.soap.results import core_element, message_element
from suitebridge.wire.soap.statuses import Status, read_status
from suitebridge.wire.soap.write_responses import reference_attributes
from suitebridge.wire.xml import Element, UnreadableXmlError

OPERATION: Final = "initialize"
MADE_FROM: Final[Mapping[str, frozenset[str]]] = {
    "creditMemo": frozenset({"customer", "invoice", "returnAuthorization"}),
    "invoice": frozenset({"customer", "estimate", "opportunity", "salesOrder"}),
    "vendorBill": frozenset({"purchaseOrder", "vendor"}),
}
"""What a record type is made from by this operation, of those that are written here; other pairs are REST's alone (§4.13)."""

_SEQUENCES: Final[Mapping[str, tuple[str, ...]]] = {
    name: tuple(fields.split())
    for name, fields in {
        "creditMemo": "currency entity tranDate tranId createdFrom postingPeriod department class location subsidiary job salesRep otherRefNum memo"
        " account exchangeRate currencyName discountItem source discountRate isTaxable taxItem taxRate unapplied autoApply applied toBePrinted"
        " toBeEmailed email toBeFaxed message subTotal discountTotal taxTotal total status itemList applyList",
        "invoice": "entity tranDate tranId source createdFrom postingPeriod department class terms location subsidiary currency dueDate discountAmount"
        " salesRep startDate endDate otherRefNum memo amountPaid amountRemaining account exchangeRate currencyName discountItem discountRate isTaxable"
        " taxItem taxRate toBePrinted toBeEmailed toBeFaxed message subTotal discountTotal taxTotal total status job billingSchedule email itemList"
        " itemCostList expCostList timeList",
        "vendorBill": "account entity subsidiary approvalStatus nextApprover postingPeriod tranDate currencyName exchangeRate terms dueDate tranId"
        " userTotal discountAmount taxTotal paymentHold memo creditLimit currency class department location status expenseList itemList purchaseOrderList",
    }.items()
}
"""The fields of these types that usually come, in the sequence that the schema wants."""

_READ, _RECORD = names.messages("readResponse"), names.messages("record")
_NULLS = names.core("nullFieldList")
_CUSTOM_LIST, _SCRIPT = "customFieldList", "scriptId"


@dataclass(frozen=True, slots=True, kw_only=True)
class Initialized:
    """The status of the request, and the record where it succeeded."""

    status: Status
    record: Element | None


def render(source: tuple[str, str], target_type: str) -> bytes:
    """Give the operation's element: `source` is a RecordType literal and a reference."""
    root = message_element(OPERATION)
    wanted = etree.SubElement(root, names.messages("initializeRecord"))
    core_element(wanted, "type", target_type)
    core_element(wanted, "reference", type=source[0], **reference_attributes(source[1]))
    return etree.tostring(root)


def read_answer(element: Element) -> Initialized:
    """Read the response; `UnreadableXmlError` where it is none, or where a success gives no record."""
    inside = element.find(_READ) if element.tag == names.messages(f"{OPERATION}Response") else None
    if inside is None:
        raise UnreadableXmlError(f"<{etree.QName(element).localname}> is no answer to {OPERATION}")
    status, record = read_status(inside), inside.find(_RECORD)
    if status.is_success and record is None:
        raise UnreadableXmlError("NetSuite answered that it made the record, and gave none")
    return Initialized(status=status, record=record)


def addition(target_type: str, record: Element, differing: str) -> str:
    """Lay a record with an external id over one that NetSuite made, and give the element to be added.

    `differing` is a record as `RecordWriter.frame` gives it alone. Its fields replace those made, its lines follow them, its cleared fields
    are taken out.
    """
    sequence = _SEQUENCES.get(target_type, ())
    # Read anew from its text: that keeps the prefixes that xsi:type names.
    made, given = xml.parse(etree.tostring(record)), xml.parse(differing.encode())[0]
    made.attrib.pop("internalId", "")
    made.set("externalId", given.get("externalId", ""))
    # What is cleared goes last: until then it marks a place in the sequence.
    for child in sorted(given, key=lambda one: one.tag == _NULLS):
        tag = etree.QName(child).localname
        there = made.find(child.tag)
        if child.tag == _NULLS:
            _clear(made, there, child)
        elif there is None:
            made.insert(_place(made, tag, sequence), child)
        elif tag == _CUSTOM_LIST:
            _lay_custom(there, child)
        elif child.get("replaceAll") is not None:
            there.extend(list(child))
        else:
            made.replace(there, child)
    return etree.tostring(made, encoding="unicode")


def _clear(made: Element, there: Element | None, nulls: Element) -> None:
    cleared = {(one.text or "").strip() for one in nulls}
    for child in [one for one in made if etree.QName(one).localname in cleared]:
        made.remove(child)
    if there is None:
        made.insert(0, nulls)
    else:
        there.extend(list(nulls))


def _lay_custom(there: Element, given: Element) -> None:
    known = {one.get(_SCRIPT): one for one in there}
    for one in list(given):
        before = known.get(one.get(_SCRIPT))
        if before is None:
            there.append(one)
        else:
            there.replace(before, one)


def _place(made: Element, tag: str, sequence: Sequence[str]) -> int:
    """Find where an element belongs: before the first that comes later in the sequence, else behind all but the custom fields.

    Elements that the sequence does not name stay where NetSuite put them; it reads them in any order, its schema alone is stricter (assumed).
    """
    later = {*sequence[sequence.index(tag) + 1 :], _CUSTOM_LIST} if tag in sequence else {_CUSTOM_LIST}
    for index, child in enumerate(made):
        if etree.QName(child).localname in later:
            return index
    return len(made)
