"""Orders, invoices, bills and their like: whom they are with, their lines, tax, totals and numbers. Reference §9.9 and §9.10.

A document's kind is one row of `DOCUMENTS`. Numbers' prefixes and which sublists may stay empty are assumed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType

from netsuite_simulator.drafts import Draft, missing
from netsuite_simulator.results import Rejection
from netsuite_simulator.rules import taxes
from netsuite_simulator.rules.amounts import exchange_rate, number, rounded, rounding, total_of
from netsuite_simulator.rules.parties import Party, party_of
from netsuite_simulator.rules.subsidiaries import wrong_subsidiary
from netsuite_simulator.shelves import Line

NO_LINES = Rejection(code="USER_ERROR", message="You must enter at least one line item for this transaction.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One kind of document: its sublists with amounts, those it bills costs from, and how it is numbered."""

    prefix: str
    lists: tuple[str, ...] = ("item",)
    billables: tuple[str, ...] = ()
    total: str = "total"
    is_due: bool = False
    is_numbered_by_hand: bool = False  # a vendor's own number: the account numbers the transaction only
    has_amounts: bool = True  # receipts and fulfillments move quantities alone


_BILLABLES = ("expCost", "itemCost", "time")
_BOTH = ("item", "expense")

DOCUMENTS: Mapping[str, Document] = MappingProxyType(
    {
        "opportunity": Document(prefix="OPP", total="projectedTotal"),
        "estimate": Document(prefix="EST", is_due=True),
        "salesOrder": Document(prefix="SO"),
        "itemFulfillment": Document(prefix="IF", has_amounts=False),
        "invoice": Document(prefix="INV", billables=_BILLABLES, is_due=True),
        "cashSale": Document(prefix="CS", billables=_BILLABLES),
        "returnAuthorization": Document(prefix="RMA"),
        "creditMemo": Document(prefix="CM"),
        "purchaseRequisition": Document(prefix="REQ", lists=_BOTH),
        "purchaseOrder": Document(prefix="PO", lists=_BOTH),
        "itemReceipt": Document(prefix="IR", lists=_BOTH, has_amounts=False),
        "vendorBill": Document(prefix="VENDBILL", lists=_BOTH, is_due=True, is_numbered_by_hand=True),
        "vendorCredit": Document(prefix="VENDCRED", lists=_BOTH, is_numbered_by_hand=True),
    }
)


def complete_document(draft: Draft) -> None:
    """Fill in whom it is with, its number, the amounts of its lines, tax and totals."""
    document = DOCUMENTS[draft.shelf.type.name]
    party = party_of(draft)
    if draft.is_new:
        complete_head(draft, party, document.prefix, is_numbered_by_hand=document.is_numbered_by_hand)
    if document.is_due and (draft.is_new or draft.changes("terms") or draft.changes("tranDate")):
        _complete_due_date(draft)
    if not document.has_amounts or not (draft.is_new or _moves(draft, document)):
        return
    places = rounding(draft, draft.text("currency"))
    for name in document.lists:
        if name in draft.lists:
            for line in draft.rows(name):
                _complete_line(line, places, has_quantity=name == "item")
    amounts = [number(line.get("amount")) or Decimal(0) for name in document.lists for line in draft.rows(name)]
    amounts += [
        number(line.get("amount")) or Decimal(0) for name in document.billables for line in applied(draft.rows(name))
    ]
    if amounts or draft.lists:
        _complete_totals(draft, document, amounts, party, places)


_MOVING = ("currency", "discountRate", "taxItem", "taxRate", "entity")


def _moves(draft: Draft, document: Document) -> bool:
    """Whether a change touches what the totals are made of: what is sent again unchanged computes nothing anew."""
    return any(draft.changes(name) for name in (*_MOVING, *document.lists, *document.billables))


def complete_head(draft: Draft, party: Party, prefix: str, *, is_numbered_by_hand: bool = False) -> None:
    """Fill in a new transaction's date, currency, subsidiary and number."""
    draft.default("tranDate", draft.world.today())
    draft.default("currency", party.currency)
    draft.default("subsidiary", party.subsidiary)
    draft.default("terms", party.terms)
    draft.default("exchangeRate", exchange_rate(draft, draft.text("currency")))
    draft.stamp("createdDate")
    if is_numbered_by_hand:
        if "transactionNumber" not in draft.values:
            family = f"{draft.shelf.type.label.lower()} number"
            draft.default("transactionNumber", f"{prefix}{draft.world.next_number(family)}")
        return
    if "tranId" not in draft.values:
        draft.default("tranId", f"{prefix}{draft.world.next_number(f'{draft.shelf.type.label.lower()} number')}")
    draft.default("transactionNumber", draft.text("tranId"))


