"""Access tokens: fetched once for all who wait, renewed ahead of their end, and never fetched with credentials that were taken back."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from suitebridge.adapters.netsuite.bearing import BearerSigner
from suitebridge.adapters.transport import Answer, NotSent, NotSentCause, RequestMaker, Uncertain, WithdrawnError
from suitebridge.domain.credentials import AccountId, ClientCredentials, ConsentCredentials, Secret
from suitebridge.wire.http import Request, Response
from tests.unit.adapters.netsuite.lines import Chance, Clock

PEM = generate_private_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
URL = "http://127.0.0.1:8200/token"


class End:
    """The token end point."""

    def __init__(self, answer: Answer | None = None) -> None:
        self.requests: list[Request] = []
        self._answer = answer

    def send(self, make: RequestMaker) -> Answer:
        self.requests.append(make())
        body = json.dumps({"access_token": f"token-{len(self.requests)}", "expires_in": "3600"}).encode()
        return self._answer or Response(status=200, headers={"content-type": "application/json"}, body=body)


def signer(clock: Clock, private_key: str = PEM) -> BearerSigner:
    credentials = ClientCredentials(
        account=AccountId(value="TSTDRV1"), client_id="client", certificate_id="kid", private_key=Secret(private_key)
    )
    return BearerSigner(credentials=credentials, clock=clock, chance=Chance(), url=URL)


def test_a_token_serves_until_ten_minutes_before_its_end() -> None:
    clock, end = Clock(), End()
    own = signer(clock)
    for minutes, header in (
        (0, "Bearer token-1"),
        (49, "Bearer token-1"),
        (1, "Bearer token-2"),
        (49, "Bearer token-2"),
    ):
        clock.advance(minutes=minutes)
        assert own.ready(end.send) is None
        assert own.authorization("GET", URL) == header
    assert len({request.body for request in end.requests}) == 2


def test_one_caller_fetches_while_the_others_wait() -> None:
    end, together = End(), threading.Barrier(8)
    own = signer(Clock())

    def ask(_: int) -> str:
        together.wait(10)
        assert own.ready(end.send) is None
        return own.authorization("GET", URL)

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(ask, range(8))) == {"Bearer token-1"}
    assert len(end.requests) == 1


def test_a_token_that_was_refused_is_fetched_anew() -> None:
    end = End()
    own = signer(Clock())
    assert own.ready(end.send) is None
    own.discard()
    assert own.ready(end.send) is None
    assert own.authorization("GET", URL) == "Bearer token-2"


@pytest.mark.parametrize(
    ("answer", "cause", "said"),
    [
        (Response(status=400, body=b'{"error": "invalid_grant"}'), NotSentCause.UNAUTHORIZED, "invalid_grant"),
        (Response(status=401), NotSentCause.UNAUTHORIZED, "HTTP 401"),
        (Response(status=503), NotSentCause.UNREACHABLE, "status 503"),
        (Response(status=200, body=b"<html>"), NotSentCause.UNREACHABLE, "cannot be read"),
        (Uncertain(reason="cut"), NotSentCause.UNREACHABLE, "cut"),
        (NotSent(cause=NotSentCause.TLS, reason="no"), NotSentCause.TLS, "no"),
    ],
)
def test_without_a_token_nothing_leaves_and_the_reason_is_told(answer: Answer, cause: NotSentCause, said: str) -> None:
    unready = signer(Clock()).ready(End(answer).send)
    assert isinstance(unready, NotSent)
    assert unready.cause is cause
    assert said in unready.reason


def test_an_unusable_key_is_told_before_anything_leaves() -> None:
    end = End()
    unready = signer(Clock(), "no key").ready(end.send)
    assert isinstance(unready, NotSent)
    assert unready.cause is NotSentCause.UNAUTHORIZED
    assert not end.requests


def test_credentials_that_were_taken_back_fetch_and_sign_nothing() -> None:
    end = End()
    own = signer(Clock())
    assert own.ready(end.send) is None
    own.withdraw()
    assert "token-1" not in str([getattr(own, name) for name in vars(own)])
    assert own.ready(end.send) is None
    assert len(end.requests) == 1
    with pytest.raises(WithdrawnError):
        own.authorization("GET", URL)
    with pytest.raises(WithdrawnError):
        own.passport()


def test_a_consent_is_renewed_with_its_last_refresh_token_which_is_kept_at_once() -> None:
    clock = Clock()
    bodies: list[str] = []
    kept: list[ConsentCredentials] = []

    def send(make: RequestMaker) -> Answer:
        bodies.append(make().body.decode())
        number = len(bodies)
        answer = {"access_token": f"token-{number}", "refresh_token": f"fresh-{number}", "expires_in": 3600}
        return Response(status=200, body=json.dumps(answer).encode())

    given = ConsentCredentials(
        account=AccountId(value="TSTDRV1"),
        client_id="client",
        refresh_token=Secret("fresh-0"),
        client_secret=Secret(""),
    )
    own = BearerSigner(credentials=given, clock=clock, chance=Chance(), url=URL, keep=kept.append)
    for number in (1, 2):
        assert own.ready(send) is None
        assert own.authorization("GET", URL) == f"Bearer token-{number}"
        assert f"refresh_token=fresh-{number - 1}" in bodies[-1]
        assert kept[-1].refresh_token.reveal() == f"fresh-{number}"
        clock.advance(minutes=51)
    ended = own.ready(lambda make: Response(status=400, body=b'{"error": "invalid_grant"}'))
    assert isinstance(ended, NotSent)
    assert ended.cause is NotSentCause.CONSENT_ENDED
    assert "fresh-" not in repr((own.credentials, ended))
