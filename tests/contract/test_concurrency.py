"""Two threads at one company: the chain stays whole, ids are never given twice, a binding has one owner (F64)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from suitebridge.adapters.store import databases
from suitebridge.adapters.store.companies import StoredCompanies
from suitebridge.adapters.store.opening import close_connections
from suitebridge.domain.errors import RecordRefusedError, RetryLaterError, RunStoppedError
from suitebridge.domain.people import ADMINISTRATOR, EMPLOYEE, Stamp, User
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.people import PersonChange
from suitebridge.ports.transactions import NewRecord
from tests.contract.conftest import fresh_store
from tests.contract.stories import bound

THREADS = 4
UNITS = 12


def in_threads(act: Callable[[int], None]) -> None:
    """Carry an act out in several threads that start at once; an exception of any of them is raised here."""
    barrier = threading.Barrier(THREADS)

    def start(number: int) -> None:
        barrier.wait(timeout=10)
        try:
            act(number)
        finally:
            close_connections()

    with ThreadPoolExecutor(THREADS) as threads:
        for future in [threads.submit(start, number) for number in range(THREADS)]:
            future.result(timeout=60)


@pytest.mark.fault("F64")
def test_concurrent_writers_leave_one_unbroken_chain(real_store: CompanyStore, stamp: Stamp) -> None:
    def write(number: int) -> None:
        for turn in range(UNITS):
            with real_store.transactions.begin() as unit:
                (own,) = unit.reserve_ids(1)
                fields = {"name": f"V{number}-{turn}"}
                unit.create_records([NewRecord(type="vendor", id=own, fields=fields)], stamp)

    in_threads(write)
    verdict = real_store.trail.verify()
    assert (verdict.checked, verdict.first_broken) == (THREADS * UNITS, 0)
    assert real_store.records.count("vendor") == THREADS * UNITS


def test_two_claims_of_one_netsuite_id_leave_one_owner(real_store: CompanyStore) -> None:
    def claim(number: int) -> None:
        for _ in range(UNITS):
            with real_store.transactions.begin() as unit:
                unit.save_bindings([bound(str(number + 1), "10")])

    in_threads(claim)
    ids = [str(number + 1) for number in range(THREADS)]
    assert len(real_store.runs.bindings_by_workspace("customer", "customer", ids)) == 1
    assert len(real_store.runs.bindings_by_netsuite("customer", "customer", ["10"])) == 1


def outcomes_of(acts: Sequence[Callable[[], object]]) -> list[str]:
    """Carry acts out at once, each with a connection of its own; give the error code of each, "" for none."""
    barrier = threading.Barrier(len(acts))

    def start(act: Callable[[], object]) -> str:
        barrier.wait(timeout=10)
        try:
            act()
        except (RecordRefusedError, RunStoppedError) as error:
            return error.problem.code
        finally:
            close_connections()
        return ""

    with ThreadPoolExecutor(len(acts)) as threads:
        return [future.result(timeout=60) for future in [threads.submit(start, act) for act in acts]]


def administrators(store: CompanyStore, count: int) -> list[User]:
    """Add administrators."""
    return [
        store.people.add(
            user_id=f"admin{number}", first="", last="", email="", role=ADMINISTRATOR, password=None, stamp=None
        )
        for number in range(count)
    ]


@pytest.mark.parametrize("turn", range(3))
def test_administrators_who_all_leave_at_once_leave_one_behind(
    real_store: CompanyStore, stamp: Stamp, turn: int
) -> None:
    change = PersonChange(is_active=False) if turn % 2 else PersonChange(role=EMPLOYEE)
    acts = [
        partial(real_store.people.change, user.id, change, version="", stamp=stamp)
        for user in administrators(real_store, THREADS)
    ]
    assert sorted(outcomes_of(acts)) == ["", "", "", "SB-USER-002"]
    assert len(real_store.people.administrators()) == 1


@pytest.mark.parametrize("turn", range(3))
def test_a_user_chosen_and_deactivated_in_the_same_second_is_one_of_them(
    real_store: CompanyStore, stamp: Stamp, turn: int
) -> None:
    chosen, _ = administrators(real_store, 2)
    acts: list[Callable[[], object]] = [
        partial(real_store.connections.set_integration_user, chosen.id, stamp),
        partial(real_store.people.change, chosen.id, PersonChange(is_active=False), version="", stamp=stamp),
    ]
    ended = outcomes_of(acts if turn % 2 else acts[::-1])
    codes = dict(zip(("choose", "leave"), ended if turn % 2 else ended[::-1], strict=True))
    assert codes in ({"choose": "", "leave": "SB-USER-001"}, {"choose": "SB-USER-003", "leave": ""})
    connection = real_store.connections.get()
    kept = connection.integration_user_id if connection is not None else ""
    assert [user.id for user in real_store.people.administrators()].count(chosen.id) == (1 if kept else 0)


def test_statements_past_the_house_cannot_pass_together_either(stored_companies: StoredCompanies) -> None:
    store = fresh_store(stored_companies)
    statement = "UPDATE store_record SET active = %s WHERE company_id = %s AND type = 'employee' AND number = %s"
    database = stored_companies.database
    acts = [
        partial(database.execute, statement, (False, store.company.id, int(user.id)))
        for user in administrators(store, THREADS)
    ]
    assert sorted(outcomes_of(acts)) == ["", "", "", "SB-USER-002"]


def test_two_who_save_one_user_at_once_are_told(real_store: CompanyStore, stamp: Stamp) -> None:
    user, _ = administrators(real_store, 2)
    card = real_store.people.card(user.id)
    assert card is not None
    acts = [
        partial(real_store.people.change, user.id, PersonChange(first=name), version=card.version, stamp=stamp)
        for name in ("One", "Two")
    ]
    assert sorted(outcomes_of(acts)) == ["", "SB-USER-004"]


def test_two_who_choose_the_integration_user_at_once_are_told(real_store: CompanyStore, stamp: Stamp) -> None:
    first, second = administrators(real_store, 2)
    real_store.connections.set_integration_user("", stamp)
    connection = real_store.connections.get()
    assert connection is not None
    acts = [
        partial(real_store.connections.set_integration_user, user.id, stamp, version=connection.version)
        for user in (first, second)
    ]
    assert sorted(outcomes_of(acts)) == ["", "SB-CONN-001"]


def test_companies_added_at_once_keep_apart(stored_companies: StoredCompanies) -> None:
    def add(number: int) -> None:
        stored_companies.add(company_id=f"at-once-{number}", name="", token=f"atonce{number:02}", zone="UTC")

    in_threads(add)
    names = [company.id for company in stored_companies.all() if company.id.startswith("at-once-")]
    assert sorted(names) == [f"at-once-{number}" for number in range(THREADS)]


@pytest.mark.fault("F64")
def test_a_lock_that_is_held_too_long_is_told_as_busy(
    stored_companies: StoredCompanies, stamp: Stamp, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = fresh_store(stored_companies)
    monkeypatch.setattr(databases, "LOCK_ATTEMPTS", 2)
    is_held, is_done = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with store.transactions.begin():
                is_held.set()
                is_done.wait(timeout=30)
        finally:
            close_connections()

    database = stored_companies.database
    impatient = "PRAGMA busy_timeout = 50" if database.is_sqlite else "SET lock_timeout = '50ms'"
    patient = "PRAGMA busy_timeout = 10000" if database.is_sqlite else "SET lock_timeout = '10s'"
    with ThreadPoolExecutor(1) as threads:
        holder = threads.submit(hold)
        assert is_held.wait(timeout=10)
        database.execute(impatient)
        try:
            with pytest.raises(RetryLaterError, match="SB-DB-001") as caught, store.transactions.begin():
                pass
        finally:
            is_done.set()
            holder.result(timeout=30)
            database.execute(patient)
    assert "too long" in caught.value.problem.cause
    with store.transactions.begin() as unit:
        assert unit.reserve_ids(1) == ["1"]
