"""What a process knows of its requests to one NetSuite account: how many it may send at once, and how they ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Metrics:
    """Metrics as they are collected, with the kind of text they are."""

    text: bytes
    content_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Traffic:
    """The state of one account's limit. `ceiling` is the most it climbs to; counts are since the process started.

    Those of the limit are the account's, shared by all companies on it; counts are the company's own. `settled` were answered, whatever the
    answer; `throttled` were refused for load and sent again later; `unreached` never left. `away_since`: NetSuite says that the account is
    being maintained, and only one small request at a time asks whether it is over.
    """

    company: str
    account: str
    limit: int
    ceiling: int
    under_way: int
    waiting: int
    settled: int
    throttled: int
    unreached: int
    away_since: datetime | None = None

    @property
    def is_lowered(self) -> bool:
        """Whether NetSuite's refusals lowered the limit, and it has not climbed back yet."""
        return self.limit < self.ceiling
