"""The authorization code grant: what may be asked, signing in and consent, codes and refresh tokens."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from authlib.integrations.requests_client import OAuth2Session  # type: ignore[import-untyped]
from simulator.tests.oauth.conftest import AUTHORIZE, EMAIL, OAUTH, RETURN, Desk, told
from simulator.tests.oauth.jose import verified

from netsuite_simulator.account import Account
from netsuite_simulator.features import Feature
from netsuite_simulator.integrations import Consent, IntegrationError
from netsuite_simulator.users import FAILURES_BEFORE_LOCK, LOCK_SECONDS


def test_a_strange_client_walks_the_whole_way(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")  # loopback without TLS
    session = OAuth2Session(
        desk.integration.client_id,
        desk.integration.consumer_secret,
        scope="rest_webservices",
        redirect_uri=RETURN,
        code_challenge_method="S256",
    )
    address, _ = session.create_authorization_url(
        f"{desk.url}{AUTHORIZE}", state=desk.state, code_verifier=desk.verifier
    )
    page = desk.browser.get(address, timeout=20)
    assert "Planner asks for access to account TSTDRV1000001." in page.text
    consent = desk.sign_in(page)
    assert "REST Web Services" in consent.text
    done = desk.post(consent, act="allow", role=desk.user.role_ids[0])
    answer = told(done)
    assert answer["state"] == desk.state
    assert (answer["role"], answer["entity"], answer["company"]) == (
        desk.user.role_ids[0],
        desk.user.entity,
        desk.account.id,
    )
    tokens = session.fetch_token(
        f"{desk.url}{OAUTH}/token", authorization_response=done.headers["Location"], code_verifier=desk.verifier
    )
    assert (tokens["expires_in"], tokens["token_type"]) == ("3600", "bearer")
    records = f"{desk.url}/services/rest/record/v1/customer"
    assert session.get(records).json()["count"] == 1
    renewed = session.refresh_token(f"{desk.url}{OAUTH}/token")
    assert renewed["access_token"] != tokens["access_token"]
    assert renewed["refresh_token"] == tokens["refresh_token"]
    assert session.get(records).status_code == 200
    session.close()
    assert {(entry.application, entry.user, entry.success) for entry in desk.account.logins.find(user=EMAIL)} == {
        ("Planner", EMAIL, True)
    }


def test_tokens_say_what_is_documented_and_verify_with_the_published_keys(desk: Desk) -> None:
    token = desk.tokens()["access_token"]
    keys = requests.get(f"{desk.url}{OAUTH}/keys", timeout=20).json()
    header, claims = verified(token, keys["keys"])
    assert claims["sub"] == f"{desk.user.role_ids[0]};{desk.user.entity}"
    assert claims["aud"] == [f"{desk.integration.application_id};{desk.account.id}", desk.integration.client_id]
    assert claims["scope"] == ["rest_webservices"]
    assert claims["iss"] == "https://system.netsuite.com"
    assert claims["exp"] - claims["iat"] == 3600
    assert claims["jti"].startswith("TSTDRV1000001.a.")
    assert header["kid"] == "c.TSTDRV1000001.2026-05-18"
    assert header["alg"] == "PS256"


def test_signing_keys_rotate_and_old_tokens_hold(desk: Desk) -> None:
    account, address = desk.account, f"{desk.url}{OAUTH}/keys"

    def published() -> list[str]:
        return [key["kid"] for key in requests.get(address, timeout=20).json()["keys"]]

    token = desk.tokens()["access_token"]
    assert published() == ["c.TSTDRV1000001.2026-05-18"]
    account.keys.rotate()
    assert len(published()) == 2
    assert desk.customers(token).status_code == 200
    account.clock.advance(61 * 86_400)
    account.keys.current()
    assert len(published()) == 3  # thirty days before the end the next one is there
    account.clock.advance(30 * 86_400)
    assert account.keys.current().kid == "c.TSTDRV1000001.2026-08-16"
    assert len(published()) == 1


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"response_type": None}, "invalid_request"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": None}, "invalid_scope"),
        ({"scope": "everything"}, "invalid_scope"),
        ({"scope": "suite_analytics"}, "invalid_scope"),
        ({"scope": "email rest_webservices"}, "invalid_scope"),
        ({"state": None}, "invalid_request"),
        ({"state": "short"}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"prompt": "dance"}, "invalid_request"),
        ({"prompt": "none login"}, "invalid_request"),
        ({"prompt": "none"}, "access_denied"),
        ({"nonce": "n" * 257}, "invalid_request"),
    ],
)
def test_requests_are_refused_by_a_redirect(desk: Desk, changes: dict[str, str | None], error: str) -> None:
    answer = told(desk.visit(**changes))
    state = {} if changes.get("state", "kept") in {None, "short"} else {"state": desk.state}
    assert answer == {"error": error, **state}


@pytest.mark.parametrize("changes", [{"client_id": "nobody"}, {"redirect_uri": RETURN + "/"}, {"redirect_uri": None}])
def test_nobody_is_sent_to_an_address_that_is_not_registered(desk: Desk, changes: dict[str, str | None]) -> None:
    response = desk.visit(**changes)
    assert (response.status_code, "Location" in response.headers) == (400, False)
    assert 'role="alert"' in response.text


def test_what_is_switched_off_is_unauthorized(desk: Desk) -> None:
    desk.account.integrations.block(desk.integration)
    assert told(desk.visit())["error"] == "unauthorized_client"
    desk.account.integrations.enable(desk.integration)
    desk.account.features.disable(Feature.OIDC_PROVIDER)
    assert told(desk.visit(scope="openid"))["error"] == "invalid_scope"
    desk.account.features.disable(Feature.OAUTH2)
    assert told(desk.visit())["error"] == "unauthorized_client"


def test_a_wrong_password_is_refused_and_five_lock(desk: Desk) -> None:
    page = desk.visit()
    for _ in range(FAILURES_BEFORE_LOCK):
        page = desk.sign_in(page, "wrong")
        assert "invalid email address or password" in page.text
    page = desk.sign_in(page)
    assert "invalid email address or password" in page.text
    assert desk.account.logins[-1].detail == "temporary_locked"
    desk.account.clock.advance(LOCK_SECONDS)
    assert "Allow access" in desk.sign_in(page).text


def test_a_form_from_elsewhere_is_refused(desk: Desk) -> None:
    page = desk.visit()
    forged = requests.post(
        str(page.request.url), data={"token": "x", "act": "sign-in", "email": EMAIL, "password": "y"}, timeout=20
    )
    assert forged.status_code == 403
    consent = desk.sign_in(page)
    address = str(page.request.url)
    for token in ("", "wrong"):
        answer = desk.browser.post(address, data={"token": token, "act": "allow"}, allow_redirects=False, timeout=20)
        assert answer.status_code == 403
    assert consent.headers["X-Frame-Options"] == "DENY"
    assert "HttpOnly" in consent.headers["Set-Cookie"]
    assert "SameSite=Lax" in consent.headers["Set-Cookie"]


def test_a_user_may_say_no_and_is_asked_as_the_integration_says(desk: Desk) -> None:
    consent = desk.sign_in(desk.visit())
    assert told(desk.post(consent, act="deny")) == {"error": "access_denied", "state": desk.state}
    assert "code" in desk.approved()
    assert "code" in told(desk.visit())  # asked the first time only
    assert "code" in told(desk.visit(prompt="none"))
    assert "Allow access" in desk.visit(prompt="consent").text
    assert "Password" in desk.visit(prompt="login").text
    desk.account.integrations.edit(desk.integration, consent=Consent.ALWAYS)
    assert "Allow access" in desk.visit().text
    assert told(desk.visit(prompt="none"))["error"] == "access_denied"
    desk.account.integrations.edit(desk.integration, consent=Consent.NEVER)
    assert "code" in told(desk.visit())
    (grant, *_) = [*desk.account.authorizations] or [None]
    assert grant is None  # no code was used


def test_a_role_needs_the_permission(desk: Desk) -> None:
    desk.account.roles.grant(desk.account.roles.connector, "ADMI_LOGIN_OAUTH2", 0)
    refused = desk.sign_in(desk.visit())
    assert refused.status_code == 403
    assert "Log in using OAuth 2.0 Access Tokens" in refused.text


def test_a_code_is_used_once_and_soon_by_its_own_client(desk: Desk) -> None:
    def redeem(value: str, **changes: str) -> requests.Response:
        form: dict[str, Any] = {"code": value, "redirect_uri": RETURN, "code_verifier": desk.verifier, **changes}
        return desk.ask("token", grant_type="authorization_code", **form)

    code = desk.approved()["code"]
    for changes in ({"redirect_uri": "https://client.example/other"}, {"code_verifier": "v" * 43}, {"code": "guess"}):
        answer = redeem(code, **changes)
        assert (answer.status_code, answer.json()) == (400, {"error": "invalid_grant"})
    tokens = redeem(code).json()
    assert desk.customers(tokens["access_token"]).status_code == 200
    assert redeem(code).json() == {"error": "invalid_grant"}
    assert desk.customers(tokens["access_token"]).status_code == 401  # the code was stolen: what it gave ends
    late = desk.approved()["code"]
    desk.account.clock.advance(600)
    assert redeem(late).json() == {"error": "invalid_grant"}


@pytest.mark.parametrize(
    ("form", "status", "error"),
    [
        ({}, 400, "invalid_request"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"grant_type": "authorization_code"}, 400, "invalid_request"),
        ({"grant_type": "refresh_token"}, 400, "invalid_request"),
        ({"grant_type": "refresh_token", "refresh_token": "x.y.z"}, 400, "invalid_grant"),
        ({"grant_type": "client_credentials"}, 400, "invalid_request"),
    ],
)
def test_token_requests_are_refused_in_the_documented_form(
    desk: Desk, form: dict[str, Any], status: int, error: str
) -> None:
    answer = desk.ask("token", **form)
    assert (answer.status_code, answer.json()) == (status, {"error": error})
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_client_has_to_prove_itself(desk: Desk) -> None:
    answer = desk.ask("token", secret="wrong", grant_type="refresh_token", refresh_token="x")
    assert (answer.status_code, answer.json()) == (401, {"error": "invalid_client"})
    assert answer.headers["WWW-Authenticate"] == 'Basic realm="TSTDRV1000001"'
    bare = desk.ask("token", public=True, grant_type="refresh_token", refresh_token="x")
    assert bare.json() == {"error": "invalid_client"}
    json = requests.post(f"{desk.url}{OAUTH}/token", json={"grant_type": "refresh_token"}, timeout=20)
    assert json.json() == {"error": "invalid_request"}


def test_a_confidential_clients_refresh_token_lives_a_week(desk: Desk) -> None:
    tokens = desk.tokens()

    def refresh() -> requests.Response:
        return desk.ask("token", grant_type="refresh_token", refresh_token=tokens["refresh_token"])

    desk.account.clock.advance(3600)
    assert desk.customers(tokens["access_token"]).status_code == 401
    assert desk.account.logins[-1].detail == "AccessTokenExpired"
    assert desk.customers(refresh().json()["access_token"]).status_code == 200
    desk.account.clock.advance(7 * 86_400 - 3601)
    assert refresh().status_code == 200
    desk.account.clock.advance(1)
    assert refresh().json() == {"error": "invalid_grant"}


def test_a_deleted_integration_record_ends_what_it_was_granted(desk: Desk) -> None:
    """Neither the refresh token of an earlier grant nor its access token outlives the record, nor is a new one begun."""
    tokens = desk.tokens()
    desk.account.integrations.remove(desk.integration)
    refreshed = desk.ask("token", grant_type="refresh_token", refresh_token=tokens["refresh_token"])
    assert (refreshed.status_code, refreshed.json()) == (401, {"error": "invalid_client"})
    assert desk.customers(tokens["access_token"]).status_code == 401
    visit = desk.visit()
    assert (visit.status_code, "Location" in visit.headers) == (400, False)


def test_a_public_clients_refresh_token_is_rotated(desk: Desk) -> None:
    desk.account.integrations.edit(desk.integration, is_public=True)
    assert told(desk.visit(code_challenge=None, code_challenge_method=None))["error"] == "invalid_request"
    first = desk.tokens(public=True)["refresh_token"]

    def refresh(token: str) -> requests.Response:
        return desk.ask("token", public=True, grant_type="refresh_token", refresh_token=token)

    second = refresh(first).json()["refresh_token"]
    assert second != first
    desk.account.clock.advance(47 * 3600)
    third = refresh(second).json()["refresh_token"]
    assert refresh(second).json() == {"error": "invalid_grant"}  # used before: the whole grant ends
    assert refresh(third).json() == {"error": "invalid_grant"}
    last = desk.tokens(public=True)["refresh_token"]
    for _ in range(4):
        desk.account.clock.advance(40 * 3600)
        last = refresh(last).json()["refresh_token"]
    desk.account.clock.advance(9 * 3600)
    assert refresh(last).json() == {"error": "invalid_grant"}  # the rotation window of a week is over


def test_revoking_ends_the_tokens_of_a_grant_and_introspection_tells(desk: Desk) -> None:
    tokens = desk.tokens()
    refresh = tokens["refresh_token"]
    shown = desk.ask("introspect", token=tokens["access_token"]).json()
    assert (shown["active"], shown["client_id"], shown["scope"]) == (
        True,
        desk.integration.client_id,
        "rest_webservices",
    )
    assert desk.ask("introspect", token=refresh).json()["active"] is True
    assert desk.ask("revoke", token=refresh).status_code == 200
    assert desk.ask("revoke", token="nonsense").status_code == 200
    assert desk.ask("introspect", token=refresh).json() == {"active": False}
    assert desk.ask("token", grant_type="refresh_token", refresh_token=refresh).json() == {"error": "invalid_grant"}
    assert desk.ask("introspect", token=tokens["access_token"]).json() == {"active": False}
    assert desk.customers(tokens["access_token"]).status_code == 401
    assert desk.account.logins[-1].detail == "TokenBlocked"
    assert desk.account.authorizations.consents != []  # asked again, the user need not consent anew


def test_the_page_of_authorized_applications_ends_the_consent_too(desk: Desk) -> None:
    tokens = desk.tokens()
    (grant,) = desk.account.authorizations.of_user(EMAIL)
    desk.account.authorizations.revoke(grant)
    assert desk.customers(tokens["access_token"]).status_code == 401
    assert desk.account.authorizations.consents == []


def test_an_id_token_names_role_and_entity(desk: Desk) -> None:
    tokens = desk.tokens(scope="openid email rest_webservices", nonce="n-1")
    found = requests.get(f"{desk.url}/.well-known/openid-configuration", timeout=20).json()
    keys = requests.get(found["jwks_uri"], timeout=20).json()
    _, claims = verified(tokens["id_token"], keys["keys"])
    assert claims["sub"] == f"{desk.user.role_ids[0]};{desk.user.entity}"
    assert (claims["aud"], claims["nonce"]) == (desk.integration.client_id, "n-1")
    assert (claims["email"], claims["email_verified"]) == (EMAIL, False)
    assert claims["exp"] - claims["iat"] == 3 * 3600
    assert found["issuer"] == claims["iss"]
    assert desk.customers(tokens["id_token"]).status_code == 401
    assert desk.account.logins[-1].detail == "InvalidTokenType"
    ended = desk.browser.get(f"{desk.url}{OAUTH}/logout", params={"id_token_hint": tokens["id_token"]}, timeout=20)
    assert "signed out" in ended.text
    assert desk.customers(tokens["access_token"]).status_code == 401
    again = requests.post(f"{desk.url}{OAUTH}/logout", data={"id_token_hint": tokens["id_token"]}, timeout=20)
    assert "signed out" in again.text
    assert "Password" in desk.visit().text
    assert desk.browser.get(f"{desk.url}{OAUTH}/logout", timeout=20).status_code == 400


@pytest.mark.parametrize(
    "uri",
    ["http://client.example/", "javascript:alert(1)", "https://", "/back", "https://client.example/#f", "https://a b/"],
)
def test_a_redirect_uri_is_https_or_an_applications_own(account: Account, uri: str) -> None:
    with pytest.raises(IntegrationError, match="redirect URI"):
        account.integrations.add("I", has_code_grant=True, scopes=("restlets",), redirect_uris=(uri,))
    account.integrations.add("J", has_code_grant=True, scopes=("restlets",), redirect_uris=("com.example.app:/back",))
