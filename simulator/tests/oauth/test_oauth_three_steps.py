"""The three steps to an access token of token-based authentication, signed by oauthlib, and issuetoken."""

from __future__ import annotations

import itertools
from typing import Any, cast
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
import requests
from oauthlib.oauth1 import Client
from simulator.tests.firms import RestClient
from simulator.tests.oauth.conftest import EMAIL, PASSWORD, Desk

from netsuite_simulator.permissions import NONE
from netsuite_simulator.users import FAILURES_BEFORE_LOCK

AUTHORIZE = "/app/login/secure/authorizetoken.nl"
CALLBACK = "https://client.example/done?x=1"
_nonces = itertools.count()


@pytest.fixture
def stepper(desk: Desk) -> Desk:
    """The desk whose application takes the three steps."""
    desk.account.integrations.edit(desk.integration, has_tba_flow=True, callback_url=CALLBACK)
    return desk


def sent(desk: Desk, path: str, *, secret: str | None = None, age: float = 0, **values: str) -> requests.Response:
    """Post a step that oauthlib signs."""
    signer = Client(
        desk.integration.consumer_key,
        secret or desk.integration.consumer_secret,
        signature_method="HMAC-SHA256",
        timestamp=str(int(desk.account.clock.timestamp() - age)),
        nonce=f"step{next(_nonces):08d}",
        **cast(Any, values),
    )
    _, headers, _ = signer.sign(desk.url + path, http_method="POST")
    return requests.post(desk.url + path, headers=cast(Any, headers), timeout=20)


def asked(desk: Desk) -> dict[str, str]:
    """Take the first step."""
    response = sent(desk, "/rest/requesttoken", callback_uri=CALLBACK)
    assert response.status_code == 200, response.text
    return dict(parse_qsl(response.text))


def visited(desk: Desk, token: str) -> requests.Response:
    """Open the page."""
    return desk.browser.get(f"{desk.url}{AUTHORIZE}?oauth_token={token}", timeout=20)


def approved(desk: Desk, token: str, **form: str) -> dict[str, str]:
    """Take the second step."""
    page = visited(desk, token)
    if "Password" in page.text:
        page = desk.sign_in(page)
    done = desk.post(page, **{"act": "allow", "role": desk.user.role_ids[0], **form})
    assert done.status_code == 303, done.text
    told = parse_qs(urlsplit(done.headers["Location"]).query)
    assert told.pop("x") == ["1"]
    return {name: values[0] for name, values in told.items()}


def exchanged(desk: Desk, first: dict[str, str], verifier: str) -> requests.Response:
    """Take the third step."""
    return sent(
        desk,
        "/rest/accesstoken",
        resource_owner_key=first["oauth_token"],
        resource_owner_secret=first["oauth_token_secret"],
        verifier=verifier,
    )


def test_three_steps_lead_to_a_token_that_signs(stepper: Desk) -> None:
    first = asked(stepper)
    assert first["oauth_callback_confirmed"] == "true"
    told = approved(stepper, first["oauth_token"])
    assert (told["company"], told["role"], told["entity"]) == (
        stepper.account.id,
        stepper.user.role_ids[0],
        stepper.user.entity,
    )
    assert exchanged(stepper, first, "guess").status_code == 401
    last = dict(parse_qsl(exchanged(stepper, first, told["oauth_verifier"]).text))
    assert exchanged(stepper, first, told["oauth_verifier"]).status_code == 401  # once
    token = stepper.account.tokens.find(last["oauth_token"])
    assert token is not None
    assert (token.user, token.secret) == (EMAIL, last["oauth_token_secret"])
    credentials = stepper.account.tokens.credentials(stepper.account.id, token)
    client = RestClient(stepper.account, stepper.url, credentials)
    assert client.records("GET", "customer").status_code == 200
    client.session.close()


def test_a_user_may_say_no_and_a_request_ends(stepper: Desk) -> None:
    first = asked(stepper)
    assert approved(stepper, first["oauth_token"], act="deny") == {
        "oauth_token": first["oauth_token"],
        "error": "access_denied",
    }
    assert visited(stepper, first["oauth_token"]).status_code == 400
    late = asked(stepper)
    page = visited(stepper, late["oauth_token"])
    forged = stepper.browser.post(str(page.request.url), data={"token": "x", "act": "allow"}, timeout=20)
    assert forged.status_code == 403
    assert stepper.browser.post(str(page.request.url), json={}, timeout=20).status_code == 400
    assert stepper.post(page, act="allow", role="99").status_code == 403
    stepper.account.clock.advance(600)
    assert stepper.post(page, act="allow", role=stepper.user.role_ids[0]).status_code == 400


def test_steps_that_are_refused(stepper: Desk) -> None:
    def detail(response: requests.Response) -> str | None:
        assert (response.status_code, response.json()["error"]["code"]) == (401, "INVALID_LOGIN_ATTEMPT")
        return stepper.account.logins[-1].detail

    path = "/rest/requesttoken"
    assert detail(sent(stepper, path, callback_uri="https://elsewhere.example/")) == "parameter_rejected"
    assert detail(sent(stepper, path, callback_uri=CALLBACK, secret="wrong")) == "InvalidSignature"
    assert detail(sent(stepper, path, callback_uri=CALLBACK, age=400)) == "InvalidTimestamp"
    assert detail(sent(stepper, path, callback_uri=CALLBACK, realm="TSTDRV9")) == "InvalidTimestamp"
    stepper.account.integrations.edit(stepper.integration, has_tba_flow=False)
    assert detail(sent(stepper, path, callback_uri=CALLBACK)) == "consumer_key_refused"
    stepper.account.integrations.remove(stepper.integration)
    assert detail(sent(stepper, path, callback_uri=CALLBACK)) == "consumer_key_unknown"
    assert requests.post(stepper.url + path, timeout=20).status_code == 401


def test_a_role_that_may_not_log_in_by_token_is_not_offered(stepper: Desk) -> None:
    stepper.account.roles.grant(stepper.account.roles.connector, "ADMI_LOGIN_OAUTH", NONE)
    page = stepper.sign_in(visited(stepper, asked(stepper)["oauth_token"]))
    assert (page.status_code, "Log in using Access Tokens" in page.text) == (403, True)


def test_issuetoken_takes_a_password(desk: Desk) -> None:
    def issued(password: str, **changes: str) -> requests.Response:
        values = {"account": desk.account.id, "email": EMAIL, "signature": password, "role": desk.user.role_ids[0]}
        header = ", ".join(f"nlauth_{name}={value}" for name, value in {**values, **changes}.items())
        address = f"{desk.url}/rest/issuetoken?consumerKey={desk.integration.consumer_key}"
        return requests.get(address, headers={"Authorization": f"NLAuth {header}"}, timeout=20)

    made = issued(PASSWORD.replace(" ", "%20")).json()
    assert desk.account.tokens.find(made["tokenId"]) is not None
    assert issued("wrong").status_code == 401
    assert issued(PASSWORD, role="99").status_code == 401
    assert issued(PASSWORD, account="TSTDRV9").status_code == 401
    desk.account.integrations.edit(desk.integration, has_issue_token=False)
    assert issued(PASSWORD).status_code == 401
    desk.account.integrations.edit(desk.integration, has_issue_token=True)
    for _ in range(FAILURES_BEFORE_LOCK):
        issued("wrong")
    assert issued(PASSWORD).status_code == 401
