"""create-form and select-options, which are asked for by their own media types (reference §5.12).

POST to a type asks about a new record, PATCH to a record about that one, and POST to a transformation about the record it
would make; nothing is saved. `fields` names the select fields, "sublist.field" those of lines. The media types are those of
the help; how the options are laid out is assumed: one page of references under each field's name.
"""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web

from netsuite_simulator.account import Reference, Rejection
from netsuite_simulator.faces.answers import json_response
from netsuite_simulator.faces.rest.addresses import SINGULAR, Identity
from netsuite_simulator.faces.rest.collections import bounds, page_links
from netsuite_simulator.faces.rest.documents import Document, rest_name
from netsuite_simulator.faces.rest.entrance import Visit
from netsuite_simulator.faces.rest.problems import ProblemError, problem_of
from netsuite_simulator.faces.rest.reading import may_view, stored_record, writer_of
from netsuite_simulator.faces.rest.writing import body_of, read_content
from netsuite_simulator.forming import SELECTS, form_of, select_values
from netsuite_simulator.schemas.fields import Field, RecordType
from netsuite_simulator.shelves import Stored

_MEDIA = "application/vnd.oracle.resource+json"


def asks_for(request: web.Request, kind: str) -> bool:
    """Say whether a request accepts a media type of this kind: "create-form" or "select-options"."""
    for accepted in request.headers.getall("Accept", []):
        for one in accepted.split(","):
            media, *parameters = (part.strip().lower().replace(" ", "") for part in one.split(";"))
            if media == _MEDIA and f"type={kind}" in parameters:
                return True
    return False


def answer(
    request: web.Request, visit: Visit, record_type: RecordType, content: bytes, identity: Identity | None = None
) -> web.Response | None:
    """Answer a request for a form or for options; None where it asks for neither."""
    if asks_for(request, "create-form"):
        return _form(request, visit, record_type, content, identity)
    if asks_for(request, "select-options"):
        return _options(request, visit, record_type, content, identity)
    return None


def written_form(request: web.Request, visit: Visit, made: Stored | Rejection) -> web.Response:
    """Answer a record that is not saved."""
    if isinstance(made, Rejection):
        raise problem_of(made)
    document = writer_of(request, visit, made.type).record(made)
    if not made.id:  # what is not saved has no address
        del document["links"], document["id"]
    return json_response(document, content_type=SINGULAR)


def _known(visit: Visit, record_type: RecordType, identity: Identity | None) -> Stored | None:
    if identity is None:
        return None
    may_view(visit, record_type)
    return stored_record(visit, record_type, identity)


def _form(
    request: web.Request, visit: Visit, record_type: RecordType, content: bytes, identity: Identity | None
) -> web.Response:
    current = _known(visit, record_type, identity)
    body, _ = body_of(request, record_type, read_content(content) if content.strip() else {})
    made = form_of(visit.account, record_type.name, body.values, current=current, role=visit.login)
    return written_form(request, visit, made)


def _options(
    request: web.Request, visit: Visit, record_type: RecordType, content: bytes, identity: Identity | None
) -> web.Response:
    current = _known(visit, record_type, identity)
    body, _ = body_of(request, record_type, read_content(content) if content.strip() else {})
    names = [one for one in (part.strip() for part in request.query.get("fields", "").split(",")) if one]
    if not names:
        detail = "Invalid query parameter value. Name the select fields whose options you want."
        raise ProblemError(400, "INVALID_PARAMETER", detail, parameter="fields")
    chosen = _chosen(current.values if current is not None else {}) | _chosen(body.values)
    limit, offset = bounds(request)
    found: Document = {}
    for name in names:
        values = select_values(visit.account, _field(record_type, name), chosen, visit.login)
        page = values[offset : offset + limit]
        found[name] = {
            "links": page_links(
                str(request.url.with_query(None)), {"fields": name}, limit=limit, offset=offset, total=len(values)
            ),
            "items": [{"id": key, "refName": shown} for key, shown in page],
            "count": len(page),
            "hasMore": offset + len(page) < len(values),
            "offset": offset,
            "totalResults": len(values),
        }
    return json_response(found, content_type=f"{_MEDIA}; type=select-options")


def _chosen(values: Mapping[str, object]) -> dict[str, str]:
    """Return the internal ids that other fields hold, by their names."""
    ids = {name: one.internal_id if isinstance(one, Reference) else one for name, one in values.items()}
    return {name: one for name, one in ids.items() if isinstance(one, str)}


def _field(record_type: RecordType, path: str) -> Field:
    """Find a select field by the name that a request gives it, in any case."""
    name, _, column = path.lower().partition(".")
    field = next((one for one in record_type.fields if rest_name(one).lower() == name), None)
    if column:
        columns = () if field is None or field.lines is None else field.lines.fields
        field = next((one for one in columns if rest_name(one).lower() == column), None)
    if field is None or field.kind not in SELECTS:
        detail = f"Invalid query parameter value. Record '{record_type.name}' has no select field '{path}'."
        raise ProblemError(400, "INVALID_PARAMETER", detail, parameter="fields")
    return field
