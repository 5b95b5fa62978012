"""The system end points of REST, reference §5.12: governance limits and the account's time, and the one that only says hello.

OPTIONS at `/services/rest/*` is how the npm client netsuite-rest tests a connection; that it answers 204 is assumed.
"""

from __future__ import annotations

from aiohttp import web

from netsuite_simulator.accounts import Accounts
from netsuite_simulator.faces.admission import Door
from netsuite_simulator.faces.answers import json_response
from netsuite_simulator.faces.rest.documents import Document
from netsuite_simulator.faces.rest.entrance import Visit, entered
from netsuite_simulator.faces.rest.problems import NO_PERMISSION, ProblemError

ROOT = "/services/rest/system/v1"


def routes(accounts: Accounts) -> list[web.RouteDef]:
    """Return the end points' routes."""

    async def limits(request: web.Request) -> web.StreamResponse:
        async with entered(accounts, request, door=Door.SYSTEM, operation="governanceLimits") as visit:
            if not visit.login.role.is_administrator:  # Oracle answers administrators only, §5.12
                raise ProblemError(403, "INSUFFICIENT_PERMISSION", NO_PERMISSION)
            response = json_response(await visit.ticket.run(lambda: _limits(visit)))
            return await visit.ticket.answer(request, response)

    async def server_time(request: web.Request) -> web.StreamResponse:
        async with entered(accounts, request, door=Door.SYSTEM, operation="serverTime") as visit:
            response = json_response(await visit.ticket.run(lambda: _time(visit)))
            return await visit.ticket.answer(request, response)

    async def hello(request: web.Request) -> web.StreamResponse:
        async with entered(accounts, request, door=Door.SYSTEM, operation="options") as visit:
            return await visit.ticket.answer(request, web.Response(status=204))

    return [
        web.get(f"{ROOT}/governanceLimits", limits),
        web.get(f"{ROOT}/serverTime", server_time),
        web.options("/services/rest/*", hello),
    ]


def _limits(visit: Visit) -> Document:
    governance = visit.account.governance
    return {
        "accountConcurrencyLimit": governance.limit,
        "accountUnallocatedConcurrencyLimit": governance.unallocated,
        "integrationConcurrencyLimit": governance.limit,
        "integrationLimitType": "accountLimit",
    }


def _time(visit: Visit) -> Document:
    now = visit.account.clock.now()
    return {"serverTime": f"{now:%Y-%m-%dT%H:%M:%S}.{now.microsecond // 1000:03d}Z"}
