"""A server signs each company's trail when it starts and once an hour; a place that cannot be written stops nothing."""

from __future__ import annotations

import dataclasses
import logging
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from suitebridge.adapters.secrets.checkpoints import FOLDER
from suitebridge.adapters.store.opening import close_connections
from suitebridge.bootstrap import House, handing_over, open_house
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.people import Door, Stamp
from tests.console_world import SteeredClock

STEP = timedelta(minutes=20)


class _Turns(threading.Event):
    """Lets twenty minutes pass, and something happen, at each turn."""

    def __init__(self, house: House, clock: SteeredClock, turns: int) -> None:
        super().__init__()
        self._house, self._clock, self._turns = house, clock, turns

    def wait(self, timeout: float | None = None) -> bool:
        _ = timeout
        self._clock.pass_by(STEP)
        write(self._house)
        self._turns -= 1
        return self._turns <= 0


class _NoEngine:
    def enqueue(self, *, run_id: str, company: str, partition: str) -> None:
        raise AssertionError(f"There is no run to hand over: {run_id} {company} {partition}")


class _HeldLease:
    def refusal(self) -> str:
        return ""


def write(house: House) -> None:
    store = house.companies.store("meridian")
    event = Event(name=EventName.USER_SIGNED_IN, subject_type="employee", subject_id="1", subject="Ada")
    with store.transactions.begin() as unit:
        unit.append_event(event, Stamp(author_id="1", author_name="Ada", door=Door.CONSOLE))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    clock = SteeredClock(datetime(2026, 3, 1, tzinfo=UTC))
    opened = dataclasses.replace(open_house(tmp_path), clock=clock)
    opened.companies.add(company_id="meridian", name="Meridian", token="mrdn4k2p", zone="UTC")
    write(opened)
    yield opened
    close_connections()


def test_a_server_signs_at_its_start_and_each_hour(house: House) -> None:
    assert isinstance(house.clock, SteeredClock)
    handing_over._hand_over(house, _NoEngine(), _HeldLease(), _Turns(house, house.clock, 7))  # type: ignore[arg-type]  # more is not asked
    log = house.checkpoints.read("meridian")
    assert [one.sequence for one in log.checkpoints] == [1, 4, 7]
    assert log.said == ""


def test_what_keeps_a_trail_from_being_signed_is_logged(house: House, caplog: pytest.LogCaptureFixture) -> None:
    (house.directory / FOLDER).write_text("in the way")
    with caplog.at_level(logging.WARNING):
        house.sign_trail(house.companies.store("meridian"))
    assert "was not signed" in caplog.text
