"""What the use cases need to read the audit trail. It is written only inside units of work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from suitebridge.domain.intents import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailEntry:
    """One entry as it was written: from which address it was asked for, and by which version of SuiteBridge done, as far as that is known."""

    sequence: int
    at: datetime
    event: str
    record_type: str
    record_id: str
    record_title: str
    author_id: str
    author_name: str
    door: str
    run_id: str
    changes: tuple[Change, ...]
    address: str
    version: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailVerdict:
    """What a walk along the chain found: the number of entries checked, and the first broken one (0: none)."""

    checked: int
    first_broken: int = 0
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailFilter:
    """Which entries are wanted: by author, record type, door, and from one moment up to before another; what is blank asks for nothing.

    `record_types` asks for any of several, `hidden_types` for none of several.
    """

    author_id: str = ""
    record_type: str = ""
    record_types: tuple[str, ...] = ()
    hidden_types: tuple[str, ...] = ()
    door: str = ""
    since: datetime | None = None
    until: datetime | None = None


EVERY_ENTRY = TrailFilter()


class Trail(Protocol):
    """The audit trail of one company, a chain of hashes."""

    def of_record(self, record_type: str, record_id: str, *, limit: int = 100) -> Sequence[TrailEntry]:
        """Give a record's entries, newest first."""
        ...

    def newest(
        self, *, limit: int, before_sequence: int = 0, run_id: str = "", among: TrailFilter = EVERY_ENTRY
    ) -> Sequence[TrailEntry]:
        """Give the company's entries, newest first, of one run or narrowed down."""
        ...

    def verify(self) -> TrailVerdict:
        """Walk the chain from its first entry and compare every hash (I9)."""
        ...
