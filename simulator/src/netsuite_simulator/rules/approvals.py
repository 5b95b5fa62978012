"""Who may approve: a role without the approval permission of a type neither creates approved records nor approves any.

The permissions are Oracle's (reference §7.5); a type without one is approved by whoever may edit it at the highest level.
Approval is asked only of types that the account routes for approval (`policies`). Assumed throughout.
"""

from __future__ import annotations

from netsuite_simulator.drafts import Draft
from netsuite_simulator.permissions import CREATE, FULL
from netsuite_simulator.results import Rejection
from netsuite_simulator.rules.statuses import APPROVED

_PERMISSIONS = {
    "invoice": "TRAN_CUSTINVCAPPRV",
    "journalEntry": "TRAN_JOURNALAPPRV",
    "salesOrder": "TRAN_SALESORDAPPRV",
}


def check_approval(draft: Draft) -> Rejection | None:
    """Refuse to approve what the role may not approve, where approval is routed."""
    name = draft.shelf.type.name
    if name not in draft.world.policies.awaiting_approval or not _approves(draft):
        return None
    if name in _PERMISSIONS:
        may = draft.world.may(_PERMISSIONS[name], CREATE)
    else:
        may = draft.world.may(draft.shelf.type.permission, FULL)
    if may:
        return None
    field = "approved" if name == "journalEntry" else "approvalStatus"
    return Rejection(
        code="APPROVAL_PERMS_REQD",
        message=f"Your role may not approve a {draft.shelf.type.label}. Leave it pending, or ask an approver.",
        field=field,
        path=field,
    )


def _approves(draft: Draft) -> bool:
    match draft.shelf.type.name:
        case "journalEntry":
            return draft.changes("approved") and draft.values.get("approved") is True
        case "salesOrder":
            return draft.changes("orderStatus") and draft.text("orderStatus") not in (None, "A", "C")
        case _:
            return draft.changes("approvalStatus") and draft.text("approvalStatus") == APPROVED
