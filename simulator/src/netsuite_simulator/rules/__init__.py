"""The business rules of the account: what it fills in by itself and what it refuses.

Per record type, `COMPLETIONS` run on every write, world edits included, and never refuse; `CHECKS` run on writes that
come through a door.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from netsuite_simulator.drafts import Draft
from netsuite_simulator.results import Rejection
from netsuite_simulator.rules import entities, expenses, hierarchies, invoices, periods, presence, tasks, times

Completion = Callable[[Draft], None]
Check = Callable[[Draft], Rejection | None]

COMPLETIONS: Mapping[str, tuple[Completion, ...]] = {
    "customer": (entities.complete_customer,),
    "contact": (entities.complete_contact,),
    "employee": (entities.complete_employee,),
    "vendor": (entities.complete_vendor,),
    "job": (entities.complete_job,),
    "projectTask": (tasks.complete_task,),
    "timeBill": (times.complete_time,),
    "expenseReport": (expenses.complete_report, periods.complete_period),
    "invoice": (invoices.complete_invoice, periods.complete_period),
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
_ENTITY = (entities.check_names, presence.check_required, entities.check_unique_id)

CHECKS: Mapping[str, tuple[Check, ...]] = {
    "customer": _ENTITY,
    "contact": (presence.check_required,),
    "employee": _ENTITY,
    "vendor": _ENTITY,
    "job": _ENTITY,
    "projectTask": (presence.check_required, tasks.check_task),
    "timeBill": (times.check_approved, presence.check_required, times.check_time),
    "expenseReport": (presence.check_required, expenses.check_report, periods.check_period),
    "invoice": (presence.check_required, invoices.check_invoice, periods.check_period),
    "department": _NAMED,
    "classification": _NAMED,
    "location": _NAMED,
    "subsidiary": _NAMED,
    "expenseCategory": _NAMED,
    "serviceSaleItem": (presence.check_required, hierarchies.check_unique_item),
    "servicePurchaseItem": (presence.check_required, hierarchies.check_unique_item),
    "serviceResaleItem": (presence.check_required, hierarchies.check_unique_item),
}
GENERAL_CHECKS: tuple[Check, ...] = (presence.check_required,)
