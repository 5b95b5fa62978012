"""What may be made from what: one table behind SOAP's initialize and REST's !transform. Reference §4.13 and §5.3.

SOAP answers the record made and saves nothing, REST saves it. Fields that both records have by the same name and kind
travel, lines likewise, with the number of the line they come from. Of a line that was billed, fulfilled or received in
part, the rest travels. Pairs of §4.13, and SuiteScript's further ones, which are assumed. Assumed too:
billable time and costs of a customer are listed and not yet applied, as on NetSuite's form. Refuses to know doors.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from netsuite_simulator.drafts import World
from netsuite_simulator.results import Rejection
from netsuite_simulator.rules.amounts import number
from netsuite_simulator.rules.applying import APPLICATIONS, open_document
from netsuite_simulator.rules.billables import LISTS as COSTS
from netsuite_simulator.rules.billables import billable_to, filled
from netsuite_simulator.rules.statuses import PENDING, TYPE_NAMES
from netsuite_simulator.schemas.fields import Field, Kind
from netsuite_simulator.shelves import Line, Shelf, Stored, Values

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class Transform:
    """One pair: the lines that travel, the field of a line that says what is done of it, how the source is applied."""

    lists: tuple[str, ...] = ()
    done: str | None = None
    applies: str | None = None  # the sublist of the target that takes the source as an open document
    costs: bool = False  # lists what is billable to the customer
    receives: bool = False  # its lines are ticked as received
    document_field: str = "createdFrom"


_ITEM = ("item",)
_BOTH = ("item", "expense")
_OF_ENTITY = Transform()
_QUOTE = Transform(lists=_ITEM)

_DOCUMENTED = {
    ("opportunity", "salesOrder"): _QUOTE,
    ("opportunity", "invoice"): _QUOTE,
    ("opportunity", "cashSale"): _QUOTE,
    ("estimate", "salesOrder"): _QUOTE,
    ("estimate", "invoice"): _QUOTE,
    ("estimate", "cashSale"): _QUOTE,
    ("salesOrder", "invoice"): Transform(lists=_ITEM, done="quantityBilled"),
    ("salesOrder", "cashSale"): Transform(lists=_ITEM, done="quantityBilled"),
    ("customer", "invoice"): Transform(costs=True),
    ("customer", "cashSale"): Transform(costs=True),
    ("customer", "creditMemo"): _OF_ENTITY,
    ("customer", "customerPayment"): Transform(applies="apply"),
    ("customer", "customerRefund"): Transform(applies="apply"),
    ("invoice", "creditMemo"): Transform(lists=_ITEM, applies="apply"),
    ("invoice", "customerPayment"): Transform(applies="apply"),
    ("returnAuthorization", "creditMemo"): Transform(lists=_ITEM, done="quantityBilled"),
    ("creditMemo", "customerRefund"): Transform(applies="apply"),
    ("purchaseRequisition", "purchaseOrder"): Transform(lists=_BOTH),
    ("purchaseOrder", "vendorBill"): Transform(lists=_BOTH, done="quantityBilled"),
    ("vendor", "vendorBill"): _OF_ENTITY,
    ("vendor", "vendorCredit"): _OF_ENTITY,
    ("vendor", "vendorPayment"): Transform(applies="apply"),
    ("vendorBill", "vendorPayment"): Transform(applies="apply"),
    ("vendorBill", "vendorCredit"): Transform(lists=_BOTH, applies="apply"),
    ("employee", "vendorPayment"): Transform(applies="apply"),
}
# SuiteScript's further pairs, assumed to hold at these doors too.
_ASSUMED = {
    ("opportunity", "estimate"): Transform(lists=_ITEM),
    ("salesOrder", "itemFulfillment"): Transform(lists=_ITEM, done="quantityFulfilled", receives=True),
    ("salesOrder", "returnAuthorization"): Transform(lists=_ITEM),
    ("salesOrder", "customerDeposit"): Transform(document_field="salesOrder"),
    ("customer", "opportunity"): _OF_ENTITY,
    ("customer", "estimate"): _OF_ENTITY,
    ("customer", "salesOrder"): _OF_ENTITY,
    ("customer", "customerDeposit"): _OF_ENTITY,
    ("job", "invoice"): Transform(costs=True),
    ("invoice", "returnAuthorization"): Transform(lists=_ITEM),
    ("cashSale", "returnAuthorization"): Transform(lists=_ITEM),
    ("returnAuthorization", "itemReceipt"): Transform(lists=_ITEM, done="quantityReceived", receives=True),
    ("customerDeposit", "depositApplication"): Transform(document_field="deposit"),
    ("purchaseOrder", "itemReceipt"): Transform(lists=_BOTH, done="quantityReceived", receives=True),
    ("vendor", "purchaseOrder"): _OF_ENTITY,
    ("employee", "expenseReport"): _OF_ENTITY,
    ("expenseReport", "vendorPayment"): Transform(applies="apply"),
}
TRANSFORMS: Mapping[tuple[str, str], Transform] = MappingProxyType({**_DOCUMENTED, **_ASSUMED})
_OF_ONE_RECORD = frozenset({"createdDate", "lastModifiedDate", "tranDate", "tranId", "createdFrom", "status"})
_OF_ENTITIES = frozenset({"customer", "vendor", "employee", "job"})
# What of an entity is its transactions' too; other fields of the same name are its own.
_SHARED = frozenset({"currency", "subsidiary", "terms", "salesRep", "department", "class", "location", "taxItem"})
_NOT_CARRIED = frozenset({"line", "orderLine", "orderDoc"})


def refusal_of_pair(source: str, target: str) -> Rejection | None:
    """Refuse to make a record type from one that it is not made from; codes as NetSuite has them, words our own."""
    if (source, target) in TRANSFORMS:
        return None
    known = ", ".join(one for one, made in TRANSFORMS if made == target) or "nothing"
    message = f"A {target} cannot be made from a {source or 'record without type'}. It is made from {known}."
    return Rejection(code="INVALID_INITIALIZE_REF", message=message)


def refusal_of_state(source: Stored, target: str) -> Rejection | None:
    """Refuse a source that awaits approval, or of which nothing is left."""
    name = source.values.get(source.type.name_field, source.id)
    if source.values.get("approvalStatus") == PENDING or source.values.get("orderStatus") == "A":
        message = f"{source.type.label} {name} awaits approval: no {target} can be made from it yet."
        return Rejection(code="INVALID_INITIALIZE_REF", message=message)
    if source.values.get("orderStatus") in ("C", "H"):
        message = f"{source.type.label} {name} is closed: no {target} can be made from it."
        return Rejection(code="INVALID_INITIALIZE_REF", message=message)
    done = TRANSFORMS[source.type.name, target].done
    lists = (source.values.get(one) for one in TRANSFORMS[source.type.name, target].lists)
    lines = [line for rows in lists if isinstance(rows, list) for line in rows]
    if done is not None and lines and not any(_keep_rest({"rate": "1"}, line, done) for line in lines):
        message = f"{source.type.label} {name} has nothing left that a {target} could be made from."
        return Rejection(code="INVALID_INITIALIZE_REF", message=message)
    return None


def made_from(world: World, target: Shelf, source: Stored, before: Stored | None = None) -> Stored:
    """Return the unsaved record made from `source`, with the lines of the one made `before` in front of its own."""
    transform = TRANSFORMS[source.type.name, target.type.name]
    values = _carried(target, source)
    for name in transform.lists:
        lines = _lines(target, name, source, transform)
        earlier = [] if before is None else before.values.get(name, [])
        rows = [*(earlier if isinstance(earlier, list) else ()), *lines]
        if rows:
            values[name] = [{**row, "line": place} for place, row in enumerate(rows, start=1)]
    _name_source(target, source, transform, values)
    if transform.costs:
        values |= _costs(world, target, source)
    if transform.applies is not None:
        _apply(world, target, source, transform.applies, values)
    return Stored(type=target.type, id="", external_id=None, values=values)


def _carried(target: Shelf, source: Stored) -> Values:
    known = {one.name: one for one in source.type.fields}
    is_entity = source.type.name in _OF_ENTITIES
    values: Values = {}
    for field in target.type.fields:
        value = source.values.get(field.name)
        if value is None or field.is_custom or field.read_only or field.lines is not None:
            continue
        if field.name in _OF_ONE_RECORD or (is_entity and field.name not in _SHARED):
            continue
        other = known[field.name]
        if field.kind is other.kind and _may_hold(field, other, value):
            values[field.name] = value
    return values


def _may_hold(field: Field, other: Field, value: object) -> bool:
    match field.kind:
        case Kind.REFERENCE | Kind.REFERENCES:
            return not set(field.refers_to).isdisjoint(other.refers_to)
        case Kind.CHOICE:
            return any(one.id == value for one in field.choices) and field.choices == other.choices
        case _:
            return True


def _name_source(target: Shelf, source: Stored, transform: Transform, values: Values) -> None:
    """Name whom it is for and what it comes from."""
    whom = source.id if source.type.name in _OF_ENTITIES else None
    for name in ("entity", "customer"):
        field = target.fields.get(name)
        if field is None:
            continue
        found = whom or source.values.get("entity") or source.values.get("customer")
        if found is not None and field.kind is Kind.REFERENCE:
            values[name] = found
    field = target.fields.get(transform.document_field)
    if field is not None and source.type.name in field.refers_to:
        values[field.name] = source.id
    several = target.fields.get("purchaseOrderList")
    if several is not None and source.type.name in several.refers_to:
        values[several.name] = (source.id,)


def _lines(target: Shelf, name: str, source: Stored, transform: Transform) -> list[Line]:
    rows = source.values.get(name)
    fields = target.sublists[name].encoders
    read_only = {one.name for one in target.sublists[name].lines.fields if one.read_only}
    found: list[Line] = []
    for row in rows if isinstance(rows, list) else ():
        line: Line = {
            key: value
            for key, value in row.items()
            if key in fields and key not in read_only and key not in _NOT_CARRIED
        }
        if not _keep_rest(line, row, transform.done) or row.get("isClosed") is True:
            continue
        if "orderLine" in fields:
            line["orderLine"] = row.get("line", 0)
        if "orderDoc" in fields:
            line["orderDoc"] = int(source.id)
        if transform.receives:
            line |= {key: True for key in ("itemReceive", "markReceived") if key in fields}
        found.append({key: value for key, value in line.items() if key in fields})
    return found


def _keep_rest(line: Line, row: Mapping[str, object], done: str | None) -> bool:
    """Reduce a line to what is left of it; say whether anything is."""
    ordered = number(row.get("quantity"))
    used = number(row.get(done)) if done is not None else None
    if ordered is None or not used:
        return True
    if ordered <= used:
        return False
    amount = number(row.get("amount"))
    line["quantity"] = ordered - used
    for name in ("tax1Amt", "taxAmount", "amount"):
        line.pop(name, None)
    if amount is not None and "rate" not in line:
        line["amount"] = (amount * (ordered - used) / ordered).quantize(_CENT)
    elif amount is not None:
        rate = number(line["rate"])
        line["amount"] = ((ordered - used) * (rate or Decimal(0))).quantize(_CENT)
    return True


def _costs(world: World, target: Shelf, source: Stored) -> Values:
    customer = source.id if source.type.name == "customer" else str(source.values.get("customer", source.id))
    values: Values = {}
    for name in COSTS:
        fields = frozenset(target.sublists[name].encoders)
        found = billable_to(world, name, customer)
        if source.type.name == "job":
            found = [one for one in found if one.entity == source.id]
        rows = [{"apply": False, **filled(cost, {}, fields, _CENT)} for cost in found]
        if rows:
            values[name] = rows
    return values


def _apply(world: World, target: Shelf, source: Stored, name: str, values: Values) -> None:
    """Apply to the source, or list what is open of the entity."""
    if source.type.name in _OF_ENTITIES:
        codes = next(one.types for one in APPLICATIONS[target.type.name] if one.list == name)
        rows = [_open_line(world, one, target, name, is_applied=False) for one in _open_of(world, source.id, codes)]
    else:
        rows = [_open_line(world, int(source.id), target, name, is_applied=True)]
        if "payment" in target.fields:
            values["payment"] = rows[0].get("amount", Decimal(0))
    if rows:
        values[name] = rows


def _open_of(world: World, entity: str, codes: Sequence[str]) -> list[int]:
    found = world.rows(
        'SELECT id, type FROM "transaction" WHERE entity IN (SELECT ? UNION SELECT id FROM job WHERE customer = ?)'
        " AND foreignamountunpaid > 0 ORDER BY trandate, id",
        (entity, entity),
    )
    return [int(str(row[0])) for row in found if row[1] in TYPE_NAMES and str(row[1]) in codes]


def _open_line(world: World, document_id: int, target: Shelf, name: str, *, is_applied: bool) -> Line:
    document = open_document(world, document_id)
    fields = target.sublists[name].encoders
    line: Line = {"apply": is_applied, "doc": document_id}
    if document is not None:
        line |= {"refNum": document.name, "total": document.total, "due": document.due}
        if is_applied:
            line["amount"] = document.due
    return {key: value for key, value in line.items() if key in fields}


def with_changes(target: Shelf, made: Stored, given: Mapping[str, object]) -> Values:
    """Lay a caller's values over a record made: lines find theirs by key, or by the line they come from (assumed)."""
    values = dict(made.values)
    for name, value in given.items():
        sublist = target.sublists.get(name)
        if sublist is None or not isinstance(value, list | tuple):
            values[name] = value
            continue
        before = values.get(name)
        rows = [dict(row) for row in before] if isinstance(before, list) else []
        for row in value:
            known = next((one for one in rows if _is_same(one, row, sublist.lines.key)), None)
            if known is None:
                rows.append(dict(row))
            else:
                known.update(row)
        values[name] = rows
    return values


def _is_same(one: Mapping[str, object], row: Mapping[str, object], key: str | None) -> bool:
    for name in ("orderLine", key):
        if name is not None and name in row:
            return one.get(name) == row[name]
    return False
