"""An account behind loopback HTTP with an application, a user who may use it, and certificates to sign with."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from authlib.common.security import generate_token  # type: ignore[import-untyped]
from authlib.oauth2.rfc7636 import create_s256_code_challenge  # type: ignore[import-untyped]
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from simulator.tests.firms import NOW, Firm

from netsuite_simulator.account import Account
from netsuite_simulator.faces.server import Running
from netsuite_simulator.integrations import Integration
from netsuite_simulator.users import User

EMAIL, PASSWORD = "ada@example.com", "correct horse"
RETURN = "https://client.example/back"
AUTHORIZE = "/app/login/oauth2/authorize.nl"
OAUTH = "/services/rest/auth/oauth2/v1"
_serial = itertools.count(1)


def self_signed(
    key: Any, *, start: datetime = NOW - timedelta(days=1), life: timedelta = timedelta(days=365)
) -> tuple[str, str]:
    """Return a certificate of a key, and the private key, both as PEM."""
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "client")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(next(_serial))
        .not_valid_before(start)
        .not_valid_after(start + life)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return certificate.public_bytes(Encoding.PEM).decode(), private.decode()


@pytest.fixture(scope="session")
def rsa_key() -> rsa.RSAPrivateKey:
    """An RSA key of the smallest size that is taken; made once, for it takes a while."""
    return rsa.generate_private_key(65537, 3072)


@pytest.fixture(scope="session")
def ec_key() -> ec.EllipticCurvePrivateKey:
    """An EC key."""
    return ec.generate_private_key(ec.SECP256R1())


@dataclass(slots=True)
class Desk:
    """An application, its user, and a browser, all against the served account."""

    account: Account
    url: str
    integration: Integration
    user: User
    browser: requests.Session = field(default_factory=requests.Session)
    verifier: str = field(default_factory=lambda: generate_token(64))
    state: str = field(default_factory=lambda: generate_token(24))

    def parameters(self, **changes: str | None) -> dict[str, str]:
        """Return the parameters of an authorization request; None takes one out."""
        usual: dict[str, str | None] = {
            "response_type": "code",
            "client_id": self.integration.client_id,
            "redirect_uri": RETURN,
            "scope": "rest_webservices",
            "state": self.state,
            "code_challenge": create_s256_code_challenge(self.verifier),
            "code_challenge_method": "S256",
        }
        return {name: value for name, value in {**usual, **changes}.items() if value is not None}

    def visit(self, **changes: str | None) -> requests.Response:
        """Open the authorize page."""
        address = f"{self.url}{AUTHORIZE}?{urlencode(self.parameters(**changes))}"
        return self.browser.get(address, allow_redirects=False, timeout=20)

    def post(self, page: requests.Response, **form: str) -> requests.Response:
        """Send the form of a page."""
        (token,) = re.findall(r'name="token" value="([^"]+)"', page.text)
        data = {"token": unescape(token), **form}
        return self.browser.post(str(page.request.url), data=data, allow_redirects=False, timeout=20)

    def sign_in(self, page: requests.Response, password: str = PASSWORD) -> requests.Response:
        """Send the sign-in form."""
        return self.post(page, act="sign-in", email=EMAIL, password=password)

    def approved(self, **changes: str | None) -> dict[str, str]:
        """Walk through sign-in and consent, and return what the application is told."""
        page = self.visit(**changes)
        if "Password" in page.text:
            page = self.sign_in(page)
        if page.status_code == 200:
            page = self.post(page, act="allow", role=self.user.role_ids[0])
        return told(page)

    def ask(
        self, operation: str, /, *, public: bool = False, secret: str | None = None, **form: Any
    ) -> requests.Response:
        """Post a form to an end point as the application."""
        auth = (self.integration.client_id, secret or self.integration.consumer_secret)
        data = {**form, "client_id": self.integration.client_id} if public else form
        return requests.post(f"{self.url}{OAUTH}/{operation}", data=data, auth=None if public else auth, timeout=20)

    def tokens(self, *, public: bool = False, **changes: str | None) -> dict[str, Any]:
        """Walk the whole way to tokens."""
        response = self.ask(
            "token",
            public=public,
            grant_type="authorization_code",
            code=self.approved(**changes)["code"],
            redirect_uri=RETURN,
            code_verifier=self.verifier,
        )
        assert response.status_code == 200, response.text
        answer: dict[str, Any] = response.json()
        return answer

    def customers(self, token: str) -> requests.Response:
        """Read a list with an access token."""
        headers = {"Authorization": f"Bearer {token}"}
        return requests.get(f"{self.url}/services/rest/record/v1/customer", headers=headers, timeout=20)


def told(response: requests.Response) -> dict[str, str]:
    """Return what a redirect tells the application."""
    assert response.status_code == 303, response.text
    location = response.headers["Location"]
    assert location.startswith(f"{RETURN}?")
    return {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}


@pytest.fixture
def desk(firm: Firm, running: Running) -> Iterator[Desk]:
    """A confidential client with all grants, and a user with a password in the connector's role."""
    account = firm.account
    integration = account.integrations.add(
        "Planner",
        has_code_grant=True,
        has_client_credentials=True,
        scopes=("rest_webservices", "restlets"),
        redirect_uris=(RETURN,),
    )
    user = account.users.add(EMAIL, name="Ada", roles=[account.roles.connector], password=PASSWORD)
    desk = Desk(account, running.url, integration, user)
    yield desk
    desk.browser.close()
