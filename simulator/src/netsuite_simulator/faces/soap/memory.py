"""What the door remembers between requests of one account: searches to page through.

It is not kept with the account: it ends with the process, and with its time (reference §4.6).
"""

from __future__ import annotations

import datetime
from collections import OrderedDict
from dataclasses import dataclass, field

from netsuite_simulator.faces.soap.criteria import SearchRequest

LIFE = datetime.timedelta(minutes=15)
SEARCHES_KEPT = 1_000  # the oldest are forgotten first


@dataclass(slots=True, kw_only=True)
class Search:
    """A search that may be paged through."""

    request: SearchRequest
    page_size: int
    body_fields_only: bool
    with_columns: bool  # whether columns are answered as rows, or records in their place
    used_at: datetime.datetime


@dataclass(slots=True)
class Searches:
    """The searches of one account by searchId, each for 15 minutes after its last use."""

    _by_id: OrderedDict[str, Search] = field(default_factory=OrderedDict)

    def keep(self, search_id: str, search: Search) -> None:
        """Remember a search, forgetting the oldest where there are too many."""
        self._by_id[search_id] = search
        while len(self._by_id) > SEARCHES_KEPT:
            self._by_id.popitem(last=False)

    def use(self, search_id: str, now: datetime.datetime) -> Search | None:
        """Return a search that still lives, and let it live on."""
        search = self._by_id.get(search_id)
        if search is None or now - search.used_at > LIFE:
            self._by_id.pop(search_id, None)
            return None
        search.used_at = now
        self._by_id.move_to_end(search_id)
        return search
