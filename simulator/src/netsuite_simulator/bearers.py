"""OAuth 2.0 tokens: what access, refresh and id tokens say, and whom an access token signs in (reference §3.4, §3.5).

JSON Web Tokens signed with the account's key. Why a token is refused goes to the login audit trail. Refuses to know
requests and grants' rules.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import msgspec
from joserfc import jwt
from joserfc.errors import JoseError

from netsuite_simulator.access import Access
from netsuite_simulator.authorizations import Grant
from netsuite_simulator.features import Feature
from netsuite_simulator.integrations import Integration
from netsuite_simulator.logins import Attempt, Denied, Detail, Login
from netsuite_simulator.permissions import LOGIN_BY_OAUTH2, VIEW
from netsuite_simulator.roles import Role
from netsuite_simulator.signingkeys import ALGORITHM
from netsuite_simulator.users import User

ISSUER = "https://system.netsuite.com"
ACCESS_LIFE = timedelta(minutes=60)
ID_LIFE = timedelta(hours=3)
ACCESS, REFRESH, IDENTITY = "a", "r", "i"  # the letter in a token's jti


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """Whom tokens are made for: a user in a role, through an application, within scopes."""

    integration: Integration
    user: User
    role: Role
    scopes: tuple[str, ...]
    grant_id: str = ""  # empty where no grant lies behind it: client credentials
    granted_at: float = 0.0

    @property
    def subject(self) -> str:
        """The `sub` of its tokens: role and entity."""
        return f"{self.role.id};{self.user.entity}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshClaim:
    """What a refresh token that this account signed says."""

    grant_id: str
    serial: int


class Bearers:
    """Makes and checks the tokens of one account."""

    def __init__(self, account_id: str, access: Access) -> None:
        self._account_id = account_id
        self._access = access

    # --- making ---

    def access_token(self, bearer: Bearer) -> str:
        """Make an access token."""
        subject = bearer.subject
        if not bearer.grant_id:  # the sample of client credentials has the longer form, reference §3.4
            subject = f"{self._account_id};0;{subject};N"
        return self._sign(
            ACCESS,
            bearer,
            {
                "sub": subject,
                "aud": [f"{bearer.integration.application_id};{self._account_id}", bearer.integration.client_id],
                "scope": list(bearer.scopes),
                "oit": int(bearer.granted_at or self._now()),
            },
            ACCESS_LIFE,
        )

    def refresh_token(self, bearer: Bearer, grant: Grant) -> str:
        """Make the refresh token of a grant as it stands."""
        claims = {
            "sub": bearer.subject,
            "aud": [f"{bearer.integration.application_id};{self._account_id}", bearer.integration.client_id],
            "scope": list(grant.scopes),
            "oit": int(grant.created_at.timestamp()),
            "serial": grant.serial,
        }
        return self._sign(REFRESH, bearer, claims, timedelta(seconds=grant.refresh_until.timestamp() - self._now()))

    def id_token(self, bearer: Bearer, access_token: str, nonce: str | None) -> str:
        """Make an id token; the email address is told where that scope was granted, and is never verified."""
        half = hashlib.sha256(access_token.encode()).digest()[:16]
        claims: dict[str, object] = {
            "sub": bearer.subject,
            "aud": bearer.integration.client_id,
            "scope": list(bearer.scopes),
            "at_hash": base64.urlsafe_b64encode(half).rstrip(b"=").decode(),
        }
        if "email" in bearer.scopes:
            claims |= {"email": bearer.user.email, "email_verified": False}
        if nonce is not None:
            claims["nonce"] = nonce
        return self._sign(IDENTITY, bearer, claims, ID_LIFE)

    def _sign(self, letter: str, bearer: Bearer, claims: Mapping[str, object], life: timedelta) -> str:
        now = self._now()
        key = self._access.keys.current()
        stamp = int(now * 1000)
        serial = self._access.next_serial()
        said = {
            **claims,
            "iss": ISSUER,
            "iat": int(now),
            "exp": int(now + life.total_seconds()),
            "jti": f"{self._account_id}.{letter}.{bearer.grant_id or bearer.integration.id}_{stamp}.{serial}",
        }
        header = {"kid": key.kid, "typ": "JWT", "alg": ALGORITHM}
        return jwt.encode(header, said, self._access.keys.key(key.kid), algorithms=[ALGORITHM])

    def _now(self) -> float:
        return self._access.clock.timestamp()

    # --- checking ---

    def refresh_claim(self, token: str) -> RefreshClaim | None:
        """Read a refresh token of this account; None where it is something else."""
        claims = self._verified(token)
        if isinstance(claims, Detail) or self._letter(claims) != REFRESH:
            return None
        return RefreshClaim(grant_id=_grant_of(claims), serial=int(str(claims.get("serial", -1))))

    def identity(self, token: str) -> tuple[User, Grant | None] | None:
        """Return whom an id token of this account names, and the grant that it was made by."""
        claims = self._verified(token)
        if isinstance(claims, Detail) or self._letter(claims) != IDENTITY:
            return None
        user = self._access.users.find(str(claims.get("sub", "")).rpartition(";")[2])
        return None if user is None else (user, self._access.authorizations.find(_grant_of(claims)))

    def claims(self, token: str) -> Mapping[str, object] | None:
        """Return what a token of this account says while it counts, as introspection tells it."""
        claims = self._verified(token)
        if isinstance(claims, Detail) or float(str(claims.get("exp", 0))) <= self._now():
            return None
        grant = self._access.authorizations.find(_grant_of(claims))
        return None if grant is not None and grant.is_revoked else claims

    def login(self, token: str, *, door: str, scope: str) -> Login | Denied:
        """Sign somebody in by an access token, for a door that needs a scope."""
        claims = self._verified(token)
        found = claims if isinstance(claims, Detail) else self._bearer(claims, scope)
        if isinstance(found, Detail):
            client = None if isinstance(claims, Detail) else _client_of(claims)
            return self._denied(door, found, client)
        self._access.logins.note(
            Attempt(
                door=door,
                user=found.user.email,
                role=found.role.name,
                application=found.integration.name,
                consumer_key=found.integration.client_id,
            )
        )
        return Login(
            user=found.user.email,
            entity=found.user.entity,
            role=found.role,
            integration=found.integration.name,
            token_id="",
            scopes=found.scopes,
            features=self._access.features,
        )

    def _denied(self, door: str, detail: Detail, client_id: str | None) -> Denied:
        known = None if client_id is None else self._access.integrations.by_key(client_id)
        application = None if known is None else known.name
        self._access.logins.note(Attempt(door=door, application=application, consumer_key=client_id), detail)
        return Denied(detail=detail)

    def _verified(self, token: str) -> Mapping[str, object] | Detail:
        """Read a token whose signature is ours."""
        try:
            kid = str(msgspec.json.decode(_decoded(token.partition(".")[0]), type=dict[str, object]).get("kid", ""))
            key = self._access.keys.key(kid)
            claims: Mapping[str, object] = jwt.decode(token, key, algorithms=[ALGORITHM]).claims
        except KeyError:
            return Detail.MISSING_KEY
        except (JoseError, ValueError):  # msgspec's errors are ValueErrors
            return Detail.SIGNATURE_VALIDATION
        return claims if claims.get("iss") == ISSUER else Detail.INVALID_ISSUER

    def _bearer(self, claims: Mapping[str, object], scope: str) -> Bearer | Detail:
        """Ask of everything an access token stands on whether it still holds."""
        access = self._access
        if Feature.OAUTH2 not in access.features:
            return Detail.FEATURE_DISABLED
        if self._letter(claims) != ACCESS:
            return Detail.INVALID_TOKEN_TYPE
        if float(str(claims.get("exp", 0))) <= self._now():
            return Detail.ACCESS_TOKEN_EXPIRED
        integration = access.integrations.by_key(_client_of(claims) or "")
        if integration is None:
            return Detail.INVALID_INTEGRATION
        if not integration.is_enabled:
            return Detail.INTEGRATION_BLOCKED
        grant = access.authorizations.find(_grant_of(claims))
        if grant is not None and grant.is_revoked:
            return Detail.TOKEN_BLOCKED
        parts = str(claims.get("sub", "")).split(";")
        role_id, entity = parts[2:4] if len(parts) > 2 else parts
        who = may_sign_in(access, entity, role_id)
        if isinstance(who, Detail):
            return who
        scopes = claims.get("scope")
        held = tuple(str(one) for one in scopes) if isinstance(scopes, list) else ()
        if scope not in held:
            return Detail.SCOPE_MISMATCHED
        return Bearer(integration=integration, user=who[0], role=who[1], scopes=held)

    def _letter(self, claims: Mapping[str, object]) -> str:
        parts = str(claims.get("jti", "")).removeprefix(f"{self._account_id}.").split(".")
        return parts[0]


def may_sign_in(access: Access, user: str, role_id: str) -> tuple[User, Role] | Detail:
    """Return user and role where both may come in by OAuth 2.0 now."""
    known = access.users.find(user)
    role = access.roles.get(role_id)
    if known is None or role is None or not known.has_access or role.is_inactive or role_id not in known.role_ids:
        return Detail.ENTITY_OR_ROLE_DISABLED
    if not role.may(LOGIN_BY_OAUTH2, VIEW):
        return Detail.PERMISSION_DENIED
    return known, role


def company_of(token: str) -> str | None:
    """Return the account an access token says it is for, unverified: only to find whose key to check it with."""
    try:
        claims = msgspec.json.decode(_decoded(token.split(".")[1]), type=dict[str, object])
    except (IndexError, ValueError):
        return None
    audience = claims.get("aud")
    first = audience[0] if isinstance(audience, list) and audience else ""
    return str(first).partition(";")[2] or None


def _client_of(claims: Mapping[str, object]) -> str | None:
    audience = claims.get("aud")
    return str(audience[-1]) if isinstance(audience, list) and audience else None


def _grant_of(claims: Mapping[str, object]) -> str:
    return str(claims.get("jti", "")).split(".", 2)[-1].partition("_")[0]


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
