"""What the door remembers between requests of one account: searches to page through, and asynchronous jobs.

Both are kept with the account and end with their time (reference §4.6, §4.16), so a restart loses neither.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import msgspec

from netsuite_simulator.errands import Errands
from netsuite_simulator.faces.soap.criteria import SearchRequest

SEARCH_LIFE = datetime.timedelta(minutes=15)
JOB_LIFE = datetime.timedelta(days=30)
DURATION = datetime.timedelta(seconds=1)  # how long a job takes, by the account's clock (assumed)
ENDLESS = datetime.timedelta(days=36_500)

_SEARCHES, _JOBS = "SOAP search", "SOAP job"


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """A search that may be paged through."""

    request: SearchRequest
    page_size: int
    body_fields_only: bool
    with_columns: bool  # whether columns are answered as rows, or records in their place


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """An asynchronous request: its list of responses as XML, or the search to answer pages of."""

    operation: str  # "asyncAddList"
    due_at: datetime.datetime
    result: str | Search
    has_errors: bool = False


_search_in = msgspec.json.Decoder(Search)
_job_in = msgspec.json.Decoder(Job)


@dataclass(frozen=True, slots=True)
class Memory:
    """The searches and jobs of one account."""

    errands: Errands

    def keep_search(self, search_id: str, search: Search, now: datetime.datetime) -> None:
        """Remember a search."""
        self.errands.keep(_SEARCHES, search_id, msgspec.json.encode(search), now)

    def search(self, search_id: str, now: datetime.datetime) -> Search | None:
        """Return a search that still lives, and let it live on."""
        kept = self.errands.use(_SEARCHES, search_id, now, life=SEARCH_LIFE)
        return None if kept is None else _search_in.decode(kept)

    def keep_job(self, job_id: str, job: Job, now: datetime.datetime) -> None:
        """Remember a job."""
        self.errands.keep(_JOBS, job_id, msgspec.json.encode(job), now)

    def job(self, job_id: str, now: datetime.datetime) -> Job | None:
        """Return a job that is still told of."""
        kept = self.errands.use(_JOBS, job_id, now, life=JOB_LIFE)
        return None if kept is None else _job_in.decode(kept)
