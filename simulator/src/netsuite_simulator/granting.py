"""The token request of OAuth 2.0: codes, refresh tokens and signed assertions turned into tokens (reference §3.2, §3.3).

Refuses to know HTTP: it reads form parameters and a client's credentials, and answers a document or raises `GrantError`.
Which error word NetSuite sends for a bad assertion is assumed.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping

import msgspec
from joserfc import jwt
from joserfc.errors import JoseError

from netsuite_simulator.account import Account
from netsuite_simulator.authorizations import Grant
from netsuite_simulator.bearers import Bearer, may_sign_in
from netsuite_simulator.certificates import ALGORITHMS, Certificate, algorithms_of, key_of
from netsuite_simulator.features import Feature
from netsuite_simulator.integrations import Integration
from netsuite_simulator.logins import Attempt, Detail

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
TOKEN_PATH = "/services/rest/auth/oauth2/v1/token"  # noqa: S105
MOST_ASSERTION_SECONDS = 60 * 60
EXPIRES_IN = "3600"  # a text in the sample of the code grant, reference §3.2
DOOR = "oauth"
_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")

Form = Mapping[str, str]


class GrantError(Exception):
    """A token request refused, in the words of RFC 6749."""

    def __init__(self, error: str) -> None:
        super().__init__(error)
        self.error = error


def authenticated(account: Account, form: Form, basic: tuple[str, str] | None) -> Integration:
    """Return the client that sent a request: by Basic credentials, or by its bare id where it is a public one."""
    client_id, secret = basic if basic is not None else (form.get("client_id", ""), None)
    integration = account.integrations.by_key(client_id)
    if integration is None:
        raise _refused(account, client_id, Detail.INVALID_INTEGRATION, "invalid_client")
    if Feature.OAUTH2 not in account.features:
        raise _refused(account, client_id, Detail.FEATURE_DISABLED, "unauthorized_client")
    if not integration.is_enabled:
        raise _refused(account, client_id, Detail.INTEGRATION_BLOCKED, "invalid_client")
    if integration.is_public and secret is None:
        return integration
    if secret is None or not hmac.compare_digest(secret.encode(), integration.consumer_secret.encode()):
        raise _refused(account, client_id, Detail.INVALID_SIGNATURE, "invalid_client")
    return integration


def answer(account: Account, form: Form, basic: tuple[str, str] | None, *, origin: str) -> dict[str, object]:
    """Answer a token request; `origin` is where the client sent it, which an assertion may name as its audience."""
    match form.get("grant_type"):
        case None:
            raise GrantError("invalid_request")
        case "authorization_code":
            return _by_code(account, authenticated(account, form, basic), form)
        case "refresh_token":
            return _by_refresh_token(account, authenticated(account, form, basic), form)
        case "client_credentials":
            return _by_assertion(account, form, origin)
        case _:
            raise GrantError("unsupported_grant_type")


def _refused(account: Account, client_id: str | None, detail: Detail, error: str) -> GrantError:
    known = None if client_id is None else account.integrations.by_key(client_id)
    attempt = Attempt(door=DOOR, consumer_key=client_id or None, application=None if known is None else known.name)
    account.logins.note(attempt, detail)
    return GrantError(error)


# --- authorization code ---


def _by_code(account: Account, integration: Integration, form: Form) -> dict[str, object]:
    if not integration.has_code_grant:
        raise _refused(account, integration.client_id, Detail.CODE_GRANT_REQUIRED, "unauthorized_client")
    if not form.get("code") or not form.get("redirect_uri"):
        raise GrantError("invalid_request")
    code = account.authorizations.code(form["code"])
    if code is None or code.grant.client_id != integration.client_id:
        detail = Detail.TOKEN_NOT_ACCEPTABLE if code is None else Detail.CLIENT_ID_MISMATCH
        raise _refused(account, integration.client_id, detail, "invalid_grant")
    if form["redirect_uri"] != code.redirect_uri or not _is_proven(code.challenge, form.get("code_verifier")):
        raise _refused(account, integration.client_id, Detail.OAUTH2_TOKEN_REJECTED, "invalid_grant")
    grant = account.authorizations.redeem(code)
    if grant is None:
        raise _refused(account, integration.client_id, Detail.TOKEN_EXPIRED, "invalid_grant")
    bearer = _bearer(account, integration, grant)
    document = _tokens(account, bearer)
    document["refresh_token"] = account.bearers.refresh_token(bearer, grant)
    if "openid" in grant.scopes:
        document["id_token"] = account.bearers.id_token(bearer, str(document["access_token"]), grant.nonce)
    return document


def _is_proven(challenge: str | None, verifier: str | None) -> bool:
    """Whether a PKCE verifier fits its challenge; without a challenge none may come."""
    if challenge is None or verifier is None:
        return challenge is None and verifier is None
    if _VERIFIER.fullmatch(verifier) is None:
        return False
    digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=")
    return hmac.compare_digest(digest, challenge.encode())


def _bearer(account: Account, integration: Integration, grant: Grant) -> Bearer:
    who = may_sign_in(account.access, grant.user, grant.role_id)
    if isinstance(who, Detail):
        raise _refused(account, integration.client_id, who, "invalid_grant")
    return Bearer(
        integration=integration,
        user=who[0],
        role=who[1],
        scopes=grant.scopes,
        grant_id=grant.id,
        granted_at=grant.created_at.timestamp(),
    )


def _tokens(account: Account, bearer: Bearer) -> dict[str, object]:
    account.logins.note(
        Attempt(
            door=DOOR,
            user=bearer.user.email,
            role=bearer.role.name,
            application=bearer.integration.name,
            consumer_key=bearer.integration.client_id,
        )
    )
    return {"access_token": account.bearers.access_token(bearer), "expires_in": EXPIRES_IN, "token_type": "bearer"}


# --- refresh ---


def _by_refresh_token(account: Account, integration: Integration, form: Form) -> dict[str, object]:
    grant = _grant_behind(account, integration, form.get("refresh_token"))
    bearer = _bearer(account, integration, grant)
    document = _tokens(account, bearer)
    if integration.is_public:  # a confidential client keeps the one it has
        account.authorizations.rotate(grant, integration)
        document["refresh_token"] = account.bearers.refresh_token(bearer, grant)
    return document


def _grant_behind(account: Account, integration: Integration, token: str | None) -> Grant:
    if not token:
        raise GrantError("invalid_request")
    claim = account.bearers.refresh_claim(token)
    grant = None if claim is None else account.authorizations.find(claim.grant_id)
    if claim is None or grant is None:
        raise _refused(account, integration.client_id, Detail.INVALID_TOKEN_TYPE, "invalid_grant")
    if grant.client_id != integration.client_id:
        raise _refused(account, integration.client_id, Detail.CLIENT_ID_MISMATCH, "invalid_grant")
    if not account.authorizations.may_refresh(grant, claim.serial):
        raise _refused(account, integration.client_id, Detail.TOKEN_EXPIRED, "invalid_grant")
    return grant


def revoke(account: Account, form: Form, basic: tuple[str, str] | None) -> None:
    """End a refresh token and the access tokens made by it; one that is none already is no error (RFC 7009)."""
    integration = authenticated(account, form, basic)
    if not form.get("token"):
        raise GrantError("invalid_request")
    claim = account.bearers.refresh_claim(form["token"])
    grant = None if claim is None else account.authorizations.find(claim.grant_id)
    if grant is not None and grant.client_id == integration.client_id:
        account.authorizations.end(grant)


# --- client credentials ---


def _by_assertion(account: Account, form: Form, origin: str) -> dict[str, object]:
    if form.get("client_assertion_type") != ASSERTION_TYPE or not form.get("client_assertion"):
        raise GrantError("invalid_request")
    assertion = form["client_assertion"]
    certificate = _certificate_of(account, assertion)
    try:
        claims = jwt.decode(assertion, key_of(certificate), algorithms=list(algorithms_of(certificate))).claims
    except (JoseError, ValueError):
        raise _refused(account, certificate.client_id, Detail.INVALID_SIGNATURE, "invalid_client") from None
    integration = _issuer_of(account, certificate, claims)
    _check_times(account, integration, claims)
    if not _is_for_us(claims.get("aud"), origin, account.id):
        raise _refused(account, integration.client_id, Detail.TOKEN_NOT_ACCEPTABLE, "invalid_client")
    scopes = _scopes_in(claims.get("scope"))
    if not scopes or not set(scopes) <= set(integration.scopes):
        raise _refused(account, integration.client_id, Detail.INVALID_SCOPE, "invalid_scope")
    who = may_sign_in(account.access, certificate.user, certificate.role_id)
    if isinstance(who, Detail):
        raise _refused(account, integration.client_id, who, "unauthorized_client")
    return _tokens(account, Bearer(integration=integration, user=who[0], role=who[1], scopes=scopes))


def _certificate_of(account: Account, assertion: str) -> Certificate:
    """Find the certificate an assertion's header names, and refuse algorithms NetSuite refuses: RS256 among them."""
    try:
        part = assertion.partition(".")[0]
        header = msgspec.json.decode(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)), type=dict[str, object])
    except ValueError:
        raise GrantError("invalid_request") from None
    if header.get("alg") not in ALGORITHMS:
        raise _refused(account, None, Detail.UNSUPPORTED_ALGORITHM, "invalid_client")
    if not header.get("kid"):
        raise _refused(account, None, Detail.MISSING_KEY_ID, "invalid_client")
    certificate = account.certificates.find(str(header["kid"]))
    if certificate is None or not account.certificates.is_valid(certificate):
        raise _refused(account, None, Detail.MISSING_KEY, "invalid_client")
    if header["alg"] not in algorithms_of(certificate):
        raise _refused(account, certificate.client_id, Detail.UNSUPPORTED_ALGORITHM, "invalid_client")
    return certificate


