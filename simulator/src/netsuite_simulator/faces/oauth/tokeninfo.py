"""Tells the holder of an access token of either kind what it is good for: `/rest/tokeninfo` (reference §1.3).

The reference only names it. Its answer is assumed: the five names that SuiteCloud's development tools show for an account.
Refuses to know how tokens are made.
"""

from __future__ import annotations

from aiohttp import web

from netsuite_simulator.accounts import Accounts
from netsuite_simulator.faces.admission import Door
from netsuite_simulator.faces.answers import json_response
from netsuite_simulator.faces.rest.entrance import account_of, login_of
from netsuite_simulator.faces.rest.problems import ProblemError

PATH = "/rest/tokeninfo"
_INVALID = {"error": {"code": "INVALID_LOGIN_ATTEMPT", "message": "Invalid login attempt."}}  # reference §2.6


async def token_info(accounts: Accounts, request: web.Request) -> web.StreamResponse:
    """Answer one GET."""
    try:
        account = account_of(accounts, request)
        login = login_of(account, request, door=Door.SYSTEM)
    except ProblemError:
        return json_response(_INVALID, status=401)
    return json_response(
        {
            "companyId": account.id,
            "companyName": account.id,
            "entityId": login.entity,
            "roleId": login.role.id,
            "roleName": login.role.name,
        }
    )
