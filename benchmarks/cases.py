"""Every case by name."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from benchmarks import customers, hours
from benchmarks.tasks import Case

_PLAIN_EXPORT = "exporting_with_zeep" if os.environ.get("NETSUITE_SCHEMAS") else "exporting_by_hand"


def _write_no_firm(folder: Path, _: int, seed: int) -> None:
    """Write the smallest firm: nothing is asked of it."""
    customers.write_firm(folder, 1, seed)


CASES: Mapping[str, Case] = {
    case.name: case
    for case in (
        Case(
            name="import",
            title="Import of new customers, against a plain pipeline: a look-up, an insert and a commit for each row",
            size=20_000,
            write_firm=customers.write_firm,
            prepares="benchmarks.connector.importing",
            sides={"connector": "benchmarks.connector.importing", "plain": "benchmarks.plain.importing"},
        ),
        Case(
            name="export",
            title=f"Export of time, against a plain client: hundreds, one after another ({_PLAIN_EXPORT.replace('_', ' ')})",
            size=10_000,
            write_firm=hours.write_firm,
            prepares="benchmarks.connector.exporting",
            sides={"connector": "benchmarks.connector.exporting", "plain": f"benchmarks.plain.{_PLAIN_EXPORT}"},
        ),
        Case(
            name="throttling-10-percent",
            title="Export of time while each tenth request is refused for load, against the same export undisturbed (aim: a ratio of 0.85)",
            size=20_000,
            write_firm=hours.write_firm,
            prepares="benchmarks.connector.exporting",
            sides={
                "connector": "benchmarks.connector.exporting_throttled",
                "undisturbed": "benchmarks.connector.exporting",
            },
        ),
        Case(
            name="simulator-upserts",
            title="The simulator alone: time upserted by SOAP lists of a hundred, every rule on",
            size=20_000,
            write_firm=hours.write_firm,
            sides={"plain": "benchmarks.plain.exporting_by_hand"},
        ),
        Case(
            name="simulator-pages",
            title="The simulator alone: pages of SuiteQL with 1,000 rows of fourteen columns",
            size=100_000,
            write_firm=customers.write_firm,
            sides={"plain": "benchmarks.plain.paging"},
        ),
        Case(
            name="mapping",
            title="The mapping alone: twenty rows with two lookups and a condition on one core, by the processor's time (aim: 50,000 a second)",
            size=200_000,
            write_firm=_write_no_firm,
            sides={"mapping": "benchmarks.connector.mapping"},
        ),
        Case(
            name="simulator-memory",
            title="The simulator alone: time held in memory, counted and read (aim: a million entries in 2,048 MiB)",
            size=1_000_000,
            write_firm=hours.write_firm_with_time,
            sides={"plain": "benchmarks.plain.counting"},
        ),
    )
}
