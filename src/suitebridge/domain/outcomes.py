"""How a record's way through a run ended: exactly one of these for each record considered (I1)."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from decimal import Decimal

from suitebridge.domain.errors import Problem


class OutcomeKind(enum.Enum):
    """The right-hand side of the conservation equation, in the order reports show it."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    REFUSED = "refused"
    BLOCKED = "blocked"
    FAILED = "failed"
    CONFLICTED = "conflicted"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"


_REHEARSED = {
    OutcomeKind.CREATED: "to create",
    OutcomeKind.UPDATED: "to update",
    OutcomeKind.FAILED: "would fail",
}


def tell_outcome(kind: OutcomeKind, *, is_dry: bool) -> str:
    """Name an outcome in a report; a dry run tells what would have become of the record, for nothing has."""
    return _REHEARSED.get(kind, kind.value) if is_dry else kind.value


OPEN_KINDS = frozenset(
    {
        OutcomeKind.REFUSED,
        OutcomeKind.BLOCKED,
        OutcomeKind.FAILED,
        OutcomeKind.CONFLICTED,
        OutcomeKind.UNKNOWN,
        OutcomeKind.CANCELLED,
    }
)
"""Outcomes that leave an open item: each later run takes the record up by its id until it closes."""

WRITTEN_KINDS = frozenset({OutcomeKind.CREATED, OutcomeKind.UPDATED, OutcomeKind.UNCHANGED})
"""Outcomes after which both sides are alike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """What a record adds to a run's sums (I12): an amount per unit, a currency code or "hours"."""

    unit: str
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One record's end. `reason` explains a skip; `problem` everything that went wrong; `refused_fields` what an update left out."""

    kind: OutcomeKind
    source_id: str
    title: str
    target_id: str = ""
    reason: str = ""
    problem: Problem | None = None
    changed_fields: tuple[str, ...] = ()
    refused_fields: tuple[str, ...] = ()
    amount: Amount | None = None
    is_recovered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """A workflow's counts and sums within one run."""

    considered: int = 0
    counts: tuple[tuple[OutcomeKind, int], ...] = ()
    selected_sums: tuple[Amount, ...] = ()
    written_sums: tuple[Amount, ...] = field(default=())

    def of(self, kind: OutcomeKind) -> int:
        """How many records ended so."""
        return dict(self.counts).get(kind, 0)

    @property
    def settled(self) -> int:
        """How many records have ended."""
        return sum(count for _, count in self.counts)

    @property
    def adds_up(self) -> bool:
        """Whether every record considered has exactly one outcome (I1)."""
        return self.considered == self.settled
