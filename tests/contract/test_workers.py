"""The contract of `ports.workers`, of the fence on a run, and the lease that a process keeps by them (quality.md F69, F70, I6)."""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor

import pytest

from suitebridge.adapters.store.companies import StoredCompanies
from suitebridge.adapters.store.opening import close_connections
from suitebridge.domain.errors import Problem, RetryLaterError, RunStoppedError, RunTakenOverError
from suitebridge.ports.companies import Companies, CompanyStore
from suitebridge.ports.runs import RunState
from suitebridge.ports.workers import NewWorker, WorkerKind, Workers
from suitebridge.runs.leasing import LEASE_SECONDS, MARGIN_SECONDS, Lease
from tests.contract.conftest import fresh_store
from tests.contract.stories import MOMENT, begin_run, ended

COUNT = itertools.count(1)
LONG = 3600.0


def worker() -> NewWorker:
    """Give a worker that no other test has."""
    return NewWorker(id=f"w{next(COUNT)}", kind=WorkerKind.WORKER, host="host", process=7, version="1")


def known(workers: Workers, own: NewWorker) -> list[bool]:
    """Say whether a worker holds its lease, where it is known at all."""
    return [one.holds_lease for one in workers.all() if one.id == own.id]


def test_a_lease_holds_until_it_runs_out_and_is_taken_away_once(companies: Companies) -> None:
    own, workers, taken = worker(), companies.workers, list[str]()
    workers.join(own, lease_seconds=LONG)
    assert known(workers, own) == [True]
    workers.take_over(taken.append)
    assert own.id not in taken
    assert workers.renew(own.id, lease_seconds=LONG)

    workers.leave(own.id)
    assert known(workers, own) == [False]
    # Nobody has taken it over yet: it may still be renewed.
    assert workers.renew(own.id, lease_seconds=-1.0)
    assert workers.take_over(taken.append) >= 1
    assert taken.count(own.id) == 1
    assert not workers.renew(own.id, lease_seconds=LONG)
    assert known(workers, own) == []


def test_taking_over_that_dies_leaves_the_worker_to_the_next(stored_companies: StoredCompanies) -> None:
    own, workers, taken = worker(), stored_companies.workers, list[str]()
    workers.take_over(lambda _gone: None)
    workers.join(own, lease_seconds=-1.0)

    def die(_gone: str) -> None:
        raise RetryLaterError(Problem(code="SB-LEASE-002", facts={"said": "."}))

    with pytest.raises(RetryLaterError):
        workers.take_over(die)
    assert workers.take_over(taken.append) == 1
    assert taken == [own.id]


@pytest.mark.fault("F69")
def test_of_many_at_once_one_takes_a_worker_over(stored_companies: StoredCompanies) -> None:
    gone, taken = [worker() for _ in range(6)], list[str]()
    for own in gone:
        stored_companies.workers.join(own, lease_seconds=-1.0)

    def take(_number: int) -> None:
        stored_companies.workers.take_over(taken.append)
        close_connections()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(take, range(4)))
    assert sorted(one for one in taken if one in {own.id for own in gone}) == sorted(own.id for own in gone)


def begun(companies: Companies, own: NewWorker) -> tuple[CompanyStore, int]:
    """Let a worker carry a run out; give its fence."""
    store = fresh_store(companies)
    begin_run(store, "run-1", "customers")
    store.runs.freeze("run-1", "customers", [("2", "1")])
    fence = store.runs.take("run-1", worker=own.id).fence
    store.runs.enter("run-1", RunState.RUNNING, at=MOMENT, fence=fence)
    return store, fence


