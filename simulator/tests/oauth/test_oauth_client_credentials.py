"""The client credentials grant: certificates, assertions signed by hand, and the rotation end point."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from simulator.tests.firms import NOW
from simulator.tests.oauth.conftest import OAUTH, Desk, self_signed
from simulator.tests.oauth.jose import signed

from netsuite_simulator.certificates import Certificate, CertificateError
from netsuite_simulator.features import Feature
from netsuite_simulator.permissions import OWN_CERTIFICATES

TOKEN_URL = "https://tstdrv1000001.suitetalk.api.netsuite.com/services/rest/auth/oauth2/v1/token"
JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


def uploaded(desk: Desk, key: Any, **dates: Any) -> Certificate:
    """Map a key's certificate to the application and its user."""
    certificate, _ = self_signed(key, **dates)
    return desk.account.certificates.add(certificate, desk.integration, desk.account.roles.connector, desk.user)


def assertion(desk: Desk, key: Any, certificate: Certificate, algorithm: str, **changes: Any) -> str:
    """Sign an assertion that is right but for the changes; names beginning with `header_` change the header."""
    now = int(desk.account.clock.timestamp())
    header = {"typ": "JWT", "alg": algorithm, "kid": certificate.id}
    claims = {
        "iss": desk.integration.client_id,
        "scope": ["rest_webservices"],
        "aud": TOKEN_URL,
        "iat": now,
        "exp": now + 1800,
    }
    header |= {name.removeprefix("header_"): value for name, value in changes.items() if name.startswith("header_")}
    claims |= {name: value for name, value in changes.items() if not name.startswith("header_")}
    return signed(key, {name: one for name, one in header.items() if one is not None}, claims)


def ask(desk: Desk, signed_assertion: str) -> requests.Response:
    """Ask for a token; no client secret goes along."""
    form = {
        "grant_type": "client_credentials",
        "client_assertion_type": JWT_BEARER,
        "client_assertion": signed_assertion,
    }
    return requests.post(f"{desk.url}{OAUTH}/token", data=form, timeout=20)


@pytest.mark.parametrize("algorithm", ["PS256", "PS384", "PS512"])
def test_rsa_assertions_are_taken(desk: Desk, rsa_key: rsa.RSAPrivateKey, algorithm: str) -> None:
    answer = ask(desk, assertion(desk, rsa_key, uploaded(desk, rsa_key), algorithm)).json()
    assert set(answer) == {"access_token", "expires_in", "token_type"}
    assert desk.customers(answer["access_token"]).json()["count"] == 1
    entry = desk.account.logins[-1]
    assert (entry.user, entry.application, entry.success) == (desk.user.email, "Planner", True)


@pytest.mark.parametrize(
    ("curve", "algorithm"), [(ec.SECP256R1(), "ES256"), (ec.SECP384R1(), "ES384"), (ec.SECP521R1(), "ES512")]
)
def test_ec_assertions_are_taken(desk: Desk, curve: ec.EllipticCurve, algorithm: str) -> None:
    key = ec.generate_private_key(curve)
    certificate = uploaded(desk, key)
    for scope in (["rest_webservices"], "rest_webservices,restlets", "rest_webservices restlets"):
        answer = ask(desk, assertion(desk, key, certificate, algorithm, scope=scope))
        assert desk.customers(answer.json()["access_token"]).status_code == 200


@pytest.mark.parametrize(
    "audience",
    [
        TOKEN_URL.replace("suitetalk", "restlets"),
        [TOKEN_URL, "https://other.example"],
    ],
)
def test_either_documented_host_is_an_audience(desk: Desk, ec_key: ec.EllipticCurvePrivateKey, audience: Any) -> None:
    assert ask(desk, assertion(desk, ec_key, uploaded(desk, ec_key), "ES256", aud=audience)).status_code == 200


