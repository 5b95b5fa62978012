"""The account's clock: real by default, with an offset that tests and the admin endpoint may move, or frozen.

The zone of a new account is Pacific time, as in NetSuite's samples (reference §4.14).

Refuses to sleep: it only says what time the account believes it is.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

ACCOUNT_ZONE = "America/Los_Angeles"


class Clock:
    """Seconds since 1970 as the account sees them."""

    def __init__(
        self, *, zone: str = ACCOUNT_ZONE, offset_seconds: float = 0.0, date_format: str = "FMMM/DD/YYYY"
    ) -> None:
        self.zone = ZoneInfo(zone)
        self.date_format = date_format  # how SuiteQL shows days, as a mask of TO_CHAR
        self.offset_seconds = offset_seconds
        self._second: tuple[int, datetime, str] | None = None
        self.frozen_at: float | None = None  # seconds since 1970, where it stands still

    def timestamp(self) -> float:
        """Return the account's time in seconds since 1970."""
        reading = time.time() if self.frozen_at is None else self.frozen_at
        return reading + self.offset_seconds

    def now(self) -> datetime:
        """Return the account's time, aware, UTC, to the microsecond."""
        return datetime.fromtimestamp(self.timestamp(), UTC)

    def second(self) -> datetime:
        """Return the account's time to the second: what lastModifiedDate keeps."""
        return self._at_second()[1]

    def second_text(self) -> str:
        """Return the account's time to the second as its tables keep it: UTC, without saying so."""
        return self._at_second()[2]

    def _at_second(self) -> tuple[int, datetime, str]:
        """Return the second and both its forms, made once: a list of records asks some hundred times in one."""
        now = int(self.timestamp())
        if self._second is None or self._second[0] != now:
            at = datetime.fromtimestamp(now, UTC)
            self._second = now, at, at.replace(tzinfo=None).isoformat(sep=" ")
        return self._second

    def advance(self, seconds: float) -> None:
        """Move the clock by so many seconds, backward where negative."""
        self.offset_seconds += seconds

    def set(self, at: datetime) -> None:
        """Let the clock show an aware instant now, and go on as before."""
        self.advance(at.timestamp() - self.timestamp())

    def freeze(self, at: datetime) -> None:
        """Stop the clock at an aware instant; `advance` still moves it."""
        self.frozen_at = at.timestamp()
        self.offset_seconds = 0.0

    def run(self) -> None:
        """Let a frozen clock go on from where it stands."""
        if self.frozen_at is not None:
            self.offset_seconds += self.frozen_at - time.time()
            self.frozen_at = None

    @property
    def is_frozen(self) -> bool:
        """Whether the clock stands still."""
        return self.frozen_at is not None

    def today(self) -> datetime:
        """Return the account's midnight of today in its own zone."""
        local = self.now().astimezone(self.zone)
        return local.replace(hour=0, minute=0, second=0, microsecond=0)

    def since(self, moment: datetime) -> timedelta:
        """Return how long ago an aware instant was."""
        return self.now() - moment
