"""Departments, classes and locations where the account makes them mandatory on transactions, reference §9.9 and §11.

A transaction has one of its own, or each of its lines has; the words are those of any required field (reference §5.7).
That lines may stand in for the head is assumed, as an account may keep either.
"""

from __future__ import annotations

from netsuite_simulator.drafts import Draft, missing
from netsuite_simulator.results import Rejection
from netsuite_simulator.rules.subsidiaries import HEADS
from netsuite_simulator.shelves import Sublist

_LABELS = {"department": "Department", "class": "Class", "location": "Location"}


def check_mandatory(draft: Draft) -> Rejection | None:
    """Refuse a transaction without what the account's preferences make mandatory."""
    wanted = draft.world.policies.mandatory
    lacking = [name for name in HEADS if name in wanted and not _has(draft, name)]
    if not lacking:
        return None
    return missing(*(_LABELS[name] for name in lacking), name=lacking[0], path=lacking[0])


def _has(draft: Draft, name: str) -> bool:
    if draft.text(name) is not None:
        return True
    bearing = [one for one in draft.shelf.sublists.values() if _bears(one, name) and draft.rows(one.field.name)]
    if not bearing:
        return name not in draft.shelf.fields
    return all(line.get(name) is not None for one in bearing for line in draft.rows(one.field.name))


def _bears(sublist: Sublist, name: str) -> bool:
    return any(one.name == name for one in sublist.lines.fields)
