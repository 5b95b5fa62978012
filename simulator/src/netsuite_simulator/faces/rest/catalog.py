"""The metadata catalog, reference §5.2: which records there are for a role, and what each is made of.

Refuses to know how a record is described: `openapi` does.
"""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPMethod

from aiohttp import web

from netsuite_simulator.faces.answers import json_response
from netsuite_simulator.faces.rest.addresses import href_of
from netsuite_simulator.faces.rest.documents import Document
from netsuite_simulator.faces.rest.entrance import Visit, origin_of_request
from netsuite_simulator.faces.rest.openapi import document, schema
from netsuite_simulator.faces.rest.problems import ProblemError
from netsuite_simulator.results import view_refusal
from netsuite_simulator.schemas.fields import RecordType

ROOT = "/services/rest/record/v1/metadata-catalog"
SCHEMA = "application/schema+json"
OPENAPI = "application/swagger+json"


def answer(request: web.Request, visit: Visit, _: bytes) -> web.Response:
    """Answer a request to the catalog."""
    if request.method != HTTPMethod.GET:
        raise ProblemError(405, "METHOD_NOT_ALLOWED", f"The method {request.method} is not allowed here.")
    accept = request.headers.get("Accept", "application/json").lower()
    href = f"{origin_of_request(request)}{ROOT}"
    visible = [one for one in visit.account.types.values() if view_refusal(one, visit.login) is None]
    name = request.match_info.get("type")
    if name is not None:
        found = visit.account.record_type(name)
        if found is None or found not in visible:
            raise ProblemError(404, "NONEXISTENT_ID", f"Record type '{name}' does not exist.", path=name)
        if OPENAPI in accept:
            return _described(request, [found])
        return (
            json_response(schema(found), content_type=SCHEMA)
            if SCHEMA in accept
            else json_response(_entry(found, href))
        )
    wanted = request.query.get("select")
    if wanted:
        names = {one.strip().lower() for one in wanted.split(",")}
        visible = [one for one in visible if one.name.lower() in names]
    if OPENAPI in accept:
        return _described(request, sorted(visible, key=lambda one: one.name))
    items = [_entry(one, href) for one in sorted(visible, key=lambda one: one.name)]
    return json_response({"items": items, "links": [{"rel": "self", "href": href}]})


def _described(request: web.Request, record_types: Sequence[RecordType]) -> web.Response:
    return json_response(document(record_types, href_of(request)), content_type=OPENAPI)


def _entry(record_type: RecordType, href: str) -> Document:
    address = f"{href}/{record_type.name}"
    return {
        "name": record_type.name,
        "links": [
            {"rel": "canonical", "href": address, "mediaType": "application/json"},
            {"rel": "describes", "href": address.replace("/metadata-catalog", "")},
            {"rel": "alternate", "href": address, "mediaType": OPENAPI},
            {"rel": "alternate", "href": address, "mediaType": SCHEMA},
        ],
    }
