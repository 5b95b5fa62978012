"""Runs since a day: from when an import reads, which records an export considers, and whether the watermark may follow (I3).

The day is one of the company's zone. It refuses to know record types: their schemas say which field holds a record's day.
"""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from suitebridge.domain.conditions import AllOf, Compare, Comparison, Condition
from suitebridge.domain.errors import Problem, RunStoppedError
from suitebridge.runs.transfers import Transfer

_FIRST_DAY = date(1900, 1, 1)
"""No record is older, and zones have room to shift it."""


def refuse_day(since: date | None, *, zone: str, now: datetime) -> None:
    """Raise `RunStoppedError` SB-RUN-001 for a run since a day that has not come yet, as it would read nothing, or one before all records."""
    today = now.astimezone(ZoneInfo(zone)).date()
    if since is not None and not _FIRST_DAY <= since <= today:
        facts = {
            "what": "it cannot read from that day on",
            "said": f"{since} is not between {_FIRST_DAY} and today, {today} in the company's zone {zone}.",
            "remedy": "Name a day up to today.",
        }
        raise RunStoppedError(Problem(code="SB-RUN-001", facts=facts))


def reads_from(transfer: Transfer) -> str:
    """Give the change stamp from which an import reads; "" for everything."""
    run = transfer.run
    if run.since is not None:
        begins = datetime.combine(run.since, time(), tzinfo=ZoneInfo(transfer.store.company.zone))
        return transfer.gateway.stamp_of(begins)
    return "" if run.is_full else transfer.store.runs.watermark(transfer.workflow.name)


def may_follow(transfer: Transfer, until: str) -> bool:
    """Say whether the watermark may move up to a stamp: a run since a day has read what lies between only if it began at the watermark or before.

    Where NetSuite keeps no change date of a type, such a run has read everything.
    """
    if transfer.run.since is None:
        return True
    known = transfer.store.runs.watermark(transfer.workflow.name)
    if transfer.source.change_column is None:
        return known <= until
    return known != "" and reads_from(transfer) <= known <= until


def considered(transfer: Transfer) -> Condition | None:
    """Give what an export considers: what its workflow takes and, in a run since a day, only what bears that day or a later one.

    A type without a day is considered as a whole.
    """
    since, day, reads = transfer.run.since, transfer.source.day, transfer.workflow.takes
    if since is None or not day:
        return reads
    begins = Compare(path=day, comparison=Comparison.GREATER_OR_EQUAL, value=since)
    return begins if reads is None else AllOf(conditions=(reads, begins))
