"""The three steps by which a user gives an application an access token, and the older one-step way (reference §2.7).

Request tokens live ten minutes, in memory; how long NetSuite's live is not in the reference. Refuses to know requests:
it takes what a header says and what was signed.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from netsuite_simulator.account import Account
from netsuite_simulator.integrations import Integration
from netsuite_simulator.logins import Detail
from netsuite_simulator.permissions import FULL, LOGIN_BY_TOKEN
from netsuite_simulator.roles import Role
from netsuite_simulator.signatures import ALGORITHM, sign
from netsuite_simulator.tokens import Token
from netsuite_simulator.users import User

LIFE = timedelta(minutes=10)
MOST_TOKENS = 10_000
DOOR = "token"
OUT_OF_BAND = "oob"
_NEEDED = ("oauth_consumer_key", "oauth_nonce", "oauth_timestamp", "oauth_signature", "oauth_signature_method")


class RefusedStepError(Exception):
    """A step is refused; the reason stands in the login audit trail."""


@dataclass(slots=True, kw_only=True)
class RequestToken:
    """A request token, and what the user made of it."""

    id: str
    secret: str
    integration: Integration
    callback: str
    ends: datetime
    verifier: str | None = None
    user: User | None = None
    role: Role | None = None


@dataclass(slots=True)
class RequestTokens:
    """The request tokens of one account."""

    account: Account
    _by_id: dict[str, RequestToken] = field(default_factory=dict)

    def request(self, parameters: Mapping[str, str], message: str) -> RequestToken:
        """Take the first step: a signed request of an application for a request token."""
        integration = self._signed(parameters, message, "")
        callback = parameters.get("oauth_callback", "")
        if callback not in (integration.callback_url, OUT_OF_BAND):
            raise self._refused(parameters, Detail.PARAMETER_REJECTED)
        now = self.account.clock.now()
        if len(self._by_id) >= MOST_TOKENS:
            self._by_id = {name: one for name, one in self._by_id.items() if one.ends > now}
        made = RequestToken(
            id=secrets.token_hex(32),
            secret=secrets.token_hex(32),
            integration=integration,
            callback=integration.callback_url if callback == OUT_OF_BAND else callback,
            ends=now + LIFE,
        )
        self._by_id[made.id] = made
        return made

    def open(self, token_id: str) -> RequestToken | None:
        """Find a request token that a user may still decide about."""
        found = self._by_id.get(token_id)
        if found is None or found.verifier is not None or self.account.clock.now() >= found.ends:
            return None
        return found

    def roles_for(self, user: User) -> list[Role]:
        """Return the roles in which a user may be given a token."""
        held = [self.account.roles.get(role_id) for role_id in user.role_ids]
        return [one for one in held if one is not None and not one.is_inactive and one.may(LOGIN_BY_TOKEN, FULL)]

    def approve(self, token: RequestToken, user: User, role: Role) -> dict[str, str]:
        """Take the second step, and return what the application is told."""
        token.verifier, token.user, token.role = secrets.token_hex(32), user, role
        return {
            "oauth_token": token.id,
            "oauth_verifier": token.verifier,
            "company": self.account.id,
            "role": role.id,
            "entity": user.entity,
        }

    def decline(self, token: RequestToken) -> dict[str, str]:
        """Forget a request token, and return what the application is told."""
        del self._by_id[token.id]
        return {"oauth_token": token.id, "error": "access_denied"}

    def redeem(self, parameters: Mapping[str, str], message: str) -> Token:
        """Take the third step: turn an approved request token into an access token, once."""
        found = self._by_id.get(parameters.get("oauth_token", ""))
        self._signed(parameters, message, "" if found is None else found.secret)
        if found is None or found.integration.consumer_key != parameters["oauth_consumer_key"]:
            raise self._refused(parameters, Detail.TOKEN_REJECTED)
        given = parameters.get("oauth_verifier", "")
        is_right = found.verifier is not None and hmac.compare_digest(found.verifier.encode(), given.encode())
        if not is_right or found.user is None or found.role is None or self.account.clock.now() >= found.ends:
            raise self._refused(parameters, Detail.TOKEN_REJECTED)
        del self._by_id[found.id]
        return self._made(parameters, found.integration, found.role, found.user)

    def issue(self, consumer_key: str, email: str, password: str, role_id: str) -> Token:
        """Give an access token for a password, as the issuetoken end point did."""
        parameters = {"oauth_consumer_key": consumer_key}
        integration = self.account.integrations.by_key(consumer_key)
        user = self.account.users.sign_in(email, password)
        role = self.account.roles.get(role_id)
        if integration is None or not integration.has_issue_token:
            raise self._refused(parameters, Detail.CONSUMER_KEY_REFUSED)
        if user is None or role is None:
            raise self._refused(parameters, Detail.INVALID_CREDENTIALS)
        return self._made(parameters, integration, role, user)

    def _made(self, parameters: Mapping[str, str], integration: Integration, role: Role, user: User) -> Token:
        if self.account.tokens.objection(integration, role, user) is not None:
            raise self._refused(parameters, Detail.PERMISSION_DENIED)
        return self.account.tokens.add(integration, role, user=user.email)

    def _signed(self, parameters: Mapping[str, str], message: str, token_secret: str) -> Integration:
        """Check an application's signature, its time and its nonce."""
        tokens = self.account.tokens
        if not all(parameters.get(name) for name in _NEEDED):
            raise self._refused(parameters, Detail.PARAMETER_REJECTED)
        integration = self.account.integrations.by_key(parameters["oauth_consumer_key"])
        if integration is None:
            raise self._refused(parameters, Detail.CONSUMER_KEY_UNKNOWN)
        if not integration.is_enabled or not integration.has_tba_flow:
            raise self._refused(parameters, Detail.CONSUMER_KEY_REFUSED)
        if parameters["oauth_signature_method"] != ALGORITHM:
            raise self._refused(parameters, Detail.UNKNOWN_ALGORITHM)
        timestamp = parameters["oauth_timestamp"]
        if not timestamp.isdecimal() or len(timestamp) > 12 or not tokens.is_in_window(int(timestamp)):
            raise self._refused(parameters, Detail.INVALID_TIMESTAMP)
        expected = sign(message, integration.consumer_secret, token_secret)
        if not hmac.compare_digest(expected.encode(), parameters["oauth_signature"].encode()):
            raise self._refused(parameters, Detail.INVALID_SIGNATURE)
        if not tokens.use_nonce(integration.consumer_key, parameters["oauth_nonce"], int(timestamp)):
            raise self._refused(parameters, Detail.NONCE_USED)
        return integration

    def _refused(self, parameters: Mapping[str, str], detail: Detail) -> RefusedStepError:
        key = parameters.get("oauth_consumer_key")
        self.account.tokens.denied(DOOR, detail, consumer_key=key, token_id=None)
        return RefusedStepError(detail.value)
