"""Asks NetSuite what time it is, and the first time also in which zone its user is shown it (netsuite-api.md §5.11, quality.md F52).

What the answers mean is known in `zones`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, tzinfo

from suitebridge.adapters.netsuite import suiteql as queries
from suitebridge.adapters.netsuite.asking import ask_dated, ask_for, purpose_of, unreadable_answer
from suitebridge.adapters.netsuite.conversing import Line
from suitebridge.adapters.netsuite.zones import moment_shown, read_offsets, select_offsets, zone_problem, zone_told
from suitebridge.domain.errors import Problem, RetryLaterError, RunStoppedError, SuiteBridgeError
from suitebridge.wire.rest import suiteql


def ask_time(line: Line) -> datetime:
    """Give NetSuite's present time. Raise `RunStoppedError` NS-ZONE-001 where its zone cannot be told.

    A zone that was told before is believed as long as the time agrees with it, and told anew where it does not.
    """
    page, at = ask_dated(line, line.query(queries.ASK_NOW, 1), suiteql.read_page, purpose_of(line, _PRESENT))
    shown = page.rows[0].get(queries.NOW) if page.rows else None
    if not isinstance(shown, str):
        raise unreadable_answer(line, "NetSuite did not say what time it is")
    try:
        zone = line.zone.told
        if zone is None or zone_problem(shown, at, zone) is not None:
            zone = _told(line, shown, at)
        return moment_shown(shown, at, zone)
    except ValueError as error:
        raise unreadable_answer(line, f"NetSuite's time cannot be read: {shown[:40]!r}") from error


def zone_of(line: Line) -> tzinfo:
    """Give the zone that SuiteQL shows moments in; it is asked for once."""
    if line.zone.told is None:
        ask_time(line)
    return line.zone.known


_PRESENT = "the present time"
_BROKEN = "NS-OUT-001"


def _told(line: Line, shown: str, at: datetime | None) -> tzinfo:
    def ask(times: Sequence[datetime]) -> Mapping[datetime, timedelta] | None:
        maker = line.query(select_offsets(times), 1)
        try:
            (page,) = ask_for(line, [maker], suiteql.read_page, purpose_of(line, "the time zone"))
        except SuiteBridgeError as error:
            # An account that has just told its time, and refuses this question or breaks on it, does not know the function.
            if isinstance(error, RetryLaterError) and error.problem.code != _BROKEN:
                raise
            return None
        return read_offsets(page.rows, times)

    zone = zone_told(shown, at, ask)
    if isinstance(zone, Problem):
        raise RunStoppedError(zone)
    line.zone.told = zone
    return zone
