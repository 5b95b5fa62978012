"""What the door remembers between requests of one account: searches to page through, and asynchronous jobs.

Neither is kept with the account: both end with the process, and with their time (reference §4.6, §4.16).
"""

from __future__ import annotations

import datetime
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from netsuite_simulator.faces.soap.criteria import SearchRequest

SEARCH_LIFE = datetime.timedelta(minutes=15)
JOB_LIFE = datetime.timedelta(days=30)
DURATION = datetime.timedelta(seconds=1)  # how long a job takes, by the account's clock (assumed)
ROOM = 1_000  # the oldest are forgotten first


@dataclass(slots=True, kw_only=True)
class Search:
    """A search that may be paged through."""

    request: SearchRequest
    page_size: int
    body_fields_only: bool
    with_columns: bool  # whether columns are answered as rows, or records in their place


@dataclass(slots=True, kw_only=True)
class Job:
    """An asynchronous request: its list of responses as XML, or the search to answer pages of."""

    operation: str  # "asyncAddList"
    due_at: datetime.datetime
    result: bytes | Search
    has_errors: bool = False

    @classmethod
    def of(cls, operation: str, sent_at: datetime.datetime, result: bytes | Search, *, has_errors: bool = False) -> Job:
        """Return a job that is due a moment after it was sent."""
        return cls(operation=operation, due_at=sent_at + DURATION, result=result, has_errors=has_errors)


Kept = TypeVar("Kept", Search, Job)


@dataclass(slots=True, kw_only=True)
class Drawer(Generic[Kept]):
    """Things by id, each for a while after its last use."""

    life: datetime.timedelta
    _by_id: OrderedDict[str, tuple[datetime.datetime, Kept]] = field(default_factory=OrderedDict)

    def keep(self, identity: str, kept: Kept, now: datetime.datetime) -> None:
        """Remember one, forgetting the oldest where there are too many."""
        self._by_id[identity] = now, kept
        self._by_id.move_to_end(identity)
        while len(self._by_id) > ROOM:
            self._by_id.popitem(last=False)

    def use(self, identity: str, now: datetime.datetime) -> Kept | None:
        """Return one that still lives, and let it live on."""
        found = self._by_id.pop(identity, None)
        if found is None or now - found[0] > self.life:
            return None
        self.keep(identity, found[1], now)
        return found[1]


@dataclass(slots=True, kw_only=True)
class Memory:
    """The searches and jobs of one account."""

    searches: Drawer[Search] = field(default_factory=lambda: Drawer(life=SEARCH_LIFE))
    jobs: Drawer[Job] = field(default_factory=lambda: Drawer(life=JOB_LIFE))
