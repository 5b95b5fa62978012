"""SuiteSignOn's verify call: a workspace that was sent a token asks whose it is (reference §3.6).

The address, the signature methods and the form of the answer are Oracle's published example; which word stands for which
problem, and that a token is good for one call, are assumed. Refuses to know how tokens are made.
"""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web
from lxml import etree

from netsuite_simulator.account import Account
from netsuite_simulator.accounts import Accounts
from netsuite_simulator.faces.admission import Door, admit
from netsuite_simulator.faces.refusing import RefusedError
from netsuite_simulator.faces.rest.entrance import url_of
from netsuite_simulator.faces.rest.problems import answer_of
from netsuite_simulator.signatures import header_parameters, rest_message
from netsuite_simulator.users import User
from netsuite_simulator.workspaces import UnverifiedError, Workspace, verify, workspace_of

PATH = "/app/common/integration/ssoapplistener.nl"


async def verified(accounts: Accounts, request: web.Request) -> web.StreamResponse:
    """Answer one verify call."""
    parameters = header_parameters(request.headers.get("Authorization")) or {}
    account, workspace = _asked(accounts, request, parameters.get("oauth_consumer_key", ""))
    if workspace is None:
        return _refused("consumer_key_unknown")
    message = rest_message(request.method, url_of(request), parameters.items())
    try:
        async with admit(account, door=Door.OAUTH, operation="verify", counts=False) as ticket:
            response = await ticket.run(lambda: _answer(account, workspace, parameters, message))
            return await ticket.answer(request, response)
    except RefusedError as refused:
        raise answer_of(refused) from refused


def _asked(accounts: Accounts, request: web.Request, key: str) -> tuple[Account, Workspace | None]:
    """Find the account by its host name, or by the workspace that has the key."""
    by_host = accounts.by_host(request.host)
    among = (by_host,) if by_host is not None else tuple(accounts)
    known = [(one, workspace_of(one.storage)) for one in among]
    of_key = (pair for pair in known if pair[1] is not None and pair[1].consumer_key == key)
    return next(of_key, known[0])


def _answer(account: Account, workspace: Workspace, parameters: Mapping[str, str], message: str) -> web.Response:
    try:
        user = verify(account, workspace, parameters, message)
    except UnverifiedError as error:
        return _refused(error.problem)
    root = etree.Element("outboundSso")
    info = etree.SubElement(root, "entityInfo")
    for name, value in _entity(account, user).items():
        etree.SubElement(info, name).text = value
    content = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return web.Response(body=content, headers={"Content-Type": "text/html; charset=utf-8"})  # as in Oracle's example


def _entity(account: Account, user: User) -> dict[str, str]:
    employee = account.get("employee", internal_id=user.entity)
    first, _, last = user.name.rpartition(" ")
    values = {} if employee is None else employee.values
    return {
        "ENTITYLASTNAME": str(values.get("lastName") or last),
        "ENTITYINTERNALID": user.entity,
        "ENTITYACCOUNT": account.id,
        "ENTITYFIRSTNAME": str(values.get("firstName") or first),
        "ENTITYEMAIL": user.email,
    }


def _refused(problem: str) -> web.Response:
    return web.Response(status=401, text=f"oauth_problem={problem}", headers={"Cache-Control": "no-store"})
