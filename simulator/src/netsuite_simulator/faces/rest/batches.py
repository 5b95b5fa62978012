"""Batches of REST, reference §5.10: up to 100 records of one type in a request, each a task of one job.

Which of them an item means is said by its id or external id, or by `ids` where there is no body (assumed). Whether
tasks run in parallel makes no difference here.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPMethod

from aiohttp import web

from netsuite_simulator.faces.answers import json_response
from netsuite_simulator.faces.rest import writing
from netsuite_simulator.faces.rest.addresses import SINGULAR, Identity, record_type_of
from netsuite_simulator.faces.rest.entrance import Visit
from netsuite_simulator.faces.rest.jobs import Task
from netsuite_simulator.faces.rest.problems import ProblemError, not_allowed
from netsuite_simulator.faces.rest.reading import may_view, stored_record, writer_of
from netsuite_simulator.schemas.fields import RecordType

LARGEST = 100


def is_batch(request: web.Request) -> bool:
    """Say whether a request to a record type is a batch."""
    content_type = request.headers.get("Content-Type", "").lower().replace(" ", "")
    is_of_many = request.method in (HTTPMethod.PATCH, HTTPMethod.PUT, HTTPMethod.DELETE)
    return "type=collection" in content_type or is_of_many


def tasks_of(request: web.Request, visit: Visit, content: bytes) -> list[Task]:
    """Split a batch into its tasks."""
    record_type = record_type_of(request, visit)
    items = _items(request, content)
    if not 1 <= len(items) <= LARGEST:
        detail = f"A batch holds between 1 and {LARGEST} records; this one has {len(items)}."
        raise ProblemError(400, "INVALID_REQUEST", detail, path="items")
    return [_task(request, visit, record_type, item) for item in items]


def _items(request: web.Request, content: bytes) -> list[object]:
    if not content and "ids" in request.query:
        names = [one.strip() for one in request.query["ids"].split(",") if one.strip()]
        return [
            {"externalId": name.removeprefix("eid:")} if name.startswith("eid:") else {"id": name} for name in names
        ]
    document = writing.read_content(content)
    items = document.get("items") if isinstance(document, dict) else None
    if not isinstance(items, list):
        detail = "Invalid content in the request body: an object with the records in 'items' is expected."
        raise ProblemError(400, "INVALID_CONTENT", detail, path="items")
    return items


def _identity(item: object) -> Identity:
    found = item if isinstance(item, Mapping) else {}
    if found.get("id") is not None:
        return str(found["id"]), None
    if isinstance(found.get("externalId"), str):
        return None, found["externalId"]
    raise ProblemError(400, "INVALID_CONTENT", "A record of this batch needs an id or an externalId.", path="id")


def _task(request: web.Request, visit: Visit, record_type: RecordType, item: object) -> Task:
    def task() -> web.Response:
        match request.method:
            case HTTPMethod.POST:
                return writing.create(request, visit, record_type, item)
            case HTTPMethod.PATCH:
                return writing.change(request, visit, record_type, _identity(item), item)
            case HTTPMethod.PUT:
                return writing.upsert(request, visit, record_type, _identity(item), item)
            case HTTPMethod.DELETE:
                return writing.remove(visit, record_type, _identity(item))
            case HTTPMethod.GET:
                may_view(visit, record_type)
                record = stored_record(visit, record_type, _identity(item))
                return json_response(writer_of(request, visit, record_type).record(record), content_type=SINGULAR)
            case _:
                raise not_allowed(request, *HTTPMethod)

    return task
