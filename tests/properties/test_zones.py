"""Time zones lose nothing: every IANA zone, each hour of ordinary days and around each change of its clocks (F50, F53), and equal stamps (F49)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suitebridge.adapters.netsuite.decoding import RowReader
from suitebridge.adapters.netsuite.filtering import INSTANT_FORMAT
from suitebridge.adapters.netsuite.suiteql import select_page
from suitebridge.adapters.netsuite.zones import bound_of, earliest_later, stamp_of, stamp_shown, zone_problem, zone_told
from suitebridge.domain.conditions import Compare, Comparison
from suitebridge.domain.errors import Problem
from suitebridge.ports.netsuite import ReadRequest
from suitebridge.wire.soap.record_writing import PACIFIC, midnight

ZONES = [ZoneInfo(name) for name in sorted(available_timezones())]
HOUR = timedelta(hours=1)
YEAR = datetime(2026, 1, 1, tzinfo=UTC)


def changes(zone: ZoneInfo) -> list[datetime]:
    """Give the days of 2026 on which a zone's clocks change."""
    days = [YEAR + timedelta(days=number) for number in range(366)]
    return [day for day, after in pairwise(days) if _offset(day, zone) != _offset(after, zone)]


def _offset(at: datetime, zone: ZoneInfo) -> timedelta | None:
    return at.astimezone(zone).utcoffset()


def stamp(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).strftime(INSTANT_FORMAT)


def nights() -> Iterator[tuple[ZoneInfo, datetime]]:
    """Give an ordinary day of each zone, and each day on which its clocks change."""
    for zone in ZONES:
        yield zone, YEAR + timedelta(days=40)
        yield from ((zone, day) for day in changes(zone))


@pytest.mark.fault("F50")
def test_f50_no_change_is_lost_in_any_zone_at_any_hour() -> None:
    for zone, day in nights():
        moments = [day + timedelta(minutes=30 * step) for step in range(-4, 56)]
        stamps = [stamp(at, zone) for at in moments]
        bounds = [earliest_later(text, zone) for text in stamps]
        # Every change at or after the moment of a stamp satisfies the bound that is made of it.
        earliest = [min(stamps[place:]) for place in range(len(stamps))]
        assert all(bound <= later for bound, later in zip(bounds, earliest, strict=True)), (zone, day)
        # And a bound goes back by no more than clocks ever do in one night.
        assert all(
            datetime.strptime(own, INSTANT_FORMAT) - datetime.strptime(bound, INSTANT_FORMAT) <= 3 * HOUR  # noqa: DTZ007
            for own, bound in zip(stamps, bounds, strict=True)
        )


@pytest.mark.fault("F50")
def test_f50_a_change_stamp_means_the_same_in_every_zone() -> None:
    for zone, day in nights():
        moments = [day + timedelta(minutes=30 * step) for step in range(-4, 56, 3)]
        shown = [stamp(at, zone) for at in moments]
        for place, at in enumerate(moments):
            # What changed at the moment of a stamp or later is read, whatever zone the user has by then.
            assert bound_of(stamp_of(at), zone) <= min(shown[place:]), (zone, at)
            # And what is read carries the stamp of its moment, or of the hour before in the hour that is shown twice.
            assert stamp_shown(shown[place], zone) in {
                stamp_of(at),
                *(stamp_of(at - back * HOUR) for back in (0.5, 1, 2, 3)),
            }


@pytest.mark.fault("F53")
def test_f53_a_civil_day_is_the_same_day_in_every_zone() -> None:
    request = ReadRequest(
        record_type="invoice",
        fields=("tranDate",),
        condition=Compare(path="tranDate", comparison=Comparison.GREATER_OR_EQUAL, value=date(2026, 12, 31)),
    )
    for zone in ZONES:
        selection = select_page(request, zone)
        assert "2026-12-31" in selection.query.parameters
        reader = RowReader("invoice", selection, zone)
        for day in ("2026-01-01", "2026-03-08", "2026-11-01", "2026-12-31", "2028-02-29"):
            (record,) = reader.read([{"id": "1", "c0": day}])
            assert record.fields["tranDate"] == date.fromisoformat(day)


@given(st.dates(min_value=date(1970, 1, 2), max_value=date(2099, 12, 31)))
def test_f53_a_day_goes_out_as_a_midnight_that_is_that_day(day: date) -> None:
    sent = datetime.fromisoformat(midnight(day))
    assert sent.tzinfo is not None
    assert sent.astimezone(PACIFIC).date() == day


@pytest.mark.fault("F52")
def test_f52_every_zone_is_told_from_the_account_or_its_present_time_is_refused() -> None:
    at = YEAR + timedelta(days=200)
    noons = [datetime(2026, 1, 1, 12) + timedelta(days=number) for number in range(365)]  # noqa: DTZ001
    # Zones that never differ at noon are told alike.
    alike = {tuple(noon.replace(tzinfo=zone).utcoffset() for noon in noons): zone for zone in ZONES}
    for offsets, zone in alike.items():

        def ask(times: Sequence[datetime], zone: ZoneInfo = zone) -> Mapping[datetime, timedelta]:
            return {time: time.replace(tzinfo=zone).utcoffset() or timedelta(0) for time in times}

        found = zone_told(stamp(at, zone), at, ask)
        assert isinstance(found, ZoneInfo), zone
        assert tuple(noon.replace(tzinfo=found).utcoffset() for noon in noons) == offsets

        # An account that does not tell is read where its present time is Pacific time, and refused otherwise.
        silent = zone_told(stamp(at, zone), at, lambda _: None)
        assert (silent is PACIFIC) == (_offset(at, zone) == _offset(at, PACIFIC))
        # What it tells is not believed against the time that it shows.
        lying = zone_told(stamp(at + 12 * HOUR, zone), at, ask)
        assert isinstance(lying, Problem) or _offset(at, zone) == _offset(at + 12 * HOUR, PACIFIC)
    assert zone_told("2026-01-01 00:00:00", None, lambda _: None) is PACIFIC


@pytest.mark.fault("F52")
def test_f52_another_zone_is_detected_and_the_same_one_is_not() -> None:
    for zone, at in ((zone, YEAR + timedelta(days=days)) for zone in ZONES for days in (20, 200)):
        shown = stamp(at, zone)
        assert zone_problem(shown, at + timedelta(seconds=40), zone) is None
        problem = zone_problem(shown, at, PACIFIC)
        assert (problem is None) == (_offset(at, zone) == _offset(at, PACIFIC))
    assert zone_problem("2026-01-01 00:00:00", None, PACIFIC) is None
