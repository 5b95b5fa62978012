"""What a form would offer before anything is saved: a record with its defaults, and the values a select field may take.

Pages, SOAP's getSelectValue and REST's select options ask alike (reference §4.6, §5.12). Refuses to know doors, and saves
nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from netsuite_simulator.criteria import Condition
from netsuite_simulator.results import CREATE, Grants, Rejection, view_refusal
from netsuite_simulator.schemas.fields import Field, Kind, RecordType
from netsuite_simulator.shelves import Stored
from netsuite_simulator.writing import Writer

if TYPE_CHECKING:
    from netsuite_simulator.account import Account

VALUES_LIMIT = 100_000

# Fields whose values depend on another one: that one's name, and the field of the candidates that has to agree.
DEPENDS: Mapping[str, tuple[str, str]] = {
    "caseTaskEvent": ("customer", "company"),
    "job": ("entity", "parent"),
    "projectTask": ("customer", "company"),
}
SELECTS = frozenset({Kind.CHOICE, Kind.REFERENCE, Kind.REFERENCES})


def form_of(
    account: Account, type_name: str, values: Mapping[str, object], *, current: Stored | None = None, role: Grants
) -> Stored | Rejection:
    """Return a new record, or `current`, with the values given and all that the account fills in by itself."""
    shelf = account.storage.shelves[type_name]
    refusal = view_refusal(shelf.type, role, CREATE) if current is None else view_refusal(shelf.type, role)
    if refusal is not None:
        return refusal
    with account.world.working_as(role):
        return Writer(account.storage, account.world).form(shelf, values, current=current)


def select_values(account: Account, field: Field, chosen: Mapping[str, str], role: Grants) -> list[tuple[str, str]]:
    """List the ids and names that a select field may take; `chosen` are internal ids by the names of other fields."""
    if field.kind is Kind.CHOICE:
        return [(choice.id, choice.label) for choice in field.choices]
    found: list[tuple[str, str]] = []
    for name in field.refers_to:
        record_type = account.types[name]
        if view_refusal(record_type, role) is not None:
            continue
        where = [*account.seen_by(role, name), *_where(record_type, field, chosen)]
        stored, _ = account.search(name, where, limit=VALUES_LIMIT)
        found.extend((one.id, str(one.values.get(record_type.name_field, one.id))) for one in stored)
    return found


def _where(record_type: RecordType, field: Field, chosen: Mapping[str, str]) -> list[Condition]:
    needed, agrees = DEPENDS.get(field.name, ("", ""))
    if not chosen.get(needed) or all(one.name != agrees for one in record_type.fields):
        return []
    return [(agrees, "=", chosen[needed])]
