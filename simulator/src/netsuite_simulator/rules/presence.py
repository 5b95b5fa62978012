"""Required fields, reference §9 and §5.7."""

from __future__ import annotations

from netsuite_simulator.drafts import Draft, missing
from netsuite_simulator.results import Rejection

OPTIONAL_WITHOUT_SUBSIDIARIES = ("subsidiary", "subsidiaryList")


def check_required(draft: Draft) -> Rejection | None:
    """Refuse a record that lacks required values; an account without subsidiaries asks for none."""
    absent = [one for one in draft.shelf.required if draft.values.get(one.name) in (None, "", [])]
    if absent and not draft.world.asks_for_custom_fields:
        absent = [one for one in absent if not one.is_custom]
    if not absent:
        return None
    if any(one.name in OPTIONAL_WITHOUT_SUBSIDIARIES for one in absent) and not has_subsidiaries(draft):
        absent = [one for one in absent if one.name not in OPTIONAL_WITHOUT_SUBSIDIARIES]
        if not absent:
            return None
    return missing(*(one.label for one in absent), name=absent[0].name, path=absent[0].rest_name or absent[0].name)


def has_subsidiaries(draft: Draft) -> bool:
    """Whether the account is one of several subsidiaries (OneWorld)."""
    return draft.world.row("SELECT 1 FROM subsidiary LIMIT 1") is not None


def only_subsidiary(draft: Draft) -> str | None:
    """Return the subsidiary every record belongs to where the account has just one."""
    row = draft.world.row("SELECT MIN(id), COUNT(*) FROM subsidiary")
    return str(row[0]) if row is not None and row[1] == 1 else None
