"""What a process knows of its requests to one NetSuite account: how many it may send at once, and how they ended."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Metrics:
    """Metrics as they are collected, with the kind of text they are."""

    text: bytes
    content_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Traffic:
    """The state of one account's limit. `ceiling` is the most it climbs to; counts are since the process started.

    `settled` were answered, whatever the answer; `throttled` were refused for load and sent again later; `unreached` never left.
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

    @property
    def is_lowered(self) -> bool:
        """Whether NetSuite's refusals lowered the limit, and it has not climbed back yet."""
        return self.limit < self.ceiling
