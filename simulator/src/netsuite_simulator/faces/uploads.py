"""Requests whose bodies are not read: the line stands still while the client sends, then it breaks.

Met before any door opens, so that a plan can name no operation but the one a SOAPAction header tells.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from aiohttp import web
from aiohttp.typedefs import Middleware

from netsuite_simulator.accounts import Accounts
from netsuite_simulator.faces.admission import Door
from netsuite_simulator.faces.refusing import DroppedError
from netsuite_simulator.faults import StalledUpload

Respond = Callable[[web.Request], Awaitable[web.StreamResponse]]

UNREAD = "upload"  # the operation of a request that was not read
_DOORS = (
    ("/services/NetSuitePort", Door.SOAP),
    ("/services/rest/query", Door.SUITEQL),
    ("/services/rest/system", Door.SYSTEM),
    ("/services/rest/auth", Door.OAUTH),
    ("/services/rest/", Door.REST),
    ("/app/site/hosting/restlet.nl", Door.RESTLET),
)


def stalling(accounts: Accounts) -> Middleware:
    """Return what holds up the requests that a `StalledUpload` is planned for."""

    @web.middleware
    async def stall(request: web.Request, handler: Respond) -> web.StreamResponse:
        account = accounts.by_host(request.host) or accounts.only
        door = next((door for start, door in _DOORS if request.path.startswith(start)), None)
        if door is None or not request.can_read_body or not account.faults.waits_for(StalledUpload):
            return await handler(request)
        operation = request.headers.get("SOAPAction", "").strip('"').rpartition("/")[2] or UNREAD
        fault = account.faults.stalled(door, operation)
        if fault is None:
            return await handler(request)
        noted = account.journal.opened(door, operation, 0)
        noted.fault = type(fault).__name__
        account.journal.injected(noted, noted.fault, {"seconds": fault.seconds})
        noted.outcome = "body not read, dropped"
        account.journal.closed(noted)
        await asyncio.sleep(fault.seconds)
        raise DroppedError(resets=True)

    return stall
