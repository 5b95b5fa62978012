"""Record types as JSON Schema and as an OpenAPI 3 document, reference §5.2.

Refuses to know who asks and which types a role may see.
"""

from __future__ import annotations

from collections.abc import Iterable

from netsuite_simulator.faces.rest.documents import Document, rest_name
from netsuite_simulator.schemas.fields import Field, Kind, RecordType

VERSION = "3.0.1"
_ERROR = "application/vnd.oracle.resource+json; type=error"
_SINGULAR = "application/vnd.oracle.resource+json; type=singular"
_COLLECTION = "application/vnd.oracle.resource+json; type=collection"
_SCALARS: dict[Kind, Document] = {
    Kind.TEXT: {"type": "string"},
    Kind.INTEGER: {"type": "integer", "format": "int64"},
    Kind.DECIMAL: {"type": "number", "format": "double"},
    Kind.BOOLEAN: {"type": "boolean"},
    Kind.DATE: {"type": "string", "format": "date"},
    Kind.INSTANT: {"type": "string", "format": "date-time"},
    Kind.DURATION: {"type": "string"},
}
_LINK: Document = {
    "type": "object",
    "properties": {"rel": {"type": "string", "readOnly": True}, "href": {"type": "string", "readOnly": True}},
}
_LINKS: Document = {"type": "array", "readOnly": True, "items": {"$ref": "#/components/schemas/nsLink"}}
_COUNTS: Document = {
    "totalResults": {"type": "integer", "format": "int64"},
    "count": {"type": "integer", "format": "int64"},
    "hasMore": {"type": "boolean"},
    "offset": {"type": "integer", "format": "int64"},
}
_DETAIL: Document = {
    "type": "object",
    "properties": {
        name: {"type": "string"}
        for name in ("detail", "o:errorCode", "o:errorPath", "o:errorHeader", "o:errorQueryParam", "o:errorUrl")
    },
}
_SHARED: Document = {
    "nsLink": _LINK,
    "nsResource": {"type": "object", "properties": {"id": {"type": "string"}, "links": _LINKS}},
    "nsResourceCollection": {
        "type": "object",
        "properties": {
            "links": _LINKS,
            "items": {"type": "array", "items": {"$ref": "#/components/schemas/nsResource"}},
            **_COUNTS,
        },
    },
    "nsError": {
        "type": "object",
        "required": ["type", "title", "status"],
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "o:errorDetails": {"type": "array", "items": _DETAIL},
        },
    },
}


def schema(record_type: RecordType) -> Document:
    """Describe a record type as JSON Schema."""
    properties: Document = {
        "id": {"title": "Internal ID", "type": "string", "nullable": True},
        "externalId": {"title": "External ID", "type": "string", "nullable": True, "x-ns-filterable": True},
    }
    properties |= {rest_name(one): _property(one) for one in record_type.fields}
    return {"type": "object", "properties": properties, "x-ns-name": record_type.name}


def _traits(of: Field) -> Document:
    document: Document = {"title": of.label, "nullable": not of.required}
    if of.read_only:
        document["readOnly"] = True
    if of.is_custom:
        document["x-ns-custom-field"] = True
    if of.column is not None and of.kind is not Kind.LINES:
        document["x-ns-filterable"] = True
    return document


def _property(of: Field) -> Document:
    traits = _traits(of)
    match of.kind:
        case Kind.REFERENCE | Kind.CHOICE:
            id_schema: Document = {"type": "string", "nullable": True}
            if of.choices:
                id_schema["enum"] = [one.id for one in of.choices]
            return traits | {"type": "object", "properties": {"id": id_schema, "refName": {"type": "string"}}}
        case Kind.REFERENCES:
            item = {"type": "object", "properties": {"id": {"type": "string"}, "refName": {"type": "string"}}}
            return traits | {"type": "object", "properties": {"items": {"type": "array", "items": item}}}
        case Kind.LINES:
            fields = () if of.lines is None else of.lines.fields
            row = {"type": "object", "properties": {rest_name(one): _property(one) for one in fields}}
            return traits | {"type": "object", "properties": {"items": {"type": "array", "items": row}}}
        case Kind.SUBRECORD:
            parts = () if of.subrecord is None else of.subrecord.fields
            return traits | {"type": "object", "properties": {rest_name(one): _property(one) for one in parts}}
        case _:
            return traits | _SCALARS[of.kind]


