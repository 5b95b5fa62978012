"""What the use cases need to write down what comes again and again, bounded: nobody fills the trail by being refused, or by reading."""

from __future__ import annotations

from datetime import timedelta
from typing import Final, Protocol

from suitebridge.domain.events import Event, EventName
from suitebridge.domain.people import Stamp

REFUSED_EVERY: Final = timedelta(minutes=1)
READ_EVERY: Final = timedelta(hours=1)
LONGEST: Final = max(REFUSED_EVERY, READ_EVERY)
"""What was noted longer ago than this has no bearing on anything any more."""


class Notes(Protocol):
    """What was noted lately in one company: refused attempts, and what those read whose reads are told."""

    def note(self, event: Event, *, stamp: Stamp, takes_as_long: bool = False) -> bool:
        """Add an entry to the trail, unless the same one was added lately (`every`): same event, author, door and subject. Say whether it was.

        `takes_as_long`: write to the disk either way, so that nobody learns from the time whether an entry was added.
        """
        ...


def every(event: Event) -> timedelta:
    """Say how often the same event is told at most."""
    return READ_EVERY if event.name is EventName.EVIDENCE_READ else REFUSED_EVERY
