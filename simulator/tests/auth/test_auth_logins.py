"""Logins: each reason of refusal, told to the audit trail and to nobody else; nonces, window, lock-out."""

from __future__ import annotations

import http.client
from collections.abc import Callable
from typing import Any

import pytest
from simulator.tests.firms import RestClient

from netsuite_simulator.account import Account
from netsuite_simulator.features import Feature
from netsuite_simulator.integrations import IntegrationState
from netsuite_simulator.logins import Denied, Detail, Login
from netsuite_simulator.signatures import Passport, authenticate_passport, passport_message, sign
from netsuite_simulator.tokens import MOST_NONCES, WINDOW_SECONDS, Credentials, Token
from netsuite_simulator.users import FAILURES_BEFORE_LOCK, LOCK_SECONDS


@pytest.fixture
def credentials(account: Account) -> Credentials:
    """An integration's six values."""
    return account.tokens.issue(account.id)


def passport(
    account: Account, credentials: Credentials, nonce: str = "nonce1", /, *, offset: float = 0, **changes: Any
) -> Passport:
    """Build a passport that is right but for the changes; a change to what is signed is signed too."""
    timestamp = str(int(account.clock.timestamp() + offset))
    signed = {
        "account": credentials.account_id,
        "consumer_key": credentials.consumer_key,
        "token": credentials.token_id,
        "nonce": nonce,
        "timestamp": timestamp,
    }
    signed |= {name: value for name, value in changes.items() if name in signed and value is not None}
    message = passport_message(*signed.values())
    values: dict[str, str | None] = {
        **signed,
        "algorithm": "HMAC-SHA256",
        "signature": sign(message, credentials.consumer_secret, credentials.token_secret),
        **changes,
    }
    return Passport(**values)


def reason(account: Account, given: Passport) -> Detail | None:
    """Try to log in and return the reason why not, as the trail has it too."""
    result = authenticate_passport(account, given)
    entry = account.logins[-1]
    if isinstance(result, Login):
        assert (entry.success, entry.detail) == (True, None)
        return None
    assert isinstance(result, Denied)
    assert (entry.success, entry.detail) == (False, result.detail.value)
    return result.detail


@pytest.mark.parametrize(
    ("changes", "detail"),
    [
        ({}, None),
        ({"account": "tstdrv1000001"}, Detail.PARAMETER_REJECTED),
        ({"consumer_key": "0" * 64}, Detail.CONSUMER_KEY_UNKNOWN),
        ({"token": "0" * 64}, Detail.TOKEN_REJECTED),
        ({"nonce": "short"}, Detail.NONCE_REJECTED),
        ({"nonce": "n" * 65}, Detail.NONCE_REJECTED),
        ({"nonce": "not-allowed"}, Detail.NONCE_REJECTED),
        ({"timestamp": "soon"}, Detail.INVALID_TIMESTAMP),
        ({"timestamp": "1508242306"}, Detail.INVALID_TIMESTAMP),
        ({"algorithm": "HMAC-SHA1"}, Detail.UNKNOWN_ALGORITHM),
        ({"algorithm": "HMAC_SHA256"}, Detail.UNKNOWN_ALGORITHM),
        ({"signature": "AAAA"}, Detail.INVALID_SIGNATURE),
        ({"signature": "ąę"}, Detail.INVALID_SIGNATURE),
        ({"signature": None}, Detail.MISSING_FIELDS),
        ({"nonce": None}, Detail.MISSING_FIELDS),
        ({"account": ""}, Detail.MISSING_FIELDS),
    ],
)
def test_each_reason_is_in_the_trail(
    account: Account, credentials: Credentials, changes: dict[str, Any], detail: Detail | None
) -> None:
    assert reason(account, passport(account, credentials, **changes)) is detail


def token_of(account: Account, credentials: Credentials) -> Token:
    """Return the token of credentials."""
    token = account.tokens.find(credentials.token_id)
    assert token is not None
    return token


def _block(account: Account, _: Credentials) -> None:
    next(iter(account.integrations)).state = IntegrationState.BLOCKED


def _wait(account: Account, _: Credentials) -> None:
    next(iter(account.integrations)).state = IntegrationState.WAITING


