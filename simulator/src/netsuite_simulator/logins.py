"""Logins and the login audit trail: who came in by which door, and why others did not (reference §2.6, §3.4).

The reason of a refusal stands in the trail and nowhere else. Refuses to know how a login is checked.
"""

from __future__ import annotations

import enum
from collections import deque
from collections.abc import Iterator, Mapping
from datetime import datetime

import msgspec

from netsuite_simulator.clock import Clock
from netsuite_simulator.features import Feature, Features
from netsuite_simulator.restrictions import restriction
from netsuite_simulator.roles import Role
from netsuite_simulator.tables import Table

LONGEST_TRAIL = 10_000


class Detail(enum.Enum):
    """Why a login was refused, as the login audit trail says it."""

    # token-based authentication, reference §2.6
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
    # OAuth 2.0, reference §3.4
    ACCESS_TOKEN_EXPIRED = "AccessTokenExpired"  # noqa: S105
    ENTITY_OR_ROLE_DISABLED = "EntityOrRoleDisabled"
    OAUTH2_TOKEN_REJECTED = "TokenRejected"  # noqa: S105
    INVALID_INTEGRATION = "InvalidIntegration"
    SCOPE_MISMATCHED = "ScopeMismatched"
    CODE_GRANT_REQUIRED = "AuthorizationCodeGrantRequired"
    INVALID_SCOPE = "InvalidScope"
    INTEGRATION_BLOCKED = "IntegrationBlocked"
    UNSUPPORTED_ALGORITHM = "UnsupportedAlgo"
    VALIDITY_TOO_BROAD = "TokenValidityTooBroad"
    TOKEN_BLOCKED = "TokenBlocked"  # noqa: S105
    INVALID_TOKEN_TYPE = "InvalidTokenType"  # noqa: S105
    SIGNATURE_VALIDATION = "SignatureValidation"
    CLIENT_ID_MISMATCH = "ClientIdMismatch"
    TOKEN_NOT_ACCEPTABLE = "TokenNotAcceptable"  # noqa: S105
    TOKEN_EXPIRED = "TokenExpired"  # noqa: S105
    INVALID_ISSUER = "InvalidIssuer"
    MISSING_KEY_ID = "MissingKeyId"
    MISSING_KEY = "MissingKey"
    # pages; the words are assumed
    INVALID_CREDENTIALS = "InvalidCredentials"


class Login(msgspec.Struct, frozen=True, kw_only=True):
    """Whoever came in: a user in a role, through an integration; `scopes` where an OAuth 2.0 token bounds it."""

    user: str
    role: Role
    integration: str
    token_id: str
    entity: str = ""
    scopes: tuple[str, ...] | None = None
    features: Features | None = None

    def may(self, permission: str, level: int) -> bool:
        """Say whether the role holds the permission at that level or above."""
        return self.role.may(permission, level)

    def lacking(self, type_name: str) -> Feature | None:
        """Return the feature that a record type needs and the account has turned off."""
        return None if self.features is None else self.features.lacking(type_name)

    def restriction(self, table: Table, tables: Mapping[str, Table]) -> str | None:
        """Return the SQL condition that its records of a table meet; None where it sees them all."""
        return restriction(self.role, self.entity, table, tables)


class Denied(msgspec.Struct, frozen=True, kw_only=True):
    """A refused login: the detail goes to the audit trail, never to the caller."""

    detail: Detail


class AuditEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the login audit trail; `detail` is empty where the login succeeded. Keys are shortened."""

    at: datetime
    door: str
    user: str | None
    consumer_key: str | None
    token: str | None
    success: bool
    detail: str | None
    note: str | None = None
    role: str | None = None
    application: str | None = None


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of an attempt to log in."""

    door: str
    user: str | None = None
    role: str | None = None  # its name
    application: str | None = None
    consumer_key: str | None = None
    token_id: str | None = None
    note: str | None = None


class LoginTrail:
    """The login audit trail of one account: the newest entries, oldest first."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._entries: deque[AuditEntry] = deque(maxlen=LONGEST_TRAIL)

    def __iter__(self) -> Iterator[AuditEntry]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __getitem__(self, index: int) -> AuditEntry:
        return self._entries[index]

    def note(self, attempt: Attempt, detail: Detail | None = None) -> AuditEntry:
        """Write an attempt down: refused for a reason, or let in."""
        entry = AuditEntry(
            at=self._clock.now(),
            door=attempt.door,
            user=attempt.user,
            role=attempt.role,
            application=attempt.application,
            consumer_key=_shortened(attempt.consumer_key),
            token=_shortened(attempt.token_id),
            success=detail is None,
            detail=None if detail is None else detail.value,
            note=attempt.note,
        )
        self._entries.append(entry)
        return entry

    def find(
        self,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        user: str | None = None,
        role: str | None = None,
        application: str | None = None,
        success: bool | None = None,
    ) -> list[AuditEntry]:
        """Return the entries that fit every filter given, newest first; `until` is left out itself."""
        return [
            entry
            for entry in reversed(self._entries)
            if (since is None or entry.at >= since)
            and (until is None or entry.at < until)
            and (user is None or entry.user == user)
            and (role is None or entry.role == role)
            and (application is None or entry.application == application)
            and (success is None or entry.success is success)
        ]


def _shortened(key: str | None) -> str | None:
    return None if key is None else f"{key[:8]}…" if len(key) > 8 else key
