"""Payments, credits and deposits applied to open documents: what each line takes, and what is refused. Reference §9.9.

A line names an open document (`doc`) and takes its `amount`, or all that is due where it names none. Codes are NetSuite's
(`CANT_APPLY_PMT`, `MISMATCHED_CURRENCY`, `INVALID_KEY_OR_REF`); which one meets which mistake is assumed. What applying
does to the documents stands in `settling`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from netsuite_simulator.drafts import Draft, World, missing
from netsuite_simulator.links import LinkType
from netsuite_simulator.results import Rejection
from netsuite_simulator.rules.amounts import number, rounded, rounding, total_of
from netsuite_simulator.rules.documents import applied, complete_head
from netsuite_simulator.rules.parties import customer_of, party_of
from netsuite_simulator.rules.statuses import PENDING, REJECTED
from netsuite_simulator.shelves import Line, Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """One sublist of documents that a transaction applies to, by the codes of their types."""

    list: str
    types: tuple[str, ...]
    link: LinkType
    adds: bool = False  # its amounts add to what may be applied, as credits and deposits do


_INVOICES = Applied(list="apply", types=("CustInvc",), link=LinkType.PAID)
_CREDITS = Applied(list="credit", types=("CustCred",), link=LinkType.PAID, adds=True)
_DEPOSITS = Applied(list="deposit", types=("CustDep",), link=LinkType.DEPOSIT_APPLIED, adds=True)
APPLICATIONS: Mapping[str, tuple[Applied, ...]] = MappingProxyType(
    {
        "customerPayment": (_INVOICES, _CREDITS, _DEPOSITS),
        "creditMemo": (_INVOICES,),
        "depositApplication": (Applied(list="apply", types=("CustInvc",), link=LinkType.DEPOSIT_APPLIED),),
        "customerRefund": (
            Applied(list="apply", types=("CustCred",), link=LinkType.REFUNDED),
            Applied(list="deposit", types=("CustDep",), link=LinkType.DEPOSIT_REFUNDED),
        ),
        "vendorPayment": (
            Applied(list="apply", types=("VendBill", "ExpRept"), link=LinkType.PAID),
            Applied(list="credit", types=("VendCred",), link=LinkType.PAID, adds=True),
        ),
        "vendorCredit": (Applied(list="apply", types=("VendBill",), link=LinkType.PAID),),
    }
)
_PREFIXES = {
    "customerPayment": "PYMT",
    "customerDeposit": "DEP",
    "depositApplication": "DA",
    "customerRefund": "REF",
    "vendorPayment": "VPAY",
}
_OPEN = (
    "SELECT t.type, t.tranid, t.entity, t.currency, t.approvalstatus, t.foreigntotal, t.foreignamountpaid, t.trandate,"
    ' c.name, t.x_payment FROM "transaction" t LEFT JOIN currency c ON c.id = t.currency WHERE t.id = ?'
)
_LABELS = {
    "CustInvc": "Invoice",
    "CustCred": "Credit Memo",
    "CustDep": "Customer Deposit",
    "VendBill": "Bill",
    "VendCred": "Bill Credit",
    "ExpRept": "Expense Report",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDocument:
    """A document that money may be applied to; `due` is what is left of it."""

    type: str
    name: str
    entity: str
    currency: str | None
    currency_name: str | None
    approval: str | None
    day: str
    total: Decimal
    due: Decimal


def open_document(world: World, number_of: object) -> OpenDocument | None:
    """Find a document by its internal id."""
    row = world.row(_OPEN, (str(number_of),))
    if row is None:
        return None
    total = Decimal(str(row[5] if row[5] is not None else row[9] or 0))
    return OpenDocument(
        type=str(row[0]),
        name=str(row[1] or ""),
        entity=str(row[2]),
        currency=None if row[3] is None else str(row[3]),
        currency_name=None if row[8] is None else str(row[8]),
        approval=None if row[4] is None else str(row[4]),
        day=str(row[7]),
        total=total,
        due=total - Decimal(str(row[6] or 0)),
    )


def amounts_of(type_name: str, values: Values) -> Iterator[tuple[Applied, int, Decimal]]:
    """List what a transaction's values apply: the sublist, the document, the amount."""
    for one in APPLICATIONS[type_name]:
        rows = values.get(one.list)
        for line in applied(rows) if isinstance(rows, list) else ():
            document, amount = line.get("doc"), number(line.get("amount"))
            if isinstance(document, int) and amount is not None:
                yield one, document, amount


