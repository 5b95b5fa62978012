"""How far an order, a quote or a requisition has come: quantities billed, fulfilled and received, status, links.

Reference §9.10 (quantityBilled, quantityReceived, orderStatus) and §4.13 (what is made from what). A line of a later
transaction names its source's line (`orderLine`, and `orderDoc` on bills; else the document is `createdFrom`). Which
quantities lead to which status is assumed from the statuses' labels; items that are not fulfilled or received (services)
go straight to billing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from netsuite_simulator.drafts import Change, Draft, World
from netsuite_simulator.links import Link, LinkType, is_linked, replace_links
from netsuite_simulator.results import Rejection
from netsuite_simulator.rules.amounts import number
from netsuite_simulator.rules.statuses import PENDING, REJECTED
from netsuite_simulator.shelves import Values
from netsuite_simulator.tables import LINE_TABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What making one type from another does to the source: the link, and the column of its lines that grows."""

    link: LinkType
    column: str | None = None


_BILLED = Step(link=LinkType.BILLED, column="quantitybilled")
# By the source's code in transaction.type, and the record type made from it.
STEPS: Mapping[tuple[str, str], Step] = MappingProxyType(
    {
        ("SalesOrd", "invoice"): _BILLED,
        ("SalesOrd", "cashSale"): _BILLED,
        ("SalesOrd", "itemFulfillment"): Step(link=LinkType.FULFILLED, column="x_quantityfulfilled"),
        ("SalesOrd", "purchaseOrder"): Step(link=LinkType.ORDERED),
        ("SalesOrd", "returnAuthorization"): Step(link=LinkType.RETURNED),
        ("PurchOrd", "vendorBill"): _BILLED,
        ("PurchOrd", "itemReceipt"): Step(link=LinkType.FULFILLED, column="quantityshiprecv"),
        ("PurchReq", "purchaseOrder"): Step(link=LinkType.ORDERED),
        ("Estimate", "salesOrder"): Step(link=LinkType.INVOICED),
        ("Estimate", "invoice"): Step(link=LinkType.INVOICED),
        ("Estimate", "cashSale"): Step(link=LinkType.INVOICED),
        ("Opprtnty", "estimate"): Step(link=LinkType.ESTIMATED),
        ("Opprtnty", "salesOrder"): Step(link=LinkType.CLOSED),
        ("Opprtnty", "invoice"): Step(link=LinkType.CLOSED),
        ("Opprtnty", "cashSale"): Step(link=LinkType.CLOSED),
        ("CustInvc", "creditMemo"): Step(link=LinkType.RETURNED),
        ("CustInvc", "returnAuthorization"): Step(link=LinkType.RETURNED),
        ("CashSale", "returnAuthorization"): Step(link=LinkType.RETURNED),
        ("RtnAuth", "creditMemo"): Step(link=LinkType.RETURNED, column="quantitybilled"),
        ("RtnAuth", "itemReceipt"): Step(link=LinkType.FULFILLED, column="quantityshiprecv"),
        ("VendBill", "vendorCredit"): Step(link=LinkType.RETURNED_TO_VENDOR),
    }
)
_TYPES = tuple(dict.fromkeys(step.link for step in STEPS.values()))
_LISTS = ("item", "expense")
Consumed = dict[tuple[int, int, str], Decimal]  # source document, its line, its sublist: quantity


def _consumed(values: Values) -> Consumed:
    found: Consumed = {}
    made_from = values.get("createdFrom")
    for name in _LISTS:
        rows = values.get(name)
        for line in rows if isinstance(rows, list) else ():
            source = line.get("orderDoc") or made_from
            order_line = line.get("orderLine")
            if source is None or not isinstance(order_line, int) or line.get("itemReceive") is False:
                continue
            key = (int(str(source)), order_line, name)
            found[key] = found.get(key, Decimal(0)) + (number(line.get("quantity")) or Decimal(1))
    return found


def _sources(values: Values) -> set[int]:
    found = {document for document, _, _ in _consumed(values)}
    made_from = values.get("createdFrom")
    if isinstance(made_from, str):
        found.add(int(made_from))
    several = values.get("purchaseOrderList")
    return found | {int(one) for one in several} if isinstance(several, tuple) else found


