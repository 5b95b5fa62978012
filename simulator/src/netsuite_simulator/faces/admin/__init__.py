"""The admin end points under /_simulator/: the world seen and edited over HTTP, from this machine only.

JSON in and out, no login. A request from elsewhere, with a foreign Host header (a rebound name) or from a web page
(an Origin header) is refused.
"""

from __future__ import annotations

import ipaddress
import itertools
from collections.abc import Awaitable, Callable
from http import HTTPMethod

from aiohttp import web

from netsuite_simulator import snapshots
from netsuite_simulator.account import Account
from netsuite_simulator.accounts import Accounts
from netsuite_simulator.faces.admin import access, customizations, pushes, workspaces, world
from netsuite_simulator.faces.admin.documents import Document, Work, text_in, wrong
from netsuite_simulator.faces.admin.suiteapps import Deployments
from netsuite_simulator.faces.answers import AnswerError, JsonError, json_response, read_json
from netsuite_simulator.faces.rest.problems import ProblemError

ROOT = "/_simulator"

Respond = Callable[[web.Request], Awaitable[web.StreamResponse]]


def routes(accounts: Accounts) -> list[web.RouteDef]:
    """Return the end points' routes."""

    def refresh(account: Account, _: web.Request, document: Document) -> object:
        """Refresh a sandbox from another account of this process, or from a snapshot of its own."""
        if "snapshot" in document:
            snapshots.refresh(account, account.snapshots.one(text_in(document, "snapshot")))
        else:
            source = accounts.by_id(text_in(document, "account"))
            if source is None:
                raise ValueError(f"there is no account {document['account']} here; name one, or a snapshot")
            snapshots.refresh(account, source)
        return {"account": account.id, "records": account.counts()}

    groups = (
        world.END_POINTS,
        access.END_POINTS,
        customizations.END_POINTS,
        pushes.END_POINTS,
        workspaces.END_POINTS,
        Deployments().end_points,
    )
    table = (*itertools.chain(*groups), ("POST", "/refresh", refresh))
    return [web.route(method, f"{ROOT}{path}", _end_point(accounts, work)) for method, path, work in table]


def _end_point(accounts: Accounts, work: Work) -> Respond:
    async def respond(request: web.Request) -> web.StreamResponse:
        _refuse_strangers(request)
        content = await request.read()
        try:
            document = read_json(content) if content else {}
            if not isinstance(document, dict):
                return wrong("a JSON object is expected")
            account_id = request.query.get("account")
            account = accounts.only if account_id is None else accounts.by_id(account_id)
            if account is None:
                return wrong(f"there is no account {account_id}", status=404)
            answer = work(account, request, document)
            if request.method != HTTPMethod.GET and account.storage.path is not None:
                snapshots.save(account)
            return json_response(answer)
        except ProblemError as problem:
            return wrong(problem.detail, status=problem.status)
        except (JsonError, ValueError) as error:
            return wrong(str(error))

    return respond


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _refuse_strangers(request: web.Request) -> None:
    host = request.host.rsplit(":", 1)[0] if not request.host.endswith("]") else request.host
    if not _is_loopback(request.remote or "") or not _is_loopback(host.strip("[]")) or "Origin" in request.headers:
        raise AnswerError(wrong("the admin end points answer only to programs on this machine", status=403))
