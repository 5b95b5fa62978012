"""The certificate end point of a client: list its certificates, add the next one, revoke one (reference §3.3, U10).

The caller comes with an access token of the scope REST web services whose role manages its own certificates. That the token has to
be of the same client, that a user reaches no certificate of somebody else, and the shape of the list are assumed. Refuses to know what a certificate has
to be.
"""

from __future__ import annotations

from http import HTTPMethod

from aiohttp import web

from netsuite_simulator.account import Account
from netsuite_simulator.accounts import Accounts
from netsuite_simulator.certificates import Certificate, CertificateError, algorithms_of
from netsuite_simulator.faces.admission import Door, admit
from netsuite_simulator.faces.answers import AnswerError, JsonError, json_response, read_json
from netsuite_simulator.faces.oauth.places import account_at
from netsuite_simulator.faces.refusing import RefusedError
from netsuite_simulator.faces.rest.problems import NO_PERMISSION, ProblemError, answer_of, invalid_bearer
from netsuite_simulator.integrations import Integration
from netsuite_simulator.logins import Denied, Login
from netsuite_simulator.permissions import FULL, OWN_CERTIFICATES


async def certificates(accounts: Accounts, request: web.Request) -> web.StreamResponse:
    """Answer a client about its certificates."""
    account = account_at(accounts, request, request.match_info["client"])
    body = await request.read()
    try:
        async with admit(account, door=Door.OAUTH, operation="certificates", counts=False) as ticket:
            response = await ticket.run(lambda: _answer(account, request, body))
            return await ticket.answer(request, response)
    except RefusedError as refused:
        raise answer_of(refused) from refused


def _answer(account: Account, request: web.Request, body: bytes) -> web.Response:
    integration, login = _client(account, request)
    if not login.role.may(OWN_CERTIFICATES, FULL):
        raise ProblemError(403, "INSUFFICIENT_PERMISSION", NO_PERMISSION)
    if request.method == HTTPMethod.GET:
        found = account.certificates.of_client(integration.client_id)
        return json_response({"items": [_shown(account, integration, one) for one in found]})
    if "certificate" in request.match_info:
        return _revoked(account, integration, login, request.match_info["certificate"])
    return _added(account, integration, login, body)


def _revoked(account: Account, integration: Integration, login: Login, certificate_id: str) -> web.Response:
    found = account.certificates.find(certificate_id)
    if found is None or found.client_id != integration.client_id or found.user != login.user:
        raise ProblemError(404, "NONEXISTENT_ID", "There is no such certificate.")
    account.certificates.revoke(found)
    return json_response(_shown(account, integration, found))


def _added(account: Account, integration: Integration, login: Login, body: bytes) -> web.Response:
    try:
        document = read_json(body)
    except JsonError as error:
        raise ProblemError(400, "INVALID_CONTENT", f"The request body is not JSON: {error}.") from error
    if not isinstance(document, dict):
        raise ProblemError(400, "INVALID_CONTENT", "The request body must be an object.")
    role = account.roles.get(str(document.get("role", "")))
    user = account.users.find(str(document.get("entity", "")))
    if role is None or user is None:
        raise ProblemError(400, "INVALID_CONTENT", "There is no such role or entity.", path="role")
    if user.email != login.user:
        raise ProblemError(403, "INSUFFICIENT_PERMISSION", NO_PERMISSION)
    try:
        added = account.certificates.add(str(document.get("fileContent", "")), integration, role, user)
    except CertificateError as error:
        raise ProblemError(400, "INVALID_CONTENT", str(error), path="fileContent") from error
    return json_response(_shown(account, integration, added), status=201)


def _client(account: Account, request: web.Request) -> tuple[Integration, Login]:
    """Return the client whose own access token came along, and whom it signs in."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    integration = account.integrations.by_key(request.match_info["client"])
    login = account.bearers.login(token, door=Door.OAUTH.value, scope="rest_webservices")
    if integration is None or scheme.lower() != "bearer" or isinstance(login, Denied):
        raise invalid_bearer(account.id)
    if login.integration != integration.name:
        raise AnswerError(json_response({"error": "unauthorized_client"}, status=403))
    return integration, login


def _shown(account: Account, integration: Integration, certificate: Certificate) -> dict[str, object]:
    user = account.users.find(certificate.user)
    return {
        "entity_role_id": {"com": account.id, "ent": None if user is None else user.entity, "rol": certificate.role_id},
        "application_id": integration.application_id,
        "certificate_id": certificate.id,
        "certificate": certificate.pem,
        "algorithm": algorithms_of(certificate)[0],
        "created_at": certificate.created_at,
        "valid_from": certificate.valid_from,
        "valid_until": certificate.valid_until,
        "invalidated": certificate.is_revoked,
    }
