"""The REST records door, reference §5.1 to §5.8: routes and requests.

Refuses to know how records are kept and how their JSON looks.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from http import HTTPMethod
from typing import assert_never

from aiohttp import web

from netsuite_simulator.account import Rejection, Written
from netsuite_simulator.accounts import Accounts
from netsuite_simulator.faces.admission import Door
from netsuite_simulator.faces.answers import JsonError, json_response, read_json
from netsuite_simulator.faces.rest import catalog, collections
from netsuite_simulator.faces.rest.documents import Body, Writer, read_body, rest_name
from netsuite_simulator.faces.rest.entrance import Visit, entered, origin_of_request
from netsuite_simulator.faces.rest.problems import NOT_FOUND, ProblemError, problem_of
from netsuite_simulator.results import VIEW, permission_violation
from netsuite_simulator.schemas.fields import Field, Kind, RecordType

ROOT = "/services/rest/record/v1"
SINGULAR = "application/vnd.oracle.resource+json; type=singular"
COLLECTION = "application/vnd.oracle.resource+json; type=collection"
VALIDATION = "X-NetSuite-PropertyNameValidation"
WARNING = "Warning"
_EXTERNAL_ID = re.compile(r"[\w-]+")  # reference §5.3

Respond = Callable[[web.Request], Awaitable[web.StreamResponse]]


def routes(accounts: Accounts) -> list[web.RouteDef]:
    """Return the door's routes."""
    found: list[web.RouteDef] = []
    for path, name, work in (
        (f"{ROOT}/metadata-catalog", "catalog", catalog.answer),
        (f"{ROOT}/metadata-catalog/{{type}}", "catalog", catalog.answer),
        (f"{ROOT}/{{type}}", "collection", _collection),
        (f"{ROOT}/{{type}}/{{id}}", "record", _record),
        (f"{ROOT}/{{type}}/{{id}}/{{sublist}}", "sublist", _sublist),
        (f"{ROOT}/{{type}}/{{id}}/{{sublist}}/{{line}}", "sublist", _sublist),
    ):
        found.append(web.route("*", path, _door(accounts, name, work)))
    return found


def _door(accounts: Accounts, name: str, work: Callable[[web.Request, Visit, bytes], web.Response]) -> Respond:
    async def respond(request: web.Request) -> web.StreamResponse:
        operation = f"{request.method.lower()} {name}"
        async with entered(accounts, request, door=Door.REST, operation=operation) as visit:
            body = await request.read()
            response = await visit.ticket.run(lambda: work(request, visit, body))
            return await visit.ticket.answer(request, response)

    return respond


def record_type_of(request: web.Request, visit: Visit) -> RecordType:
    """Find the record type an address names, in any case."""
    name = request.match_info["type"]
    found = visit.account.record_type(name)
    if found is None:
        raise ProblemError(404, "NONEXISTENT_ID", f"Record type '{name}' does not exist.", path=name)
    return found


def _identity(request: web.Request) -> tuple[str | None, str | None]:
    """Return the internal or the external id an address names."""
    text = request.match_info["id"]
    if not text.startswith("eid:"):
        return text, None
    external_id = text.removeprefix("eid:")
    if _EXTERNAL_ID.fullmatch(external_id) is None:
        detail = "An external ID in an address holds letters, digits, '_' and '-' only; use q=externalId IS instead."
        raise ProblemError(400, "INVALID_VALUE", detail, path="eid")
    return None, external_id


def _may_view(visit: Visit, record_type: RecordType) -> None:
    if not visit.login.may(record_type.permission, VIEW):
        raise problem_of(permission_violation(record_type.permission))


def _not_allowed(request: web.Request, *allowed: str) -> ProblemError:
    error = ProblemError(405, "METHOD_NOT_ALLOWED", f"The method {request.method} is not allowed here.")
    error.response.headers["Allow"] = ", ".join(allowed)
    return error


def _flag(request: web.Request, name: str) -> bool:
    return request.query.get(name, "false").lower() == "true"


def _writer(request: web.Request, visit: Visit, record_type: RecordType) -> Writer:
    only: frozenset[str] | None = None
    if "fields" in request.query:
        wanted = [name.strip() for name in request.query["fields"].split(",") if name.strip()]
        known = {rest_name(one).lower(): rest_name(one) for one in record_type.fields}
        known |= {name.lower(): name for name in ("id", "externalId", "links")}
        unknown = [name for name in wanted if name.lower() not in known]
        if unknown:
            detail = f"Invalid query parameter value. Record '{record_type.name}' has no field '{unknown[0]}'."
            raise ProblemError(400, "INVALID_PARAMETER", detail, parameter="fields")
        only = frozenset(known[name.lower()] for name in wanted)
    return Writer(
        account=visit.account,
        href=f"{origin_of_request(request)}{ROOT}",
        expands=_flag(request, "expandSubResources"),
        has_simple_enums=_flag(request, "simpleEnumFormat"),
        only=only,
    )


# --- collections ---


def _collection(request: web.Request, visit: Visit, body: bytes) -> web.Response:
    record_type = record_type_of(request, visit)
    match request.method:
        case HTTPMethod.GET:
            _may_view(visit, record_type)
            page = collections.page(request, visit, record_type, _writer(request, visit, record_type))
            return json_response(page, content_type=COLLECTION)
        case HTTPMethod.POST:
            return _create(request, visit, record_type, body)
        case _:
            raise _not_allowed(request, "GET", "POST")


