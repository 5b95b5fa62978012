"""Approval, posting and status of transactions: pending ones do not post, paid ones are Paid In Full. Reference §9.9, §9.10.

Letters and labels are the schemas'; which approval and balance lead to which letter is assumed from the labels. Who may
approve is asked by `approvals`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from netsuite_simulator.drafts import Draft
from netsuite_simulator.rules.amounts import number

PENDING, APPROVED, REJECTED = "1", "2", "3"  # approvalStatus of transactions, reference §9.14


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """The letters of one type's status; `settled` where nothing is left open."""

    opened: str
    settled: str | None = None
    pending: str | None = None
    rejected: str | None = None
    voided: str | None = None


# By record type: those whose status follows from approval and balance alone.
LETTERS: Mapping[str, Letters] = MappingProxyType(
    {
        "invoice": Letters(opened="A", settled="B", pending="D", rejected="E", voided="V"),
        "creditMemo": Letters(opened="A", settled="B", voided="V"),
        "vendorBill": Letters(opened="A", settled="B", pending="D", rejected="E", voided="F"),
        "vendorCredit": Letters(opened="A", settled="B", voided="V"),
        "vendorPayment": Letters(opened="A", pending="D", rejected="E", voided="V"),
        "customerDeposit": Letters(opened="B", settled="C"),
        "depositApplication": Letters(opened="B"),
        "expenseReport": Letters(opened="F", settled="I", pending="B", rejected="E", voided="V"),
        "journalEntry": Letters(opened="B", pending="A", rejected="C"),
        "customerRefund": Letters(opened="B"),
    }
)
# By the code in transaction.type: what a transaction that another one pays goes by.
TYPE_NAMES = MappingProxyType(
    {
        "CustInvc": "invoice",
        "CustCred": "creditMemo",
        "VendBill": "vendorBill",
        "VendCred": "vendorCredit",
        "CustDep": "customerDeposit",
        "ExpRept": "expenseReport",
    }
)
_NEVER_POST = frozenset(
    {"opportunity", "estimate", "salesOrder", "purchaseRequisition", "purchaseOrder", "returnAuthorization"}
)


def letter_of(type_name: str, approval: str, *, total: Decimal | None, unpaid: Decimal | None) -> str:
    """Return the status letter of a transaction; without a total it is open."""
    letters = LETTERS[type_name]
    if approval == PENDING and letters.pending is not None:
        return letters.pending
    if approval == REJECTED and letters.rejected is not None:
        return letters.rejected
    if letters.settled is not None and total is not None and unpaid is not None and (unpaid == 0 or unpaid < 0 < total):
        return letters.settled
    return letters.opened


def complete_status(draft: Draft) -> None:
    """Fill in approval, what is left open, whether it posts, and the status."""
    name = draft.shelf.type.name
    if draft.is_new:
        _complete_approval(draft, name)
    if name == "journalEntry" and draft.values.get("approved") is False:
        approval = PENDING
    else:
        approval = draft.text("approvalStatus") or APPROVED
    if draft.is_new or any(draft.changes(one) for one in ("approvalStatus", "approved")):
        draft.put("posting", name not in _NEVER_POST and approval == APPROVED)
    elif not any(draft.changes(one) for one in ("total", "amountPaid", "applied")):
        return
    if name not in LETTERS:
        return
    total = number(draft.values.get("total"))
    unpaid = None
    if total is not None and LETTERS[name].settled is not None:
        draft.default("amountPaid", Decimal(0))
        unpaid = total - (number(draft.values.get("amountPaid")) or Decimal(0))
        draft.put("amountRemaining", unpaid)
    draft.put("status", letter_of(name, approval, total=total, unpaid=unpaid))


def _complete_approval(draft: Draft, name: str) -> None:
    awaits = name in draft.world.policies.awaiting_approval
    if name == "journalEntry":
        draft.default("approved", not awaits)
        return
    if name == "expenseReport":
        is_approved = draft.values.get("accountingApproval") is True
        draft.default("approvalStatus", APPROVED if is_approved else PENDING)
        return
    draft.default("approvalStatus", PENDING if awaits else APPROVED)
