"""An error as it happened, told by its row of the error table, and the three kinds of exceptions by what to do next."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from suitebridge.domain.error_table import ERRORS, ErrorClass, ErrorCode, Retry

__all__ = [
    "ERRORS",
    "Effect",
    "ErrorClass",
    "ErrorCode",
    "Problem",
    "RecordRefusedError",
    "Retry",
    "RetryLaterError",
    "RunStoppedError",
    "RunTakenOverError",
    "SuiteBridgeError",
]


class Effect(enum.Enum):
    """What the failed act left behind; always stated (I8)."""

    NOTHING_WRITTEN = "nothing was written"
    WRITTEN = "written"
    UNKNOWN = "unknown, being checked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One error as it happened: a code of the table, the facts for its sentences, and its effect."""

    code: str
    facts: Mapping[str, str] = field(default_factory=dict)
    effect: Effect = Effect.NOTHING_WRITTEN

    @property
    def row(self) -> ErrorCode:
        """The table's row for this code; one that an older version stored and this one no longer has still says its name."""
        return ERRORS.get(self.code) or replace(ERRORS["SB-OLD-001"], code=self.code)

    @property
    def title(self) -> str:
        """What happened, to which record."""
        return self.row.title.format_map(_Facts(self.facts))

    @property
    def cause(self) -> str:
        """What the other side said, or what we found."""
        return self.row.cause.format_map(_Facts(self.facts))

    @property
    def remedy(self) -> str:
        """What to do, and who can do it."""
        return self.row.remedy.format_map(_Facts(self.facts))


class _Facts(dict[str, str]):
    """Leaves an unknown fact readable instead of failing while an error is being told."""

    def __missing__(self, key: str) -> str:
        return f"({key} not known)"


class SuiteBridgeError(Exception):
    """Root of the house's own errors: each carries the problem that a user reads."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.code}: {problem.title}")
        self.problem = problem


class RetryLaterError(SuiteBridgeError):
    """The world may be better in a while: throttled, in maintenance, unreachable."""


class RecordRefusedError(SuiteBridgeError):
    """This record only; the rest go on."""


class RunStoppedError(SuiteBridgeError):
    """The whole run must stop: credentials, permission, configuration."""


class RunTakenOverError(SuiteBridgeError):
    """Another process carries the run out by now; this one leaves it alone."""
