"""The business rules of the account: what it fills in by itself, what it refuses, and what a write does to other records.

Per record type, completions run on every write, world edits included, and never refuse; checks run on writes that come
through a door; effects run after a record was stored or deleted. A type that is not named here has the general checks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from netsuite_simulator.drafts import Change, Draft, World
from netsuite_simulator.results import Rejection
from netsuite_simulator.rules import (
    addresses,
    applying,
    approvals,
    billables,
    classifying,
    documents,
    entities,
    expenses,
    files,
    hierarchies,
    journals,
    parties,
    periods,
    presence,
    progress,
    relations,
    settling,
    sheets,
    statuses,
    subsidiaries,
    tasks,
    times,
)
from netsuite_simulator.schemas.fields import RecordType
from netsuite_simulator.shelves import Stored

Completion = Callable[[Draft], None]
Check = Callable[[Draft], Rejection | None]
Effect = Callable[[Change], None]
DeletionCheck = Callable[[World, Stored], Rejection | None]

_DOCUMENT = (documents.complete_document, statuses.complete_status)
_POSTED = (*_DOCUMENT, periods.complete_period)
_ORDER = (*_DOCUMENT, progress.complete_order)
_SALE = (billables.complete_billables, *_POSTED)
_CREDIT = (
    documents.complete_document,
    applying.complete_application,
    statuses.complete_status,
    periods.complete_period,
)
_PAYMENT = (applying.complete_application, statuses.complete_status, periods.complete_period)

_COMPLETIONS: Mapping[str, tuple[Completion, ...]] = {
    "customer": (entities.complete_customer, addresses.complete_book),
    "contact": (entities.complete_contact, addresses.complete_book),
    "employee": (entities.complete_employee, addresses.complete_book),
    "vendor": (entities.complete_vendor, addresses.complete_book),
    "customerSubsidiaryRelationship": (relations.complete_relation,),
    "vendorSubsidiaryRelationship": (relations.complete_relation,),
    "job": (entities.complete_job, addresses.complete_book),
    "projectTask": (tasks.complete_task,),
    "timeBill": (times.complete_time,),
    "timeSheet": (sheets.complete_sheet,),
    "expenseReport": (expenses.complete_report, statuses.complete_status, periods.complete_period),
    "opportunity": _ORDER,
    "estimate": _ORDER,
    "salesOrder": _ORDER,
    "returnAuthorization": _ORDER,
    "purchaseRequisition": _ORDER,
    "purchaseOrder": _ORDER,
    "itemFulfillment": (progress.complete_made, *_POSTED, progress.complete_order),
    "itemReceipt": (progress.complete_made, *_POSTED),
    "invoice": _SALE,
    "cashSale": _SALE,
    "vendorBill": _POSTED,
    "creditMemo": _CREDIT,
    "vendorCredit": _CREDIT,
    "customerPayment": (applying.complete_application, periods.complete_period),
    "customerDeposit": _PAYMENT,
    "depositApplication": _PAYMENT,
    "customerRefund": _PAYMENT,
    "vendorPayment": _PAYMENT,
    "journalEntry": (journals.complete_journal, statuses.complete_status, periods.complete_period),
    "file": (files.complete_file,),
    "department": (hierarchies.complete_full_name,),
    "classification": (hierarchies.complete_full_name,),
    "location": (hierarchies.complete_full_name,),
    "subsidiary": (hierarchies.complete_full_name,),
    "account": (hierarchies.complete_account,),
    "accountingPeriod": (periods.complete_accounting_period,),
    "serviceSaleItem": (hierarchies.complete_item,),
    "servicePurchaseItem": (hierarchies.complete_item,),
    "serviceResaleItem": (hierarchies.complete_item,),
}

_NAMED = (presence.check_required, hierarchies.check_unique_name)
_ENTITY = (entities.check_names, presence.check_required, entities.check_unique_id, addresses.check_book)
_RELATION = (presence.check_required, relations.check_relation)
_HEAD = (
    presence.check_required,
    parties.check_party,
    subsidiaries.check_head,
    classifying.check_mandatory,
    approvals.check_approval,
)
_LINES = (*_HEAD, documents.check_document)
_MOVED = (presence.check_required, documents.check_document, progress.check_quantities, periods.check_period)
_APPLIED = (applying.check_application, periods.check_period)

_CHECKS: Mapping[str, tuple[Check, ...]] = {
    "customer": _ENTITY,
    "contact": (presence.check_required, addresses.check_book),
    "employee": _ENTITY,
    "vendor": _ENTITY,
    "customerSubsidiaryRelationship": _RELATION,
    "vendorSubsidiaryRelationship": _RELATION,
    "job": _ENTITY,
    "projectTask": (presence.check_required, tasks.check_task),
    "timeBill": (times.check_approved, presence.check_required, times.check_time),
    "timeSheet": (presence.check_required, sheets.check_sheet),
    "expenseReport": (*_HEAD, expenses.check_report, periods.check_period),
    "opportunity": _LINES,
    "estimate": _LINES,
    "salesOrder": _LINES,
    "returnAuthorization": _LINES,
    "purchaseRequisition": _LINES,
    "purchaseOrder": _LINES,
    "itemFulfillment": _MOVED,
    "itemReceipt": _MOVED,
    "invoice": (*_LINES, billables.check_billables, periods.check_period),
    "cashSale": (*_LINES, billables.check_billables, periods.check_period),
    "vendorBill": (*_LINES, periods.check_period),
    "creditMemo": (*_LINES, *_APPLIED),
    "vendorCredit": (*_LINES, *_APPLIED),
    "customerPayment": (*_HEAD, *_APPLIED),
    "customerDeposit": (*_HEAD, periods.check_period),
    "depositApplication": (*_HEAD, *_APPLIED),
    "customerRefund": (*_HEAD, *_APPLIED),
    "vendorPayment": (*_HEAD, *_APPLIED),
    "journalEntry": (
        presence.check_required,
        subsidiaries.check_head,
        classifying.check_mandatory,
        approvals.check_approval,
        journals.check_journal,
        periods.check_period,
    ),
    "department": _NAMED,
    "classification": _NAMED,
    "location": _NAMED,
    "subsidiary": _NAMED,
    "expenseCategory": _NAMED,
    "folder": _NAMED,
    "file": (presence.check_required, files.check_file),
    "account": (presence.check_required, hierarchies.check_unique_account),
    "serviceSaleItem": (presence.check_required, hierarchies.check_unique_item),
    "servicePurchaseItem": (presence.check_required, hierarchies.check_unique_item),
    "serviceResaleItem": (presence.check_required, hierarchies.check_unique_item),
}
_GENERAL: tuple[Check, ...] = (presence.check_required,)

_MADE = (progress.advance,)
_EFFECTS: Mapping[str, tuple[Effect, ...]] = {
    "customer": (relations.follow_entity,),
    "vendor": (relations.follow_entity,),
    "customerSubsidiaryRelationship": (relations.follow_relation,),
    "vendorSubsidiaryRelationship": (relations.follow_relation,),
    "timeBill": (sheets.count_hours,),
    "timeSheet": (sheets.take_time,),
    "estimate": _MADE,
    "salesOrder": _MADE,
    "returnAuthorization": _MADE,
    "purchaseOrder": _MADE,
    "itemFulfillment": _MADE,
    "itemReceipt": _MADE,
    "invoice": (progress.advance, billables.bill),
    "cashSale": (progress.advance, billables.bill),
    "vendorBill": _MADE,
    "creditMemo": (progress.advance, settling.settle),
    "vendorCredit": (progress.advance, settling.settle),
    "customerPayment": (settling.settle,),
    "depositApplication": (settling.settle,),
    "customerRefund": (settling.settle,),
    "vendorPayment": (settling.settle,),
}

DELETION_CHECKS: tuple[DeletionCheck, ...] = (
    periods.check_deletion,
    billables.check_deletion,
    relations.check_deletion,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What one record type's writes go through."""

    completions: tuple[Completion, ...]
    checks: tuple[Check, ...]
    effects: tuple[Effect, ...]


def rules_of(record_type: RecordType) -> Rules:
    """Give the rules of a record type."""
    name = record_type.name
    return Rules(
        completions=_COMPLETIONS.get(name, ()),
        checks=_CHECKS.get(name, _GENERAL),
        effects=_EFFECTS.get(name, ()),
    )
