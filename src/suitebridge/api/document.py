"""The API as the framework serves it, and the OpenAPI 3.1 document that describes it, made from the same table."""

from __future__ import annotations

import json
import traceback
from collections.abc import Iterable, Mapping
from functools import cache
from http import HTTPStatus
from typing import Any
from uuid import uuid4

import structlog
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from suitebridge.administration.permitting import RecordNeed, permission_of
from suitebridge.api.access import ApiToken, Demand, Guard, note_refusal
from suitebridge.api.endpoints import ENDPOINTS, Endpoint
from suitebridge.api.exchange import EntryRefusedError
from suitebridge.api.problems import MEDIA_TYPE, FieldProblem, ProblemDocument, answer
from suitebridge.api.reading import StrictParser
from suitebridge.domain.errors import Problem, SuiteBridgeError
from suitebridge.domain.people import Permission
from suitebridge.domain.scopes import GRANTABLE, MEANINGS, Scope

VERSION = "1"
PREFIX = "api/v1/"
DOCUMENT_PATH = "openapi.json"
_SCHEMAS = "#/components/schemas/"
_WORKING = frozenset({"POST", "PUT"})
_EVERYWHERE = (400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 503)
_HEADERS: Mapping[str, str] = {
    "If-Match": "The ETag of the state that the change is about, or * for any.",
    "Idempotency-Key": "A text of your own for this request: sent again with the same contents, it does nothing twice.",
}
_log = structlog.get_logger("suitebridge.api")


def build() -> NinjaAPI:
    """Build the framework's API from the table."""
    api = NinjaAPI(
        title="SuiteBridge",
        version=VERSION,
        description="The operations of SuiteBridge for programs. Each request carries an API token; what its owner may do, it may.",
        openapi_url=None,
        docs_url=None,
        urls_namespace="api",
        auth=ApiToken(),
        parser=StrictParser(),
        openapi_extra={"tags": [{"name": tag} for tag in dict.fromkeys(one.tag for one in ENDPOINTS)]},
    )
    for endpoint in ENDPOINTS:
        api.default_router.add_api_operation(
            endpoint.path,
            [endpoint.method],
            endpoint.view,
            response=_responses(endpoint),
            operation_id=endpoint.name,
            summary=endpoint.name.replace("_", " ").capitalize(),
            description=_description(endpoint),
            tags=[endpoint.tag],
            deprecated=endpoint.ending is not None or None,
            openapi_extra={"parameters": [_header(name) for name in endpoint.headers]},
        )
    for error in (SuiteBridgeError, ValidationError, HttpError, Http404, LookupError, Exception):
        api.exception_handler(error)(_answer_error)
    return api


@cache
def document() -> dict[str, Any]:
    """Give the OpenAPI document, which is for reading: it is the same each time, and takes more than a second to make."""
    found: dict[str, Any] = json.loads(json.dumps(API.get_openapi_schema(path_prefix=PREFIX)))
    found["servers"] = [{"url": "/", "description": "This installation"}]
    told = ProblemDocument.model_json_schema(ref_template=_SCHEMAS + "{model}")
    found["components"]["schemas"].update({**told.pop("$defs"), ProblemDocument.__name__: told})
    content = {MEDIA_TYPE: {"schema": {"$ref": _SCHEMAS + ProblemDocument.__name__}}}
    shared = found["components"].setdefault("responses", {})
    listed = "; ".join(f"`{scope.value}`: {MEANINGS[scope]}" for scope in GRANTABLE)
    found["components"]["securitySchemes"]["ApiToken"]["description"] = (
        f"An API token with the scopes it was made with. {listed}."
    )
    scopes = {endpoint.name: endpoint.scope for endpoint in ENDPOINTS}
    for operations in found["paths"].values():
        for operation in operations.values():
            operation["security"] = [{"ApiToken": [scopes[operation["operationId"]].value]}]
            for status in [code for code in operation["responses"] if int(code) >= HTTPStatus.BAD_REQUEST]:
                said = HTTPStatus(int(status)).description or HTTPStatus(int(status)).phrase
                shared[f"Problem{status}"] = {"description": f"{said}.", "content": content}
                operation["responses"][status] = {"$ref": f"#/components/responses/Problem{status}"}
    return found


