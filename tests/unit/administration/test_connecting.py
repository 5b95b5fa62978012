"""What becomes of an entry: judged as a whole; a stored secret is used for its own account and key only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from suitebridge.adapters.secrets.certificates import X509Certificates
from suitebridge.administration.connecting import (
    ConnectionEntry,
    CredentialsEntry,
    EntryProblem,
    KeyCheck,
    clear_credentials,
    confirm_account,
    filled,
    save_connection,
    save_credentials,
    save_switches,
    tidied,
    trial_credentials,
)
from suitebridge.domain.credential_sets import Switch
from suitebridge.domain.credentials import Secret, TokenCredentials
from suitebridge.domain.errors import RunStoppedError
from suitebridge.domain.pasting import read_paste
from suitebridge.domain.people import ADMINISTRATOR, AUDITOR, EMPLOYEE, INTEGRATION_OPERATOR, Door, Role, Stamp, User
from suitebridge.domain.relinks import Relink
from suitebridge.runs.checking import is_signed_in, try_entry
from tests.fakes.netsuite import MemoryNetSuite
from tests.fakes.store import MemoryCompanies, MemoryStore

STAMP = Stamp(author_id="1", author_name="Ada Lovelace", door=Door.CONSOLE)
ENTRY = ConnectionEntry(
    account_id="1234567",
    values={"application_id": "", "consumer_key": "key", "token_id": "token"},
    secrets={"consumer_secret": Secret("cs"), "token_secret": Secret("ts")},
)
UNTOUCHED = replace(ENTRY, secrets={"consumer_secret": Secret(""), "token_secret": Secret("")})
NOBODY_TYPED = Secret("")


class Noon:
    def now(self) -> datetime:
        return datetime(2026, 1, 31, 12, tzinfo=UTC)


CHECK = KeyCheck(certificates=X509Certificates(Noon()), clock=Noon())


@pytest.fixture
def store() -> MemoryStore:
    companies = MemoryCompanies(Noon())
    companies.add(company_id="acme", name="Acme", token="acme0001", zone="UTC")
    return companies.store("acme")


def somebody(store: MemoryStore, user_id: str, role: Role) -> User:
    return store.people.add(
        user_id=user_id, first=user_id.title(), last="X", email="", role=role, password=None, stamp=STAMP
    )


@pytest.fixture
def ada(store: MemoryStore) -> User:
    return somebody(store, "ada", ADMINISTRATOR)


def told(problems: object) -> dict[str, str]:
    assert isinstance(problems, tuple)
    assert all(isinstance(problem, EntryProblem) for problem in problems)
    return {problem.field: problem.said for problem in problems}


def tried(store: MemoryStore, entry: ConnectionEntry, ada: User) -> TokenCredentials:
    credentials = trial_credentials(store, entry, user=ada)
    assert isinstance(credentials, TokenCredentials)
    return credentials


@pytest.mark.parametrize("role", [INTEGRATION_OPERATOR, AUDITOR, EMPLOYEE])
def test_only_administrators_touch_the_connection(store: MemoryStore, role: Role) -> None:
    user = somebody(store, "omar", role)
    acts: list[Callable[[], object]] = [
        lambda: save_connection(store, ENTRY, check=CHECK, user=user, stamp=STAMP),
        lambda: trial_credentials(store, ENTRY, user=user),
        lambda: clear_credentials(store, user=user, stamp=STAMP),
        lambda: confirm_account(store, Relink.OTHER, user=user, stamp=STAMP),
        lambda: save_switches(store, frozenset(), user=user, stamp=STAMP),
    ]
    for act in acts:
        with pytest.raises(RunStoppedError, match="SB-AUTH-001"):
            act()
    assert store.connections.get() is None


def test_a_test_uses_what_a_run_would_use(store: MemoryStore, ada: User) -> None:
    assert save_connection(store, ENTRY, check=CHECK, user=ada, stamp=STAMP) == ()
    assert tried(store, UNTOUCHED, ada) == store.connections.credentials()
    edited = replace(UNTOUCHED, secrets={"consumer_secret": Secret(""), "token_secret": Secret("new")})
    assert tried(store, edited, ada).token_secret == Secret("new")
    assert tried(store, edited, ada).consumer_secret == Secret("cs")


@pytest.mark.parametrize("mask", ["••••••••", "********", "...", "xxxx"])
def test_a_mask_is_never_a_secret(store: MemoryStore, ada: User, mask: str) -> None:
    save_connection(store, ENTRY, check=CHECK, user=ada, stamp=STAMP)
    masked = replace(ENTRY, secrets={"consumer_secret": Secret(mask), "token_secret": Secret("")})
    assert (
        "is a mask and no secret"
        in told(save_connection(store, masked, check=CHECK, user=ada, stamp=STAMP))["consumer_secret"]
    )
    assert store.connections.open_secrets()["consumer_secret"] == Secret("cs")


def test_a_changed_key_wants_its_own_secret_again(store: MemoryStore, ada: User) -> None:
    save_connection(store, ENTRY, check=CHECK, user=ada, stamp=STAMP)
    changed = replace(UNTOUCHED, values={**ENTRY.values, "consumer_key": "another"})
    for problems in (
        save_connection(store, changed, check=CHECK, user=ada, stamp=STAMP),
        trial_credentials(store, changed, user=ada),
    ):
        assert list(told(problems)) == ["consumer_secret"]
        assert "the TBA Consumer Key was changed" in told(problems)["consumer_secret"]


def test_no_stored_secret_is_tried_at_another_account(store: MemoryStore, ada: User) -> None:
    save_connection(store, ENTRY, check=CHECK, user=ada, stamp=STAMP)
    elsewhere = replace(UNTOUCHED, account_id="7654321")
    problems = told(trial_credentials(store, elsewhere, user=ada))
    assert list(problems) == ["consumer_secret", "token_secret"]
    assert all("the account ID was changed" in said for said in problems.values())


def test_everything_wrong_is_told_at_once(store: MemoryStore, ada: User) -> None:
    nothing = ConnectionEntry(
        account_id="1234567-sb1",
        values={"consumer_key": "", "token_id": ""},
        secrets={},
        integration_user_id="999",
    )
    problems = told(save_connection(store, nothing, check=CHECK, user=ada, stamp=STAMP))
    assert list(problems) == [
        "account_id", "consumer_key", "consumer_secret", "token_id", "token_secret", "integration_user_id",
    ]  # fmt: skip
    assert "Did you mean 1234567_SB1?" in problems["account_id"]


def test_the_integration_user_is_an_active_administrator(store: MemoryStore, ada: User) -> None:
    omar = somebody(store, "omar", INTEGRATION_OPERATOR)
    refused = save_connection(store, replace(ENTRY, integration_user_id=omar.id), check=CHECK, user=ada, stamp=STAMP)
    assert list(told(refused)) == ["integration_user_id"]
    assert save_connection(store, replace(ENTRY, integration_user_id=ada.id), check=CHECK, user=ada, stamp=STAMP) == ()
    assert save_connection(store, UNTOUCHED, check=CHECK, user=ada, stamp=STAMP) == ()
    shown = store.connections.get()
    assert shown is not None
    assert shown.integration_user_id == ada.id
    assert save_connection(store, replace(UNTOUCHED, integration_user_id=""), check=CHECK, user=ada, stamp=STAMP) == ()
    cleared = store.connections.get()
    assert cleared is not None
    assert cleared.integration_user_id == ""


def test_an_optional_set_is_whole_or_blank_and_stays_while_it_is_out_of_use(store: MemoryStore, ada: User) -> None:
    on = frozenset({Switch.SINGLE_SIGN_ON})
    blank = replace(ENTRY, switches=on, values={**ENTRY.values, "sso_consumer_key": ""})
    assert save_connection(store, blank, check=CHECK, user=ada, stamp=STAMP) == ()
    half = replace(blank, values={**ENTRY.values, "sso_consumer_key": "sk"})
    assert list(told(save_connection(store, half, check=CHECK, user=ada, stamp=STAMP))) == ["sso_shared_secret"]
    whole = replace(half, secrets={**ENTRY.secrets, "sso_shared_secret": Secret("ss")})
    assert save_connection(store, whole, check=CHECK, user=ada, stamp=STAMP) == ()
    assert save_connection(store, replace(UNTOUCHED, switches=frozenset()), check=CHECK, user=ada, stamp=STAMP) == ()
    assert store.connections.open_secrets()["sso_shared_secret"] == Secret("ss")
    again = replace(UNTOUCHED, switches=on, values={**ENTRY.values, "sso_consumer_key": ""})
    assert save_connection(store, again, check=CHECK, user=ada, stamp=STAMP) == ()
    assert "sso_shared_secret" not in store.connections.open_secrets()


def test_the_command_lines_six_values_leave_other_sets_alone(store: MemoryStore, ada: User) -> None:
    on = frozenset({Switch.SINGLE_SIGN_ON})
    sign_on = replace(
        ENTRY,
        switches=on,
        values={**ENTRY.values, "sso_consumer_key": "sk"},
        secrets={**ENTRY.secrets, "sso_shared_secret": Secret("ss")},
    )
    assert save_connection(store, sign_on, check=CHECK, user=ada, stamp=STAMP) == ()
    six = CredentialsEntry(
        account_id="1234567",
        application_id="app",
        consumer_key="key",
        consumer_secret=NOBODY_TYPED,
        token_id="token",
        token_secret=NOBODY_TYPED,
    )
    problems = save_credentials(store, six, check=CHECK, user=ada, stamp=STAMP)
    assert problems == ()
    shown = store.connections.get()
    assert shown is not None
    assert (shown.values["application_id"], shown.values["sso_consumer_key"]) == ("app", "sk")
    assert shown.switches == on
    assert store.connections.open_secrets()["sso_shared_secret"] == Secret("ss")


def test_what_came_along_is_left_out_of_what_is_saved(store: MemoryStore, ada: User) -> None:
    untidy = replace(
        ENTRY,
        account_id=" 1234567\n",
        values={"consumer_key": "“key”", "token_id": "token\u200b"},
        secrets={"consumer_secret": Secret('"cs"'), "token_secret": Secret(" ts ")},
    )
    assert save_connection(store, untidy, check=CHECK, user=ada, stamp=STAMP) == ()
    saved = store.connections.credentials()
    assert isinstance(saved, TokenCredentials)
    assert (saved.consumer_key, saved.token_id, saved.consumer_secret.reveal(), saved.token_secret.reveal()) == (
        "key", "token", "cs", "ts",
    )  # fmt: skip
    assert dict(tidied(untidy)[1]) == {
        "account_id": "blanks",
        "consumer_key": "quotes",
        "token_id": "invisible characters",
        "consumer_secret": "quotes",
        "token_secret": "blanks",
    }


def test_pasted_values_give_way_to_typed_ones(store: MemoryStore, ada: User) -> None:
    save_connection(store, ENTRY, check=CHECK, user=ada, stamp=STAMP)
    pasted = read_paste("consumer key: pasted\ntoken id: pasted-token\nconsumer secret: ps\ntoken secret: pts")
    typed = replace(
        UNTOUCHED,
        values={**ENTRY.values, "token_id": "typed-token"},
        secrets={"consumer_secret": Secret(""), "token_secret": Secret("typed")},
    )
    entry = filled(typed, pasted, store.connections.get())
    assert (entry.values["consumer_key"], entry.values["token_id"]) == ("pasted", "typed-token")
    assert entry.secrets == {"consumer_secret": Secret("ps"), "token_secret": Secret("typed")}


def test_a_test_is_written_down_with_its_result_and_stores_nothing(store: MemoryStore, ada: User) -> None:
    tested = try_entry(store, ENTRY, lambda _credentials: MemoryNetSuite(), (), user=ada, stamp=STAMP)
    assert is_signed_in(tested.steps)
    assert not tested.is_saved
    assert store.connections.get() is None
    entry = store.trail.newest(limit=1)[0]
    assert (entry.event, entry.record_id, entry.author_name) == ("connection:tested", "netsuite", "Ada Lovelace")
    save_connection(store, ENTRY, check=CHECK, user=ada, stamp=STAMP)
    again = try_entry(store, UNTOUCHED, lambda _credentials: MemoryNetSuite(), (), user=ada, stamp=STAMP)
    assert again.is_saved
    refused = try_entry(
        store, replace(UNTOUCHED, account_id=""), lambda _credentials: MemoryNetSuite(), (), user=ada, stamp=STAMP
    )
    assert refused.steps == ()
    assert not is_signed_in(refused.steps)
    assert refused.problems
