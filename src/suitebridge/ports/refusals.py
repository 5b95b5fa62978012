"""What the use cases need to write refused attempts down, bounded: nobody fills the trail by being refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Final, Protocol

from suitebridge.domain.events import Event
from suitebridge.domain.people import Stamp

NOTE_EVERY: Final = timedelta(minutes=1)


class Refusals(Protocol):
    """The refused attempts of one company."""

    def note(self, event: Event, *, stamp: Stamp, takes_as_long: bool = False) -> bool:
        """Add an entry to the trail, unless the same one was added within `NOTE_EVERY`: same event, author, door and subject. Say whether it was.

        `takes_as_long`: write to the disk either way, so that nobody learns from the time whether an entry was added.
        """
        ...
