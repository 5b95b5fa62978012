"""The contract of `ports.connections`: secrets go in, are shown by a mark, and come out for signing only."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from suitebridge.adapters.store.companies import StoredCompanies
from suitebridge.adapters.store.opening import close_connections
from suitebridge.domain.credential_sets import ConnectionDraft, Switch
from suitebridge.domain.credentials import ClientCredentials, Secret
from suitebridge.domain.errors import RunStoppedError
from suitebridge.domain.people import Stamp
from suitebridge.domain.relinks import Relink
from suitebridge.ports.companies import CompanyStore
from tests.contract.conftest import fresh_store
from tests.contract.stories import credentials, token


def with_token_secret(secret: str, **values: str) -> ConnectionDraft:
    """Give a connection with another token secret, and other values where they are named."""
    draft = credentials()
    secrets = {**draft.secrets, "token_secret": Secret(secret)}
    return replace(draft, values={**draft.values, **values}, secrets=secrets)


def test_there_is_no_connection_before_the_first(store: CompanyStore) -> None:
    assert store.connections.get() is None
    assert store.connections.credentials() is None


def test_credentials_come_back_whole(store: CompanyStore, stamp: Stamp) -> None:
    store.connections.save(credentials(), stamp)
    assert store.connections.credentials() == token()


def test_a_connection_shows_no_secret(store: CompanyStore, stamp: Stamp) -> None:
    store.connections.save(credentials(), stamp)
    shown = store.connections.get()
    assert shown is not None
    assert shown.account_id == "TSTDRV100"
    assert shown.values == {"application_id": "app-1", "consumer_key": "ck", "token_id": "token-1"}
    assert [(mark.field, len(mark.fingerprint), mark.set_by) for mark in shown.secrets] == [
        ("consumer_secret", 6, "Ada Lovelace"),
        ("token_secret", 6, "Ada Lovelace"),
    ]
    assert "planted-consumer-secret" not in repr(shown)


def test_saving_is_told_without_the_secret(store: CompanyStore, stamp: Stamp) -> None:
    store.connections.save(credentials(), stamp)
    store.connections.save(with_token_secret("another"), stamp)
    entries = store.trail.newest(limit=5)
    assert [entry.event for entry in entries] == ["credentials:saved"] * 2
    told = repr([entry.changes for entry in entries])
    assert not any(secret in told for secret in ("planted-consumer-secret", "planted-token-secret", "another"))


def test_the_trail_says_which_values_changed(real_store: CompanyStore, stamp: Stamp) -> None:
    real_store.connections.save(credentials(), stamp)
    real_store.connections.save(with_token_secret("another", token_id="token-2"), stamp)
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
        assert "planted-consumer-secret" not in repr(rows)


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


def test_a_secret_that_stays_keeps_who_set_it(store: CompanyStore, stamp: Stamp) -> None:
    store.connections.save(credentials(), stamp)
    other = replace(stamp, author_id="2", author_name="Grace Hopper")
    draft = replace(credentials(), secrets={"token_secret": Secret("fresh")}, kept=frozenset({"consumer_secret"}))
    store.connections.save(draft, other)
    shown = store.connections.get()
    assert shown is not None
    assert {mark.field: mark.set_by for mark in shown.secrets} == {
        "consumer_secret": "Ada Lovelace",
        "token_secret": "Grace Hopper",
    }
    opened = store.connections.open_secrets()
    assert (opened["consumer_secret"], opened["token_secret"]) == (Secret("planted-consumer-secret"), Secret("fresh"))


def test_no_secret_follows_to_another_account(store: CompanyStore, stamp: Stamp) -> None:
    store.connections.save(credentials(), stamp)
    draft = replace(credentials("TSTDRV200"), secrets={}, kept=frozenset({"consumer_secret", "token_secret"}))
    store.connections.save(draft, stamp)
    assert store.connections.open_secrets() == {}


def test_another_account_is_not_linked_until_somebody_says_so(store: CompanyStore, stamp: Stamp) -> None:
    store.connections.save(credentials(), stamp)
    first = store.connections.get()
    assert first is not None
    assert first.is_linked
    store.connections.save(credentials("TSTDRV200"), stamp)
    moved = store.connections.get()
    assert moved is not None
    assert (moved.is_linked, moved.linked_account_id) == (False, "TSTDRV100")
    store.connections.link(Relink.OTHER, stamp)
    linked = store.connections.get()
    assert linked is not None
    assert linked.is_linked
    assert store.trail.newest(limit=1)[0].event == "connection:linked"


def test_who_saves_upon_an_old_version_is_told(store: CompanyStore, stamp: Stamp) -> None:
    store.connections.save(credentials(), stamp, version=0)
    acts: list[Callable[[], None]] = [
        lambda: store.connections.save(credentials(), stamp, version=0),
        lambda: store.connections.clear(stamp, version=0),
        lambda: store.connections.link(Relink.OTHER, stamp, version=7),
        lambda: store.connections.save_switches(frozenset(Switch), stamp, version=0),
        lambda: store.connections.set_integration_user("1", stamp, version=0),
    ]
    for act in acts:
        with pytest.raises(RunStoppedError, match="SB-CONN-001"):
            act()
    shown = store.connections.get()
    assert shown is not None
    assert shown.version == 1
    assert len(store.trail.newest(limit=9)) == 1
    store.connections.save(credentials(), stamp, version=1)


def test_clearing_removes_keys_and_secrets_and_says_so(store: CompanyStore, stamp: Stamp) -> None:
    store.connections.save(replace(credentials(), switches=frozenset({Switch.SINGLE_SIGN_ON})), stamp)
    store.connections.clear(stamp)
    shown = store.connections.get()
    assert shown is not None
    assert (shown.values, shown.secrets) == ({}, ())
    assert (shown.account_id, shown.switches) == ("TSTDRV100", frozenset({Switch.SINGLE_SIGN_ON}))
    assert store.connections.credentials() is None
    assert store.connections.open_secrets() == {}
    assert store.trail.newest(limit=1)[0].event == "credentials:cleared"


def test_settings_are_kept_before_there_are_credentials(store: CompanyStore, stamp: Stamp) -> None:
    store.connections.save_switches(frozenset({Switch.SINGLE_SIGN_ON}), stamp)
    shown = store.connections.get()
    assert shown is not None
    assert (shown.account_id, shown.switches) == ("", frozenset({Switch.SINGLE_SIGN_ON}))
    assert store.connections.credentials() is None


def test_one_of_two_who_save_at_once_is_told(stored_companies: StoredCompanies, stamp: Stamp) -> None:
    store = fresh_store(stored_companies)
    store.connections.save(credentials(), stamp)
    both = threading.Barrier(2)

    def save(account: str) -> str:
        both.wait()
        try:
            stored_companies.store(store.company.id).connections.save(credentials(account), stamp, version=1)
        except RunStoppedError as error:
            return error.problem.code
        finally:
            close_connections()
        return "saved"

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(save, ("TSTDRV201", "TSTDRV202")))
    assert told == ["SB-CONN-001", "saved"]
    assert store.trail.verify().first_broken == 0


def test_another_way_to_sign_in_is_chosen_by_its_switch_and_keeps_the_first(store: CompanyStore, stamp: Stamp) -> None:
    store.connections.save(credentials(), stamp)
    store.connections.save_switches(frozenset({Switch.CLIENT_CREDENTIALS}), stamp)
    nothing = store.connections.credentials()
    assert nothing is not None
    assert nothing.missing() == ("Client ID", "Certificate ID", "Private key")
    before = store.connections.get()
    assert before is not None
    draft = credentials()
    client = replace(
        draft,
        values={**draft.values, "client_id": "client", "certificate_id": "kid"},
        secrets={"private_key": Secret("planted-private-key")},
        kept=frozenset(draft.secrets),
        switches=frozenset({Switch.CLIENT_CREDENTIALS}),
    )
    store.connections.save(client, stamp)
    found = store.connections.credentials()
    assert isinstance(found, ClientCredentials)
    assert (found.client_id, found.private_key.reveal(), found.missing()) == ("client", "planted-private-key", ())
    after = store.connections.get()
    assert after is not None
    assert after.signing_mark != before.signing_mark
    assert "planted-private-key" not in repr((after, found))
    store.connections.save_switches(frozenset(), stamp)
    assert store.connections.credentials() == token()
