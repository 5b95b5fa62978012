"""What a comparison of both sides found: counts, sums, and records that are missing, extra or different. It compares nothing itself."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from suitebridge.domain.records import Direction


class Finding(enum.Enum):
    """How a record stands on the side that a workflow writes; the value is what people read."""

    MISSING = "missing"
    EXTRA = "extra"
    DIFFERENT = "different"
    UNCLEAR = "cannot be compared"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Days from the first to the last, both included; None leaves an end open."""

    since: date | None = None
    until: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether it bounds nothing."""
        return self.since is None and self.until is None

    def holds(self, day: date | None) -> bool:
        """Whether a day lies in it; what has no day lies in no bounded period."""
        if self.is_open:
            return True
        return (
            day is not None and (self.since is None or day >= self.since) and (self.until is None or day <= self.until)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldPair:
    """One field with what either side holds, as texts. `field` is the target's: "itemList[2].amount"."""

    field: str
    workspace: str
    netsuite: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Discrepancy:
    """One record that is not alike on both sides; an id is "" where that side has no such record."""

    finding: Finding
    workspace_id: str
    netsuite_id: str
    title: str
    reason: str
    pairs: tuple[FieldPair, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SumPair:
    """What the records of one unit (a currency, hours) add up to on either side."""

    unit: str
    workspace: Decimal
    netsuite: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """One workflow's comparison. Counts are of records; `told` are the first `MOST_TOLD` of all that is not alike.

    `has_period` is false where records of this type carry no day, so that all of them were compared.
    """

    workflow: str
    title: str
    direction: Direction
    period: Period
    has_period: bool
    workspace_count: int
    netsuite_count: int
    alike: int
    counts: tuple[tuple[Finding, int], ...]
    sums: tuple[SumPair, ...]
    told: tuple[Discrepancy, ...]

    def of(self, finding: Finding) -> int:
        """How many records stand so."""
        return dict(self.counts).get(finding, 0)

    @property
    def is_alike(self) -> bool:
        """Whether both sides hold the same."""
        return not self.counts


MOST_TOLD = 10_000
"""Discrepancies of one workflow that are told; the rest is counted."""
