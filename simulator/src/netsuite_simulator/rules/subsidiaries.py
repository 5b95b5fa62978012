"""Items and categories belong to subsidiaries: a transaction of another one may not use them."""

from __future__ import annotations

from netsuite_simulator.drafts import Draft
from netsuite_simulator.results import Rejection

_LISTS = {
    "item": "SELECT subsidiary, includechildren FROM item WHERE id = ?",
    "category": "SELECT subsidiary, 'F' FROM expensecategory WHERE id = ?",
}


def wrong_subsidiary(draft: Draft, name: str, internal_id: object, path: str) -> Rejection | None:
    """Refuse an item or a category that the record's subsidiary may not use; wording as in reference §4.8."""
    subsidiary = draft.text("subsidiary")
    if subsidiary is None:
        return None
    row = draft.world.row(_LISTS[name], (str(internal_id),))
    if row is None or row[0] is None or row[1] == "T" or subsidiary in str(row[0]).split(", "):
        return None
    return Rejection(
        code="INVALID_KEY_OR_REF",
        message=f"Invalid {name} reference key {internal_id} for subsidiary {subsidiary}.",
        field=name,
        path=path,
    )