def _own(draft: Draft) -> dict[int, Decimal]:
    """Return what this transaction has applied already, by document."""
    found: dict[int, Decimal] = {}
    if draft.current is not None:
        for _, document, amount in amounts_of(draft.shelf.type.name, draft.current.values):
            found[document] = found.get(document, Decimal(0)) + amount
    return found


def complete_application(draft: Draft) -> None:
    """Fill in the lines of what is applied, and the sums."""
    name = draft.shelf.type.name
    if name in _PREFIXES and draft.is_new:
        _complete_payer(draft)
        complete_head(draft, party_of(draft), _PREFIXES[name])
    if name not in APPLICATIONS:
        draft.put("total", number(draft.values.get("payment")))
        return
    if draft.values.get("autoApply") is True and not draft.rows("apply"):
        _apply_oldest(draft)
    lists = [one.list for one in APPLICATIONS[name]]
    if not draft.is_new and not any(draft.changes(one) for one in (*lists, "payment", "total")):
        return
    own = _own(draft)
    for one in APPLICATIONS[name]:
        if one.list in draft.given and draft.rows(one.list):
            lines = [_completed(draft, one, line, own) for line in draft.rows(one.list)]
            draft.keep_rows(one.list, lines)
    taken, added = _sums(draft)
    if name in ("vendorPayment", "customerRefund"):
        draft.put("total", taken - added)
    elif name == "depositApplication":
        draft.put("total", taken)
    elif name == "customerPayment":
        draft.put("total", number(draft.values.get("payment")))
        draft.put("unapplied", (number(draft.values.get("payment")) or Decimal(0)) + added - taken)
        draft.put("posting", True)
        draft.put("status", "B" if "account" not in draft.values else "C")  # into undeposited funds, or a bank account
        draft.default("undepFunds", "account" not in draft.values)
    draft.put("applied", taken)
    if name in ("creditMemo", "vendorCredit"):
        _complete_credit(draft, taken)


def _complete_payer(draft: Draft) -> None:
    """Find the customer of a deposit that is applied: its field is read only."""
    deposit = draft.text("deposit")
    row = (
        None
        if deposit is None
        else draft.world.row('SELECT entity, currency FROM "transaction" WHERE id = ?', (deposit,))
    )
    if row is not None and row[0] is not None:
        draft.default("customer", str(row[0]))
        draft.default("currency", None if row[1] is None else str(row[1]))


def _complete_credit(draft: Draft, taken: Decimal) -> None:
    """Count what is used of a credit: by its own lines, and by payments that take it along."""
    used = Decimal(0)
    if draft.current is not None:
        sql = "SELECT SUM(foreignamount) FROM nexttransactionlinelink WHERE previousdoc = ? AND linktype IN ('Payment', 'PmtRfnd')"
        row = draft.world.row(sql, (int(draft.current.id),))
        used = Decimal(str(row[0])) if row is not None and row[0] is not None else Decimal(0)
    total = number(draft.values.get("total")) or Decimal(0)
    spelled = "unApplied" if draft.shelf.type.name == "vendorCredit" else "unapplied"
    draft.put("applied", taken + used)
    draft.put(spelled, total - taken - used)
    draft.put("amountPaid", taken + used)


def _completed(draft: Draft, one: Applied, line: Line, own: Mapping[int, Decimal]) -> Line:
    line = {"apply": True, **line}
    document = open_document(draft.world, line.get("doc"))
    if document is None or document.type not in one.types or line["apply"] is False:
        return line
    places = rounding(draft, document.currency)
    due = rounded(document.due + own.get(int(str(line["doc"])), Decimal(0)), places)
    facts: Line = {
        "line": 0,
        "type": _LABELS.get(document.type, document.type),
        "refNum": document.name,
        "total": document.total,
        "due": due,
        "currency": document.currency_name,
        "amount": due,
    }
    fields = draft.shelf.sublists[one.list].encoders
    return {**{name: value for name, value in facts.items() if value is not None and name in fields}, **line}