def _issuer_of(account: Account, certificate: Certificate, claims: Mapping[str, object]) -> Integration:
    if claims.get("iss") != certificate.client_id:
        raise _refused(account, certificate.client_id, Detail.INVALID_ISSUER, "invalid_client")
    integration = account.integrations.by_key(certificate.client_id)
    if integration is None or not integration.has_client_credentials:
        raise _refused(account, certificate.client_id, Detail.INVALID_INTEGRATION, "unauthorized_client")
    if Feature.OAUTH2 not in account.features:
        raise _refused(account, certificate.client_id, Detail.FEATURE_DISABLED, "unauthorized_client")
    if not integration.is_enabled:
        raise _refused(account, certificate.client_id, Detail.INTEGRATION_BLOCKED, "invalid_client")
    return integration


def _check_times(account: Account, integration: Integration, claims: Mapping[str, object]) -> None:
    """Refuse an assertion that has expired, was made in the future, or holds for longer than an hour."""
    issued, expires = claims.get("iat"), claims.get("exp")
    if not isinstance(issued, int | float) or not isinstance(expires, int | float):
        raise _refused(account, integration.client_id, Detail.TOKEN_NOT_ACCEPTABLE, "invalid_client")
    now = account.clock.timestamp()
    if now >= expires:
        raise _refused(account, integration.client_id, Detail.TOKEN_EXPIRED, "invalid_client")
    if expires - issued > MOST_ASSERTION_SECONDS:
        raise _refused(account, integration.client_id, Detail.VALIDITY_TOO_BROAD, "invalid_client")
    if issued > now + 300:  # as far ahead as token-based authentication lets a clock be
        raise _refused(account, integration.client_id, Detail.TOKEN_NOT_ACCEPTABLE, "invalid_client")


def _is_for_us(audience: object, origin: str, account_id: str) -> bool:
    """Whether an assertion names the token address: of the host it was sent to, or either documented one."""
    label = account_id.lower().replace("_", "-")
    hosts = [f"https://{label}.{part}.api.netsuite.com" for part in ("suitetalk", "restlets")]
    ours = {f"{one}{TOKEN_PATH}" for one in (origin, *hosts)}
    named = audience if isinstance(audience, list) else [audience]
    return any(one in ours for one in named)


def _scopes_in(scope: object) -> tuple[str, ...]:
    """Read scopes as a list, or as a text with commas or spaces: sources differ (reference §12)."""
    if isinstance(scope, list):
        return tuple(str(one) for one in scope)
    return tuple(re.split(r"[,\s]+", scope.strip())) if isinstance(scope, str) and scope.strip() else ()
