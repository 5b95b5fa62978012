"""What the use cases need of an account's inbox: single records that somebody or something wants transferred, each a row that outlives the process."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from suitebridge.domain.errors import Problem
from suitebridge.domain.records import Direction

KEPT_FOR = timedelta(days=90)
"""How long an errand that has been taken or refused is kept at least; its outcome stays with its run."""


class ErrandsTakenError(Exception):
    """Another run has taken some of the errands."""


class Origin(enum.Enum):
    """What put an errand into the inbox."""

    PERSON = "asked for by a person"
    SAVE = "saved in the workspace"
    PUSH = "pushed by NetSuite"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewErrand:
    """One record to carry over: the type and id are those of its source.

    `version` is the change stamp that the sender knows, "" where it knows none. `asked_by` names a person; what came by itself has nobody.
    """

    account_id: str
    direction: Direction
    record_type: str
    record_id: str
    origin: Origin
    asked_at: datetime
    version: str = ""
    asked_by_id: str = ""
    asked_by_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """An errand as the inbox holds it. `run_id` names the run that took it; a problem says why none could."""

    id: str
    asked: NewErrand
    run_id: str = ""
    problem_code: str = ""
    problem_facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_waiting(self) -> bool:
        """Whether no run has taken it yet."""
        return not self.run_id and not self.problem_code


class Inbox(Protocol):
    """The errands of one company. They are added by `UnitOfWork.add_errands` and taken by `RunLog.add`, each with what belongs to it."""

    def get(self, errand_id: str) -> Errand | None:
        """Find an errand by its id."""
        ...

    def waiting(self, *, limit: int) -> Sequence[Errand]:
        """List what no run has taken yet, oldest first."""
        ...

    def newest(self, *, limit: int, before_id: str = "") -> Sequence[Errand]:
        """List errands, newest first, before one where its id is given."""
        ...

    def of_record(self, direction: Direction, record_type: str, record_id: str, *, limit: int) -> Sequence[Errand]:
        """List the errands of one source record, newest first."""
        ...

    def refuse(self, ids: Sequence[str], problem: Problem) -> None:
        """Close errands that no run can take, with the reason."""
        ...
