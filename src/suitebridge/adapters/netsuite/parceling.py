"""Cuts records into requests: as many as NetSuite takes at once, and no more bytes than arrive within its time.

It refuses to know what a record is written in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeVar

Parcel = TypeVar("Parcel")

REQUEST_BYTES: Final = 8 * 1024 * 1024
"""What one request carries, unless one record alone is larger: NetSuite reads a hundred megabytes (netsuite-api.md §4.5), and has fifteen
minutes for them, so a hundred documents of ten thousand lines each would never arrive (quality.md F60)."""


def parcel(records: Sequence[Parcel], *, most: int, size_of: Callable[[Parcel], int]) -> Iterator[Sequence[Parcel]]:
    """Cut records into requests, in order. `size_of` gives a record's bytes, or its characters where those are counted more easily."""
    start = size = 0
    for place, record in enumerate(records):
        own = size_of(record)
        if place > start and (place - start == most or size + own > REQUEST_BYTES):
            yield records[start:place]
            start, size = place, 0
        size += own
    if records:
        yield records[start:]