def _complete_due_date(draft: Draft) -> None:
    day = draft.values.get("tranDate")
    if "dueDate" not in draft.given and isinstance(day, date):
        row = draft.world.row("SELECT daysuntilnetdue FROM term WHERE id = ?", (draft.text("terms"),))
        days = 0 if row is None or row[0] is None else int(row[0])
        draft.put("dueDate", day + timedelta(days=min(days, (date.max - day).days)))


def _complete_line(line: Line, places: Decimal, *, has_quantity: bool) -> None:
    if not has_quantity:
        return
    quantity, rate, amount = (
        number(line.setdefault("quantity", Decimal(1))),
        number(line.get("rate")),
        number(line.get("amount")),
    )
    if amount is None and rate is not None and quantity is not None:
        line["amount"] = rounded(quantity * rate, places)
    elif amount is not None and rate is None and quantity:
        line["rate"] = str(rounded(amount / quantity, Decimal("0.01")))


def _complete_totals(draft: Draft, document: Document, amounts: list[Decimal], party: Party, places: Decimal) -> None:
    net = total_of(amounts)
    discount = _discount(draft, net, places)
    tax = taxes.complete_taxes(draft, document.lists, document.billables, places, party)
    draft.put("subTotal", net)
    draft.put("discountTotal", discount)
    draft.put("taxTotal", tax)
    draft.put("currencyName", _currency_name(draft) if "currencyName" in draft.shelf.fields else None)
    total = net + discount + tax
    if draft.shelf.type.name == "opportunity" and "projectedTotal" in draft.given:
        return  # what somebody projects stands, whatever the lines say
    draft.put(document.total, total)


def _discount(draft: Draft, net: Decimal, places: Decimal) -> Decimal:
    """Return the header's discount: an amount, or a percentage of the lines ("-10%")."""
    text = draft.text("discountRate")
    rate = number(text)
    if rate is None or text is None:
        return Decimal(0)
    return rounded(net * rate / 100, places) if text.strip().endswith("%") else rounded(rate, places)


def _currency_name(draft: Draft) -> str | None:
    row = draft.world.row("SELECT name FROM currency WHERE id = ?", (draft.text("currency"),))
    return None if row is None or row[0] is None else str(row[0])


def applied(lines: list[Line]) -> list[Line]:
    """Return the rows of a sublist of costs or of open documents that count."""
    return [line for line in lines if line.get("apply") is not False]


def check_document(draft: Draft) -> Rejection | None:
    """Refuse a document without lines, or with a line that lacks item, account or amount."""
    document = DOCUMENTS[draft.shelf.type.name]
    may_be_empty = draft.shelf.type.name == "opportunity"
    has_lines = any(draft.rows(name) for name in document.lists)
    has_costs = any(applied(draft.rows(name)) for name in document.billables)
    if not (may_be_empty or has_lines or has_costs):
        return NO_LINES
    for name in document.lists:
        if name not in draft.lists or not (draft.is_new or draft.changes(name)):
            continue
        for index, line in enumerate(draft.rows(name)):
            rejection = _check_line(draft, document, name, index, line)
            if rejection is not None:
                return rejection
    return None


def _check_line(draft: Draft, document: Document, name: str, index: int, line: Line) -> Rejection | None:
    path = f"{name}.items[{index}]"
    if name == "item" and "item" not in line:
        return missing("Item", name=name, path=f"{path}.item")
    if document.has_amounts:
        if name == "expense" and "account" not in line and "category" not in line:
            return missing("Account", name=name, path=f"{path}.account")
        if "amount" not in line:
            return missing("Amount", name=name, path=f"{path}.amount")
    for column in ("item", "category", "account", "department", "class", "location"):
        if column in line:
            rejection = wrong_subsidiary(draft, column, line[column], f"{path}.{column}")
            if rejection is not None:
                return rejection
    return None
