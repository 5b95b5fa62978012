"""What the use cases need to count wrong passwords and codes, over all companies: what was tried may name none of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from suitebridge.domain.throttling import Subject


class Attempts(Protocol):
    """Wrong tries by subject."""

    def count(self, subjects: Sequence[Subject], *, at: datetime) -> datetime | None:
        """Count a try for every subject before it is judged, so that many at once cannot slip through.

        Where one of them must wait nothing is counted, and the answer is when the next try may be.
        """
        ...

    def forget(self, subjects: Sequence[Subject]) -> None:
        """Forget every try of subjects, after a right one."""
        ...

    def take_back(self, subjects: Sequence[Subject]) -> None:
        """Take back the try that was counted last: it was right, which says nothing about the earlier ones."""
        ...