def _revoke(account: Account, credentials: Credentials) -> None:
    account.revoke(token_of(account, credentials))


def _withdraw(account: Account, _: Credentials) -> None:
    del account.roles.connector.permissions["ADMI_LOGIN_OAUTH"]


def _disable(account: Account, _: Credentials) -> None:
    account.features.disable(Feature.TOKEN_BASED_AUTHENTICATION)


def _swap(account: Account, credentials: Credentials) -> None:
    token_of(account, credentials).consumer_key = account.integrations.add("other").consumer_key


@pytest.mark.parametrize(
    ("change", "detail"),
    [
        (_block, Detail.CONSUMER_KEY_REFUSED),
        (_wait, Detail.CONSUMER_KEY_REFUSED),
        (_revoke, Detail.TOKEN_REJECTED),
        (_swap, Detail.TOKEN_REJECTED),
        (_withdraw, Detail.PERMISSION_DENIED),
        (_disable, Detail.FEATURE_DISABLED),
    ],
)
def test_right_credentials_may_be_refused(
    account: Account, credentials: Credentials, change: Callable[[Account, Credentials], None], detail: Detail
) -> None:
    change(account, credentials)
    assert reason(account, passport(account, credentials)) is detail


@pytest.mark.parametrize(
    ("offset", "detail"),
    [
        (WINDOW_SECONDS, None),
        (-WINDOW_SECONDS, None),
        (WINDOW_SECONDS + 1, Detail.INVALID_TIMESTAMP),
        (-WINDOW_SECONDS - 1, Detail.INVALID_TIMESTAMP),
    ],
)
def test_a_timestamp_may_be_five_minutes_off(
    account: Account, credentials: Credentials, offset: float, detail: Detail | None
) -> None:
    assert reason(account, passport(account, credentials, offset=offset)) is detail


def test_a_nonce_is_used_once_with_its_timestamp(account: Account, credentials: Credentials) -> None:
    assert reason(account, passport(account, credentials, "nonce1")) is None
    assert reason(account, passport(account, credentials, "nonce1")) is Detail.NONCE_USED
    assert reason(account, passport(account, credentials, "nonce2")) is None
    assert reason(account, passport(account, credentials, "nonce1", offset=1)) is None


def test_a_forged_request_does_not_use_up_a_nonce(account: Account, credentials: Credentials) -> None:
    assert reason(account, passport(account, credentials, signature="AAAA")) is Detail.INVALID_SIGNATURE
    assert reason(account, passport(account, credentials)) is None


def test_used_nonces_do_not_pile_up(account: Account, credentials: Credentials) -> None:
    tokens = account.tokens
    for number in range(50):
        assert tokens.use_nonce("token", f"nonce{number}", int(account.clock.timestamp()))
        account.clock.advance(60)
    assert len(tokens._nonces["token"]) <= 12
    assert MOST_NONCES > 100 * WINDOW_SECONDS


def fail(account: Account, credentials: Credentials, times: int) -> None:
    for _ in range(times):
        assert reason(account, passport(account, credentials, signature="AAAA")) is Detail.INVALID_SIGNATURE


def test_five_failures_lock_the_token_for_half_an_hour(account: Account, credentials: Credentials) -> None:
    fail(account, credentials, FAILURES_BEFORE_LOCK)
    assert reason(account, passport(account, credentials, "nonce1")) is Detail.TEMPORARY_LOCKED
    account.clock.advance(LOCK_SECONDS - 1)
    assert reason(account, passport(account, credentials, "nonce2")) is Detail.TEMPORARY_LOCKED
    account.clock.advance(1)
    assert reason(account, passport(account, credentials, "nonce3")) is None


def test_a_login_ends_the_count_of_failures(account: Account, credentials: Credentials) -> None:
    fail(account, credentials, FAILURES_BEFORE_LOCK - 1)
    assert reason(account, passport(account, credentials, "nonce1")) is None
    fail(account, credentials, FAILURES_BEFORE_LOCK - 1)
    assert reason(account, passport(account, credentials, "nonce2")) is None


