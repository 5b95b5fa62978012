"""Id tokens and what a provider publishes: believed as a whole, or not at all."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from suitebridge.wire import oidc
from suitebridge.wire.rest.json import UnreadableJsonError

NOW = 1_790_000_000
KEY, OTHER = RSAKey.generate_key(2048), RSAKey.generate_key(2048)
CLIENT, NONCE = "client", "a-nonce-of-this-sign-in"
CLAIMS: dict[str, Any] = {
    "iss": oidc.ISSUER, "sub": "1002;207", "aud": CLIENT, "exp": NOW + 10_800, "iat": NOW, "nonce": NONCE,
}  # fmt: skip
EXPECTED = oidc.Expected(client_id=CLIENT, nonce=NONCE, algorithms={"PS256"}, now=NOW)
HOST = "https://1234567.suitetalk.api.netsuite.com"
PROVIDER = oidc.Provider(
    authorization="https://1234567.app.netsuite.com/app/login/oauth2/authorize.nl",
    token=f"{HOST}/services/rest/auth/oauth2/v1/token",
    keys=f"{HOST}/services/rest/auth/oauth2/v1/keys",
    algorithms=oidc.ALGORITHMS,
)
DESCRIPTION: dict[str, Any] = {
    "issuer": oidc.ISSUER,
    "authorization_endpoint": PROVIDER.authorization,
    "token_endpoint": PROVIDER.token,
    "jwks_uri": PROVIDER.keys,
    "id_token_signing_alg_values_supported": ["PS256", "none", "HS256"],
}


def published(**changes: Any) -> oidc.Keys:
    """Publish the one key."""
    key = {**KEY.as_dict(private=False), "kid": "c.1", "use": "sig", "alg": "PS256", **changes}
    return oidc.read_keys(msgspec.json.encode({"keys": [key]}))


def token(key: RSAKey = KEY, *, header: dict[str, Any] | None = None, **changes: Any) -> str:
    """Sign claims of which some were changed; None takes one out."""
    claims = {name: value for name, value in {**CLAIMS, **changes}.items() if value is not None}
    used = {"alg": "PS256", "kid": "c.1", "typ": "JWT", **(header or {})}
    return jwt.encode(used, claims, key, algorithms=["PS256", "RS256", "PS512"])


def test_a_genuine_token_names_role_and_entity() -> None:
    assert oidc.believe(token(), published(), EXPECTED) == oidc.Subject(role="1002", entity="207")
    assert oidc.believe(token(aud=[CLIENT], azp=CLIENT), published(), EXPECTED).entity == "207"
    assert oidc.believe(token(email="ceo@example.com", email_verified=True), published(), EXPECTED).entity == "207"


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "https://system.netsuite.com/"}, {"iss": None}, {"aud": [CLIENT, "other"]}, {"aud": []}, {"aud": ""}, {"aud": None}, {"azp": "other"},
        {"nonce": ""}, {"nonce": None}, {"nonce": NONCE + "x"}, {"sub": ""}, {"sub": None}, {"sub": "207"}, {"sub": "1;2;3"}, {"sub": "3;207\n"},
        {"sub": "3;٢٠٧"}, {"sub": 207}, {"sub": "3; 207"}, {"exp": None}, {"exp": "never"}, {"exp": 1e300}, {"iat": None}, {"iat": True}, {"nbf": "now"},
        {"header": {"alg": "RS256"}}, {"header": {"alg": "PS512"}}, {"header": {"kid": "c.2"}}, {"header": {"kid": ""}}, {"key": OTHER},
    ],
)  # fmt: skip
def test_a_token_is_believed_only_as_a_whole(changes: dict[str, Any]) -> None:
    with pytest.raises(oidc.UnbelievableIdentityError):
        oidc.believe(token(**changes), published(), EXPECTED)


@pytest.mark.parametrize(
    "text", ["", ".", "..", "a.b.c", "e30.e30.", "x" * 20_000, token().replace(".", "", 1), token() + "x"]
)
def test_what_is_no_token_is_refused(text: str) -> None:
    with pytest.raises(oidc.UnbelievableIdentityError):
        oidc.believe(text, published(), EXPECTED)


@pytest.mark.parametrize(
    ("changes", "is_good"),
    [
        ({"iat": NOW + 119, "exp": NOW + 999}, True), ({"iat": NOW + 121, "exp": NOW + 999}, False), ({"nbf": NOW + 121}, False),
        ({"iat": NOW - 119}, True), ({"iat": NOW - 121}, False), ({"exp": NOW - 119}, True), ({"exp": NOW - 121}, False),
    ],
)  # fmt: skip
def test_times_have_two_minutes_of_skew_and_a_token_of_an_hour_ago_is_none_of_now(
    changes: dict[str, Any], is_good: bool
) -> None:
    if is_good:
        assert oidc.believe(token(**changes), published(), EXPECTED).entity == "207"
        return
    with pytest.raises(oidc.ClockDifferenceError):
        oidc.believe(token(**changes), published(), EXPECTED)


@pytest.mark.parametrize(
    "changes",
    [
        {"issuer": "https://evil.example"}, {"jwks_uri": "https://evil.example/keys"}, {"token_endpoint": f"{HOST}.evil.example/token"},
        {"authorization_endpoint": "https://7654321.app.netsuite.com/app/login/oauth2/authorize.nl"}, {"id_token_signing_alg_values_supported": ["HS256", "none"]},
    ],
)  # fmt: skip
def test_what_a_provider_publishes_is_held_to_the_documented_addresses(changes: dict[str, Any]) -> None:
    good = oidc.read_provider(msgspec.json.encode(DESCRIPTION), documented=[PROVIDER])
    assert good.algorithms == {"PS256"}
    with pytest.raises(oidc.UnbelievableIdentityError):
        oidc.read_provider(msgspec.json.encode({**DESCRIPTION, **changes}), documented=[PROVIDER])


def test_keys_are_of_rsa_and_for_signing_and_not_too_many() -> None:
    assert len(published().keys) == 1
    one = {**KEY.as_dict(private=False), "kid": "c.1"}
    for keys in (
        [],
        [{"kty": "oct", "k": "AAAA", "kid": "c.1"}],
        [{**one, "use": "enc"}],
        [one] * 31,
        [{"kty": "RSA"}],
    ):
        with pytest.raises(UnreadableJsonError):
            oidc.read_keys(msgspec.json.encode({"keys": keys}))
    with pytest.raises(oidc.UnbelievableIdentityError):
        oidc.read_id_token(b'{"access_token": "x"}')
