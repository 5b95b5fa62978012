"""Single records written through REST, reference §5.3 and §5.8: bodies judged as strictly as the request asks.

Refuses to know addresses of sublists, jobs and how records are kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPMethod
from typing import assert_never

from aiohttp import web

from netsuite_simulator.account import Rejection, Written
from netsuite_simulator.faces.answers import JsonError, read_json
from netsuite_simulator.faces.rest.addresses import Identity, href_of
from netsuite_simulator.faces.rest.documents import Body, read_body, rest_name
from netsuite_simulator.faces.rest.entrance import Visit
from netsuite_simulator.faces.rest.problems import ProblemError, not_allowed, problem_of
from netsuite_simulator.schemas.fields import Kind, RecordType

NAMES = "X-NetSuite-PropertyNameValidation"
VALUES = "X-NetSuite-PropertyValueValidation"
WARNING = "Warning"


def read_content(content: bytes) -> object:
    """Read a request's body as JSON."""
    try:
        return read_json(content)
    except JsonError as error:
        raise ProblemError(400, "INVALID_CONTENT", f"Invalid content in the request body: {error}.") from error


def _mode(request: web.Request, header: str, default: str) -> str:
    mode = request.headers.get(header, default).lower()
    if mode not in ("error", "warning", "ignore"):
        raise ProblemError(400, "INVALID_HEADER", f"{header} is error, warning or ignore.", header=header)
    return mode


def body_of(request: web.Request, record_type: RecordType, document: object) -> tuple[Body, dict[str, str]]:
    """Read a record and judge unknown properties and wrong values as the request asks; warnings become headers."""
    names, values = _mode(request, NAMES, "warning"), _mode(request, VALUES, "error")
    body = read_body(record_type, document, is_lenient=values != "error")
    if body.unknown and names == "error":
        detail = f"Invalid content in the request body: unknown field '{body.unknown[0]}'."
        raise ProblemError(400, "INVALID_CONTENT", detail, path=body.unknown[0])
    said = []
    if body.unknown and names == "warning":
        said.append(f"Unknown fields were ignored: {', '.join(body.unknown)}")
    if body.wrong and values == "warning":
        said.append(f"Fields with invalid values were ignored: {', '.join(body.wrong)}")
    shown = "; ".join(said).encode("ascii", "replace").decode().replace('"', "'")
    return body, {WARNING: f'199 - "{shown}"'} if said else {}


def written(
    request: web.Request, visit: Visit, result: Written | Rejection, headers: Mapping[str, str]
) -> web.Response:
    """Answer a write: 204 and the record's address, or the problem, a script's too that failed after the save (assumed)."""
    match result:
        case Rejection():
            raise problem_of(result)
        case Written():
            failure = visit.account.scripts.failure_of(result.type.name, result.id)
            if failure is not None:
                raise ProblemError(500, "UNEXPECTED_ERROR", failure)
            location = f"{href_of(request)}/{result.type.name}/{result.id}"
            return web.Response(status=204, headers={"Location": location, **headers})
        case _:
            assert_never(result)


def _replaced(request: web.Request, record_type: RecordType) -> tuple[frozenset[str], frozenset[str]]:
    """Return the sublists a request replaces, and the body fields it names to be cleared where it gives no value."""
    known = {rest_name(one).lower(): one for one in record_type.fields}
    lists: set[str] = set()
    others: set[str] = set()
    for name in filter(None, (one.strip() for one in request.query.get("replace", "").split(","))):
        found = known.get(name.lower())
        if found is None:
            detail = f"Invalid query parameter value. Record '{record_type.name}' has no field '{name}'."
            raise ProblemError(400, "INVALID_PARAMETER", detail, parameter="replace")
        (lists if found.kind is Kind.LINES else others).add(found.name)
    selects = request.query.get("replaceSelectedFields", "false").lower() == "true"
    return frozenset(lists), frozenset(lists | others) if selects else frozenset()


def create(request: web.Request, visit: Visit, record_type: RecordType, document: object) -> web.Response:
    """Create a record."""
    body, headers = body_of(request, record_type, document)
    result = visit.account.create(record_type.name, body.values, external_id=body.external_id, role=visit.login)
    return written(request, visit, result, headers)


def change(
    request: web.Request, visit: Visit, record_type: RecordType, identity: Identity, document: object
) -> web.Response:
    """Change a record in part."""
    body, headers = body_of(request, record_type, document)
    lists, cleared = _replaced(request, record_type)
    result = visit.account.update(
        record_type.name,
        body.values,
        internal_id=identity[0],
        external_id=identity[1],
        new_external_id=body.external_id,
        nulls=cleared - body.values.keys(),
        replace_lists=lists,
        role=visit.login,
    )
    return written(request, visit, result, headers)


def upsert(
    request: web.Request, visit: Visit, record_type: RecordType, identity: Identity, document: object
) -> web.Response:
    """Create a record under an external id, or change the one that has it."""
    if identity[1] is None:
        raise not_allowed(request, HTTPMethod.GET, HTTPMethod.PATCH, HTTPMethod.DELETE)
    body, headers = body_of(request, record_type, document)
    lists, cleared = _replaced(request, record_type)
    result = visit.account.upsert(
        record_type.name,
        body.values,
        external_id=identity[1],
        nulls=cleared - body.values.keys(),
        replace_lists=lists,
        role=visit.login,
    )
    return written(request, visit, result, headers)


def remove(visit: Visit, record_type: RecordType, identity: Identity) -> web.Response:
    """Delete a record."""
    result = visit.account.delete(record_type.name, internal_id=identity[0], external_id=identity[1], role=visit.login)
    if isinstance(result, Rejection):
        raise problem_of(result)
    return web.Response(status=204)
