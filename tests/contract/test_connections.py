"""The contract of `ports.connections`: secrets go in, are shown by a mark, and come out for signing only."""

from __future__ import annotations

from dataclasses import replace

import pytest

from suitebridge.adapters.store.companies import StoredCompanies
from suitebridge.domain.credentials import Secret
from suitebridge.domain.errors import RunStoppedError
from suitebridge.domain.people import Stamp
from suitebridge.ports.companies import CompanyStore
from tests.contract.conftest import fresh_store
from tests.contract.stories import credentials


def test_there_is_no_connection_before_the_first(store: CompanyStore) -> None:
    assert store.connections.get() is None
    assert store.connections.credentials() is None


def test_credentials_come_back_whole(store: CompanyStore, stamp: Stamp) -> None:
    store.connections.save(credentials(), stamp)
    assert store.connections.credentials() == credentials()


def test_a_connection_shows_no_secret(store: CompanyStore, stamp: Stamp) -> None:
    store.connections.save(credentials(), stamp)
    shown = store.connections.get()
    assert shown is not None
    assert (shown.account_id, shown.application_id, shown.consumer_key, shown.token_id) == (
        "TSTDRV100",
        "app-1",
        "ck",
        "token-1",
    )
    assert [(mark.field, len(mark.fingerprint), mark.set_by) for mark in shown.secrets] == [
        ("consumer_secret", 6, "Ada Lovelace"),
        ("token_secret", 6, "Ada Lovelace"),
    ]
    assert "consumer secret" not in repr(shown)


def test_saving_is_told_without_the_secret(store: CompanyStore, stamp: Stamp) -> None:
    store.connections.save(credentials(), stamp)
    store.connections.save(replace(credentials(), token_secret=Secret("another")), stamp)
    entries = store.trail.newest(limit=5)
    assert [entry.event for entry in entries] == ["credentials:saved"] * 2
    told = repr([entry.changes for entry in entries])
    assert not any(secret in told for secret in ("consumer secret", "token secret", "another"))


def test_the_trail_says_which_values_changed(real_store: CompanyStore, stamp: Stamp) -> None:
    real_store.connections.save(credentials(), stamp)
    real_store.connections.save(replace(credentials(), token_id="token-2", token_secret=Secret("another")), stamp)
    entry = real_store.trail.newest(limit=1)[0]
    assert [(step.field, step.before, step.after) for step in entry.changes] == [
        ("token_id", "token-1", "token-2"),
        ("token_secret", None, "a new secret"),
    ]


def test_no_table_holds_a_secret_in_clear(stored_companies: StoredCompanies, stamp: Stamp) -> None:
    store = fresh_store(stored_companies)
    store.connections.save(credentials(), stamp)
    for table in ("store_sealedsecret", "store_connection", "store_trail"):
        rows = stored_companies.database.fetch(f"SELECT * FROM {table} WHERE company_id = %s", (store.company.id,))
        assert "consumer secret" not in repr(rows)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE store_connection SET account_id = 'TSTDRV666' WHERE company_id = %s",
        "UPDATE store_sealedsecret SET envelope = 'AAAA' WHERE company_id = %s",
        "UPDATE store_sealedsecret SET key_id = 'other' WHERE company_id = %s",
        "UPDATE store_sealedsecret SET format = 9 WHERE company_id = %s",
        "DELETE FROM store_sealedsecret WHERE field = 'token_secret' AND company_id = %s",
        "UPDATE store_sealedsecret SET envelope = (SELECT o.envelope FROM store_sealedsecret o WHERE o.company_id = store_sealedsecret.company_id AND o.field <> store_sealedsecret.field) WHERE company_id = %s",
    ],
)
def test_a_moved_or_changed_secret_does_not_open(
    stored_companies: StoredCompanies, stamp: Stamp, statement: str
) -> None:
    store = fresh_store(stored_companies)
    store.connections.save(credentials(), stamp)
    stored_companies.database.execute(statement, (store.company.id,))
    with pytest.raises(RunStoppedError, match="SB-KEY-001"):
        store.connections.credentials()


def test_another_companys_secret_does_not_open(stored_companies: StoredCompanies, stamp: Stamp) -> None:
    one, other = fresh_store(stored_companies), fresh_store(stored_companies)
    one.connections.save(credentials(), stamp)
    other.connections.save(credentials(), stamp)
    stored_companies.database.execute(
        "UPDATE store_sealedsecret SET envelope = (SELECT o.envelope FROM store_sealedsecret o WHERE o.company_id = %s"
        " AND o.field = store_sealedsecret.field) WHERE company_id = %s",
        (one.company.id, other.company.id),
    )
    with pytest.raises(RunStoppedError, match="SB-KEY-001"):
        other.connections.credentials()
