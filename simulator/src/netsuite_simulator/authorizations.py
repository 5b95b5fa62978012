"""What users granted to applications: authorization codes, consents, and the grants that refresh tokens live on.

The page *OAuth 2.0 Authorized Applications* lists and revokes grants. Refuses to know tokens' form (`bearers`) and
requests.
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

import msgspec

from netsuite_simulator.clock import Clock
from netsuite_simulator.integrations import Integration

CODE_LIFE = timedelta(minutes=10)
REFRESH_LIFE = timedelta(days=7)  # of a confidential client, reference §3.2
MOST_CODES = 10_000


class Grant(msgspec.Struct, kw_only=True):
    """One authorization of an application by a user in a role."""

    id: str
    client_id: str
    user: str
    role_id: str
    scopes: tuple[str, ...]
    created_at: datetime
    refresh_until: datetime
    rotates_until: datetime | None = None  # of a public client, whose refresh tokens are used once
    serial: int = 0  # how often the refresh token was rotated
    is_revoked: bool = False  # no token of it is accepted
    nonce: str | None = None


class Code(msgspec.Struct, kw_only=True):
    """An authorization code, and what the token request must agree with."""

    value: str
    grant: Grant
    redirect_uri: str
    challenge: str | None
    expires_at: datetime
    is_used: bool = False


class Consented(msgspec.Struct, frozen=True, kw_only=True):
    """A consent that need not be asked for again."""

    user: str
    role_id: str
    client_id: str
    scopes: frozenset[str]


class Authorizations:
    """The grants of one account."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._grants: dict[str, Grant] = {}
        self._codes: dict[str, Code] = {}
        self._consents: set[Consented] = set()

    def __iter__(self) -> Iterator[Grant]:
        return iter(self._grants.values())

    def __len__(self) -> int:
        return len(self._grants)

    def find(self, grant_id: str) -> Grant | None:
        """Find a grant by its id."""
        return self._grants.get(grant_id)

    def of_user(self, user: str) -> list[Grant]:
        """Return a user's grants, revoked ones too."""
        return [one for one in self if one.user == user]

    def revoke(self, grant: Grant) -> None:
        """End a grant for good, with every token of it and the consent."""
        self.end(grant)
        self._consents = {one for one in self._consents if (one.user, one.client_id) != (grant.user, grant.client_id)}

    def end(self, grant: Grant) -> None:
        """End every token of a grant, access tokens too; the consent stays (OH:section_161071224088)."""
        grant.is_revoked = True

    # --- consents ---

    def consent(self, given: Consented) -> None:
        """Remember a consent."""
        self._consents.add(given)

    def has_consented(self, asked: Consented) -> bool:
        """Whether a user has consented to as much for this application."""
        return any(
            (one.user, one.role_id, one.client_id) == (asked.user, asked.role_id, asked.client_id)
            and asked.scopes <= one.scopes
            for one in self._consents
        )

    @property
    def consents(self) -> list[Consented]:
        """The consents that are remembered."""
        return sorted(self._consents, key=lambda one: (one.user, one.client_id, sorted(one.scopes)))

    # --- codes ---

    def issue_code(
        self,
        integration: Integration,
        *,
        user: str,
        role_id: str,
        scopes: tuple[str, ...],
        redirect_uri: str,
        challenge: str | None,
        nonce: str | None,
    ) -> Code:
        """Grant an application what it asked for, against a code that is good for ten minutes."""
        now = self._clock.now()
        hours = timedelta(hours=integration.refresh_hours)
        grant = Grant(
            id=str(uuid.uuid4()),
            client_id=integration.client_id,
            user=user,
            role_id=role_id,
            scopes=scopes,
            created_at=now,
            refresh_until=now + (hours if integration.is_public else REFRESH_LIFE),
            rotates_until=now + timedelta(hours=integration.rotation_hours) if integration.is_public else None,
            nonce=nonce,
        )
        code = Code(
            value=secrets.token_hex(32),
            grant=grant,
            redirect_uri=redirect_uri,
            challenge=challenge,
            expires_at=now + CODE_LIFE,
        )
        if len(self._codes) >= MOST_CODES:
            self._codes = {name: one for name, one in self._codes.items() if one.expires_at > now}
        self._codes[code.value] = code
        return code

    def code(self, value: str) -> Code | None:
        """Find a code, used and expired ones too."""
        return self._codes.get(value)

    def redeem(self, code: Code) -> Grant | None:
        """Use a code; None where it has expired or was used, and then what was granted by it ends."""
        if code.is_used:
            self.revoke(code.grant)
            return None
        code.is_used = True
        if self._clock.now() >= code.expires_at:
            return None
        self._grants[code.grant.id] = code.grant
        return code.grant

    # --- refresh tokens ---

    def may_refresh(self, grant: Grant, serial: int) -> bool:
        """Whether a refresh token counts; one that was rotated away ends the grant when it comes again."""
        if grant.is_revoked or self._clock.now() >= grant.refresh_until:
            return False
        if serial != grant.serial:
            self.revoke(grant)
            return False
        return True

    def rotate(self, grant: Grant, integration: Integration) -> None:
        """Use up a public client's refresh token; the next one lives no longer than rotation is allowed."""
        if grant.rotates_until is not None:
            grant.serial += 1
            next_end = self._clock.now() + timedelta(hours=integration.refresh_hours)
            grant.refresh_until = min(next_end, grant.rotates_until)

    def load(self, grants: Iterable[Grant], consents: Iterable[Consented]) -> None:
        """Put grants and consents in the place of all there are; codes do not outlive a restart."""
        self._grants = {one.id: one for one in grants}
        self._consents = set(consents)
        self._codes.clear()
