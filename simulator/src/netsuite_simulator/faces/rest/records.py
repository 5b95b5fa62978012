"""The REST records door, reference §5.1 to §5.10: routes and requests.

Refuses to know how records are kept and how their JSON looks.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPMethod, HTTPStatus

from aiohttp import web

from netsuite_simulator.accounts import Accounts
from netsuite_simulator.faces.admission import Door
from netsuite_simulator.faces.answers import json_response
from netsuite_simulator.faces.rest import (
    acting,
    attaching,
    batches,
    catalog,
    collections,
    forms,
    jobs,
    sublists,
    transforming,
    writing,
)
from netsuite_simulator.faces.rest.addresses import COLLECTION, ROOT, SINGULAR, identity_of, record_type_of
from netsuite_simulator.faces.rest.entrance import Visit, entered
from netsuite_simulator.faces.rest.problems import ProblemError, not_allowed
from netsuite_simulator.faces.rest.reading import may_view, stored_record, writer_of
from netsuite_simulator.faces.rest.writing import read_content
from netsuite_simulator.faults import AfterSubmitFailed, Fault

Respond = Callable[[web.Request], Awaitable[web.StreamResponse]]
Work = Callable[[web.Request, Visit, bytes], web.Response]


def routes(accounts: Accounts) -> list[web.RouteDef]:
    """Return the door's routes."""
    found = jobs.routes(accounts)
    for path, name, work in (
        (f"{ROOT}/metadata-catalog", "catalog", catalog.answer),
        (f"{ROOT}/metadata-catalog/{{type}}", "catalog", catalog.answer),
        (f"{ROOT}/{{type}}{{slash:/?}}", "collection", _collection),  # netsuite-rest ends it with a slash
        (f"{ROOT}/{{type}}/{{id}}", "record", _record),
        (f"{ROOT}/{{type}}/{{id}}/!transform/{{target}}", "transform", transforming.answer),
        (f"{ROOT}/{{type}}/{{id}}/@{{action}}", "action", acting.answer),
        (f"{ROOT}/{{type}}/{{id}}/!{{operation:attach|detach}}/{{other}}/{{other_id}}", "attach", attaching.answer),
        (f"{ROOT}/{{type}}/{{id}}/{{sublist}}", "sublist", sublists.answer),
        (f"{ROOT}/{{type}}/{{id}}/{{sublist}}/{{line}}", "sublist", sublists.answer),
        (f"{ROOT}/{{type}}/{{id}}/{{sublist}}/{{line}}/{{subrecord}}", "sublist", sublists.answer),
    ):
        found.append(web.route("*", path, _door(accounts, name, work)))
    return found


def _door(accounts: Accounts, name: str, work: Work) -> Respond:
    async def respond(request: web.Request) -> web.StreamResponse:
        operation = f"{request.method.lower()} {name}"
        async with entered(accounts, request, door=Door.REST, operation=operation) as visit:
            body = await request.read()
            response = await visit.ticket.run(lambda: _worked(request, visit, body, work))
            response = _after_submit(response, visit.ticket.fault)
            return await visit.ticket.answer(request, response)

    return respond


def _worked(request: web.Request, visit: Visit, body: bytes, work: Work) -> web.Response:
    """Work at once, or as a job where the request prefers that; batches are always jobs (reference §5.10)."""
    is_batch = work is _collection and batches.is_batch(request)
    if "respond-async" in jobs.preferences(request):
        tasks = batches.tasks_of(request, visit, body) if is_batch else [lambda: work(request, visit, body)]
        return jobs.Desk(visit.account).start(request, visit, tasks)
    if is_batch and request.method != HTTPMethod.GET:
        detail = (
            f"A batch needs the request header 'Prefer: respond-async'; {request.method} of one record needs its id."
        )
        error = ProblemError(405, "METHOD_NOT_ALLOWED", detail, header="Prefer")
        error.response.headers["Allow"] = "GET, POST"
        raise error
    return work(request, visit, body)


def _after_submit(response: web.Response, fault: Fault | None) -> web.Response:
    """Answer as when a script fails after the save: REST has no word for it but an unexpected error (assumed)."""
    is_saved = response.status == HTTPStatus.NO_CONTENT and "Location" in response.headers
    if isinstance(fault, AfterSubmitFailed) and is_saved:
        return ProblemError(500, "UNEXPECTED_ERROR", fault.message).response
    return response


def _collection(request: web.Request, visit: Visit, content: bytes) -> web.Response:
    record_type = record_type_of(request, visit)
    match request.method:
        case HTTPMethod.GET:
            may_view(visit, record_type)
            page = collections.page(request, visit, record_type, writer_of(request, visit, record_type))
            return json_response(page, content_type=COLLECTION)
        case HTTPMethod.POST:
            form = forms.answer(request, visit, record_type, content)
            return form or writing.create(request, visit, record_type, read_content(content))
        case _:
            raise not_allowed(request, HTTPMethod.GET, HTTPMethod.POST)


def _record(request: web.Request, visit: Visit, content: bytes) -> web.Response:
    record_type = record_type_of(request, visit)
    identity = identity_of(request)
    match request.method:
        case HTTPMethod.GET:
            may_view(visit, record_type)
            record = stored_record(visit, record_type, identity)
            return json_response(writer_of(request, visit, record_type).record(record), content_type=SINGULAR)
        case HTTPMethod.PATCH:
            form = forms.answer(request, visit, record_type, content, identity)
            return form or writing.change(request, visit, record_type, identity, read_content(content))
        case HTTPMethod.PUT:
            return writing.upsert(request, visit, record_type, identity, read_content(content))
        case HTTPMethod.DELETE:
            return writing.remove(visit, record_type, identity)
        case HTTPMethod.POST:
            detail = "POST creates records at the address of their type, and transforms at {id}/!transform/{type}."
            raise ProblemError(400, "INVALID_REQUEST", detail)
        case _:
            raise not_allowed(request, HTTPMethod.GET, HTTPMethod.PATCH, HTTPMethod.PUT, HTTPMethod.DELETE)
