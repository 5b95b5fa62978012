"""Lists with parents: full names, and no two of one name under one parent; reference §9.11."""

from __future__ import annotations

from netsuite_simulator.drafts import Draft
from netsuite_simulator.results import Rejection
from netsuite_simulator.tables import quoted

_DUPLICATE = Rejection(code="DUP_RCRD", message="This record already exists", field="name", path="name")


def _hierarchical(draft: Draft, own: str | None) -> str | None:
    parent = draft.text("parent")
    if own is None or parent is None:
        return own
    table = draft.shelf.type.table
    row = draft.world.row(f"SELECT fullname FROM {table} WHERE id = ?", (parent,))  # noqa: S608 - the schema's own
    return f"{row[0]} : {own}" if row is not None and row[0] is not None else own


def complete_full_name(draft: Draft) -> None:
    """Fill in "Parent : Child"."""
    draft.put("fullName", _hierarchical(draft, draft.text("name")))
    if draft.is_new:
        draft.default("isInactive", False)


def complete_item(draft: Draft) -> None:
    """Fill in an item's names and defaults."""
    if draft.is_world_edit and "fullName" in draft.given:
        draft.default("itemId", draft.text("fullName"))
    draft.put("fullName", _hierarchical(draft, draft.text("itemId")))
    if draft.is_new:
        draft.default("isInactive", False)
        draft.default("isFulfillable", False)
        draft.stamp("createdDate")


def complete_account(draft: Draft) -> None:
    """Fill in the names an account is searched by."""
    own = draft.text("acctName")
    number = draft.text("acctNumber")
    shown = f"{number} {own}" if number and own else own
    draft.put("fullName", _hierarchical(draft, own))
    draft.put("accountSearchDisplayName", shown)
    draft.put("displayNameWithHierarchy", shown)
    if draft.is_new:
        draft.default("isInactive", False)


def check_unique_name(draft: Draft) -> Rejection | None:
    """Refuse a second record of the same name beside it."""
    if not (draft.is_new or draft.changes("name")):
        return None
    table = draft.shelf.type.table
    own = 0 if draft.current is None else int(draft.current.id)
    parent = draft.text("parent")
    beside = " AND parent IS ?" if "parent" in draft.shelf.fields else ""
    values = (draft.text("name"), own, *((None if parent is None else int(parent),) if beside else ()))
    sql = f"SELECT 1 FROM {quoted(table)} WHERE name = ? AND id <> ?{beside}"  # noqa: S608 - the schema's own name
    return _DUPLICATE if draft.world.row(sql, values) is not None else None


def check_unique_account(draft: Draft) -> Rejection | None:
    """Refuse a second account of the same number; the code is NetSuite's, its words are assumed."""
    number = draft.text("acctNumber")
    if number is None or not (draft.is_new or draft.changes("acctNumber")):
        return None
    own = 0 if draft.current is None else int(draft.current.id)
    if draft.world.row("SELECT 1 FROM account WHERE acctnumber = ? AND id <> ?", (number, own)) is None:
        return None
    message = f"An account with the number {number} exists already. Enter another number."
    return Rejection(code="DUP_ACCT_NUM", message=message, field="acctNumber", path="acctNumber")


def check_unique_item(draft: Draft) -> Rejection | None:
    """Refuse a second item of the same name."""
    if not (draft.is_new or draft.changes("itemId")):
        return None
    own = 0 if draft.current is None else int(draft.current.id)
    sql = "SELECT 1 FROM item WHERE itemid = ? COLLATE NOCASE AND id <> ?"
    if draft.world.row(sql, (draft.text("itemId"), own)) is None:
        return None
    return Rejection(
        code="DUP_ITEM", message="This item already exists. Enter another name.", field="itemId", path="itemId"
    )
