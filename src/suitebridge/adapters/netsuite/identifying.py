"""Asks NetSuite who somebody is, as its OpenID Connect provider tells; implements `ports.identities.IdentityDesk`.

What a provider publishes is kept for an hour; its keys are read anew once a minute at most when one is not among them. It keeps no
token: the access token that comes along is never read.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final, TypeVar
from urllib.parse import parse_qsl, urlsplit

from suitebridge.adapters.netsuite.consenting import written
from suitebridge.adapters.netsuite.hosts import Hosts
from suitebridge.adapters.transport import Answer, NotSent, Transport, Uncertain
from suitebridge.domain.credentials import AccountId, Secret
from suitebridge.domain.errors import Problem, RetryLaterError, RunStoppedError
from suitebridge.ports.clock import Chance, Clock
from suitebridge.ports.consents import Application
from suitebridge.ports.identities import Identity, IdentityAsked
from suitebridge.wire import oauth2, oauth2_codes, oidc
from suitebridge.wire.http import Request, Response
from suitebridge.wire.rest.json import UnreadableJsonError

KEPT: Final = timedelta(hours=1)
ANEW_AFTER: Final = timedelta(minutes=1)
SECONDS: Final = 15.0
"""How long a person waits for one answer of NetSuite's at most."""

_KEYS_PATH: Final = "/services/rest/auth/oauth2/v1/keys"
_SYSTEM: Final = "https://system.netsuite.com"
_REFUSED: Final = range(400, 404)
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What an account's provider published when it was last asked; `anew_at` is when an unknown key last made us ask again."""

    provider: oidc.Provider
    keys: oidc.Keys
    read_at: datetime
    anew_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NetSuiteIdentityDesk:
    """Speaks to the provider of each account. `published` is shared by all desks of a process, by account id."""

    hosts: Hosts
    transport: Transport
    clock: Clock
    chance: Chance
    published: dict[str, Published] = field(default_factory=dict)

    def ask(self, application: Application, *, mark: str = "", is_quiet: bool = False) -> IdentityAsked:
        """Prepare a question with state, nonce and verifier of its own."""
        provider = self._known(application.account).provider
        state = f"{mark}{self.chance.token(oauth2_codes.STATE_LENGTH)}"
        nonce = self.chance.token(oidc.NONCE_LENGTH)
        verifier = self.chance.token(oauth2_codes.VERIFIER_LENGTH)
        wish = oauth2_codes.Wish(scopes=oidc.SCOPES, nonce=nonce, is_quiet=is_quiet)
        address = oauth2_codes.authorize_address(
            provider.authorization, written(application), state=state, verifier=verifier, wish=wish
        )
        return IdentityAsked(address=address, state=Secret(state), nonce=Secret(nonce), verifier=Secret(verifier))

    def redeem(self, application: Application, asked: IdentityAsked, returned: str) -> Identity:
        """Take the code of an answer for an id token, and believe that one if every check of it holds."""
        account = application.account
        code = _code_of(account, asked, returned)
        published = self._known(account)
        answer = self._send(
            oauth2_codes.code_request(
                written(application), url=published.provider.token, code=code, verifier=asked.verifier.reveal()
            )
        )
        if isinstance(answer, Response) and answer.status in _REFUSED:
            raise _stopped("NS-SSO-004", account, f"NetSuite said: {oauth2.read_refusal(answer)}.")
        body = self._body(account, answer)
        try:
            token = _read(account, lambda: oidc.read_id_token(body))
            subject = self._believed(application, token, asked.nonce.reveal())
        except oidc.ClockDifferenceError as error:
            raise _stopped("NS-SSO-003", account, f"The identity cannot count now: {error}.") from error
        except oidc.UnbelievableIdentityError as error:
            raise _stopped("NS-SSO-002", account, f"The identity cannot be believed: {error}.") from error
        told = dict(parse_qsl(urlsplit(returned).query))
        # NetSuite names role and entity on the way back, too; two answers that differ are not one person.
        if not hmac.compare_digest(told.get("entity", subject.entity).encode(), subject.entity.encode()):
            raise _stopped("NS-SSO-002", account, "Token and address name two different people.")
        return Identity(account=account, entity=subject.entity, role=subject.role)

    def _believed(self, application: Application, token: str, nonce: str) -> oidc.Subject:
        """Believe a token by the keys that are known, or by those of now where its key is new."""
        account, now = application.account, self.clock.now()
        known = self._known(account)
        expected = oidc.Expected(
            client_id=application.client_id,
            nonce=nonce,
            algorithms=known.provider.algorithms,
            now=int(now.timestamp()),
        )
        try:
            return oidc.believe(token, known.keys, expected)
        except oidc.UnknownKeyError:
            if known.anew_at is not None and now - known.anew_at < ANEW_AFTER:
                raise
            renewed = replace(self._read_anew(account), anew_at=now)
            self.published[account.value] = renewed
            return oidc.believe(token, renewed.keys, expected)

    def _known(self, account: AccountId) -> Published:
        known = self.published.get(account.value)
        if known is not None and timedelta(0) <= self.clock.now() - known.read_at < KEPT:
            return known
        return self._read_anew(account)

    def _read_anew(self, account: AccountId) -> Published:
        origin = self.hosts.web_services(account)
        pages = (self.hosts.pages(account) or origin, *(() if not self.hosts.pages(account) else (_SYSTEM,)))
        documented = [
            oidc.Provider(
                authorization=f"{page}{oauth2_codes.AUTHORIZE_PATH}",
                token=self.hosts.token_end_point(account),
                keys=f"{origin}{_KEYS_PATH}",
                algorithms=oidc.ALGORITHMS,
            )
            for page in pages
        ]
        described = self._fetched(account, f"{origin}{oidc.DISCOVERY_PATH}")
        try:
            provider = _read(account, lambda: oidc.read_provider(described, documented=documented))
        except oidc.UnbelievableIdentityError as error:
            raise _stopped("NS-SSO-002", account, f"What calls itself NetSuite is not: {error}.") from error
        listed = self._fetched(account, provider.keys)
        keys = _read(account, lambda: oidc.read_keys(listed))
        found = self.published[account.value] = Published(provider=provider, keys=keys, read_at=self.clock.now())
        return found

    def _fetched(self, account: AccountId, url: str) -> bytes:
        return self._body(account, self._send(Request(method="GET", url=url, headers={"Accept": "application/json"})))

    def _send(self, request: Request) -> Answer:
        return self.transport.exchange([lambda: request], seconds=SECONDS)[0]

    def _body(self, account: AccountId, answer: Answer) -> bytes:
        match answer:
            case Response(status=200, body=body):
                return body
            case Response(status=status):
                said = f"It answered with status {status}."
            case NotSent():
                said = "It cannot be reached."
            case Uncertain(reason=reason):
                said = f"No complete answer came: {reason}."
        raise _away(self.hosts.web_services(account), said)


def _code_of(account: AccountId, asked: IdentityAsked, returned: str) -> str:
    try:
        return oauth2_codes.read_return(returned, state=asked.state.reveal(), account=account.value)
    except oauth2_codes.ForeignAccountError as error:
        raise _stopped("NS-SSO-005", account, f"The answer cannot be taken: {error}.") from error
    except oauth2_codes.RefusedReturnError as error:
        raise _stopped("NS-SSO-004", account, f"The browser came back without a code: {error}.") from error
    except oauth2_codes.ReturnError as error:
        raise _stopped("NS-SSO-001", account, f"The answer cannot be taken: {error}.") from error


def _read(account: AccountId, read: Callable[[], _T]) -> _T:
    try:
        return read()
    except UnreadableJsonError as error:
        raise _away(account.value, f"Its answer cannot be used: {error}.") from error


def _away(host: str, said: str) -> RetryLaterError:
    facts = {"host": host.partition("://")[2] or host, "said": said}
    return RetryLaterError(Problem(code="NS-SSO-006", facts=facts))


def _stopped(code: str, account: AccountId, said: str) -> RunStoppedError:
    return RunStoppedError(Problem(code=code, facts={"account": account.value, "said": said}))
