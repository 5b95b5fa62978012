"""The OpenID Connect provider on bad days: id tokens that must not be believed, keys that do not fit, a provider that is away."""

from __future__ import annotations

from typing import Any, get_args

import pytest
import requests
from cryptography.exceptions import InvalidSignature
from simulator.tests.oauth.conftest import OAUTH, RETURN, Desk, told
from simulator.tests.oauth.jose import verified

from netsuite_simulator.bearers import ISSUER
from netsuite_simulator.faults import (
    ConnectionReset,
    ForeignKeys,
    ForgedIdentity,
    HtmlPage,
    Maintenance,
    MalformedBody,
    RotateKeys,
    ServerError,
    SkewClock,
)
from netsuite_simulator.faults.identities import Forgery
from netsuite_simulator.features import Feature

NONCE = "n-0S6_WzA2Mj"
DISCOVERY = "/.well-known/openid-configuration"


@pytest.fixture
def provider(desk: Desk) -> Desk:
    """The account as a provider of identities."""
    desk.account.features.enable(Feature.OIDC_PROVIDER)
    return desk


def identity(desk: Desk) -> str | None:
    """Walk the way to an id token."""
    found: str | None = desk.tokens(scope="openid email", nonce=NONCE, prompt="login").get("id_token")
    return found


def keys(desk: Desk) -> Any:
    return requests.get(f"{desk.url}{OAUTH}/keys", timeout=20).json()


def believed(desk: Desk, token: str, published: Any) -> dict[str, Any]:
    """Return the claims of a token that a careful client holds to be true, by the account's clock."""
    if token.count(".") != 2:
        raise ValueError("no token")
    header, claims = verified(token, published["keys"])
    wanted = {"iss": ISSUER, "aud": desk.integration.client_id, "nonce": NONCE}
    now = desk.account.clock.timestamp()
    if (
        header["alg"] != "PS256"
        or "crit" in header
        or claims.get("azp", wanted["aud"]) != wanted["aud"]
        or {name: claims[name] for name in wanted} != wanted
    ):
        raise ValueError("not for us")
    if not claims["iat"] <= now < claims["exp"] or claims["sub"].count(";") != 1:
        raise ValueError("not now")
    return claims


@pytest.mark.parametrize("how", get_args(Forgery))
def test_a_forged_identity_is_not_believed(provider: Desk, how: Forgery) -> None:
    provider.account.fail_next(ForgedIdentity(how=how), door="oauth", operation="token")
    token = identity(provider)
    if how == "missing":
        assert token is None
        return
    assert token is not None
    published = keys(provider)
    genuine = believed(provider, str(identity(provider)), published)
    assert genuine["email_verified"] is False
    if how == "other subject":  # the account alone can make it: whom it names is for the client to look up
        assert believed(provider, token, published)["sub"] != genuine["sub"]
        return
    with pytest.raises((InvalidSignature, ValueError, KeyError)):
        believed(provider, token, published)


def test_keys_of_somebody_else_verify_nothing_and_rotated_ones_are_found_anew(provider: Desk) -> None:
    account = provider.account
    token = str(identity(provider))
    account.fail_next(ForeignKeys(), operation="keys")
    foreign, published = keys(provider), keys(provider)
    assert [one["kid"] for one in foreign["keys"]] == [one["kid"] for one in published["keys"]]
    with pytest.raises((InvalidSignature, ValueError)):
        believed(provider, token, foreign)
    account.faults.plan(RotateKeys(), door="oauth", operation="token")
    rotated = str(identity(provider))
    with pytest.raises((InvalidSignature, ValueError, KeyError)):
        believed(provider, rotated, published)
    assert believed(provider, rotated, keys(provider))["nonce"] == NONCE
    assert believed(provider, token, keys(provider))["nonce"] == NONCE, "the key before stays published"
    account.faults.plan(SkewClock(seconds=-600), operation="keys")
    assert keys(provider)["keys"], "by now the clock stands earlier than what the account signed"
    with pytest.raises((InvalidSignature, ValueError)):
        believed(provider, rotated, keys(provider))


def test_every_end_point_of_the_provider_may_be_away(provider: Desk) -> None:
    account, url = provider.account, provider.url
    for operation, path in (("discovery", DISCOVERY), ("keys", f"{OAUTH}/keys"), ("logout", f"{OAUTH}/logout")):
        for fault, status in ((ServerError(status=502), 502), (HtmlPage(status=503), 503), (Maintenance(), 503)):
            account.fail_next(fault, door="oauth", operation=operation)
            assert requests.get(url + path, timeout=20).status_code == status, (operation, fault)
        account.fail_next(ConnectionReset(), door="oauth", operation=operation)
        with pytest.raises(requests.ConnectionError):
            requests.get(url + path, timeout=20)
    account.fail_next(MalformedBody(how="cut"), door="oauth", operation="discovery")
    with pytest.raises(requests.JSONDecodeError):
        requests.get(url + DISCOVERY, timeout=20).json()
    account.fail_next(Maintenance(), door="oauth", operation="authorize")
    page = provider.visit()
    assert (page.status_code, "cannot be reached at the moment" in page.text) == (503, True)
    asked = provider.visit(prompt="none")
    assert told(asked)["error"] == "access_denied"
    met = [(one.operation, one.fault) for one in account.journal.requests if one.door == "oauth"]
    assert ("keys", "ServerError") in met
    assert ("authorize", "Maintenance") in met
    assert RETURN in provider.integration.redirect_uris
