"""What a company minds after a backup was put back (quality.md F76), in every kind of store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from suitebridge.adapters.store.opening import close_connections
from suitebridge.domain.events import EventName
from suitebridge.domain.people import ADMINISTRATOR, Stamp, User
from suitebridge.domain.sessions import Session
from suitebridge.ports.companies import Companies
from tests.contract.conftest import fresh_store, opened
from tests.contract.stories import MOMENT, create
from tests.fakes.clock import SteppingClock
from tests.fakes.store import MemoryCompanies
from tests.scenarios.command_line.databases import new_database


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def companies(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Companies]:
    """Give each kind of store, empty: putting a backup back concerns every company, those too whose trail other tests have broken."""
    match request.param:
        case "memory":
            yield MemoryCompanies(SteppingClock())
        case "sqlite":
            yield opened(tmp_path)
        case _:
            yield opened(tmp_path, new_database(request.getfixturevalue("postgresql_url")))
    close_connections()


@pytest.mark.fault("F76")
def test_new_ids_lie_above_the_lost_time_sessions_end_and_the_trail_says_why(
    companies: Companies, stamp: Stamp
) -> None:
    store = fresh_store(companies)
    store.people.add(user_id="ada", first="", last="", email="", role=ADMINISTRATOR, password=None, stamp=None)
    user = User(id="1", user_id="ada", name="", role=ADMINISTRATOR, is_active=True)
    store.sessions.open(
        user, Session(id="s1", began_at=MOMENT, seen_at=MOMENT, proven_at=MOMENT, address="", browser="")
    )
    assert create(store, stamp, "vendor", {"name": "Old"}) == ["2"]
    assert store.company.restored_below == 0

    companies.mark_restored(reason="the backup of last night (disk failure)")

    again = companies.store(store.company.id)
    assert again.company.restored_below == 3
    assert int(create(again, stamp, "vendor", {"name": "New"})[0]) > 1_000_000
    assert not again.sessions.of_user(user, at=MOMENT + timedelta(seconds=1))
    told = [entry for entry in again.trail.newest(limit=9) if entry.event == EventName.BACKUP_RESTORED.value]
    assert [entry.record_title for entry in told] == ["the backup of last night (disk failure)"]
    assert again.trail.verify().first_broken == 0