def _apply_oldest(draft: Draft) -> None:
    """Apply a payment to the oldest open documents, as *Auto Apply* does."""
    left = number(draft.values.get("payment")) or number(draft.values.get("total")) or Decimal(0)
    entity = draft.text("customer") or draft.text("entity")
    types = APPLICATIONS[draft.shelf.type.name][0].types
    sql = (
        'SELECT id FROM "transaction" WHERE entity = ? AND currency IS ? AND foreignamountunpaid > 0'
        " AND approvalstatus IS NOT '1' AND type IN (SELECT value FROM json_each(?)) ORDER BY trandate, id"
    )
    lines: list[Line] = []
    for (document_id,) in draft.world.rows(sql, (entity, draft.text("currency"), json.dumps(types))):
        document = open_document(draft.world, document_id)
        if document is None or left <= 0:
            break
        amount = min(left, document.due)
        left -= amount
        lines.append({"apply": True, "doc": int(str(document_id)), "amount": amount})
    if lines:
        draft.given.add("apply")
        draft.values["apply"] = lines


def _sums(draft: Draft) -> tuple[Decimal, Decimal]:
    """Return what is applied, and what credits and deposits add to it."""
    found = list(amounts_of(draft.shelf.type.name, draft.values))
    return (
        total_of([amount for one, _, amount in found if not one.adds]),
        total_of([amount for one, _, amount in found if one.adds]),
    )


def check_application(draft: Draft) -> Rejection | None:
    """Refuse documents that are not open for it, more than is due, and more than was paid."""
    name = draft.shelf.type.name
    if name == "customerPayment" and (number(draft.values.get("payment")) or Decimal(0)) < 0:
        return Rejection(
            code="NEGATIVE_PAYMENT_DISALLWD",
            message="The payment amount may not be negative.",
            field="payment",
            path="payment",
        )
    own = _own(draft)
    for one in APPLICATIONS[name]:
        if one.list in draft.given:
            for index, line in enumerate(draft.rows(one.list)):
                rejection = _check_line(draft, one, index, line, own)
                if rejection is not None:
                    return rejection
    taken, added = _sums(draft)
    available = _available(draft)
    if available is not None and taken > available + added:
        return _refused("You cannot apply more than your total payments.", "apply", 0)
    if name in ("vendorPayment", "customerRefund", "depositApplication") and taken <= 0 and draft.is_new:
        return missing("Apply", name="apply", path="apply")
    return None


def _available(draft: Draft) -> Decimal | None:
    match draft.shelf.type.name:
        case "customerPayment":
            return number(draft.values.get("payment")) or Decimal(0)
        case "creditMemo" | "vendorCredit":
            return number(draft.values.get("total")) or Decimal(0)
        case "depositApplication":
            deposit = open_document(draft.world, draft.text("deposit"))
            before = Decimal(0)
            if draft.current is not None:
                before = number(draft.current.values.get("total")) or before
            return None if deposit is None else deposit.due + before
        case _:
            return None


def _check_line(draft: Draft, one: Applied, index: int, line: Line, own: Mapping[int, Decimal]) -> Rejection | None:
    if line.get("apply") is False:
        return None
    if "doc" not in line:
        return missing("Doc", name=one.list, path=f"{one.list}.items[{index}].doc")
    document = open_document(draft.world, line["doc"])
    entity = draft.text("customer") or draft.text("entity")
    if document is None or document.type not in one.types or not _is_of(draft.world, document, entity):
        return Rejection(
            code="INVALID_KEY_OR_REF",
            message=f"Invalid doc reference key {line['doc']} for entity {entity}.",
            field=one.list,
            path=f"{one.list}.items[{index}].doc",
        )
    if document.currency is not None and document.currency != draft.text("currency"):
        return Rejection(
            code="MISMATCHED_CURRENCY",
            message=f"{document.name} is in another currency than this transaction.",
            field=one.list,
            path=f"{one.list}.items[{index}].doc",
        )
    if document.approval in (PENDING, REJECTED):
        return _refused(f"{document.name} is not approved: nothing can be applied to it.", one.list, index)
    due = document.due + own.get(int(str(line["doc"])), Decimal(0))
    amount = number(line.get("amount")) or Decimal(0)
    if amount > due:
        return _refused(f"You cannot apply {amount} to {document.name}: {due} is due.", one.list, index)
    return None


def _is_of(world: World, document: OpenDocument, entity: str | None) -> bool:
    if document.entity == entity:
        return True
    customer = customer_of(world, document.entity)
    return customer is not None and customer == customer_of(world, entity)


def _refused(message: str, name: str, index: int) -> Rejection:
    return Rejection(code="CANT_APPLY_PMT", message=message, field=name, path=f"{name}.items[{index}].amount")
