"""Access tokens of token-based authentication: one user in one role for one integration (reference §2).

Knows which token may come in, used nonces, and what a login is noted as. A token's secret is shown once by whoever shows
tokens, right after `add`. Refuses to know signatures: `signatures` asks this module what it needs and reports what it
found.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec

from netsuite_simulator.clock import Clock
from netsuite_simulator.features import Feature, Features
from netsuite_simulator.integrations import Integration, Integrations
from netsuite_simulator.logins import Attempt, Denied, Detail, Login, LoginTrail
from netsuite_simulator.permissions import FULL, LOGIN_BY_TOKEN, VIEW
from netsuite_simulator.roles import Role, Roles
from netsuite_simulator.users import User, Users

WINDOW_SECONDS = 300  # timestamp tolerance either way, §2.5
MOST_NONCES = 500_000  # per token within the window; beyond it the oldest are forgotten


class Token(msgspec.Struct, kw_only=True):
    """An access token."""

    id: str
    secret: str
    consumer_key: str
    user: str
    role_id: str
    name: str = ""
    created_at: datetime | None = None
    is_revoked: bool = False

    def __repr__(self) -> str:
        return f"<token of {self.user}>"


class Credentials(msgspec.Struct, frozen=True, kw_only=True):
    """The six values a connector is given."""

    account_id: str
    application_id: str
    consumer_key: str
    consumer_secret: str
    token_id: str
    token_secret: str

    def __repr__(self) -> str:
        return f"<credentials for {self.account_id}>"


class Tokens:
    """The access tokens of one account."""

    def __init__(
        self,
        clock: Clock,
        *,
        features: Features,
        roles: Roles,
        users: Users,
        integrations: Integrations,
        logins: LoginTrail,
    ) -> None:
        self._clock = clock
        self._features = features
        self._roles = roles
        self._users = users
        self._integrations = integrations
        self._logins = logins
        self._by_id: dict[str, Token] = {}
        self._nonces: dict[str, dict[tuple[str, int], None]] = {}

    def __iter__(self) -> Iterator[Token]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    # --- making and ending them ---

    def find(self, token_id: str) -> Token | None:
        """Find a token by its id."""
        return self._by_id.get(token_id)

    def of_user(self, user: str) -> list[Token]:
        """Return a user's tokens, revoked ones too."""
        return [one for one in self if one.user.lower() == user.lower()]

    def add(
        self,
        integration: Integration,
        role: Role,
        *,
        user: str,
        name: str = "",
        token_id: str | None = None,
        secret: str | None = None,
    ) -> Token:
        """Create a token by hand of the world: the user is made and given the role where needed; see `objection`."""
        known = self._users.ensure(user, role)
        token = Token(
            id=token_id or secrets.token_hex(32),
            secret=secret or secrets.token_hex(32),
            consumer_key=integration.consumer_key,
            user=known.email,
            role_id=role.id,
            name=name or f"{integration.name} - {known.name}, {role.name}",
            created_at=self._clock.second(),
        )
        self._by_id[token.id] = token
        return token

    def objection(self, integration: Integration, role: Role, user: User) -> str | None:
        """Say why NetSuite would not make this token; pages and end points ask before they call `add`."""
        if Feature.TOKEN_BASED_AUTHENTICATION not in self._features:
            return "The Token-Based Authentication feature is not enabled."
        if not integration.is_enabled or not integration.has_tba:
            return f"The application {integration.name} is not enabled for token-based authentication."
        if not user.has_access:
            return f"{user.name} has no access to the account."
        if role.is_inactive or role.id not in user.role_ids:
            return f"{user.name} does not have the role {role.name}."
        if not role.may(LOGIN_BY_TOKEN, FULL):
            return f"The role {role.name} lacks the permission Log in using Access Tokens."
        return None

    def revoke(self, token: Token) -> None:
        """End a token for good."""
        token.is_revoked = True

    def restore(self, token: Token) -> None:
        """Take a revocation back, which NetSuite cannot."""
        token.is_revoked = False

    def assign(self, token: Token, role: Role) -> None:
        """Put a token into another role, which NetSuite cannot."""
        self._users.ensure(token.user, role)
        token.role_id = role.id

    def remove(self, token: Token) -> None:
        """Forget a token, as a refreshed sandbox does."""
        del self._by_id[token.id]

    def clear(self) -> None:
        """Forget every token, as a refreshed sandbox does."""
        self._by_id.clear()

    def issue(
        self, account_id: str, *, name: str = "SuiteBridge", user: str = "integration@example.com"
    ) -> Credentials:
        """Create an integration with a token in the connector's role and return what a connector is given."""
        integration = self._integrations.add(name)
        return self.credentials(account_id, self.add(integration, self._roles.connector, user=user))

    def credentials(self, account_id: str, token: Token) -> Credentials:
        """Return the six values of a token."""
        integration = self._integrations.one(token.consumer_key)
        return Credentials(
            account_id=account_id,
            application_id=integration.application_id,
            consumer_key=integration.consumer_key,
            consumer_secret=integration.consumer_secret,
            token_id=token.id,
            token_secret=token.secret,
        )

    # --- what signatures ask ---

    def usable(self, consumer_key: str, token_id: str) -> Token | Detail:
        """Return the token a request names, or why it may not come in with it."""
        if Feature.TOKEN_BASED_AUTHENTICATION not in self._features:
            return Detail.FEATURE_DISABLED
        integration = self._integrations.by_key(consumer_key)
        if integration is None:
            return Detail.CONSUMER_KEY_UNKNOWN
        if not integration.is_enabled or not integration.has_tba:
            return Detail.CONSUMER_KEY_REFUSED
        token = self._by_id.get(token_id)
        if token is None or token.is_revoked or token.consumer_key != consumer_key:
            return Detail.TOKEN_REJECTED
        if self._users.is_locked(token.user):
            return Detail.TEMPORARY_LOCKED
        return token

    def login_of(self, token: Token) -> Login | Detail:
        """Return who a token signs in, once its signature is right, or why its user and role may not."""
        user = self._users.find(token.user)
        role = self._roles.get(token.role_id)
        if user is None or role is None or not user.has_access or role.id not in user.role_ids or role.is_inactive:
            return Detail.TOKEN_REJECTED
        if not role.may(LOGIN_BY_TOKEN, VIEW):
            return Detail.PERMISSION_DENIED
        integration = self._integrations.one(token.consumer_key)
        return Login(
            user=user.email,
            entity=user.entity,
            role=role,
            integration=integration.name,
            token_id=token.id,
            features=self._features,
        )

    def secret_of(self, token: Token) -> tuple[str, str]:
        """Return the two secrets a token's requests are signed with: the integration's and its own."""
        return self._integrations.one(token.consumer_key).consumer_secret, token.secret

    def is_locked(self, token_id: str) -> bool:
        """Whether a token's user is locked out."""
        token = self._by_id.get(token_id)
        return token is not None and self._users.is_locked(token.user)

    def unlock(self, token_id: str) -> None:
        """End the lock-out of a token's user."""
        token = self._by_id.get(token_id)
        if token is not None:
            self._users.unlock(token.user)

    def is_in_window(self, timestamp: int) -> bool:
        """Whether a timestamp is within five minutes of the account's clock."""
        return abs(timestamp - self._clock.timestamp()) <= WINDOW_SECONDS

    def use_nonce(self, token_id: str, nonce: str, timestamp: int) -> bool:
        """Remember a nonce with its timestamp; False where the token used the pair before."""
        used = self._nonces.setdefault(token_id, {})
        if (nonce, timestamp) in used:
            return False
        used[nonce, timestamp] = None
        oldest = self._clock.timestamp() - 2 * WINDOW_SECONDS
        while used:
            first = next(iter(used))
            if first[1] >= oldest and len(used) <= MOST_NONCES:
                break
            del used[first]
        return True

    def accepted(self, door: str, login: Login, token: Token) -> Login:
        """Note a login and return it."""
        self._users.succeeded(login.user)
        self._logins.note(self._attempt(door, token.consumer_key, token.id, None))
        return login

    def denied(
        self, door: str, detail: Detail, *, consumer_key: str | None, token_id: str | None, note: str | None = None
    ) -> Denied:
        """Note a refused login; the fifth in a row locks a known token's user."""
        self._logins.note(self._attempt(door, consumer_key, token_id, note), detail)
        token = None if token_id is None else self._by_id.get(token_id)
        if token is not None and detail is not Detail.TEMPORARY_LOCKED:
            self._users.failed(token.user)
        return Denied(detail=detail)

    def _attempt(self, door: str, consumer_key: str | None, token_id: str | None, note: str | None) -> Attempt:
        token = None if token_id is None else self._by_id.get(token_id)
        integration = None if consumer_key is None else self._integrations.by_key(consumer_key)
        role = None if token is None else self._roles.get(token.role_id)
        return Attempt(
            door=door,
            user=None if token is None else token.user,
            role=None if role is None else role.name,
            application=None if integration is None else integration.name,
            consumer_key=consumer_key,
            token_id=token_id,
            note=note,
        )

    def load(self, tokens: Iterable[Token]) -> None:
        """Put tokens in the place of all there are."""
        self._by_id = {one.id: one for one in tokens}
