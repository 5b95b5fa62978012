"""Discovery of an account's hosts, reference §1.3: no login, one address for all doors on loopback."""

from __future__ import annotations

import re

from aiohttp import web

from netsuite_simulator.accounts import Accounts
from netsuite_simulator.faces.answers import json_response
from netsuite_simulator.faces.rest.entrance import origin_of_request
from netsuite_simulator.faces.rest.problems import ProblemError
from netsuite_simulator.hosts import origins_of

_ID = re.compile(r"[A-Z0-9]+(?:_[A-Z0-9]+)?")
_DEFAULTS = {
    "restDomain": "https://rest.netsuite.com",
    "systemDomain": "https://system.netsuite.com",
    "webservicesDomain": "https://webservices.netsuite.com",
}


def domains(accounts: Accounts, account_id: str, origin: str) -> dict[str, str]:
    """Return the addresses of an account: this one for all doors, or its own names where those are in use; an unknown account gets the neutral hosts."""
    if accounts.by_id(account_id) is None:
        return dict(_DEFAULTS)
    return origins_of(account_id, origin)


def routes(accounts: Accounts) -> list[web.RouteDef]:
    """Return the door's route."""

    async def datacenter_urls(request: web.Request) -> web.StreamResponse:
        account_id = request.query.get("account", "")
        if _ID.fullmatch(account_id) is None:  # the hyphen form is refused, reference §1.2
            raise ProblemError(400, "INVALID_PARAMETER", "Company Id is invalid", parameter="account")
        return json_response(domains(accounts, account_id, origin_of_request(request)))

    return [web.get("/rest/datacenterurls", datacenter_urls)]
