"""The admin end points of who may come in: features, roles, users, integrations, tokens, certificates, grants, keys.

A secret is shown in the answer that makes it, and never again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from aiohttp import web

from netsuite_simulator.account import Account
from netsuite_simulator.authorizations import Grant
from netsuite_simulator.certificates import Certificate
from netsuite_simulator.faces.admin.documents import Document, Work, text_in
from netsuite_simulator.faces.rest.problems import ProblemError
from netsuite_simulator.features import Feature
from netsuite_simulator.integrations import Integration
from netsuite_simulator.roles import Role
from netsuite_simulator.tokens import Token
from netsuite_simulator.users import User

# JSON names of what may be set, by attribute.
_OF_INTEGRATION = {
    "name": "name",
    "description": "description",
    "state": "state",
    "tokenBasedAuthentication": "has_tba",
    "issueTokenEndpoint": "has_issue_token",
    "tbaAuthorizationFlow": "has_tba_flow",
    "callbackUrl": "callback_url",
    "authorizationCodeGrant": "has_code_grant",
    "clientCredentialsGrant": "has_client_credentials",
    "publicClient": "is_public",
    "scopes": "scopes",
    "redirectUris": "redirect_uris",
    "consent": "consent",
    "refreshHours": "refresh_hours",
    "rotationHours": "rotation_hours",
}
_OF_ROLE = {
    "name": "name",
    "scriptId": "script_id",
    "administrator": "is_administrator",
    "inactive": "is_inactive",
    "webServicesOnly": "is_web_services_only",
    "subsidiaries": "subsidiaries",
    "selectedSubsidiaries": "selected_subsidiaries",
    "employees": "employees",
}


def _shown(value: object, names: Mapping[str, str]) -> dict[str, object]:
    return {name: getattr(value, attribute) for name, attribute in names.items()}


def _changes(document: Document, names: Mapping[str, str], *, also: frozenset[str] = frozenset()) -> dict[str, Any]:
    unknown = [name for name in document if name not in names and name not in also]
    if unknown:
        raise ValueError(f"there is no {unknown[0]} to set; there are {', '.join([*names, *sorted(also)])}")
    return {names[name]: value for name, value in document.items() if name in names}


def _everything(account: Account, _: web.Request, __: Document) -> object:
    return {
        "features": _features(account),
        "roles": [_role(one) for one in account.roles],
        "users": [_user(account, one) for one in account.users],
        "integrations": [_integration(one) for one in account.integrations],
        "tokens": [_token(account, one) for one in account.tokens],
        "certificates": [_certificate(one) for one in account.certificates],
        "authorizations": [_grant(account, one) for one in account.authorizations],
        "keys": account.keys.published(),
    }


# --- features ---


def _features(account: Account) -> dict[str, bool]:
    return {one.value: one in account.features for one in Feature}


def _change_features(account: Account, _: web.Request, document: Document) -> object:
    """Turn features on and off by id: {"REST…": true}."""
    wanted = {Feature(name): is_on for name, is_on in msgspec.convert(document, dict[str, bool]).items()}
    on = {one for one in Feature if wanted.get(one, one in account.features)}
    account.features.choose(on)
    return _features(account)


# --- roles ---


def _role(role: Role) -> dict[str, object]:
    return {"id": role.id, "permissions": role.permissions, **_shown(role, _OF_ROLE)}


def _known_role(account: Account, wanted: str) -> Role:
    found = account.roles.find(wanted)
    if found is None:
        raise ValueError(f"there is no role {wanted}; there are {', '.join(one.id for one in account.roles)}")
    return found


def _permissions(document: Document) -> dict[str, int]:
    return msgspec.convert(document.get("permissions", {}), dict[str, int])


def _add_role(account: Account, _: web.Request, document: Document) -> object:
    text_in(document, "name")
    changes = _changes(document, _OF_ROLE, also=frozenset({"permissions"}))
    name = str(changes.pop("name"))
    return _role(account.roles.add(name, _permissions(document), **changes))


def _change_role(account: Account, request: web.Request, document: Document) -> object:
    """Change a role; permissions are set one by one, and level 0 takes one away."""
    role = _known_role(account, request.match_info["id"])
    changes = _changes(document, _OF_ROLE, also=frozenset({"permissions"}))
    account.roles.edit(role, **changes, permissions={**role.permissions, **_permissions(document)})
    return _role(role)


def _remove_role(account: Account, request: web.Request, _: Document) -> object:
    role = _known_role(account, request.match_info["id"])
    account.roles.remove(role)
    return {"deleted": role.id}


# --- users ---


def _user(account: Account, user: User) -> dict[str, object]:
    return {
        "email": user.email,
        "name": user.name,
        "entity": user.entity,
        "roles": user.role_ids,
        "access": user.has_access,
        "locked": account.users.is_locked(user.email),
        "password": bool(user.password),
    }


def _add_user(account: Account, _: web.Request, document: Document) -> object:
    """Give somebody access; a password is made up and shown where `password` is true."""
    roles = [_known_role(account, one) for one in msgspec.convert(document.get("roles", []), list[str])]
    entity = document.get("entity")
    user = account.users.add(
        text_in(document, "email"),
        name=str(document.get("name", "")),
        entity=None if entity is None else str(entity),
        roles=roles,
    )
    return _with_password(account, user, document)


def _change_user(account: Account, request: web.Request, document: Document) -> object:
    user = account.users.find(request.match_info["user"])
    if user is None:
        raise ProblemError(404, "NONEXISTENT_ID", f"there is no user {request.match_info['user']}")
    if "roles" in document:
        wanted = msgspec.convert(document["roles"], list[str])
        user.role_ids = [_known_role(account, one).id for one in wanted]
    if "access" in document:
        account.users.set_access(user, has_access=document["access"] is True)
    if document.get("locked") is False:
        account.users.unlock(user.email)
    return _with_password(account, user, document)


def _with_password(account: Account, user: User, document: Document) -> dict[str, object]:
    given = document.get("password")
    if isinstance(given, str) and given:
        account.users.set_password(user, given)
    elif given is True:
        return {**_user(account, user), "password": account.users.set_password(user)}
    return _user(account, user)


# --- integrations ---


def _integration(integration: Integration) -> dict[str, object]:
    shown = {"id": integration.id, "applicationId": integration.application_id}
    return {**shown, **_shown(integration, _OF_INTEGRATION)}


def _with_keys(integration: Integration) -> dict[str, object]:
    keys = {"consumerKey": integration.consumer_key, "consumerSecret": integration.consumer_secret}
    return {**_integration(integration), **keys}


def _known_integration(account: Account, request: web.Request) -> Integration:
    found = account.integrations.find(request.match_info["id"])
    if found is None:
        raise ProblemError(404, "NONEXISTENT_ID", f"there is no integration {request.match_info['id']}")
    return found


def _add_integration(account: Account, _: web.Request, document: Document) -> object:
    """Create an integration record; this answer alone shows key and secret."""
    text_in(document, "name")
    changes = _changes(document, _OF_INTEGRATION)
    return _with_keys(account.integrations.add(str(changes.pop("name")), **changes))


def _change_integration(account: Account, request: web.Request, document: Document) -> object:
    """Change an integration record; `reset` gives it another key and secret, which this answer alone shows."""
    integration = _known_integration(account, request)
    account.integrations.edit(integration, **_changes(document, _OF_INTEGRATION, also=frozenset({"reset"})))
    if document.get("reset") is True:
        return _with_keys(account.integrations.reset(integration))
    return _integration(integration)


def _remove_integration(account: Account, request: web.Request, _: Document) -> object:
    integration = _known_integration(account, request)
    account.integrations.remove(integration)
    return {"deleted": integration.id}


# --- tokens ---


def _token(account: Account, token: Token) -> dict[str, object]:
    integration = account.integrations.by_key(token.consumer_key)
    return {
        "id": token.id,
        "name": token.name,
        "user": token.user,
        "role": token.role_id,
        "revoked": token.is_revoked,
        "locked": account.tokens.is_locked(token.id),
        "integration": None if integration is None else integration.name,
    }


def _issue(account: Account, _: web.Request, document: Document) -> object:
    """Create a token, for a new integration unless `integration` is one there is; this answer alone shows the secrets."""
    name = str(document.get("integration", "SuiteBridge"))
    user = str(document.get("user", "integration@example.com"))
    role = _known_role(account, str(document["role"])) if "role" in document else account.roles.connector
    integration = account.integrations.find(name) or account.integrations.add(name)
    token = account.tokens.add(integration, role, user=user)
    return msgspec.structs.asdict(account.tokens.credentials(account.id, token))


def _change_token(account: Account, request: web.Request, document: Document) -> object:
    token = account.tokens.find(request.match_info["id"])
    if token is None:
        raise ProblemError(404, "NONEXISTENT_ID", "there is no such token")
    if "revoked" in document:
        (account.tokens.revoke if document["revoked"] is True else account.tokens.restore)(token)
    if "role" in document:
        account.tokens.assign(token, _known_role(account, str(document["role"])))
    if document.get("locked") is False:
        account.tokens.unlock(token.id)
    return _token(account, token)


# --- OAuth 2.0 ---


def _certificate(certificate: Certificate) -> dict[str, object]:
    return {
        "id": certificate.id,
        "clientId": certificate.client_id,
        "user": certificate.user,
        "role": certificate.role_id,
        "algorithm": certificate.algorithm,
        "validFrom": certificate.valid_from,
        "validUntil": certificate.valid_until,
        "revoked": certificate.is_revoked,
    }


def _add_certificate(account: Account, _: web.Request, document: Document) -> object:
    """Upload a certificate for an integration, a role and a user."""
    integration = account.integrations.one(text_in(document, "integration"))
    role = _known_role(account, text_in(document, "role"))
    user = account.users.one(text_in(document, "user"))
    return _certificate(account.certificates.add(text_in(document, "certificate"), integration, role, user))


def _revoke_certificate(account: Account, request: web.Request, _: Document) -> object:
    certificate = account.certificates.find(request.match_info["id"])
    if certificate is None:
        raise ProblemError(404, "NONEXISTENT_ID", "there is no such certificate")
    account.certificates.revoke(certificate)
    return _certificate(certificate)


def _grant(account: Account, grant: Grant) -> dict[str, object]:
    integration = account.integrations.by_key(grant.client_id)
    return {
        "id": grant.id,
        "integration": None if integration is None else integration.name,
        "user": grant.user,
        "role": grant.role_id,
        "scopes": grant.scopes,
        "createdAt": grant.created_at,
        "revoked": grant.is_revoked,
    }


def _revoke_grant(account: Account, request: web.Request, _: Document) -> object:
    grant = account.authorizations.find(request.match_info["id"])
    if grant is None:
        raise ProblemError(404, "NONEXISTENT_ID", "there is no such authorization")
    account.authorizations.revoke(grant)
    return _grant(account, grant)


def _rotate_keys(account: Account, _: web.Request, __: Document) -> object:
    account.keys.rotate()
    return {"keys": account.keys.published()}


END_POINTS: tuple[tuple[str, str, Work], ...] = (
    ("GET", "/access", _everything),
    ("PATCH", "/features", _change_features),
    ("POST", "/roles", _add_role),
    ("PATCH", "/roles/{id}", _change_role),
    ("DELETE", "/roles/{id}", _remove_role),
    ("POST", "/users", _add_user),
    ("PATCH", "/users/{user}", _change_user),
    ("POST", "/integrations", _add_integration),
    ("PATCH", "/integrations/{id}", _change_integration),
    ("DELETE", "/integrations/{id}", _remove_integration),
    ("POST", "/tokens", _issue),
    ("PATCH", "/tokens/{id}", _change_token),
    ("POST", "/certificates", _add_certificate),
    ("DELETE", "/certificates/{id}", _revoke_certificate),
    ("DELETE", "/authorizations/{id}", _revoke_grant),
    ("POST", "/keys/rotate", _rotate_keys),
)