@pytest.mark.parametrize(
    ("changes", "error", "detail"),
    [
        ({"header_kid": None}, "invalid_client", "MissingKeyId"),
        ({"header_kid": "nobody"}, "invalid_client", "MissingKey"),
        ({"iss": "nobody"}, "invalid_client", "InvalidIssuer"),
        ({"aud": "https://other.example"}, "invalid_client", "TokenNotAcceptable"),
        ({"scope": []}, "invalid_scope", "InvalidScope"),
        ({"scope": ["suite_analytics"]}, "invalid_scope", "InvalidScope"),
        ({"exp": int(NOW.timestamp())}, "invalid_client", "TokenExpired"),
        ({"exp": int(NOW.timestamp()) + 3601}, "invalid_client", "TokenValidityTooBroad"),
        ({"exp": "soon"}, "invalid_client", "TokenNotAcceptable"),
        (
            {"iat": int(NOW.timestamp()) + 301, "exp": int(NOW.timestamp()) + 400},
            "invalid_client",
            "TokenNotAcceptable",
        ),
    ],
)
def test_wrong_assertions_are_refused(
    desk: Desk, ec_key: ec.EllipticCurvePrivateKey, changes: dict[str, Any], error: str, detail: str
) -> None:
    answer = ask(desk, assertion(desk, ec_key, uploaded(desk, ec_key), "ES256", **changes))
    assert (answer.status_code, answer.json()) == (401 if error == "invalid_client" else 400, {"error": error})
    assert desk.account.logins[-1].detail == detail


def test_rs256_and_foreign_keys_are_refused(
    desk: Desk, rsa_key: rsa.RSAPrivateKey, ec_key: ec.EllipticCurvePrivateKey
) -> None:
    certificate = uploaded(desk, rsa_key)
    assert ask(desk, assertion(desk, rsa_key, certificate, "RS256")).json() == {"error": "invalid_client"}
    assert desk.account.logins[-1].detail == "UnsupportedAlgo"
    assert ask(desk, assertion(desk, ec_key, certificate, "ES256")).json() == {"error": "invalid_client"}
    assert desk.account.logins[-1].detail == "UnsupportedAlgo"
    other = ec.generate_private_key(ec.SECP256R1())
    mapped = uploaded(desk, ec_key)
    assert ask(desk, assertion(desk, other, mapped, "ES256")).json() == {"error": "invalid_client"}
    assert desk.account.logins[-1].detail == "InvalidSignature"
    assert ask(desk, "nonsense").json() == {"error": "invalid_request"}


def _revoke(desk: Desk, certificate: Certificate) -> None:
    desk.account.certificates.revoke(certificate)


def _expire(desk: Desk, _: Certificate) -> None:
    desk.account.clock.advance(364 * 86_400)


def _block(desk: Desk, _: Certificate) -> None:
    desk.account.integrations.block(desk.integration)


def _close(desk: Desk, _: Certificate) -> None:
    desk.account.users.set_access(desk.user, has_access=False)


def _withdraw(desk: Desk, _: Certificate) -> None:
    desk.account.roles.grant(desk.account.roles.connector, "ADMI_LOGIN_OAUTH2", 0)


def _disable(desk: Desk, _: Certificate) -> None:
    desk.account.features.disable(Feature.OIDC_PROVIDER, Feature.OAUTH2)


def _switch_off(desk: Desk, _: Certificate) -> None:
    desk.account.integrations.edit(desk.integration, has_client_credentials=False)


@pytest.mark.parametrize(
    ("change", "detail", "detail_of_token"),
    [
        (_revoke, "MissingKey", None),
        (_expire, "MissingKey", "AccessTokenExpired"),
        (_block, "IntegrationBlocked", "IntegrationBlocked"),
        (_close, "EntityOrRoleDisabled", "EntityOrRoleDisabled"),
        (_withdraw, "permission_denied", "permission_denied"),
        (_disable, "FeatureDisabled", "FeatureDisabled"),
        (_switch_off, "InvalidIntegration", None),
    ],
)
def test_what_ends_a_mapping_ends_its_tokens_or_not(
    desk: Desk,
    ec_key: ec.EllipticCurvePrivateKey,
    change: Callable[[Desk, Certificate], None],
    detail: str,
    detail_of_token: str | None,
) -> None:
    certificate = uploaded(desk, ec_key)
    token = ask(desk, assertion(desk, ec_key, certificate, "ES256")).json()["access_token"]
    change(desk, certificate)
    assert ask(desk, assertion(desk, ec_key, certificate, "ES256")).status_code in {400, 401}
    assert desk.account.logins[-1].detail == detail
    assert desk.customers(token).status_code == (401 if detail_of_token else 200)
    assert desk.account.logins[-1].detail == detail_of_token


