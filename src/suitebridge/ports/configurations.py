"""What the use cases need to keep a company's configuration: immutable versions, the one in force, and drafts of single people.

A version never changes once it is saved; only whether it was approved is added. The one in force is the newest approved one; before the
first, everything is as shipped, and that is version 0. What a version decides is `domain.overrides`.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from suitebridge.domain.events import Event
from suitebridge.domain.overrides import UNTOUCHED, Configuration
from suitebridge.domain.people import Stamp


class Approval(enum.Enum):
    """How a version stands, in the words of its page."""

    PROPOSED = "waits for approval"
    APPROVED = "approved"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredConfiguration:
    """One version. `author` is a name; `at` is None for what was shipped. `based_on` is the version that was in force when it was saved.

    `judge` names who approved or refused it, where somebody else had to. A managed company is configured by files alone, and its console
    refuses edits.
    """

    version: int = 0
    configuration: Configuration = UNTOUCHED
    author_id: str = ""
    author: str = ""
    at: datetime | None = None
    based_on: int = 0
    approval: Approval = Approval.APPROVED
    judge: str = ""
    is_managed: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVersion:
    """A configuration as it is to be saved, on top of the version that its author has seen."""

    configuration: Configuration
    based_on: int
    approval: Approval = Approval.APPROVED
    is_managed: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What somebody is editing and has not saved; `based_on` is the version that it began from."""

    configuration: Configuration
    based_on: int
    at: datetime


class Configurations(Protocol):
    """The configuration of one company. Every act is told in the trail in the same transaction; drafts are not."""

    def load(self) -> StoredConfiguration:
        """Give the version in force; version 0 while nobody has saved any."""
        ...

    def at(self, version: int) -> StoredConfiguration | None:
        """Give a version; 0 is what was shipped."""
        ...

    def newest(self, *, limit: int, before: int = 0) -> Sequence[StoredConfiguration]:
        """List versions, newest first, before one when it is given."""
        ...

    def save(self, new: NewVersion, *, stamp: Stamp, tell: Callable[[int], Event]) -> int:
        """Store a version and give its number; its event is told.

        Raise `RecordRefusedError` SB-CFG-005 where another version than it is based on is in force, SB-CFG-006 while one waits for approval.
        """
        ...

    def judge(self, version: int, *, is_approved: bool, stamp: Stamp, told: Event) -> None:
        """Approve a version that waits for it, or refuse it. Raise `RecordRefusedError` SB-CFG-007 where it does not wait any more."""
        ...

    def load_draft(self, user_id: str) -> Draft | None:
        """Give what a user is editing."""
        ...

    def keep_draft(self, user_id: str, draft: Draft) -> None:
        """Store what a user is editing, in place of what there was."""
        ...

    def drop_draft(self, user_id: str) -> None:
        """Forget what a user was editing."""
        ...
