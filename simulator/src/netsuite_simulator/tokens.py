"""Who may come in: integration records, roles, tokens, the login audit trail, used nonces and lock-outs.

Reference §2. Refuses to know signatures: `signatures` asks this module what it needs and reports what it found.
"""

from __future__ import annotations

import enum
import secrets
from collections import deque
from datetime import datetime

import msgspec

from netsuite_simulator.clock import Clock
from netsuite_simulator.results import FULL, PERMISSION_LABELS

WINDOW_SECONDS = 300  # timestamp tolerance either way, §2.5
FAILURES_BEFORE_LOCK = 5
LOCK_SECONDS = 30 * 60
MOST_NONCES = 500_000  # per token within the window; beyond it the oldest are forgotten
LONGEST_TRAIL = 10_000

DOOR_PERMISSIONS = ("ADMI_LOGIN_OAUTH", "ADMI_WEBSERVICES", "ADMI_RESTWEBSERVICES", "REPO_ANALYTICS", "LIST_FIND")


class IntegrationState(enum.Enum):
    """State of an integration record, §2.1: only an enabled one lets requests through."""

    ENABLED = "enabled"
    BLOCKED = "blocked"
    WAITING = "waiting for approval"


class Detail(enum.Enum):
    """Why a login was refused, as the login audit trail says it and nobody else, §2.6."""

    CONSUMER_KEY_REFUSED = "consumer_key_refused"
    CONSUMER_KEY_UNKNOWN = "consumer_key_unknown"
    FEATURE_DISABLED = "FeatureDisabled"
    MISSING_FIELDS = "MissingTokenPassportRequiredFields"
    NONCE_REJECTED = "nonce_rejected"
    NONCE_USED = "nonce_used"
    PARAMETER_REJECTED = "parameter_rejected"
    PERMISSION_DENIED = "permission_denied"
    INVALID_SIGNATURE = "InvalidSignature"
    UNKNOWN_ALGORITHM = "UnknownAlgorithm"
    TEMPORARY_LOCKED = "temporary_locked"
    INVALID_TIMESTAMP = "InvalidTimestamp"
    TOKEN_REJECTED = "token_rejected"  # noqa: S105 - NetSuite's word for it
    VERSION_REJECTED = "VersionRejected"


class Integration(msgspec.Struct, kw_only=True):
    """An integration record."""

    name: str
    application_id: str
    consumer_key: str
    consumer_secret: str
    state: IntegrationState = IntegrationState.ENABLED

    def __repr__(self) -> str:
        return f"<integration {self.name}>"


class Role(msgspec.Struct, kw_only=True):
    """A role: permission ids with levels 1 to 4; an administrator may do everything."""

    id: str
    name: str
    permissions: dict[str, int] = {}
    is_administrator: bool = False

    def may(self, permission: str, level: int) -> bool:
        """Say whether the permission is held at that level or above."""
        return self.is_administrator or self.permissions.get(permission, 0) >= level


class Token(msgspec.Struct, kw_only=True):
    """An access token: one user in one role for one integration."""

    id: str
    secret: str
    consumer_key: str
    user: str
    role_id: str
    is_revoked: bool = False

    def __repr__(self) -> str:
        return f"<token of {self.user}>"


class Login(msgspec.Struct, frozen=True, kw_only=True):
    """Whoever came in: a user in a role, through an integration."""

    user: str
    role: Role
    integration: str
    token_id: str

    def may(self, permission: str, level: int) -> bool:
        """Say whether the role holds the permission at that level or above."""
        return self.role.may(permission, level)


class Denied(msgspec.Struct, frozen=True, kw_only=True):
    """A refused login: the detail goes to the audit trail, never to the caller."""

    detail: Detail


class AuditEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the login audit trail; `detail` is empty where the login succeeded."""

    at: datetime
    door: str
    user: str | None
    consumer_key: str | None
    token: str | None
    success: bool
    detail: str | None
    note: str | None = None


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


class _Kept(msgspec.Struct):
    integrations: list[Integration]
    roles: list[Role]
    tokens: list[Token]


class Tokens:
    """Everything about logins of one account."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.integrations: dict[str, Integration] = {}  # by consumer key
        self.roles: dict[str, Role] = {}
        self.tokens: dict[str, Token] = {}  # by token id
        self.trail: deque[AuditEntry] = deque(maxlen=LONGEST_TRAIL)
        self.is_enabled = True  # the feature Token-based Authentication
        self._nonces: dict[str, dict[tuple[str, int], None]] = {}
        self._failures: dict[str, int] = {}
        self._locked_until: dict[str, float] = {}

    # --- making them ---

    def add_integration(
        self, name: str, *, consumer_key: str | None = None, consumer_secret: str | None = None
    ) -> Integration:
        """Create an integration record; keys are made up unless given."""
        integration = Integration(
            name=name,
            application_id=secrets.token_hex(16).upper(),
            consumer_key=consumer_key or secrets.token_hex(32),
            consumer_secret=consumer_secret or secrets.token_hex(32),
        )
        self.integrations[integration.consumer_key] = integration
        return integration

    def add_role(self, name: str, permissions: dict[str, int] | None = None, *, is_administrator: bool = False) -> Role:
        """Create a role."""
        role = Role(
            id=str(1000 + len(self.roles)),
            name=name,
            permissions=dict(permissions or {}),
            is_administrator=is_administrator,
        )
        self.roles[role.id] = role
        return role

    def connector_role(self) -> Role:
        """Return the role a connector needs, with every permission of reference §7.5 the simulator knows."""
        for role in self.roles.values():
            if role.name == "Connector":
                return role
        return self.add_role("Connector", dict.fromkeys((*DOOR_PERMISSIONS, *PERMISSION_LABELS), FULL))

    def add_token(
        self, integration: Integration, role: Role, *, user: str, token_id: str | None = None, secret: str | None = None
    ) -> Token:
        """Create a token; id and secret are made up unless given."""
        token = Token(
            id=token_id or secrets.token_hex(32),
            secret=secret or secrets.token_hex(32),
            consumer_key=integration.consumer_key,
            user=user,
            role_id=role.id,
        )
        self.tokens[token.id] = token
        return token

    def issue(
        self, account_id: str, *, name: str = "SuiteBridge", user: str = "integration@example.com"
    ) -> Credentials:
        """Create an integration with a token in the connector's role and return what a connector is given."""
        integration = self.add_integration(name)
        token = self.add_token(integration, self.connector_role(), user=user)
        return self.credentials(account_id, token)

    def credentials(self, account_id: str, token: Token) -> Credentials:
        """Return the six values of a token."""
        integration = self.integrations[token.consumer_key]
        return Credentials(
            account_id=account_id,
            application_id=integration.application_id,
            consumer_key=integration.consumer_key,
            consumer_secret=integration.consumer_secret,
            token_id=token.id,
            token_secret=token.secret,
        )

    # --- what signatures ask ---

    def is_locked(self, token_id: str) -> bool:
        """Whether a token is locked out."""
        until = self._locked_until.get(token_id)
        return until is not None and self._clock.timestamp() < until

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

    def accepted(self, door: str, token: Token) -> Login:
        """Note a login and return it."""
        self._failures.pop(token.id, None)
        integration = self.integrations[token.consumer_key]
        self._note(door, token.consumer_key, token.id, None, None)
        return Login(user=token.user, role=self.roles[token.role_id], integration=integration.name, token_id=token.id)

    def denied(
        self, door: str, detail: Detail, *, consumer_key: str | None, token_id: str | None, note: str | None = None
    ) -> Denied:
        """Note a refused login; the fifth in a row locks a known token."""
        self._note(door, consumer_key, token_id, detail, note)
        if token_id is not None and token_id in self.tokens and detail is not Detail.TEMPORARY_LOCKED:
            failures = self._failures.get(token_id, 0) + 1
            self._failures[token_id] = failures
            if failures >= FAILURES_BEFORE_LOCK:
                self._locked_until[token_id] = self._clock.timestamp() + LOCK_SECONDS
                self._failures.pop(token_id)
        return Denied(detail=detail)

    def unlock(self, token_id: str) -> None:
        """End a lock-out."""
        self._locked_until.pop(token_id, None)
        self._failures.pop(token_id, None)

    def _note(
        self, door: str, consumer_key: str | None, token_id: str | None, detail: Detail | None, note: str | None
    ) -> None:
        token = None if token_id is None else self.tokens.get(token_id)
        self.trail.append(
            AuditEntry(
                at=self._clock.now(),
                door=door,
                user=None if token is None else token.user,
                consumer_key=_shortened(consumer_key),
                token=_shortened(token_id),
                success=detail is None,
                detail=None if detail is None else detail.value,
                note=note,
            )
        )

    # --- keeping them ---

    def dump(self) -> str:
        """Write integrations, roles and tokens as JSON; it holds secrets."""
        kept = _Kept(list(self.integrations.values()), list(self.roles.values()), list(self.tokens.values()))
        return msgspec.json.encode(kept).decode()

    def load(self, text: str) -> None:
        """Read what `dump` wrote, in the place of everything."""
        kept = msgspec.json.decode(text, type=_Kept)
        self.integrations = {one.consumer_key: one for one in kept.integrations}
        self.roles = {one.id: one for one in kept.roles}
        self.tokens = {one.id: one for one in kept.tokens}


def _shortened(key: str | None) -> str | None:
    return None if key is None else f"{key[:8]}…" if len(key) > 8 else key
