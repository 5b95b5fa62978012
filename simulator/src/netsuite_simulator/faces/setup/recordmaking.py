"""The buttons of a record's form that make another record of it, and what the other one's form then begins with.

What can be made from what, and what travels, is the table of transforms (reference §4.13, §5.3); the words on the buttons
and the addresses behind them are assumed. Refuses to know how a form looks and how it is saved.
"""

from __future__ import annotations

from netsuite_simulator.account import Rejection, Stored
from netsuite_simulator.faces.setup import paths
from netsuite_simulator.faces.setup.pieces import Link
from netsuite_simulator.faces.setup.visits import NotHereError, Visit
from netsuite_simulator.results import CREATE, view_refusal
from netsuite_simulator.rules.applying import open_document
from netsuite_simulator.schemas.fields import RecordType
from netsuite_simulator.transforms import TRANSFORMS, refusal_of_state

_SOURCE_TYPE, _SOURCE_ID = "transform", "source"
_LABELS = {  # any other button is called as the record it makes
    ("salesOrder", "invoice"): "Bill",
    ("purchaseOrder", "vendorBill"): "Bill",
    ("purchaseOrder", "itemReceipt"): "Receive",
    ("returnAuthorization", "itemReceipt"): "Receive",
    ("returnAuthorization", "creditMemo"): "Refund",
    ("creditMemo", "customerRefund"): "Refund",
    ("customer", "customerRefund"): "Refund",
    ("customer", "customerPayment"): "Accept Payment",
    ("invoice", "customerPayment"): "Accept Payment",
    ("invoice", "creditMemo"): "Credit",
    ("vendorBill", "vendorCredit"): "Credit",
    ("invoice", "returnAuthorization"): "Authorize Return",
    ("cashSale", "returnAuthorization"): "Authorize Return",
    ("vendor", "vendorPayment"): "Make Payment",
    ("employee", "vendorPayment"): "Make Payment",
    ("vendorBill", "vendorPayment"): "Make Payment",
    ("expenseReport", "vendorPayment"): "Make Payment",
    ("customerDeposit", "depositApplication"): "Apply",
}


def buttons_of(visit: Visit, source: Stored) -> tuple[Link, ...]:
    """Lead to the form of each record that can be made of this one, now and by this role."""
    made = [target for name, target in TRANSFORMS if name == source.type.name]
    return tuple(
        Link(
            label=_LABELS.get((source.type.name, one), visit.account.types[one].label),
            href=paths.form_of(one, **{_SOURCE_TYPE: source.type.name, _SOURCE_ID: source.id}),
        )
        for one in made
        if view_refusal(visit.account.types[one], visit.login, CREATE) is None and _is_possible(visit, source, one)
    )


def _is_possible(visit: Visit, source: Stored, target: str) -> bool:
    if refusal_of_state(source, target) is not None:
        return False
    if TRANSFORMS[source.type.name, target].applies is None:
        return True
    document = open_document(visit.account.world, source.id) if "entity" in source.values else None
    return document is None or document.due > 0


def made_for(visit: Visit, record_type: RecordType) -> Stored | Rejection | None:
    """Make what a form begins with, where its address names another record; None where it names none."""
    source_type = visit.query.get(_SOURCE_TYPE)
    if source_type is None:
        return None
    known, source_id = visit.account.record_type(source_type), visit.query.get(_SOURCE_ID, "")
    if known is None:
        raise NotHereError("There is no such record type.")
    return visit.account.initialize(record_type.name, known.name, internal_id=source_id, role=visit.login)
