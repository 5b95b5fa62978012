"""Work whose commit comes late: the client has given up, and the account goes on (reference §6.4).

Counts requests; refuses to know what the work is.
"""

from __future__ import annotations

from collections.abc import Callable

Work = Callable[[], object]


class Postponed:
    """The late work of one account, in the order it was sent."""

    def __init__(self) -> None:
        self._waiting: list[tuple[int, Work]] = []
        self._ended = 0

    def __len__(self) -> int:
        return len(self._waiting)

    def wait(self, requests: int, work: Work) -> None:
        """Let work wait until so many further requests have ended."""
        self._waiting.append((self._ended + requests + 1, work))  # the one that is cut off ends first

    def request_ended(self) -> None:
        """Count a request, and do the work whose time has come."""
        self._ended += 1
        due = [work for number, work in self._waiting if number <= self._ended]
        self._waiting = [one for one in self._waiting if one[0] > self._ended]
        for work in due:
            work()

    def commit(self) -> None:
        """Do all that waits now."""
        due, self._waiting = self._waiting, []
        for _, work in due:
            work()
