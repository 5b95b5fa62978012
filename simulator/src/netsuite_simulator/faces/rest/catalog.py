"""The metadata catalog, reference §5.2: which records there are for a role, and what each is made of.

Knows JSON Schema documents; the OpenAPI form is not part of this account.
"""

from __future__ import annotations

from http import HTTPMethod

from aiohttp import web

from netsuite_simulator.faces.answers import json_response
from netsuite_simulator.faces.rest.documents import Document, rest_name
from netsuite_simulator.faces.rest.entrance import Visit, origin_of_request
from netsuite_simulator.faces.rest.problems import ProblemError
from netsuite_simulator.results import view_refusal
from netsuite_simulator.schemas.fields import Field, Kind, RecordType

ROOT = "/services/rest/record/v1/metadata-catalog"
SCHEMA = "application/schema+json"
OPENAPI = "application/swagger+json"
_SCALARS: dict[Kind, Document] = {
    Kind.TEXT: {"type": "string"},
    Kind.INTEGER: {"type": "integer", "format": "int64"},
    Kind.DECIMAL: {"type": "number", "format": "double"},
    Kind.BOOLEAN: {"type": "boolean"},
    Kind.DATE: {"type": "string", "format": "date"},
    Kind.INSTANT: {"type": "string", "format": "date-time"},
    Kind.DURATION: {"type": "string"},
}


def answer(request: web.Request, visit: Visit, _: bytes) -> web.Response:
    """Answer a request to the catalog."""
    if request.method != HTTPMethod.GET:
        raise ProblemError(405, "METHOD_NOT_ALLOWED", f"The method {request.method} is not allowed here.")
    accept = request.headers.get("Accept", "application/json").lower()
    if OPENAPI in accept:
        raise ProblemError(400, "INVALID_HEADER", "This account describes records as schema+json.", header="Accept")
    href = f"{origin_of_request(request)}{ROOT}"
    visible = [one for one in visit.account.types.values() if view_refusal(one, visit.login) is None]
    name = request.match_info.get("type")
    if name is not None:
        found = visit.account.record_type(name)
        if found is None or found not in visible:
            raise ProblemError(404, "NONEXISTENT_ID", f"Record type '{name}' does not exist.", path=name)
        return json_response(schema(found) if SCHEMA in accept else _entry(found, href))
    wanted = request.query.get("select")
    if wanted:
        names = {one.strip().lower() for one in wanted.split(",")}
        visible = [one for one in visible if one.name.lower() in names]
    items = [_entry(one, href) for one in sorted(visible, key=lambda one: one.name)]
    return json_response({"items": items, "links": [{"rel": "self", "href": href}]})


def _entry(record_type: RecordType, href: str) -> Document:
    address = f"{href}/{record_type.name}"
    return {
        "name": record_type.name,
        "links": [
            {"rel": "canonical", "href": address, "mediaType": "application/json"},
            {"rel": "describes", "href": address.replace("/metadata-catalog", "")},
            {"rel": "alternate", "href": address, "mediaType": SCHEMA},
        ],
    }


def schema(record_type: RecordType) -> Document:
    """Describe a record type as JSON Schema."""
    properties: Document = {
        "id": {"title": "Internal ID", "type": "string", "nullable": True},
        "externalId": {"title": "External ID", "type": "string", "nullable": True, "x-ns-filterable": True},
    }
    properties |= {rest_name(one): _property(one) for one in record_type.fields}
    return {"type": "object", "properties": properties, "x-ns-name": record_type.name}


def _property(of: Field) -> Document:
    document: Document = {"title": of.label, "nullable": not of.required}
    if of.read_only:
        document["readOnly"] = True
    if of.is_custom:
        document["x-ns-custom-field"] = True
    if of.column is not None and of.kind is not Kind.LINES:
        document["x-ns-filterable"] = True
    match of.kind:
        case Kind.REFERENCE | Kind.CHOICE:
            id_schema: Document = {"type": "string", "nullable": True}
            if of.choices:
                id_schema["enum"] = [one.id for one in of.choices]
            return document | {"type": "object", "properties": {"id": id_schema, "refName": {"type": "string"}}}
        case Kind.REFERENCES:
            items = {"type": "object", "properties": {"id": {"type": "string"}, "refName": {"type": "string"}}}
            return document | {"type": "object", "properties": {"items": {"type": "array", "items": items}}}
        case Kind.LINES:
            fields = () if of.lines is None else of.lines.fields
            row = {"type": "object", "properties": {rest_name(one): _property(one) for one in fields}}
            return document | {"type": "object", "properties": {"items": {"type": "array", "items": row}}}
        case _:
            return document | _SCALARS[of.kind]
