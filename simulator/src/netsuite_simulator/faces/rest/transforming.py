"""A record made from another one and saved: POST {type}/{id}/!transform/{target}, reference §5.3.

The body holds what differs from the record made (`transforms` says what travels). Refuses to know the pairs.
"""

from __future__ import annotations

from http import HTTPMethod

from aiohttp import web

from netsuite_simulator.faces.rest import forms
from netsuite_simulator.faces.rest.addresses import identity_of, record_type_of
from netsuite_simulator.faces.rest.entrance import Visit
from netsuite_simulator.faces.rest.problems import ProblemError, not_allowed
from netsuite_simulator.faces.rest.reading import may_view
from netsuite_simulator.faces.rest.writing import body_of, read_content, written


def answer(request: web.Request, visit: Visit, content: bytes) -> web.Response:
    """Transform a record into one of another type."""
    source = record_type_of(request, visit)
    if request.method != HTTPMethod.POST:
        raise not_allowed(request, HTTPMethod.POST)
    target = visit.account.record_type(request.match_info["target"])
    if target is None:
        name = request.match_info["target"]
        raise ProblemError(404, "NONEXISTENT_ID", f"Record type '{name}' does not exist.", path=name)
    may_view(visit, source)
    body, headers = body_of(request, target, read_content(content) if content.strip() else {})
    internal_id, external_id = identity_of(request)
    if forms.asks_for(request, "create-form"):
        made = visit.account.initialize(
            target.name, source.name, internal_id=internal_id, external_id=external_id, role=visit.login
        )
        return forms.written_form(request, visit, made)
    result = visit.account.transform(
        source.name,
        target.name,
        body.values,
        internal_id=internal_id,
        external_id=external_id,
        new_external_id=body.external_id,
        role=visit.login,
    )
    return written(request, visit, result, headers)