def test_the_lock_is_the_users_and_nobody_elses(account: Account, credentials: Credentials) -> None:
    same = account.tokens.issue(account.id, name="same")
    other = account.tokens.issue(account.id, name="other", user="other@example.com")
    fail(account, credentials, FAILURES_BEFORE_LOCK)
    assert reason(account, passport(account, same)) is Detail.TEMPORARY_LOCKED
    assert reason(account, passport(account, other)) is None


def test_secrets_are_shown_nowhere(account: Account, credentials: Credentials) -> None:
    fail(account, credentials, 1)
    shown = repr([list(account.logins), list(account.integrations), list(account.tokens), credentials])
    assert credentials.consumer_secret not in shown
    assert credentials.token_secret not in shown


# --- the same through real HTTP ---


def test_a_signed_request_comes_in(client: RestClient) -> None:
    response = client.send("GET", "/services/rest/system/v1/serverTime")
    assert (response.status_code, response.json()) == (200, {"serverTime": "2026-05-18T17:00:00.000Z"})


def _wrong_consumer_secret(client: RestClient) -> str:
    client.account.integrations.one(client.credentials.consumer_key).consumer_secret = "other"
    return "InvalidSignature"


def _wrong_token_secret(client: RestClient) -> str:
    token_of(client.account, client.credentials).secret = "other"
    return "InvalidSignature"


def _unknown_account(client: RestClient) -> str:
    client.realm = "TSTDRV9"
    return "parameter_rejected"


def _realm_in_lower_case(client: RestClient) -> str:
    client.realm = client.account.id.lower()
    return "parameter_rejected"


@pytest.mark.parametrize(
    "change", [_wrong_consumer_secret, _wrong_token_secret, _unknown_account, _realm_in_lower_case]
)
def test_every_refusal_sounds_the_same(client: RestClient, change: Callable[[RestClient], str]) -> None:
    detail = change(client)
    response = client.records("GET", "customer")
    problem = response.json()
    assert response.status_code == 401
    assert problem["type"] == "https://www.w3.org/Protocols/rfc2616/rfc2616-sec10.html"
    (said,) = problem["o:errorDetails"]
    assert said["o:errorCode"] == "INVALID_LOGIN"
    assert said["detail"].startswith("Invalid login attempt.")
    assert detail not in response.text
    assert client.account.logins[-1].detail == detail


def test_a_request_sent_twice_is_refused_the_second_time(client: RestClient) -> None:
    path = "/services/rest/record/v1/customer?limit=5"
    headers = client.headers("GET", path)
    answers = [client.session.get(client.url + path, headers=headers, timeout=20).status_code for _ in range(2)]
    assert answers == [200, 401]
    assert client.account.logins[-1].detail == "nonce_used"


def test_a_changed_query_or_path_breaks_the_signature(client: RestClient) -> None:
    headers = client.headers("GET", "/services/rest/record/v1/customer?limit=5")
    response = client.session.get(client.url + "/services/rest/record/v1/customer?limit=6", headers=headers, timeout=20)
    assert response.status_code == 401
    assert client.account.logins[-1].detail == "InvalidSignature"


def test_no_header_is_an_invalid_login_too(client: RestClient) -> None:
    response = client.session.get(client.url + "/services/rest/record/v1/customer", timeout=20)
    assert response.status_code == 401
    assert client.account.logins[-1].note == "no realm"


def test_a_clock_ten_minutes_off_is_refused(client: RestClient) -> None:
    path = "/services/rest/record/v1/customer"
    headers = client.headers("GET", path, timestamp=client.account.clock.timestamp() + 600)
    response = client.session.get(client.url + path, headers=headers, timeout=20)
    assert response.status_code == 401
    assert client.account.logins[-1].detail == "InvalidTimestamp"


def test_a_client_may_name_the_whole_url(client: RestClient) -> None:
    path = "/services/rest/system/v1/serverTime"
    connection = http.client.HTTPConnection(client.url.removeprefix("http://"), timeout=20)
    connection.request("GET", client.url + path, headers=client.headers("GET", path))
    assert connection.getresponse().status == 200
    connection.close()


def test_the_trail_names_the_door_and_the_user(client: RestClient) -> None:
    client.records("GET", "customer")
    entry = client.account.logins[-1]
    assert (entry.door, entry.user, entry.success) == ("rest", "integration@example.com", True)
    assert entry.token is not None
    assert entry.token.endswith("…")
