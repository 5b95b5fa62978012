"""The contract of `ports.inbox`: errands wait once for each record, are taken by one run only, and outlive whoever asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from suitebridge.domain.errors import Problem
from suitebridge.domain.records import Direction
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.inbox import KEPT_FOR, Errand, ErrandsTakenError, NewErrand, Origin
from tests.contract.stories import MOMENT, ended, new_run, settle

REFUSAL = Problem(code="SB-OWN-001", facts={"said": "Nobody is there."})


def errand(record_id: str = "7", *, version: str = "", direction: Direction = Direction.EXPORT) -> NewErrand:
    return NewErrand(
        account_id="TSTDRV100",
        direction=direction,
        record_type="customer",
        record_id=record_id,
        origin=Origin.PERSON,
        asked_at=MOMENT,
        version=version,
        asked_by_id="1",
        asked_by_name="Ada Lovelace",
    )


def add(store: CompanyStore, *errands: NewErrand) -> list[str]:
    with store.transactions.begin() as unit:
        return list(unit.add_errands(errands))


def found(store: CompanyStore, errand_id: str) -> Errand:
    one = store.inbox.get(errand_id)
    assert one is not None
    return one


def test_errands_wait_in_the_order_they_came(store: CompanyStore) -> None:
    first, second, third = add(store, errand("10"), errand("9"), errand("9", direction=Direction.IMPORT))
    assert [one.id for one in store.inbox.waiting(limit=9)] == [first, second, third]
    assert [one.id for one in store.inbox.waiting(limit=2)] == [first, second]
    assert [one.id for one in store.inbox.newest(limit=9, before_id=third)] == [second, first]
    assert found(store, first) == Errand(id=first, asked=errand("10"))
    assert store.inbox.get("0") is store.inbox.get("none") is None


def test_one_waits_once_for_its_record_and_takes_the_newer_version(store: CompanyStore) -> None:
    """F81: out of order and duplicate, whatever came."""
    (first,) = add(store, errand(version="2026-03-02 10:00:00"))
    assert add(store, errand(version="2026-03-02 09:00:00"), errand(version="")) == [first, first]
    assert found(store, first).asked.version == "2026-03-02 10:00:00"
    assert add(store, errand(version="2026-03-02 11:00:00")) == [first]
    assert [one.asked.version for one in store.inbox.waiting(limit=9)] == ["2026-03-02 11:00:00"]


def test_a_run_takes_them_once_with_its_own_row(store: CompanyStore) -> None:
    first, second = add(store, errand("10"), errand("9"))
    run = store.runs.add(replace(new_run("r1", "time"), only={"time": ("10", "9")}, errands=(first, second)))
    assert (run.is_errand, run.is_retry, run.is_over_chosen) == (True, False, True)
    assert (store.inbox.waiting(limit=9), found(store, first).run_id) == ([], "r1")
    with pytest.raises(ErrandsTakenError):
        store.runs.add(replace(new_run("r2", "time"), only={"time": ("9",)}, errands=(second,)))
    assert store.runs.get("r2") is None
    (again,) = add(store, errand("10"))
    assert again != first
    assert [one.id for one in store.inbox.of_record(Direction.EXPORT, "customer", "10", limit=9)] == [again, first]


def test_what_became_of_a_record_is_found_in_its_run(store: CompanyStore) -> None:
    (first,) = add(store, errand("10"))
    store.runs.add(replace(new_run("r1", "time"), only={"time": ("10", "9")}, errands=(first,)))
    assert store.runs.outcomes_of("r1", "time", ["10"]) == []
    settle(store, "r1", "time", ended("9"), ended("10"))
    assert [one.outcome.title for one in store.runs.outcomes_of("r1", "time", ["10", "11"])] == ["T10"]


def test_those_that_no_run_can_take_are_closed_with_the_reason(store: CompanyStore) -> None:
    first, second = add(store, errand("10"), errand("9"))
    store.runs.add(replace(new_run("r1", "time"), only={"time": ("9",)}, errands=(second,)))
    store.inbox.refuse([first, second], REFUSAL)
    refused, taken = found(store, first), found(store, second)
    assert (refused.problem_code, refused.problem_facts, refused.is_waiting) == (REFUSAL.code, REFUSAL.facts, False)
    assert (taken.problem_code, taken.run_id) == ("", "r1")


def test_an_errand_is_undone_with_what_it_came_with(store: CompanyStore) -> None:
    with pytest.raises(ZeroDivisionError), store.transactions.begin() as unit:
        assert 1 / (len(unit.add_errands([errand()])) - 1)
    assert store.inbox.newest(limit=9) == []


def test_old_ones_are_forgotten_when_they_have_ended(store: CompanyStore) -> None:
    long_ago = MOMENT - KEPT_FOR - timedelta(days=1)
    refused, waiting = add(store, errand("8"), errand("9"))
    store.inbox.refuse([refused], REFUSAL)
    (old,) = add(store, replace(errand("10"), asked_at=long_ago))
    store.inbox.refuse([old], REFUSAL)
    (late,) = add(store, replace(errand("11"), asked_at=long_ago))
    add(store, errand("12"))
    assert found(store, refused).problem_code
    assert found(store, waiting).is_waiting
    assert found(store, late).is_waiting
    assert store.inbox.get(old) is None
