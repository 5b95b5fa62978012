"""What may be done to a record besides changing it: REST's @submit, @approve, @reject and @retract (reference §5.3, §9.7).

Actions of time sheets are documented, those of other types not: there are none. A time sheet takes the time of its week
along. Which status leads to which, and that approving needs the highest level of the permission, is assumed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from netsuite_simulator.permissions import EDIT, FULL
from netsuite_simulator.results import Grants, Rejection, Written, absent, view_refusal
from netsuite_simulator.rules.times import BILLED

if TYPE_CHECKING:
    from netsuite_simulator.account import Account

OPEN, PENDING, APPROVED, REJECTED = "1", "2", "3", "4"  # approvalStatus of time, reference §9.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One action: the statuses it starts from, the one it leads to, and the level of permission it needs."""

    starts: tuple[str, ...]
    ends: str
    level: int = EDIT


ACTIONS: Mapping[str, Mapping[str, Action]] = MappingProxyType(
    {
        "timeSheet": {
            "submit": Action(starts=(OPEN, REJECTED), ends=PENDING),
            "approve": Action(starts=(OPEN, PENDING), ends=APPROVED, level=FULL),
            "reject": Action(starts=(PENDING, APPROVED), ends=REJECTED, level=FULL),
            "retract": Action(starts=(PENDING,), ends=OPEN),
        }
    }
)


def act(
    account: Account, type_name: str, name: str, *, internal_id: str | None, external_id: str | None, role: Grants
) -> Written | Rejection:
    """Do an action to a record; an action that its type does not have raises KeyError."""
    action = ACTIONS[type_name][name]
    kind = account.types[type_name]
    refusal = view_refusal(kind, role, action.level)
    if refusal is not None:
        return refusal
    found = account.get(type_name, internal_id=internal_id, external_id=external_id)
    if found is None:
        return absent(kind, internal_id or external_id, account.id)
    denial = account.denial(role, type_name, found.id)
    if denial is not None:
        return denial
    status = str(found.values.get("approvalStatus", OPEN))
    if status not in action.starts:
        (field,) = (one for one in kind.fields if one.name == "approvalStatus")
        label = next(one.label for one in field.choices if one.id == status)
        return Rejection(code="USER_ERROR", message=f"You cannot {name} a {kind.label} that is {label}.")
    with account.transaction():
        _carry_over(account, found.id, action.ends)
        return account.update(type_name, {"approvalStatus": action.ends}, internal_id=found.id, role=role)


def _carry_over(account: Account, sheet: str, status: str) -> None:
    """Give the time of a sheet its status; what is billed stays as it is."""
    sql = "SELECT id FROM timebill WHERE timesheet = ? AND COALESCE(status, '') <> ?"
    for (number,) in account.connection.execute(sql, (sheet, BILLED)).fetchall():
        account.bump("timeBill", str(number), approvalStatus=status)
