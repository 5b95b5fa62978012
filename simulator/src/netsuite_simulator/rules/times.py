"""Time bills: approval, item beside a customer, tasks of their project. Reference §9.7."""

from __future__ import annotations

from decimal import Decimal

from netsuite_simulator.drafts import Draft, missing
from netsuite_simulator.results import Rejection
from netsuite_simulator.rules import sheets
from netsuite_simulator.rules.subsidiaries import wrong_subsidiary
from netsuite_simulator.schemas.lists import TIME_APPROVAL

APPROVED = "3"
BILLED = "Billed"  # what an invoice has billed says so (see `billables`)
_LABELS = {one.id: one.label for one in TIME_APPROVAL}
_COMPUTED = frozenset({"lastModifiedDate", "createdDate", "status", "timeModified", "timeSheet"})


def complete_time(draft: Draft) -> None:
    """Fill in date, approval, subsidiary and week."""
    if draft.is_new:
        if "tranDate" not in draft.values:
            draft.default("tranDate", draft.world.today())
        draft.default("approvalStatus", APPROVED if draft.values.get("supervisorApproval") is True else "1")
        draft.default("isBillable", False)
        draft.default("timeType", "A")
        draft.stamp("createdDate")
        if "subsidiary" not in draft.values:
            row = draft.world.row("SELECT subsidiary FROM employee WHERE id = ?", (draft.text("employee"),))
            if row is not None and row[0] is not None:
                draft.default("subsidiary", str(row[0]))
    elif "supervisorApproval" in draft.given and "approvalStatus" not in draft.given:
        draft.put("approvalStatus", APPROVED if draft.values.get("supervisorApproval") else "1")
    if draft.is_new or draft.changes("tranDate") or draft.changes("employee"):
        _find_sheet(draft)
    status = draft.text("approvalStatus") or "1"
    draft.put("supervisorApproval", status == APPROVED)
    if draft.is_new or draft.values.get("status") != BILLED:
        draft.put("status", _LABELS.get(status))


def _find_sheet(draft: Draft) -> None:
    sheet = sheets.sheet_of(draft.world, draft.text("employee"), str(draft.values.get("tranDate")))
    if sheet is not None:
        draft.put("timeSheet", sheet)
    elif "timeSheet" in draft.values and not draft.is_world_edit:
        del draft.values["timeSheet"]
        draft.row[draft.shelf.columns["timeSheet"]] = None


def check_approved(draft: Draft) -> Rejection | None:
    """Refuse to change approved or billed time; to send the same values again changes nothing."""
    current = draft.current
    if current is None:
        return None
    is_billed = current.values.get("status") == BILLED
    if not is_billed and current.values.get("approvalStatus") != APPROVED:
        return None
    names = draft.values.keys() | current.values.keys()
    if all(name in _COMPUTED or not draft.changes(name) for name in names):
        return None
    if is_billed:
        return Rejection(code="USER_ERROR", message="You cannot modify time that has been billed.", field="status")
    return Rejection(
        code="CANT_MODIFY_APPRVD_TIME",
        message="You cannot modify time that has been approved.",
        field="approvalStatus",
    )


def check_time(draft: Draft) -> Rejection | None:
    """Refuse time without an item for a customer, of no length, or against the project's rules."""
    customer = draft.text("customer")
    item = draft.text("item")
    if customer is not None and item is None:
        return missing("Item", name="item", path="item")
    if item is not None and "item" in draft.given:
        rejection = wrong_subsidiary(draft, "item", item, "item")
        if rejection is not None:
            return rejection
    hours = draft.values.get("hours")
    if not isinstance(hours, Decimal) or hours <= 0:
        return missing("Duration", name="hours", path="hours")
    if customer is None:
        return None
    if draft.is_new or "customer" in draft.given:
        row = draft.world.row("SELECT allowtime FROM job WHERE id = ?", (customer,))
        if row is not None and row[0] == "F":
            return Rejection(
                code="TIME_ENTRY_DISALLWD",
                message="Time entry is not allowed for this project.",
                field="customer",
                path="customer",
            )
    return _check_task(draft, customer)


def _check_task(draft: Draft, customer: str) -> Rejection | None:
    task = draft.text("caseTaskEvent")
    if task is None or "caseTaskEvent" not in draft.given:
        return None
    row = draft.world.row("SELECT project FROM projecttask WHERE id = ?", (task,))
    if row is None or str(row[0]) == customer:
        return None
    return Rejection(
        code="INVALID_KEY_OR_REF",
        message=f"Invalid casetaskevent reference key {task} for entity {customer}.",
        field="caseTaskEvent",
        path="caseTaskEvent",
    )