def test_a_run_that_changed_hands_is_settled_by_its_new_worker_alone(companies: Companies) -> None:
    first, second = worker(), worker()
    companies.workers.join(first, lease_seconds=LONG)
    store, fence = begun(companies, first)
    assert [one.runs for one in companies.workers.all() if one.id == first.id] == [1]
    taken = store.runs.take("run-1", worker=second.id)
    assert (taken.worker, taken.fence) == (second.id, fence + 1)
    with pytest.raises(RunTakenOverError), store.transactions.begin() as unit:
        unit.hold_run("run-1", fence)
    with pytest.raises(RunTakenOverError):
        store.runs.enter("run-1", RunState.FAILED, at=MOMENT, fence=fence)
    _settle(store, taken.fence)
    store.runs.enter("run-1", RunState.COMPLETED, at=MOMENT, fence=taken.fence)


@pytest.mark.fault("F70")
def test_a_worker_whose_lease_was_taken_away_settles_nothing(companies: Companies) -> None:
    own = worker()
    companies.workers.join(own, lease_seconds=-1.0)
    store, fence = begun(companies, own)
    companies.workers.take_over(lambda _gone: None)
    with pytest.raises(RunTakenOverError, match="Another worker carries run 1 out by now"):
        _settle(store, fence)
    assert store.runs.settled_sums("run-1", "customers").settled == 0
    _settle(store, store.runs.take("run-1", worker=own.id).fence)
    assert store.runs.settled_sums("run-1", "customers").settled == 1


def _settle(store: CompanyStore, fence: int) -> None:
    with store.transactions.begin() as unit:
        unit.hold_run("run-1", fence)
        unit.settle("run-1", "customers", [ended("2")])


class Seconds:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Away:
    """Workers of a store that is away for as long as there is an error."""

    def __init__(self, workers: Workers) -> None:
        self.error: Exception | None = None
        self.join, self.leave, self.all, self.take_over = workers.join, workers.leave, workers.all, workers.take_over
        self._workers = workers

    def renew(self, worker_id: str, *, lease_seconds: float) -> bool:
        if self.error is not None:
            raise self.error
        return self._workers.renew(worker_id, lease_seconds=lease_seconds)


def test_nothing_leaves_a_process_that_has_not_joined_stood_still_or_left(companies: Companies) -> None:
    seconds, own = Seconds(), worker()
    lease = Lease(companies.workers, own, seconds=seconds)
    assert lease.refusal()
    lease.join()
    assert not lease.refusal()
    seconds.now += LEASE_SECONDS - MARGIN_SECONDS
    assert "over" in lease.refusal()
    with pytest.raises(RetryLaterError, match="SB-LEASE-002"), lease.at_work():
        pass
    lease.renew()
    assert not lease.refusal()
    lease.leave()
    assert "about to end" in lease.refusal()


def test_a_lease_that_was_taken_away_is_taken_anew_when_all_its_work_has_ended(companies: Companies) -> None:
    own = worker()
    lease = Lease(companies.workers, own, seconds=Seconds())
    lease.join()
    with lease.at_work():
        companies.workers.leave(own.id)
        companies.workers.take_over(lambda _gone: None)
        for _ in range(2):
            lease.renew()
            assert lease.refusal()
            assert known(companies.workers, own) == []
    lease.renew()
    assert not lease.refusal()
    assert known(companies.workers, own) == [True]


def test_sending_stops_at_once_where_the_database_is_gone_and_goes_on_when_it_is_back(companies: Companies) -> None:
    away = Away(companies.workers)
    lease, alone = (Lease(away, worker(), seconds=Seconds(), is_alone=is_alone) for is_alone in (False, True))
    for one in (lease, alone):
        one.join()
    away.error = RetryLaterError(Problem(code="SB-DB-001", facts={"place": "p", "said": "It is gone."}))
    for one in (lease, alone):
        one.renew()
    assert lease.refusal() == "It is gone."
    # A file that another program holds for long is not gone, and has no other worker.
    assert not alone.refusal()
    away.error = RunStoppedError(Problem(code="SB-DISK-001", facts={"directory": "d", "said": "It is full."}))
    alone.renew()
    assert alone.refusal() == "It is full."
    away.error = None
    for one in (lease, alone):
        one.renew()
        assert not one.refusal()