def advance(change: Change) -> None:
    """Carry quantities and status over to what a transaction was made from, and link it."""
    sources = _sources(change.before) | _sources(change.after)
    if not sources:
        return
    world, before, after = change.world, _consumed(change.before), _consumed(change.after)
    kinds = {source: _kind(world, source) for source in sources}
    for key in dict.fromkeys((*before, *after)):
        step = STEPS.get((kinds[key[0]], change.type.name))
        difference = after.get(key, Decimal(0)) - before.get(key, Decimal(0))
        if step is not None and step.column is not None and difference:
            _grow(world, step.column, key, difference)
    links = []
    for source in sorted(_sources(change.after)):
        step = STEPS.get((kinds[source], change.type.name))
        if step is not None:
            lines = [line for document, line, _ in after if document == source] or [0]
            links += [Link(type=step.link, previous=source, previous_line=line) for line in lines]
    replace_links(world, change.id, _TYPES, links)
    for source in sorted(sources):
        _show_status(world, source, kinds[source])


def _kind(world: World, document: int) -> str:
    row = world.row('SELECT type FROM "transaction" WHERE id = ?', (document,))
    return "" if row is None else str(row[0])


def _grow(world: World, column: str, key: tuple[int, int, str], difference: Decimal) -> None:
    sql = (
        f"UPDATE {LINE_TABLE} SET {column} = COALESCE({column}, 0) + ?"  # noqa: S608 - the schema's own names
        ' WHERE "transaction" = ? AND x_line = ? AND x_list = ?'
    )
    world.execute(sql, (float(difference), *key))


def _show_status(world: World, document: int, kind: str) -> None:
    row = world.row('SELECT status FROM "transaction" WHERE id = ?', (document,))
    before = "" if row is None or row[0] is None else str(row[0])
    after = _status(world, document, kind, before)
    if after is not None and after != before:
        world.execute(
            'UPDATE "transaction" SET status = ?, lastmodifieddate = ?, x_orderstatus = CASE'
            " WHEN x_orderstatus IS NULL OR type = 'RtnAuth' THEN x_orderstatus ELSE ? END WHERE id = ?",
            (after, world.second_text(), after, document),
        )


def _status(world: World, document: int, kind: str, before: str) -> str | None:
    match kind:
        case "SalesOrd" | "PurchOrd" | "RtnAuth":
            return before if before in ("A", "C", "H") else order_letter(_quantities(world, document))
        case "Estimate":
            return "B" if is_linked(world, document, (LinkType.INVOICED,)) else "A"
        case "Opprtnty":
            if is_linked(world, document, (LinkType.CLOSED,)):
                return "C"
            return "B" if is_linked(world, document, (LinkType.ESTIMATED,)) else "A"
        case "PurchReq":
            return "D" if is_linked(world, document, (LinkType.ORDERED,)) else "B"
        case _:
            return None


Quantities = list[tuple[Decimal, Decimal, Decimal, bool]]  # ordered, moved, billed, whether it is moved at all


def _quantities(world: World, document: int) -> Quantities:
    rows = world.rows(
        "SELECT l.quantity, COALESCE(l.quantityshiprecv, l.x_quantityfulfilled, 0), COALESCE(l.quantitybilled, 0),"
        " i.isfulfillable = 'T' OR i.itemtype IN ('InvtPart', 'Assembly') FROM transactionline l"
        " LEFT JOIN item i ON i.id = l.item"
        " WHERE l.\"transaction\" = ? AND l.mainline = 'F' AND COALESCE(l.isclosed, 'F') <> 'T'",
        (document,),
    )
    return [
        (Decimal(str(row[0] if row[0] is not None else 1)), Decimal(str(row[1])), Decimal(str(row[2])), bool(row[3]))
        for row in rows
    ]


