"""An action on a record: POST {type}/{id}/@{action}, reference §5.3. Answered 204, which is inferred there.

Refuses to know the actions.
"""

from __future__ import annotations

from http import HTTPMethod

from aiohttp import web

from netsuite_simulator.actions import ACTIONS, act
from netsuite_simulator.faces.rest.addresses import identity_of, record_type_of
from netsuite_simulator.faces.rest.entrance import Visit
from netsuite_simulator.faces.rest.problems import ProblemError, not_allowed
from netsuite_simulator.faces.rest.writing import written


def answer(request: web.Request, visit: Visit, content: bytes) -> web.Response:
    """Do an action to a record."""
    del content
    record_type = record_type_of(request, visit)
    if request.method != HTTPMethod.POST:
        raise not_allowed(request, HTTPMethod.POST)
    known = ACTIONS.get(record_type.name, {})
    name = request.match_info["action"]
    if name not in known:
        offered = ", ".join(f"@{one}" for one in known) or "none"
        detail = f"Record type '{record_type.name}' has no action '@{name}'. Those it has: {offered}."
        raise ProblemError(400, "INVALID_REQUEST", detail)
    internal_id, external_id = identity_of(request)
    result = act(
        visit.account, record_type.name, name, internal_id=internal_id, external_id=external_id, role=visit.login
    )
    return written(request, visit, result, {})
