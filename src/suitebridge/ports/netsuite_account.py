"""What can be asked of a NetSuite account besides its records: deletions, lists, fields, rates, time, limits, totals. Values only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from suitebridge.domain.drift import AccountField
from suitebridge.domain.values import Fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Deletion:
    """A record that was deleted in NetSuite, under the name that it had."""

    netsuite_id: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectValue:
    """A value that a select field may take."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovered:
    """The fields of a record type in the account, those of its sublists as "item.amount", and when they were read."""

    fields: Sequence[AccountField]
    read_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrencyRate:
    """How much of the base currency one unit of another is worth from a day on; currencies by internal id."""

    base: str
    currency: str
    rate: Decimal
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How many requests may be under way at once: in the account, and for this integration."""

    account: int
    integration: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """How many records there are of one unit (a currency, or "" for all), and what their amounts add up to."""

    unit: str
    count: int
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingChange:
    """Changes to a record that exists. `record` is its internal id, or its external id with "eid:" before it; fields are as in `OutgoingRecord`."""

    record: str
    fields: Fields
    cleared: tuple[str, ...] = ()