def order_letter(lines: Quantities) -> str:
    """Return the status letter of an order by its lines: what is ordered, moved and billed."""
    if lines and all(billed >= ordered for ordered, _, billed, _ in lines):
        return "G"
    moving = [(ordered, moved, billed) for ordered, moved, billed, is_moved in lines if is_moved]
    if all(moved >= ordered for ordered, moved, _ in moving):
        return "F"
    if not any(moved for _, moved, _ in moving):
        return "B"
    return "D" if all(billed >= moved for _, moved, billed in moving) else "E"


def complete_order(draft: Draft) -> None:
    """Fill in the status of an order, a quote or a requisition."""
    name = draft.shelf.type.name
    if name in ("estimate", "opportunity"):
        draft.default("status", "A")
        return
    if name == "purchaseRequisition" and (draft.is_new or draft.changes("approvalStatus")):
        approval = draft.text("approvalStatus")
        draft.put("status", "A" if approval == PENDING else "R" if approval == REJECTED else _kept(draft, "B"))
        return
    if name == "itemFulfillment":
        draft.default("shipStatus", "C")
    if name in ("purchaseRequisition", "itemFulfillment"):
        if draft.changes("shipStatus"):
            draft.put("status", draft.text("shipStatus"))
        return
    if draft.is_new and "orderStatus" not in draft.values:
        letter = draft.text("status")
        # A return's own status goes further than what may be chosen for it.
        is_chosen = any(choice.id == letter for choice in draft.shelf.fields["orderStatus"].choices)
        draft.default("orderStatus", letter if is_chosen else _first_letter(draft))
    elif draft.changes("approvalStatus") and draft.text("orderStatus") in ("A", None):
        draft.put("orderStatus", _first_letter(draft))
    if draft.is_new or draft.changes("orderStatus"):
        draft.put("status", draft.text("orderStatus"))


def _kept(draft: Draft, letter: str) -> str:
    before = None if draft.current is None else draft.current.values.get("status")
    return before if isinstance(before, str) and before not in ("A", "R") else letter


def _first_letter(draft: Draft) -> str:
    name = draft.shelf.type.name
    approval = draft.text("approvalStatus")
    if approval == REJECTED and name == "purchaseOrder":
        return "C"
    if approval == PENDING or (name == "salesOrder" and name in draft.world.policies.awaiting_approval):
        return "A"
    if name in ("purchaseOrder", "returnAuthorization"):
        return "B"
    sql = "SELECT isfulfillable = 'T' OR itemtype IN ('InvtPart', 'Assembly') FROM item WHERE id = ?"
    rows = (draft.world.row(sql, (str(line.get("item")),)) for line in draft.rows("item"))
    return "B" if any(row is not None and row[0] for row in rows) else "F"


def complete_made(draft: Draft) -> None:
    """Take whom a receipt or a fulfillment is with from its order: its own field is read only."""
    made_from = draft.text("createdFrom")
    if draft.is_new and made_from is not None and "entity" not in draft.values:
        row = draft.world.row('SELECT entity FROM "transaction" WHERE id = ?', (made_from,))
        if row is not None and row[0] is not None:
            draft.default("entity", str(row[0]))


def check_quantities(draft: Draft) -> Rejection | None:
    """Refuse to fulfill or to receive more than the order has left, unless the account allows that."""
    if draft.world.policies.allows_overage:
        return None
    before = {} if draft.current is None else _consumed(draft.current.values)
    for (document, line, name), quantity in _consumed(draft.values).items():
        step = STEPS.get((_kind(draft.world, document), draft.shelf.type.name))
        if step is None or step.column is None:
            continue
        sql = (
            f"SELECT quantity - COALESCE({step.column}, 0) FROM {LINE_TABLE}"  # noqa: S608 - the schema's own names
            ' WHERE "transaction" = ? AND x_line = ? AND x_list = ?'
        )
        row = draft.world.row(sql, (document, line, name))
        left = None if row is None or row[0] is None else Decimal(str(row[0]))
        grown = quantity - before.get((document, line, name), Decimal(0))
        if left is not None and grown > 0 and grown > left:
            return Rejection(
                code="OVER_FULFILL_DISALLWD",
                message=f"Line {line} of the order has {max(left, Decimal(0))} left: {quantity} is too much.",
                field=name,
                path=name,
            )
    return None