# --- OpenAPI ---


def document(record_types: Iterable[RecordType], server: str) -> Document:
    """Describe record types and what may be asked of them as an OpenAPI 3 document."""
    schemas: Document = dict(_SHARED)
    paths: Document = {}
    for one in record_types:
        schemas |= _components(one)
        paths |= _paths(one)
    return {
        "openapi": VERSION,
        "info": {"title": "NetSuite REST Record API", "version": "v1"},
        "servers": [{"url": server}],
        "paths": paths,
        "components": {"schemas": schemas},
    }


def _ref(name: str) -> Document:
    return {"$ref": f"#/components/schemas/{name}"}


def _collection(element: str) -> Document:
    items: Document = {"type": "array", "items": _ref(element)}
    return {"type": "object", "properties": {"links": _LINKS, "items": items, **_COUNTS}}


def _components(record_type: RecordType) -> Document:
    """Name a record, its collection, each of its sublists with its elements, and the records inside those."""
    record = schema(record_type)
    properties = dict(record["properties"]) if isinstance(record["properties"], dict) else {}
    found: Document = {}
    for one in record_type.fields:
        if one.kind is Kind.LINES and one.lines is not None:
            name = f"{record_type.name}-{rest_name(one)}"
            row = {rest_name(field): _property(field) for field in one.lines.fields}
            for field in one.lines.fields:
                if field.subrecord is not None:
                    inside = {rest_name(part): _property(part) for part in field.subrecord.fields}
                    found[f"{name}-{rest_name(field)}"] = {"type": "object", "properties": {"links": _LINKS, **inside}}
                    row[rest_name(field)] = {"allOf": [_ref(f"{name}-{rest_name(field)}")], **_traits(field)}
            found[f"{name}Element"] = {"type": "object", "properties": {"links": _LINKS, **row}}
            found[f"{name}Collection"] = _collection(f"{name}Element")
            properties[rest_name(one)] = {"allOf": [_ref(f"{name}Collection")], **_traits(one)}
    found[record_type.name] = {**record, "properties": {"links": _LINKS, **properties}}
    found[f"{record_type.name}Collection"] = _collection(record_type.name)
    return found


def _answers(status: str, said: str, content: str = "", shape: str = "") -> Document:
    done: Document = {"description": said}
    if content:
        done["content"] = {content: {"schema": _ref(shape)}}
    problem = {"description": "Error response.", "content": {_ERROR: {"schema": _ref("nsError")}}}
    return {status: done, "default": problem}


def _query(name: str, kind: str, said: str) -> Document:
    return {"name": name, "in": "query", "required": False, "schema": {"type": kind}, "description": said}


def _body(name: str) -> Document:
    return {
        "required": True,
        "content": {_SINGULAR: {"schema": _ref(name)}, "application/json": {"schema": _ref(name)}},
    }


def _paths(record_type: RecordType) -> Document:
    name = record_type.name
    identity = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    pages = [
        _query("q", "string", "Filter of the records."),
        _query("limit", "integer", "Records on a page."),
        _query("offset", "integer", "Where the page starts: a multiple of the limit."),
    ]
    shown = [
        _query("expandSubResources", "boolean", "Whether sublists are shown."),
        _query("simpleEnumFormat", "boolean", "Whether enumerations are shown as their id."),
        _query("fields", "string", "Names of the fields to show, separated by commas."),
    ]
    replace = _query("replace", "string", "Names of the sublists to replace, separated by commas.")

    def operation(parameters: list[Document], responses: Document, said: str, **others: object) -> Document:
        return {"tags": [name], "summary": said, "parameters": parameters, "responses": responses, **others}

    written, body = _answers("204", "Done; Location holds the record's address."), {"requestBody": _body(name)}
    listed = _answers("200", "A page of records.", _COLLECTION, "nsResourceCollection")
    return {
        f"/{name}": {
            "get": operation(pages, listed, "Get list of records."),
            "post": operation([], written, "Insert record.", **body),
        },
        f"/{name}/{{id}}": {
            "get": operation([identity, *shown], _answers("200", "The record.", _SINGULAR, name), "Get record."),
            "patch": operation([identity, replace], written, "Update record.", **body),
            "put": operation([identity, replace], written, "Insert or update record by external ID.", **body),
            "delete": operation([identity], _answers("204", "Deleted."), "Remove record."),
        },
    }
