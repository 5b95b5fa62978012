"""What belongs to subsidiaries: a transaction of another one may not use it. Reference §4.8 (wording), §9.11 (lists).

What belongs to none belongs to all; what includes children belongs to the subsidiaries below its own too.
"""

from __future__ import annotations

from netsuite_simulator.drafts import Draft
from netsuite_simulator.results import Rejection

_LISTS = {
    "item": "SELECT subsidiary, includechildren FROM item WHERE id = ?",
    "category": "SELECT subsidiary, 'F' FROM expensecategory WHERE id = ?",
    "account": "SELECT subsidiary, includechildren FROM account WHERE id = ?",
    "department": "SELECT subsidiary, includechildren FROM department WHERE id = ?",
    "class": "SELECT subsidiary, includechildren FROM classification WHERE id = ?",
    "location": "SELECT subsidiary, x_includechildren FROM location WHERE id = ?",
}
_ABOVE = (
    "WITH RECURSIVE above(id) AS (SELECT ? UNION SELECT s.parent FROM subsidiary s JOIN above ON s.id = above.id"
    " WHERE s.parent IS NOT NULL) SELECT id FROM above"
)
HEADS = ("department", "class", "location")


def wrong_subsidiary(draft: Draft, name: str, internal_id: object, path: str) -> Rejection | None:
    """Refuse an item, a category, an account or a classification that the record's subsidiary may not use."""
    subsidiary = draft.text("subsidiary")
    if subsidiary is None:
        return None
    row = draft.world.row(_LISTS[name], (str(internal_id),))
    if row is None or row[0] is None:
        return None
    owners = str(row[0]).split(", ")
    if subsidiary in owners:
        return None
    if row[1] == "T" and any(str(above[0]) in owners for above in draft.world.rows(_ABOVE, (int(subsidiary),))):
        return None
    return Rejection(
        code="INVALID_KEY_OR_REF",
        message=f"Invalid {name} reference key {internal_id} for subsidiary {subsidiary}.",
        field=name,
        path=path,
    )


def check_head(draft: Draft) -> Rejection | None:
    """Refuse a transaction whose own department, class or location is of another subsidiary."""
    for name in HEADS:
        value = draft.text(name)
        if value is not None and (draft.is_new or draft.changes(name) or draft.changes("subsidiary")):
            rejection = wrong_subsidiary(draft, name, value, name)
            if rejection is not None:
                return rejection
    return None
