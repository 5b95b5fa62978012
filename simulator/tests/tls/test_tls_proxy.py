"""The account under NetSuite's own names: unmodified clients by a CONNECT proxy, certificates, and which host answers what."""

from __future__ import annotations

import contextlib
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests
from authlib.integrations.requests_client import OAuth2Session  # type: ignore[import-untyped]
from cryptography.hazmat.primitives.asymmetric import ec
from simulator.tests.firms import Firm, RestClient
from simulator.tests.oauth.conftest import OAUTH, self_signed
from simulator.tests.oauth.jose import signed

from netsuite_simulator.faces.server import Running, serving
from netsuite_simulator.faces.tls.authority import Authority, AuthorityError
from netsuite_simulator.hosts import Face, answers_at

SUITETALK = "https://tstdrv1000001.suitetalk.api.netsuite.com"
RESTLETS = "https://tstdrv1000001.restlets.api.netsuite.com"


@dataclass(slots=True)
class Wire:
    """A session of a client whose only settings are a proxy and a certificate to trust."""

    firm: Firm
    running: Running
    session: requests.Session
    ca_file: Path


@pytest.fixture(scope="session")
def authority() -> Authority:
    """A certificate authority."""
    return Authority.make()


@pytest.fixture
def wire(firm: Firm, authority: Authority, tmp_path: Path) -> Iterator[Wire]:
    """The firm's account by TLS and proxy."""
    ca_file = tmp_path / "ca.pem"
    ca_file.write_text(authority.certificate)
    with serving(firm.account, authority=authority) as running, requests.Session() as session:
        session.trust_env = False
        session.proxies = {"https": running.proxy_url}
        session.verify = str(ca_file)
        yield Wire(firm, running, session, ca_file)


def test_a_client_with_hard_wired_hosts_signs_and_is_let_in(wire: Wire) -> None:
    account = wire.firm.account
    client = RestClient(account, SUITETALK, account.tokens.issue(account.id), session=wire.session)
    assert client.records("GET", "customer").json()["count"] == 1
    created = client.records("POST", "department", {"name": "Care"})
    assert created.headers["Location"].startswith(f"{SUITETALK}/services/rest/record/v1/department/")


def test_discovery_tells_the_accounts_own_names(wire: Wire) -> None:
    address = "https://rest.netsuite.com/rest/datacenterurls?account=TSTDRV1000001"
    assert wire.session.get(address, timeout=20).json() == {
        "restDomain": RESTLETS,
        "systemDomain": "https://tstdrv1000001.app.netsuite.com",
        "webservicesDomain": SUITETALK,
    }


def test_oauth_needs_no_exception_from_https(wire: Wire) -> None:
    account = wire.firm.account
    integration = account.integrations.add("M2M", has_client_credentials=True, scopes=("rest_webservices",))
    user = account.users.add("ada@example.com", roles=[account.roles.connector])
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = account.certificates.add(self_signed(key)[0], integration, account.roles.connector, user)
    now = int(account.clock.timestamp())
    claims = {
        "iss": integration.client_id,
        "scope": "rest_webservices",
        "aud": f"{SUITETALK}{OAUTH}/token",
        "iat": now,
        "exp": now + 60,
    }
    with OAuth2Session(integration.client_id, token_endpoint_auth_method="none") as session:
        session.trust_env, session.proxies, session.verify = False, wire.session.proxies, str(wire.ca_file)
        session.fetch_token(
            f"{SUITETALK}{OAUTH}/token",
            grant_type="client_credentials",
            client_assertion_type="urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            client_assertion=signed(key, {"alg": "ES256", "typ": "JWT", "kid": certificate.id}, claims),
        )
        session.token["expires_at"] = 2**40  # the account's clock stands elsewhere
        assert session.get(f"{SUITETALK}/services/rest/record/v1/customer").json()["count"] == 1


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"{RESTLETS}/services/rest/record/v1/customer", 404),
        ("https://tstdrv1000001.app.netsuite.com/services/rest/record/v1/customer", 404),
        ("https://tstdrv1000001.app.netsuite.com/app/login/oauth2/authorize.nl", 400),
        ("https://system.netsuite.com/app/login/oauth2/authorize.nl", 400),
        (f"{SUITETALK}/app/login/oauth2/authorize.nl", 404),
        (f"{SUITETALK}/_simulator", 404),
        (f"{SUITETALK}/.well-known/openid-configuration", 200),
    ],
)
def test_each_face_keeps_to_its_host(wire: Wire, address: str, status: int) -> None:
    assert wire.session.get(address, timeout=20).status_code == status


