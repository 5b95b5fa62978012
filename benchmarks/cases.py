"""Every case by name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from benchmarks import customers, hours
from benchmarks.tasks import Case


def _write_no_firm(folder: Path, _: int, seed: int) -> None:
    """Write the smallest firm: nothing is asked of it."""
    customers.write_firm(folder, 1, seed)


CASES: Mapping[str, Case] = {
    case.name: case
    for case in (
        Case(
            name="import",
            title="Import of new customers, against dlt merging the same pages into DuckDB, and a plain pipeline that looks up, inserts and commits row by row",
            size=100_000,
            write_firm=customers.write_firm,
            prepares="benchmarks.connector.importing",
            sides={
                "connector": "benchmarks.connector.importing",
                "dlt": "benchmarks.plain.importing_with_dlt",
                "plain": "benchmarks.plain.importing",
            },
            environments={"dlt": "dlt"},
        ),
        Case(
            name="no-change",
            title="A second run after which nothing has changed, against the first one",
            size=100_000,
            write_firm=customers.write_firm,
            prepares="benchmarks.connector.importing",
            sides={"connector": "benchmarks.connector.importing_again", "first run": "benchmarks.connector.importing"},
        ),
        Case(
            name="one-percent",
            title="A second run after one customer in a hundred was edited, against the first one",
            size=100_000,
            write_firm=customers.write_firm,
            prepares="benchmarks.connector.importing",
            sides={
                "connector": "benchmarks.connector.importing_changes",
                "first run": "benchmarks.connector.importing",
            },
        ),
        Case(
            name="growth",
            title="Import of new customers, against a hundredth of them: a record's time and the peak memory as work grows (aims: 1.2 times each)",
            size=1_000_000,
            write_firm=customers.write_firm,
            prepares="benchmarks.connector.importing",
            sides={"connector": "benchmarks.connector.importing", "hundredth": "benchmarks.connector.importing"},
            shares={"hundredth": 100},
        ),
        Case(
            name="export",
            title="Export of time, against the package netsuite and requests written by hand: hundreds, one after another, nothing kept",
            size=10_000,
            write_firm=hours.write_firm,
            prepares="benchmarks.connector.exporting",
            sides={
                "connector": "benchmarks.connector.exporting",
                "netsuite": "benchmarks.plain.exporting_with_netsuite",
                "by hand": "benchmarks.plain.exporting_by_hand",
            },
            environments={"netsuite": "netsuite"},
        ),
        Case(
            name="export-latency",
            title="Export of time by SOAP lists, 150 ms a request and five at once: how well the slots are filled",
            size=20_000,
            write_firm=hours.write_firm,
            prepares="benchmarks.connector.exporting",
            sides={"connector": "benchmarks.connector.exporting_slowly"},
        ),
        Case(
            name="export-rest",
            title="Export of time by REST batches, 150 ms a request and five at once, against a REST request for each record",
            size=1_000,
            write_firm=hours.write_firm,
            prepares="benchmarks.connector.exporting",
            sides={
                "connector": "benchmarks.connector.exporting_by_rest",
                "one by one": "benchmarks.connector.exporting_one_by_one",
            },
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
            name="two-workers",
            title="Export of time by ten companies on PostgreSQL, 150 ms a request and five at once for each: two workers against one (aim: 60 % of the time)",
            size=10_000,
            write_firm=_write_no_firm,
            sides={
                "connector": "benchmarks.connector.sharing_work:by_two",
                "one worker": "benchmarks.connector.sharing_work:by_one",
            },
            is_profiled=False,
        ),
        Case(
            name="start",
            title="From nothing: the list of commands, and a server's first answer (aims: 0.4 s and 5 s)",
            size=1,
            write_firm=_write_no_firm,
            prepares="benchmarks.connector.importing",
            sides={"help": "benchmarks.connector.starting", "serve": "benchmarks.connector.starting_to_serve"},
        ),
        Case(
            name="console",
            title="The console over years of time and runs: the slowest page (aim: 200 ms at the server with 1,000,000 entries and 1,000 runs)",
            size=1_000_000,
            write_firm=_write_no_firm,
            prepares="benchmarks.connector.browsing",
            sides={"console": "benchmarks.connector.browsing"},
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
            name="part-signing",
            title="Signatures of REST requests alone, against oauthlib, by the processor's time",
            size=20_000,
            write_firm=_write_no_firm,
            sides={"connector": "benchmarks.parts.signing:connector", "oauthlib": "benchmarks.parts.signing:oauthlib"},
        ),
        Case(
            name="part-writing",
            title="SOAP lists of ten time entries written, against zeep, by the processor's time",
            size=500,
            write_firm=_write_no_firm,
            sides={
                "connector": "benchmarks.parts.envelopes:write_by_connector",
                "zeep": "benchmarks.parts.envelopes:write_by_zeep",
            },
        ),
        Case(
            name="part-reading",
            title="Answers to SOAP lists of ten read, against zeep, by the processor's time",
            size=1_000,
            write_firm=_write_no_firm,
            sides={
                "connector": "benchmarks.parts.envelopes:read_by_connector",
                "zeep": "benchmarks.parts.envelopes:read_by_zeep",
            },
        ),
        Case(
            name="part-pages",
            title="Pages of SuiteQL with 1,000 rows of ten columns read and looked through for keys that come twice, against json, by the processor's time",
            size=200,
            write_firm=_write_no_firm,
            sides={"connector": "benchmarks.parts.pages:connector", "json": "benchmarks.parts.pages:by_json"},
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