def patterns() -> list[URLPattern]:
    """Give the framework's patterns, each view behind its guard; what lies beside them is told as a problem too."""
    found: list[URLPattern] = []
    views = {pattern.pattern.regex.pattern: pattern.callback for pattern in API.urls[0]}
    for route in dict.fromkeys(endpoint.path for endpoint in ENDPOINTS):
        plain = route.strip("/").replace("{", "<").replace("}", ">")
        guarded = path(PREFIX + plain, _guard(views[_regex(plain)], route))
        found.append(guarded)
    demands = {"GET": Demand(needs=Permission.ADMINISTER, scope=Scope.READ, act="see the description of the API")}
    found.append(path(PREFIX + DOCUMENT_PATH, Guard(_show_document, demands)))
    found.append(re_path(r"^api(?:/.*)?$", Guard(None, {})))
    return found


def _regex(plain: str) -> str:
    return path(plain, _show_document).pattern.regex.pattern


def _guard(view: Any, route: str) -> Guard:
    operations = {operation.operation_id: operation for operation in _operations()}
    demands = {
        endpoint.method: Demand(
            needs=endpoint.needs,
            scope=endpoint.scope,
            act=endpoint.act,
            is_keyed=endpoint.is_keyed,
            again=endpoint.again,
            ending=endpoint.ending,
            query=frozenset(_query_names(operations[endpoint.name])),
        )
        for endpoint in ENDPOINTS
        if endpoint.path == route
    }
    return Guard(view, demands)


def _operations() -> Iterable[Any]:
    for router in API._get_bound_routers():
        for view in router.path_operations.values():
            yield from view.operations


def _query_names(operation: Any) -> Iterable[str]:
    for model in operation.models:
        if model.__ninja_param_source__ == "query":
            yield from model.__ninja_flatten_map__


def _show_document(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(written(), content_type="application/json")


@cache
def written() -> str:
    """Write the document as it is served and kept under docs/reference."""
    return json.dumps(document(), indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def _responses(endpoint: Endpoint) -> dict[int, Any]:
    statuses = [*_EVERYWHERE]
    if endpoint.method in _WORKING:
        statuses.append(415)
    if "If-Match" in endpoint.headers:
        statuses += [412, 428]
    return {
        **dict.fromkeys(endpoint.answers, endpoint.answer),
        **dict.fromkeys(sorted(statuses), ProblemDocument),
    }


def _description(endpoint: Endpoint) -> str:
    said = " ".join((endpoint.view.__doc__ or "").split())
    needs = (
        "Needs a good token."
        if endpoint.needs is None
        else f"Needs the permission “{permission_of(endpoint.needs).value}”."
    )
    if isinstance(endpoint.needs, RecordNeed):
        needs = f"{needs[:-1]}, or the right {endpoint.needs.value}."
    told = f"{said} {needs} The token needs the scope `{endpoint.scope.value}`."
    return f"{endpoint.ending.told} {told}" if endpoint.ending else told


def _header(name: str) -> dict[str, Any]:
    schema = {"type": "string", "minLength": 1, "maxLength": 200}
    return {"in": "header", "name": name, "required": True, "description": _HEADERS[name], "schema": schema}


def _answer_error(request: HttpRequest, error: Exception) -> HttpResponse:
    """Tell what stopped a request; an accident is told with a number that finds it in the log."""
    match error:
        case EntryRefusedError():
            return answer(request, error.problem, errors=error.errors)
        case SuiteBridgeError():
            note_refusal(request, error.problem)
            status = HTTPStatus.BAD_REQUEST if error.problem.code == "SB-API-001" else None
            return answer(request, error.problem, status=status)
        case ValidationError():
            errors = [_field_problem(part) for part in error.errors]
            said = " ".join(f"{one.field}: {one.said}." for one in errors)
            return answer(request, Problem(code="SB-API-001", facts={"said": said}), errors=errors)
        case HttpError():
            problem = Problem(code="SB-API-001", facts={"said": f"{error.message}."})
            return answer(request, problem, status=HTTPStatus(error.status_code))
        case Http404():
            return answer(request, Problem(code="SB-API-002", facts={"said": "Nothing of this name is known."}))
        case LookupError() if type(error) is LookupError:
            return answer(request, Problem(code="SB-API-002", facts={"said": str(error)}))
        case _:
            trace = uuid4().hex[:12]
            # The traceback as plain text: the log library's own form would show the values of local variables (design §3, I7).
            _log.error("request failed", trace=trace, path=request.path, traceback=traceback.format_exc())
            return answer(request, Problem(code="SB-INT-001", facts={"said": f"It is in the log as {trace}."}))


def _field_problem(part: Mapping[str, Any]) -> FieldProblem:
    place = [str(word) for word in part.get("loc", ())]
    return FieldProblem(field=".".join(place[2:] or place[-1:]), said=str(part.get("msg", "")))


API = build()
