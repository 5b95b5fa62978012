"""Signs requests with an access token of OAuth 2.0, renewed ahead of its end: fetched with an assertion, or with the refresh token of a person's consent.

One caller renews while others wait. A token that could not be had is told as a request that never left.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeAlias

from suitebridge.adapters.transport import Answer, NotSent, NotSentCause, RequestMaker, Uncertain, WithdrawnError
from suitebridge.domain.credentials import ClientCredentials, ConsentCredentials, Secret
from suitebridge.ports.clock import Chance, Clock
from suitebridge.wire import oauth1, oauth2, oauth2_codes
from suitebridge.wire.http import Request, Response
from suitebridge.wire.rest.json import UnreadableJsonError

RENEW_AHEAD = timedelta(minutes=10)
"""So long before its end a token is renewed: longer than requests of one exchange may wait for a better moment."""

_ID_LENGTH = 32
_REFUSED = range(400, 404)


BearingCredentials: TypeAlias = ClientCredentials | ConsentCredentials


def _forget(_: ConsentCredentials) -> None:
    """Keep nothing."""


class BearerSigner:
    """Makes Authorization headers with the present access token."""

    speaks_soap = False

    def __init__(
        self,
        *,
        credentials: BearingCredentials,
        clock: Clock,
        chance: Chance,
        url: str,
        keep: Callable[[ConsentCredentials], None] = _forget,
    ) -> None:
        """`keep` is told at once when NetSuite gives another refresh token in the place of the present one, which is good no more."""
        self.credentials: BearingCredentials = credentials
        self._keep = keep
        self.clock = clock
        self._chance = chance
        self._url = url
        self._lock = threading.Lock()
        self._is_withdrawn = False
        self._token = ""
        self._ends_at: datetime | None = None
        self._is_followed = False

    def follow(self, credentials: ClientCredentials) -> None:
        """Sign in with another certificate of the same application from the next token on; the present one serves until that is there."""
        with self._lock:
            self.credentials = credentials
            self._is_followed = True

    def withdraw(self) -> None:
        """Sign nothing any more and forget the token; any thread may say so (quality.md S23)."""
        self._is_withdrawn = True
        self.discard()

    def discard(self) -> None:
        """Forget the token: NetSuite refused it, or it is not to be used any more."""
        with self._lock:
            self._token, self._ends_at = "", None

    def ready(self, send: Callable[[RequestMaker], Answer]) -> NotSent | Response | None:
        """Have a token that lasts; give why there is none."""
        with self._lock:
            if not self._is_followed and self._ends_at is not None and self._ends_at - self.clock.now() > RENEW_AHEAD:
                return None
            if self._is_withdrawn:
                return None  # the maker says no
            return self._fetch(send)

    def authorization(self, method: str, url: str) -> str:
        """Give the Authorization header of a request; it is the same for each. Raise `WithdrawnError` once the credentials were taken back."""
        if self._is_withdrawn:
            raise WithdrawnError(f"the credentials were removed or replaced before {method} {url.partition('?')[0]}")
        return f"Bearer {self._token}"

    def passport(self) -> oauth1.Passport:
        """Refuse: SOAP knows token-based authentication only (netsuite-api.md §4.3)."""
        raise WithdrawnError("SOAP web services do not take OAuth 2.0")

    def _fetch(self, send: Callable[[RequestMaker], Answer]) -> NotSent | Response | None:
        issued_at = self.clock.now()
        request = self._request(issued_at)
        if isinstance(request, NotSent):
            return request
        answer = send(lambda: request)
        match answer:
            case NotSent():
                return answer
            case Uncertain(reason=reason):
                return _unreached(f"no access token came: {reason}")
            case Response(status=200):
                return self._take(answer.body, issued_at)
            case Response(status=status) if status in _REFUSED:
                return self._refused(f"NetSuite said: {oauth2.read_refusal(answer)}.")
            case Response(status=429):
                return answer
            case _:
                return _unreached(f"the token end point answered with status {answer.status}")

    def _request(self, issued_at: datetime) -> Request | NotSent:
        match self.credentials:
            case ClientCredentials() as given:
                return self._assertion(given, issued_at)
            case ConsentCredentials() as given:
                return oauth2_codes.refresh_request(
                    url=self._url,
                    client_id=given.client_id,
                    client_secret=given.client_secret.reveal(),
                    refresh_token=given.refresh_token.reveal(),
                )

    def _assertion(self, given: ClientCredentials, issued_at: datetime) -> Request | NotSent:
        client = oauth2.Client(
            client_id=given.client_id,
            certificate_id=given.certificate_id,
            private_key=given.private_key.reveal(),
            algorithm=given.algorithm,
        )
        ends_at = oauth2.end_of(given.certificate)
        if ends_at is not None and ends_at <= issued_at:
            return NotSent(cause=NotSentCause.EXPIRED, reason=f"{ends_at:%Y-%m-%d}")
        try:
            return oauth2.token_request(
                client, url=self._url, issued_at=int(issued_at.timestamp()), token_id=self._chance.token(_ID_LENGTH)
            )
        except oauth2.UnusableKeyError as error:
            return self._refused(f"Not asked: {error}.")

    def _take(self, body: bytes, issued_at: datetime) -> NotSent | None:
        try:
            tokens = oauth2_codes.read_tokens(body)
        except UnreadableJsonError as error:
            return _unreached(f"the token end point's answer cannot be read: {error}")
        if isinstance(self.credentials, ConsentCredentials) and tokens.refresh_token:
            self.credentials = replace(self.credentials, refresh_token=Secret(tokens.refresh_token))
            self._keep(self.credentials)
        self._token = tokens.access.text
        self._is_followed = False
        self._ends_at = issued_at + timedelta(seconds=tokens.access.seconds)
        return None

    def _refused(self, reason: str) -> NotSent:
        is_consent = isinstance(self.credentials, ConsentCredentials)
        cause = NotSentCause.CONSENT_ENDED if is_consent else NotSentCause.UNAUTHORIZED
        return NotSent(cause=cause, reason=reason)


def _unreached(reason: str) -> NotSent:
    return NotSent(cause=NotSentCause.UNREACHABLE, reason=reason)
