"""The contract of `ports.attempts`, and how a use case counts with it."""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from suitebridge.adapters.store.companies import StoredCompanies
from suitebridge.adapters.store.opening import close_connections
from suitebridge.administration.proving import Claim, check_claim, check_code
from suitebridge.domain.errors import RunStoppedError
from suitebridge.domain.people import Door
from suitebridge.domain.throttling import FREE_FOR_ACCOUNT, FREE_FOR_ADDRESS, Subject
from suitebridge.ports.companies import Companies
from tests.contract.stories import MOMENT
from tests.fakes.clock import SteppingClock

COUNT = itertools.count(1)


def subject(free: int = 3) -> Subject:
    """Give a subject that no other test has."""
    return Subject(name=f"subject {next(COUNT)}", free=free)


def claim(*, address: str = "", user: str = "ada") -> Claim:
    """Give a claim on an account that no other test has."""
    return Claim(company=f"firm {next(COUNT)}", user=user, address=address, door=Door.CONSOLE)


def test_after_the_free_tries_each_one_waits_and_is_not_counted_meanwhile(companies: Companies) -> None:
    one, attempts = subject(), companies.attempts
    assert [attempts.count([one], at=MOMENT) for _ in range(3)] == [None] * 3
    for _ in range(4):
        assert attempts.count([one], at=MOMENT) == MOMENT + timedelta(minutes=1)
    assert attempts.count([one], at=MOMENT + timedelta(minutes=1)) is None
    assert attempts.count([one], at=MOMENT + timedelta(minutes=2)) == MOMENT + timedelta(minutes=3)
    attempts.forget([one])
    assert attempts.count([one], at=MOMENT + timedelta(minutes=2)) is None


def test_who_waits_for_one_reason_is_not_counted_for_another(companies: Companies) -> None:
    waiting, other, attempts = subject(free=1), subject(free=2), companies.attempts
    assert attempts.count([waiting], at=MOMENT) is None
    assert attempts.count([other, waiting], at=MOMENT) is not None
    assert attempts.count([other], at=MOMENT) is None
    attempts.take_back([other])
    assert [attempts.count([other], at=MOMENT) for _ in range(2)] == [None, None]
    assert attempts.count([other], at=MOMENT) is not None


def test_many_at_once_find_no_gap(stored_companies: StoredCompanies) -> None:
    one, place = subject(free=5), subject(free=50)

    def attempt(number: int) -> bool:
        pair = [one, place] if number % 2 else [place, one]
        is_counted = stored_companies.attempts.count(pair, at=MOMENT) is None
        close_connections()
        return is_counted

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(24))) == 5


def test_a_right_password_forgets_the_account_and_not_the_address(companies: Companies) -> None:
    clock, address = SteppingClock(), f"198.51.100.{next(COUNT)}"
    for _ in range(4 * FREE_FOR_ACCOUNT):
        check_claim(companies, claim(address=address), lambda: "right", clock=clock)
    for _ in range(FREE_FOR_ADDRESS):
        assert check_claim(companies, claim(address=address), lambda: None, clock=clock) is None
    with pytest.raises(RunStoppedError, match="SB-AUTH-003"):
        check_claim(companies, claim(address=address), lambda: "right", clock=clock)
    assert check_claim(companies, claim(address="192.0.2.1"), lambda: "right", clock=clock) == "right"


def test_addresses_of_one_network_count_together(companies: Companies) -> None:
    clock, own = SteppingClock(), next(COUNT)
    for number in range(FREE_FOR_ADDRESS):
        check_claim(companies, claim(address=f"2001:db8:{own}::{number:x}"), lambda: None, clock=clock)
    with pytest.raises(RunStoppedError, match="SB-AUTH-003"):
        check_claim(companies, claim(address=f"2001:db8:{own}::ffff"), lambda: "right", clock=clock)


def test_codes_are_counted_wherever_they_come_from(companies: Companies) -> None:
    clock, one = SteppingClock(), claim()
    for _ in range(FREE_FOR_ACCOUNT):
        assert not check_code(companies, one, lambda: False, clock=clock)
    with pytest.raises(RunStoppedError, match="SB-AUTH-003"):
        check_code(companies, one, lambda: True, clock=clock)
