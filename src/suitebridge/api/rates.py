"""How many requests are answered in a time: of each token, of each address without one, and of all together (quality.md S48).

Kept in the memory of the process that answers, which is the one web server of a data directory; a restart forgets it. Each bucket holds what may
come at once and fills again steadily. It knows no request: whoever asks names the bucket.
"""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from typing import Final

MOST_BUCKETS: Final = 10_000
"""How many are remembered; the one that was idle longest goes first, and would be full again by then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """What may come at once, and how much for each second after that."""

    burst: int
    per_second: float


OF_A_TOKEN = Pace(burst=600, per_second=10)
OF_A_STRANGER = Pace(burst=300, per_second=5)
OF_ALL = Pace(burst=3_000, per_second=50)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bucket:
    left: float
    at: datetime


class Rates:
    """The buckets of one process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def take(self, name: str, pace: Pace, *, now: datetime) -> int:
        """Take one from a bucket; give the seconds to wait where it is empty, else 0."""
        with self._lock:
            bucket = self._buckets.pop(name, _Bucket(left=pace.burst, at=now))
            passed = max(0.0, (now - bucket.at).total_seconds())
            left = min(float(pace.burst), bucket.left + passed * pace.per_second)
            is_taken = left >= 1
            self._buckets[name] = _Bucket(left=left - 1 if is_taken else left, at=max(now, bucket.at))
            while len(self._buckets) > MOST_BUCKETS:
                self._buckets.popitem(last=False)
        return 0 if is_taken else max(1, math.ceil((1 - left) / pace.per_second))