def _body(request: web.Request, record_type: RecordType, content: bytes) -> tuple[Body, dict[str, str]]:
    """Read a body and judge unknown properties as the request asks, reference §5.8."""
    try:
        document = read_json(content)
    except JsonError as error:
        raise ProblemError(400, "INVALID_CONTENT", f"Invalid content in the request body: {error}.") from error
    body = read_body(record_type, document)
    mode = request.headers.get(VALIDATION, "warning").lower()
    if mode not in ("error", "warning", "ignore"):
        raise ProblemError(400, "INVALID_HEADER", f"{VALIDATION} is error, warning or ignore.", header=VALIDATION)
    if body.unknown and mode == "error":
        detail = f"Invalid content in the request body: unknown field '{body.unknown[0]}'."
        raise ProblemError(400, "INVALID_CONTENT", detail, path=body.unknown[0])
    if body.unknown and mode == "warning":
        names = ", ".join(body.unknown).encode("ascii", "replace").decode().replace('"', "'")
        return body, {WARNING: f'199 - "Unknown fields were ignored: {names}"'}
    return body, {}


def _written(request: web.Request, result: Written | Rejection, headers: dict[str, str] | None = None) -> web.Response:
    match result:
        case Rejection():
            raise problem_of(result)
        case Written():
            location = f"{origin_of_request(request)}{ROOT}/{result.type.name}/{result.id}"
            return web.Response(status=204, headers={"Location": location, **(headers or {})})
        case _:
            assert_never(result)


def _create(request: web.Request, visit: Visit, record_type: RecordType, content: bytes) -> web.Response:
    body, headers = _body(request, record_type, content)
    result = visit.account.create(record_type.name, body.values, external_id=body.external_id, role=visit.login)
    return _written(request, result, headers)


# --- single records ---


def _record(request: web.Request, visit: Visit, content: bytes) -> web.Response:
    record_type = record_type_of(request, visit)
    internal_id, external_id = _identity(request)
    match request.method:
        case HTTPMethod.GET:
            _may_view(visit, record_type)
            record = visit.account.get(record_type.name, internal_id=internal_id, external_id=external_id)
            if record is None:
                raise ProblemError(404, "NONEXISTENT_ID", NOT_FOUND)
            document = _writer(request, visit, record_type).record(record)
            return json_response(document, content_type=SINGULAR)
        case HTTPMethod.PATCH:
            return _change(request, visit, record_type, content)
        case HTTPMethod.PUT:
            return _upsert(request, visit, record_type, content)
        case HTTPMethod.DELETE:
            result = visit.account.delete(
                record_type.name, internal_id=internal_id, external_id=external_id, role=visit.login
            )
            if isinstance(result, Rejection):
                raise problem_of(result)
            return web.Response(status=204)
        case HTTPMethod.POST:
            detail = "Transformations, actions and attachments are not part of this account's REST door."
            raise ProblemError(400, "INVALID_REQUEST", detail)
        case _:
            raise _not_allowed(request, "GET", "PATCH", "PUT", "DELETE")


def _replaced(request: web.Request) -> frozenset[str]:
    return frozenset(name.strip() for name in request.query.get("replace", "").split(",") if name.strip())


def _change(request: web.Request, visit: Visit, record_type: RecordType, content: bytes) -> web.Response:
    internal_id, external_id = _identity(request)
    body, headers = _body(request, record_type, content)
    result = visit.account.update(
        record_type.name,
        body.values,
        internal_id=internal_id,
        external_id=external_id,
        new_external_id=body.external_id,
        replace_lists=_replaced(request),
        role=visit.login,
    )
    return _written(request, result, headers)


def _upsert(request: web.Request, visit: Visit, record_type: RecordType, content: bytes) -> web.Response:
    _, external_id = _identity(request)
    if external_id is None:
        raise _not_allowed(request, "GET", "PATCH", "DELETE")
    body, headers = _body(request, record_type, content)
    result = visit.account.upsert(
        record_type.name, body.values, external_id=external_id, replace_lists=_replaced(request), role=visit.login
    )
    return _written(request, result, headers)


# --- sublists ---


def _sublist_field(record_type: RecordType, name: str) -> Field:
    for one in record_type.fields:
        if one.kind in (Kind.LINES, Kind.REFERENCES) and rest_name(one).lower() == name.lower():
            return one
    raise ProblemError(404, "NONEXISTENT_ID", f"Record type '{record_type.name}' has no sublist '{name}'.", path=name)


def _sublist(request: web.Request, visit: Visit, _: bytes) -> web.Response:
    record_type = record_type_of(request, visit)
    if request.match_info["id"].startswith("!") or request.match_info["sublist"][:1] in "!@":
        detail = "Transformations, actions and attachments are not part of this account's REST door."
        raise ProblemError(400, "INVALID_REQUEST", detail)
    if request.method != HTTPMethod.GET:
        raise _not_allowed(request, "GET")
    _may_view(visit, record_type)
    internal_id, external_id = _identity(request)
    record = visit.account.get(record_type.name, internal_id=internal_id, external_id=external_id)
    found = _sublist_field(record_type, request.match_info["sublist"])
    if record is None:
        raise ProblemError(404, "NONEXISTENT_ID", NOT_FOUND)
    href = f"{origin_of_request(request)}{ROOT}"
    writer = Writer(account=visit.account, href=href, expands=True)
    whole = writer.record(record).get(rest_name(found))
    items = whole["items"] if isinstance(whole, dict) else []
    number = request.match_info.get("line")
    if number is None:
        address = f"{href}/{record_type.name}/{record.id}/{rest_name(found)}"
        return json_response(whole or collections.empty(address), content_type=COLLECTION)
    if not number.isdecimal() or not isinstance(items, list) or not 1 <= int(number) <= len(items):
        raise ProblemError(404, "NONEXISTENT_ID", f"Sublist '{rest_name(found)}' has no line {number}.")
    return json_response(items[int(number) - 1], content_type=SINGULAR)
