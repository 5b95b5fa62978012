"""The questions that the database's guards of people will ask (migration 0004), asked before a write.

Only the guards decide; whoever asks first can leave a field out, or name the person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from suitebridge.adapters.store.people import EMPLOYEE_TYPE, active_administrators, integration_user_id
from suitebridge.adapters.store.scope import CompanyScope
from suitebridge.domain.protection import DEACTIVATED, integration_user_stays, last_administrator_stays
from suitebridge.ports.transactions import RecordChange, RefusedField

_ACTIVE: Final = "active"


def refused_fields(scope: CompanyScope, changes: Sequence[RecordChange]) -> Mapping[str, tuple[RefusedField, ...]]:
    """Find the fields that the guards would refuse, by record id: deactivating the integration user, or every administrator."""
    leaving = {
        change.id
        for change in changes
        if change.type == EMPLOYEE_TYPE
        and any(step.field == _ACTIVE and step.after is not True for step in change.changes)
    }
    if not leaving:
        return {}
    administrators = {user.id: user.name for user in active_administrators(scope)}
    chosen = integration_user_id(scope)
    refused: dict[str, tuple[RefusedField, ...]] = {}
    if chosen in leaving:
        problem = integration_user_stays(administrators.get(chosen, chosen), DEACTIVATED)
        refused[chosen] = (RefusedField(field=_ACTIVE, problem=problem),)
    if administrators and leaving.issuperset(administrators) and chosen not in administrators:
        # The longest-standing one stays.
        own, name = next(iter(administrators.items()))
        refused[own] = (RefusedField(field=_ACTIVE, problem=last_administrator_stays(name, DEACTIVATED)),)
    return refused
