"""Signed-in sessions: how long they live, and how long a proof of who is there counts (quality.md S06, S09). No clock: moments are given."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

IDLE_MINUTES: Final = 30
LONGEST_MINUTES: Final = 8 * 60
"""The limits of every company; an administrator may shorten them, and nobody lengthens them."""

FEWEST_MINUTES: Final = 5
LABELS: Final[Mapping[str, str]] = {"idle_minutes": "Minutes without a visit", "longest_minutes": "Minutes in all"}
"""What the limits are called at every door."""

FRESH: Final = timedelta(minutes=15)
"""How long after a password or a code what is delicate may be changed without another one."""

TOUCH_EVERY: Final = timedelta(minutes=1)
"""A visit is written down at most this often: a page view must not cost a write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInRules:
    """What a company asks of its sessions and its administrators."""

    idle_minutes: int = IDLE_MINUTES
    longest_minutes: int = LONGEST_MINUTES
    demands_second_factor: bool = False

    @property
    def mark(self) -> str:
        """Name these very rules, for whoever changes them: a change says which ones it is about."""
        return f"{self.idle_minutes}-{self.longest_minutes}-{'demanded' if self.demands_second_factor else 'free'}"


class Way(enum.Enum):
    """How somebody came in; the value is stored, and shown."""

    PASSWORD = "password"  # noqa: S105
    NETSUITE = "NetSuite"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One sign-in at the console; `id` names it and opens nothing. `proven_at` is when its person last gave a password or a code.

    Who comes by NetSuite has proven nothing here: what is delicate asks them for a password or a code first.
    """

    id: str
    began_at: datetime
    seen_at: datetime
    proven_at: datetime
    address: str
    browser: str
    way: Way = Way.PASSWORD

    @property
    def title(self) -> str:
        """Say which one it is: "Firefox on Linux, 192.0.2.7"."""
        return f"{self.browser}, {self.address}" if self.address else self.browser

    def is_alive(self, rules: SignInRules, now: datetime) -> bool:
        """Whether neither limit has passed."""
        is_idle = now - self.seen_at >= timedelta(minutes=rules.idle_minutes)
        return not is_idle and now - self.began_at < timedelta(minutes=rules.longest_minutes)

    def is_fresh(self, now: datetime) -> bool:
        """Whether its person has proven lately who they are."""
        return now - self.proven_at < FRESH


def objections(rules: SignInRules) -> tuple[tuple[str, str], ...]:
    """Give what is wrong with rules that somebody wants, by field."""
    limits = (
        ("idle_minutes", rules.idle_minutes, IDLE_MINUTES),
        ("longest_minutes", rules.longest_minutes, LONGEST_MINUTES),
    )
    return tuple(
        (
            field,
            f"Write a number of minutes from {FEWEST_MINUTES} to {most}: the limit may be shortened, not lengthened.",
        )
        for field, minutes, most in limits
        if not FEWEST_MINUTES <= minutes <= most
    )
