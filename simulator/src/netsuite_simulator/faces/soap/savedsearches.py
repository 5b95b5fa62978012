"""The saved searches of an account: kept with its records, listed by getSavedSearch, run by an advanced search (reference §4.17).

`saved_searches(account).add(SavedSearch(name="Billable time", search_type="TimeBillSearch", ...))` makes one; criteria
and columns are those of a search request.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from netsuite_simulator.faces.soap.criteria import Column, Criterion, JoinedCriteria, SearchRequest

if TYPE_CHECKING:
    from netsuite_simulator.account import Account

_SETTING = "saved searches"


class SavedSearch(msgspec.Struct, frozen=True, kw_only=True):
    """One saved search; `id` and `script_id` are given by the account where they are empty."""

    name: str
    search_type: str  # "CustomerSearch"
    criteria: tuple[Criterion, ...] = ()
    joins: tuple[JoinedCriteria, ...] = ()
    columns: tuple[Column, ...] = ()
    id: str = ""
    script_id: str = ""

    def completed(self, request: SearchRequest) -> SearchRequest:
        """Return a request with this search's criteria and columns before its own."""
        return replace(
            request,
            criteria=(*self.criteria, *request.criteria),
            joins=(*self.joins, *request.joins),
            columns=(*self.columns, *request.columns),
        )


class SavedSearches:
    """The saved searches of one account."""

    def __init__(self, account: Account) -> None:
        self._account = account

    def all(self) -> list[SavedSearch]:
        """Return every saved search, oldest first."""
        known = self._account.storage.setting(_SETTING)
        return msgspec.json.decode(known, type=list[SavedSearch]) if known else []

    def add(self, search: SavedSearch) -> SavedSearch:
        """Save a search and return it with its ids."""
        kept = self.all()
        number = str(max((int(one.id) for one in kept), default=0) + 1)
        added = msgspec.structs.replace(
            search, id=search.id or number, script_id=search.script_id or f"customsearch_{search.id or number}"
        )
        if any(one.id == added.id or one.script_id == added.script_id for one in kept):
            raise ValueError(f"there is a saved search {added.id} or {added.script_id} already")
        with self._account.transaction():
            self._account.storage.set_setting(_SETTING, msgspec.json.encode([*kept, added]).decode())
        return added

    def find(self, search_type: str, *, internal_id: str | None, script_id: str | None) -> SavedSearch | None:
        """Return the saved search of a type with one of its ids; the internal id wins."""
        found = (one for one in self.all() if one.search_type == search_type)
        if internal_id is not None:
            return next((one for one in found if one.id == internal_id), None)
        return next((one for one in found if one.script_id == script_id), None)


def saved_searches(account: Account) -> SavedSearches:
    """Return the saved searches of an account."""
    return SavedSearches(account)
