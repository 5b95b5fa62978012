"""The business rules of the account: what it fills in by itself and what it refuses.

Per record type, completions run on every write, world edits included, and never refuse; checks run on writes that come
through a door. A type that is not named here has the general checks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from netsuite_simulator.drafts import Draft
from netsuite_simulator.results import Rejection
from netsuite_simulator.rules import entities, expenses, hierarchies, invoices, periods, presence, tasks, times
from netsuite_simulator.schemas.fields import RecordType

Completion = Callable[[Draft], None]
Check = Callable[[Draft], Rejection | None]

_COMPLETIONS: Mapping[str, tuple[Completion, ...]] = {
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

_CHECKS: Mapping[str, tuple[Check, ...]] = {
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
_GENERAL: tuple[Check, ...] = (presence.check_required,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What one record type's writes go through."""

    completions: tuple[Completion, ...]
    checks: tuple[Check, ...]


def rules_of(record_type: RecordType) -> Rules:
    """Give the rules of a record type."""
    name = record_type.name
    return Rules(completions=_COMPLETIONS.get(name, ()), checks=_CHECKS.get(name, _GENERAL))
