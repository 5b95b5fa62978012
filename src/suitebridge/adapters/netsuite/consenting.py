"""Asks a person for consent at NetSuite's own page, takes what the browser brings back for tokens, and has them ended.

Implements `ports.consents.ConsentDesk`. It keeps nothing and opens no browser.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from suitebridge.adapters.netsuite.hosts import Hosts
from suitebridge.adapters.netsuite.telling import Purpose, error_of, problem_of_unsent
from suitebridge.adapters.transport import Answer, NotSent, Transport, Uncertain
from suitebridge.domain.credentials import AccountId, ConsentCredentials, Secret
from suitebridge.domain.errors import Problem, RetryLaterError, RunStoppedError, SuiteBridgeError
from suitebridge.ports.clock import Chance
from suitebridge.ports.consents import Application, ConsentAsked
from suitebridge.wire import oauth2, oauth2_codes
from suitebridge.wire.http import Request, Response
from suitebridge.wire.rest.json import UnreadableJsonError

_WHAT: Final = "the sign-in"
_PERMISSION: Final = "Log in using OAuth 2.0 Access Tokens"
_REFUSED: Final = range(400, 404)


@dataclass(frozen=True, slots=True, kw_only=True)
class NetSuiteConsentDesk:
    """Speaks to the OAuth 2.0 end points of accounts."""

    hosts: Hosts
    transport: Transport
    chance: Chance

    def ask(self, application: Application) -> ConsentAsked:
        """Prepare the question with a state and a verifier of its own."""
        state = self.chance.token(oauth2_codes.STATE_LENGTH)
        verifier = self.chance.token(oauth2_codes.VERIFIER_LENGTH)
        account = application.account
        origin = self.hosts.pages(account) or self.hosts.web_services(account)
        page = f"{origin}{oauth2_codes.AUTHORIZE_PATH}"
        address = oauth2_codes.authorize_address(page, written(application), state=state, verifier=verifier)
        return ConsentAsked(application=application, address=address, state=Secret(state), verifier=Secret(verifier))

    def redeem(self, asked: ConsentAsked, returned: str) -> ConsentCredentials:
        """Take the code of an answer for credentials; a code is good once, and only with its verifier."""
        application = asked.application
        account = application.account
        try:
            code = oauth2_codes.read_return(returned, state=asked.state.reveal(), account=account.value)
        except oauth2_codes.ReturnError as error:
            raise _not_signed_in(account, f"The browser came back without a code: {error}.") from error
        answer = self._send(
            oauth2_codes.code_request(
                written(application),
                url=self.hosts.token_end_point(account),
                code=code,
                verifier=asked.verifier.reveal(),
            )
        )
        if isinstance(answer, Response) and answer.status in _REFUSED:
            raise _not_signed_in(account, f"NetSuite said: {oauth2.read_refusal(answer)}.")
        if not isinstance(answer, Response) or answer.status != 200:
            raise self._unanswered(account, answer)
        try:
            tokens = oauth2_codes.read_first_tokens(answer.body)
        except UnreadableJsonError as error:
            raise _not_signed_in(account, f"NetSuite's answer cannot be used: {error}.") from error
        return ConsentCredentials(
            account=account,
            client_id=application.client_id,
            client_secret=application.client_secret,
            refresh_token=Secret(tokens.refresh_token),
        )

    def revoke(self, credentials: ConsentCredentials) -> None:
        """End a refresh token; what NetSuite refuses to end has ended, or belongs to an integration record that is gone."""
        account = credentials.account
        answer = self._send(
            oauth2_codes.revoke_request(
                url=f"{self.hosts.web_services(account)}{oauth2_codes.REVOKE_PATH}",
                client_id=credentials.client_id,
                client_secret=credentials.client_secret.reveal(),
                refresh_token=credentials.refresh_token.reveal(),
            )
        )
        if not isinstance(answer, Response) or answer.status not in {200, 204, *_REFUSED}:
            raise self._unanswered(account, answer)

    def _send(self, request: Request) -> Answer:
        return self.transport.exchange([lambda: request])[0]

    def _unanswered(self, account: AccountId, answer: Answer) -> SuiteBridgeError:
        host = self.hosts.web_services(account).partition("://")[2]
        match answer:
            case NotSent():
                purpose = Purpose(account=account.value, host=host, what=_WHAT, permission=_PERMISSION)
                return error_of(problem_of_unsent(answer, purpose))
            case Uncertain(reason=reason):
                said = f"No complete answer came: {reason}."
            case Response(status=status):
                said = f"It answered with status {status}."
        return RetryLaterError(Problem(code="NS-NET-001", facts={"host": host, "said": said}))


def written(application: Application) -> oauth2_codes.Application:
    """Give the integration record as requests are written with it."""
    return oauth2_codes.Application(
        client_id=application.client_id,
        redirect_uri=application.redirect_uri,
        client_secret=application.client_secret.reveal(),
    )


def _not_signed_in(account: AccountId, said: str) -> RunStoppedError:
    return RunStoppedError(Problem(code="NS-AUTH-007", facts={"account": account.value, "said": said}))
