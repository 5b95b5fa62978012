"""`python -m benchmarks.decoding` (suiteql-decoding): what it costs to refuse keys that come twice in a page of SuiteQL, in processor time.

Three readings take turns in one process, so that they share whatever the machine does at that moment. Nothing is sent, so no simulator takes part.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Final

import msgspec

from suitebridge.wire.rest import suiteql
from suitebridge.wire.rest.json import refuse_duplicate_keys

ROWS: Final = 1_000
ROUNDS: Final = 7
TIMES: Final = 60


class _Page(msgspec.Struct):
    items: list[dict[str, str | list[msgspec.Raw] | None]]


_PAGES: Final = msgspec.json.Decoder(_Page)


def page() -> bytes:
    """Write a page of rows with ten columns."""
    columns = {
        "isinactive": "F",
        "lastmodifieddate": "2026-05-18 10:00:00",
        "subsidiary": "1",
        "currency": "1",
        "phone": "+1 555 0100",
        "comments": 'a "quoted" word: x',
    }
    rows = [
        {"links": [], "id": str(n), "entityid": f"C{n}", "companyname": f"Company {n}", "email": f"c{n}@x.example", **columns}
        for n in range(ROWS)
    ]  # fmt: skip
    return msgspec.json.encode({"links": [], "count": ROWS, "hasMore": True, "items": rows, "offset": 0})


def readings(body: bytes) -> Mapping[str, Callable[[], object]]:
    """Give the three ways to read it."""

    def look_at_every_key() -> None:
        _PAGES.decode(body)
        refuse_duplicate_keys(body)

    return {
        "no check": lambda: _PAGES.decode(body),
        "every key looked at": look_at_every_key,
        "as the connector does": lambda: suiteql.read_page(body),
    }


def main() -> None:
    """Measure and print."""
    ways = readings(page())
    best = dict.fromkeys(ways, float("inf"))
    for _ in range(ROUNDS):
        for name, read in ways.items():
            began = time.process_time()
            for _ in range(TIMES):
                read()
            best[name] = min(best[name], (time.process_time() - began) / TIMES * 1_000)
    for name, milliseconds in best.items():
        print(f"{name:24} {milliseconds:6.2f} ms  {milliseconds / best['no check']:.2f}")


if __name__ == "__main__":
    main()
