"""The contract of `ports.request_keys`: a key belongs to its user and its request, for a day (quality.md S52)."""

from __future__ import annotations

import threading
from datetime import timedelta

from suitebridge.adapters.store.opening import close_connections
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.request_keys import KEPT_FOR, Claim, Done, Fresh, Pending, Taken
from tests.contract.stories import MOMENT


def test_a_key_is_taken_once_and_tells_what_became_of_it(store: CompanyStore) -> None:
    keys = store.request_keys
    assert keys.claim("1", "k", request="add ada", at=MOMENT) == Fresh()
    assert keys.claim("1", "k", request="add ada", at=MOMENT) == Pending()
    assert keys.claim("1", "k", request="add zoe", at=MOMENT) == Taken()
    assert keys.claim("2", "k", request="add zoe", at=MOMENT) == Fresh()
    keys.settle("1", "k", made="7")
    assert keys.claim("1", "k", request="add ada", at=MOMENT) == Done(made="7")
    keys.release("1", "k")
    assert keys.claim("1", "k", request="add ada", at=MOMENT) == Done(made="7")


def test_a_key_whose_request_did_nothing_is_free_again(store: CompanyStore) -> None:
    keys = store.request_keys
    keys.claim("1", "k", request="add ada", at=MOMENT)
    keys.release("1", "k")
    assert keys.claim("1", "k", request="add zoe", at=MOMENT) == Fresh()


def test_a_key_is_forgotten_after_a_day(store: CompanyStore) -> None:
    keys = store.request_keys
    keys.claim("1", "k", request="add ada", at=MOMENT)
    assert keys.claim("1", "k", request="add ada", at=MOMENT + KEPT_FOR) == Pending()
    assert keys.claim("1", "k", request="add ada", at=MOMENT + KEPT_FOR + timedelta(seconds=1)) == Fresh()


def test_one_of_many_at_once_takes_the_key(real_store: CompanyStore) -> None:
    claims: list[Claim] = []

    def claim() -> None:
        try:
            claims.append(real_store.request_keys.claim("1", "k", request="add ada", at=MOMENT))
        finally:
            close_connections()

    threads = [threading.Thread(target=claim) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(type(one).__name__ for one in claims) == ["Fresh", *["Pending"] * 5]