def test_a_certificate_is_checked_when_it_is_uploaded(desk: Desk, ec_key: ec.EllipticCurvePrivateKey) -> None:
    def refusal(content: str) -> str:
        with pytest.raises(CertificateError) as raised:
            desk.account.certificates.add(content, desk.integration, desk.account.roles.connector, desk.user)
        return str(raised.value)

    small = rsa.generate_private_key(65537, 2048)
    assert "3072 or 4096 bits" in refusal(self_signed(small)[0])
    assert "256, 384 or 521" in refusal(self_signed(ec.generate_private_key(ec.SECP256K1()))[0])
    assert "two years" in refusal(self_signed(ec_key, life=timedelta(days=800))[0])
    assert "not valid now" in refusal(self_signed(ec_key, start=NOW + timedelta(days=1))[0])
    assert "no X.509 certificate" in refusal("-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----")
    assert "no X.509 certificate" in refusal("")
    uploaded(desk, ec_key, start=NOW - timedelta(days=2))
    desk.account.users.take(desk.user, desk.account.roles.connector)
    assert "does not have the role" in refusal(self_signed(ec_key)[0])
    desk.account.integrations.edit(desk.integration, has_client_credentials=False)
    assert "client credentials" in refusal(self_signed(ec_key)[0])


def test_a_client_rotates_its_own_certificates(desk: Desk, ec_key: ec.EllipticCurvePrivateKey) -> None:
    first = uploaded(desk, ec_key)
    token = ask(desk, assertion(desk, ec_key, first, "ES256")).json()["access_token"]
    restlets = ask(desk, assertion(desk, ec_key, first, "ES256", scope=["restlets"])).json()["access_token"]
    address = f"{desk.url}{OAUTH}/clients/{desk.integration.client_id}/certificates"
    headers = {"Authorization": f"Bearer {token}"}
    key = ec.generate_private_key(ec.SECP384R1())
    document = {"fileContent": self_signed(key)[0], "role": desk.user.role_ids[0], "entity": desk.user.entity}
    added = requests.post(address, json=document, headers=headers, timeout=20).json()
    assert added["entity_role_id"] == {"com": desk.account.id, "ent": desk.user.entity, "rol": desk.user.role_ids[0]}
    assert (added["algorithm"], added["invalidated"]) == ("ES384", False)
    assert added["application_id"] == desk.integration.application_id
    second = desk.account.certificates.find(added["certificate_id"])
    assert second is not None
    assert ask(desk, assertion(desk, key, second, "ES384")).status_code == 200
    listed = requests.get(address, headers=headers, timeout=20).json()["items"]
    assert [one["certificate_id"] for one in listed] == [first.id, second.id]
    again = requests.post(address, json=document, headers=headers, timeout=20)
    assert (again.status_code, "in use already" in again.text) == (400, True)
    mistakes: list[Any] = [{**document, "role": "99"}, [], None]
    for wrong in mistakes:
        assert requests.post(address, json=wrong, headers=headers, timeout=20).status_code == 400
    stranger = desk.account.integrations.add("Other")
    elsewhere = f"{desk.url}{OAUTH}/clients/{stranger.client_id}/certificates"
    assert requests.get(elsewhere, headers=headers, timeout=20).status_code in {401, 403}
    assert requests.get(address, timeout=20).status_code == 401
    assert requests.get(address, headers={"Authorization": f"Bearer {restlets}"}, timeout=20).status_code == 401
    revoked = requests.post(f"{address}/{first.id}/revoke", json={}, headers=headers, timeout=20)
    assert (revoked.status_code, revoked.json()["invalidated"]) == (200, True)
    assert ask(desk, assertion(desk, ec_key, first, "ES256")).status_code == 401
    assert requests.post(f"{address}/nothing/revoke", json={}, headers=headers, timeout=20).status_code == 404
    other = desk.account.users.add("other@example.com", name="Other", roles=[desk.account.roles.connector])
    for_other = {**document, "entity": other.entity}
    assert requests.post(address, json=for_other, headers=headers, timeout=20).status_code == 403
    role = desk.account.roles.connector
    lesser = {name: level for name, level in role.permissions.items() if name != OWN_CERTIFICATES}
    desk.account.roles.edit(role, permissions=lesser)
    assert requests.get(address, headers=headers, timeout=20).status_code == 403
