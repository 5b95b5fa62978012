"""What the use cases need of whoever reads cron texts: the engine's own library, so that a preview shows what will be."""

from __future__ import annotations

from typing import Protocol

from suitebridge.domain.slots import Walls


class Crons(Protocol):
    """Reads cron texts of five fields."""

    def read(self, text: str) -> Walls:
        """Give the local times of a text. Raise `ValueError` with a sentence where it means nothing, or no time that ever comes."""
        ...
