"""The keys of requests of the store in memory."""

from __future__ import annotations

from datetime import datetime

from suitebridge.ports.request_keys import KEPT_FOR, Claim, Done, Fresh, Pending, Taken


class MemoryRequestKeys:
    """Keys as they are."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], tuple[str, datetime, Claim]] = {}

    def claim(self, user_id: str, key: str, *, request: str, at: datetime) -> Claim:
        self._kept = {own: kept for own, kept in self._kept.items() if kept[1] >= at - KEPT_FOR}
        if (user_id, key) not in self._kept:
            self._kept[user_id, key] = (request, at, Pending())
            return Fresh()
        earlier, _, became = self._kept[user_id, key]
        return became if earlier == request else Taken()

    def settle(self, user_id: str, key: str, *, made: str) -> None:
        if (user_id, key) in self._kept:
            self._kept[user_id, key] = (*self._kept[user_id, key][:2], Done(made=made))

    def release(self, user_id: str, key: str) -> None:
        if (user_id, key) in self._kept and isinstance(self._kept[user_id, key][2], Pending):
            del self._kept[user_id, key]
