"""Customers, contacts, employees, vendors and projects: names, statuses and unique ids, reference §9.2 to §9.6."""

from __future__ import annotations

from decimal import Decimal

from netsuite_simulator.drafts import Draft, missing
from netsuite_simulator.results import Rejection
from netsuite_simulator.rules.presence import only_subsidiary

_LEADS = frozenset({"6", "7"})
_CUSTOMERS = frozenset({"13", "15", "16"})
_TAKEN = (
    "A customer record with this ID already exists. You must enter a unique customer ID for each record you create."
)
_DUPLICATES = {
    "customer": (
        "UNIQUE_CUST_ID_REQD",
        _TAKEN,
    ),
    "employee": ("DUP_EMPL_ENTITY_NAME", "This entity already exists."),
    "vendor": ("DUP_VENDOR_NAME", "This entity already exists."),
    "job": ("UNIQUE_ENTITY_NAME_REQD", "This entity already exists."),
}


def _full_name(draft: Draft) -> str | None:
    parts = [draft.text(name) for name in ("firstName", "middleName", "lastName")]
    return " ".join(part for part in parts if part) or None


def _base_currency(draft: Draft) -> str | None:
    row = draft.world.row("SELECT id FROM currency ORDER BY isbasecurrency = 'T' DESC, id LIMIT 1")
    return None if row is None else str(row[0])


def _complete_entity(draft: Draft, name: str | None) -> None:
    draft.default("entityId", name)
    draft.put("altName", name)
    draft.put("entityTitle", draft.values.get("entityId"))
    draft.default("isInactive", False)
    if draft.is_new:
        draft.default("subsidiary", only_subsidiary(draft))
        draft.stamp("dateCreated")


def _company_or_person(draft: Draft) -> str | None:
    if draft.values.get("isPerson") is True:
        return _full_name(draft) or draft.text("companyName")
    return draft.text("companyName")


def complete_customer(draft: Draft) -> None:
    """Fill in a customer's name, stage and currency."""
    _complete_entity(draft, _company_or_person(draft))
    if draft.is_new:
        draft.default("isPerson", False)
        draft.default("currency", _base_currency(draft))
        draft.default("balance", Decimal(0))
        draft.default("emailPreference", "DEFAULT")
        if "stage" not in draft.given:
            draft.default("entityStatus", "13")
    status = draft.text("entityStatus")
    if status is not None and draft.is_new | draft.changes("entityStatus"):
        draft.put("stage", "Lead" if status in _LEADS else "Customer" if status in _CUSTOMERS else "Prospect")


def complete_contact(draft: Draft) -> None:
    """Fill in a contact's name."""
    _complete_entity(draft, _full_name(draft))


def complete_employee(draft: Draft) -> None:
    """Fill in an employee's name and currency."""
    _complete_entity(draft, _full_name(draft))
    if draft.is_new:
        draft.default("currency", _subsidiary_currency(draft) or _base_currency(draft))


def _subsidiary_currency(draft: Draft) -> str | None:
    row = draft.world.row("SELECT currency FROM subsidiary WHERE id = ?", (draft.text("subsidiary"),))
    return None if row is None or row[0] is None else str(row[0])


def complete_vendor(draft: Draft) -> None:
    """Fill in a vendor's name and currency."""
    _complete_entity(draft, _company_or_person(draft))
    if draft.is_new:
        draft.default("isPerson", False)
        draft.default("currency", _base_currency(draft))
        draft.default("balance", Decimal(0))


def complete_job(draft: Draft) -> None:
    """Fill in a project's name, and its customer from its parent and back."""
    if draft.is_world_edit and "customer" in draft.given:
        draft.default("parent", draft.values.get("customer"))
    parent = draft.text("parent")
    if parent is not None:
        own = draft.world.row("SELECT id FROM customer WHERE id = ?", (parent,))
        above = own or draft.world.row("SELECT customer FROM job WHERE id = ?", (parent,))
        if above is not None and above[0] is not None:
            draft.put("customer", str(above[0]))
    if draft.is_new and parent is not None:
        row = draft.world.row("SELECT x_subsidiary, currency FROM customer WHERE id = ?", (draft.text("customer"),))
        if row is not None:
            draft.default("subsidiary", None if row[0] is None else str(row[0]))
            draft.default("currency", None if row[1] is None else str(row[1]))
    _complete_entity(draft, draft.text("companyName"))
    if draft.is_new:
        draft.default("entityStatus", "2")
        draft.default("allowTime", True)
        draft.default("allowExpenses", True)
        draft.default("currency", _base_currency(draft))


def check_names(draft: Draft) -> Rejection | None:
    """Refuse a person without a name."""
    person = draft.shelf.type.name == "employee"
    if person or draft.values.get("isPerson") is True:
        if draft.text("entityId") or draft.text("firstName") or draft.text("lastName"):
            draft.default("companyName", draft.text("altName"))
            return None
        return missing("First Name", "Last Name", name="firstName", path="firstName")
    return None


def check_unique_id(draft: Draft) -> Rejection | None:
    """Refuse a second record of one type under the same id; projects may repeat one under another parent."""
    if not (draft.is_new or draft.changes("entityId")):
        return None
    name = draft.shelf.type.name
    own = 0 if draft.current is None else int(draft.current.id)
    sql = f"SELECT 1 FROM {draft.shelf.type.table} WHERE entityid = ? AND id <> ?"  # noqa: S608 - the schema's own name
    values: tuple[str | int | None, ...] = (draft.text("entityId"), own)
    if name == "job":
        sql += " AND parent IS ?"
        parent = draft.text("parent")
        values += (None if parent is None else int(parent),)
    if draft.world.row(sql, values) is None:
        return None
    code, message = _DUPLICATES[name]
    return Rejection(code=code, message=message, field="entityId", path="entityId")