def test_only_documented_hosts_are_led_to(wire: Wire) -> None:
    for address in ("https://1234567.suitetalk.api.netsuite.com/", "https://example.com/", f"{SUITETALK}:8443/"):
        with pytest.raises(requests.exceptions.ProxyError, match="403"):
            wire.session.get(address, timeout=20)
    plain = requests.get("http://example.com/", proxies={"http": wire.running.proxy_url}, timeout=20)
    assert (plain.status_code, "CONNECT" in plain.text) == (405, True)
    stranger = requests.get(
        f"{wire.running.tls_url}/", headers={"Host": "9.app.netsuite.com"}, verify=str(wire.ca_file), timeout=20
    )
    assert stranger.status_code == 421


def test_a_proxy_hangs_up_on_noise(wire: Wire) -> None:
    port = int(wire.running.proxy_url.rpartition(":")[2])
    for noise in (b"", b"\r\n\r\n", b"x" * 20_000):
        with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
            line.sendall(noise)
            line.shutdown(socket.SHUT_WR)
            answer = line.recv(100)
        assert answer.startswith((b"HTTP/1.1 400", b"HTTP/1.1 405"))


def shake(client: ssl.SSLContext, server: ssl.SSLContext, name: str) -> None:
    """Let a client and a server shake hands in memory; it raises what the client finds wrong."""
    to_client, to_server = ssl.MemoryBIO(), ssl.MemoryBIO()
    asking = client.wrap_bio(to_client, to_server, server_hostname=name)
    answering = server.wrap_bio(to_server, to_client, server_side=True)
    for side in (asking, answering, asking):
        with contextlib.suppress(ssl.SSLWantReadError):
            side.do_handshake()


def test_the_authority_is_for_netsuites_names_alone(authority: Authority) -> None:
    assert authority.is_good_for_long
    client = ssl.create_default_context(cadata=authority.certificate)
    shake(client, authority.context(["1234567.app.netsuite.com"]), "1234567.app.netsuite.com")
    with pytest.raises(ssl.SSLCertVerificationError, match="permitted subtree violation"):
        shake(client, authority.context(["example.com"]), "example.com")


def test_without_its_certificate_nobody_trusts_it(wire: Wire) -> None:
    wire.session.verify = True
    with pytest.raises(requests.exceptions.SSLError):
        wire.session.get(f"{SUITETALK}/", timeout=20)


def test_an_authority_is_kept_and_read_again(authority: Authority) -> None:
    again = Authority.load(authority.dump())
    assert again.certificate == authority.certificate
    with pytest.raises(AuthorityError):
        Authority.load("nonsense")


def test_wsdl_and_soap_answer_at_the_neutral_host() -> None:
    assert answers_at(Face.WEBSERVICES, "/wsdl/v2025_2_0/netsuite.wsdl")
    assert answers_at(Face.WEBSERVICES, "/services/NetSuitePort_2025_2")
    assert not answers_at(Face.WEBSERVICES, "/services/rest/record/v1")
    assert answers_at(Face.APP, "/app/setup/mainsetup.nl")
    assert answers_at(Face.APP, "/")
    assert not answers_at(Face.APP, "/rest/roles")
