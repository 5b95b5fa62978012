"""Contacts and files tied to records: POST {type}/{id}/!attach/{type}/{id} and !detach (reference §5.3).

A contact's role in the body is taken and not kept (assumed). Refuses to know how attachments are kept.
"""

from __future__ import annotations

from http import HTTPMethod

from aiohttp import web

from netsuite_simulator import attachments
from netsuite_simulator.faces.rest.addresses import identity_of, record_type_of
from netsuite_simulator.faces.rest.entrance import Visit
from netsuite_simulator.faces.rest.problems import NOT_FOUND, ProblemError, not_allowed, problem_of
from netsuite_simulator.faces.rest.reading import may_view, stored_record
from netsuite_simulator.results import EDIT, view_refusal

ATTACHABLE = ("contact", "file")  # reference §5.14


def answer(request: web.Request, visit: Visit, content: bytes) -> web.Response:
    """Attach a record to another one, or detach it."""
    del content
    if request.method != HTTPMethod.POST:
        raise not_allowed(request, HTTPMethod.POST)
    owner = record_type_of(request, visit)
    refusal = view_refusal(owner, visit.login, EDIT)
    if refusal is not None:
        raise problem_of(refusal)
    to = stored_record(visit, owner, identity_of(request))
    kind = visit.account.record_type(request.match_info["other"])
    if kind is None or kind.name not in ATTACHABLE:
        detail = f"A {request.match_info['other']} cannot be attached. What can be: {', '.join(ATTACHABLE)}."
        raise ProblemError(400, "INVALID_REQUEST", detail)
    may_view(visit, kind)
    what = stored_record(visit, kind, (request.match_info["other_id"], None))
    pair = (owner.name, to.id, kind.name, what.id)
    with visit.account.transaction():
        if request.match_info["operation"] == "attach":
            attachments.attach(visit.account.storage, pair)
        elif not attachments.detach(visit.account.storage, pair):
            raise ProblemError(404, "NONEXISTENT_ID", NOT_FOUND)
    return web.Response(status=204)
