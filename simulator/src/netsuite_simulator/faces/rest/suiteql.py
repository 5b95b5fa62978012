"""The SuiteQL door, reference §5.11: requests, headers and pages.

Refuses to know how a query is answered: `suiteql` does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final
from weakref import WeakKeyDictionary

from aiohttp import web

from netsuite_simulator.account import Account
from netsuite_simulator.accounts import Accounts
from netsuite_simulator.faces.admission import Door
from netsuite_simulator.faces.answers import JsonError, json_response, read_json
from netsuite_simulator.faces.rest.collections import bounds, page_links
from netsuite_simulator.faces.rest.entrance import Visit, entered, origin_of_request
from netsuite_simulator.faces.rest.problems import ProblemError
from netsuite_simulator.logins import Login
from netsuite_simulator.results import VIEW
from netsuite_simulator.suiteql import QUERY_ROWS, QueryError, Suiteql
from netsuite_simulator.suiteql.execution import Parameter
from netsuite_simulator.tables import Table

PATH = "/services/rest/query/v1/suiteql"
CONTENT_TYPE: Final = "application/vnd.oracle.resource+json; type=collection"


def routes(accounts: Accounts) -> list[web.RouteDef]:
    """Return the door's route."""
    engines: WeakKeyDictionary[Account, Suiteql] = WeakKeyDictionary()

    async def respond(request: web.Request) -> web.StreamResponse:
        async with entered(accounts, request, door=Door.SUITEQL, operation="suiteql") as visit:
            body = await request.read()
            engine = engines.get(visit.account)
            if engine is None or engine.zone != visit.account.zone:
                engine = engines[visit.account] = Suiteql(
                    visit.account.connection, zone=visit.account.zone, date_format=visit.account.clock.date_format
                )
            response = await visit.ticket.run(lambda: _answer(request, visit, engine, body))
            return await visit.ticket.answer(request, response)

    return [web.route("*", PATH, respond)]


def visible_tables(account: Account, login: Login) -> Mapping[str, Table]:
    """Return the tables that a role may see, each with the rows it may see: for it there are no others (§5.11)."""
    tables = account.tables
    return {name: _seen(table, login, tables) for name, table in tables.items() if _is_visible(table, login)}


def _is_visible(table: Table, login: Login) -> bool:
    is_off = bool(table.types) and all(login.lacking(one.name) is not None for one in table.types)
    is_held = not table.permissions or any(login.may(permission, VIEW) for permission in table.permissions)
    return is_held and not is_off


def _seen(table: Table, login: Login, tables: Mapping[str, Table]) -> Table:
    restriction = login.restriction(table, tables)
    return table if restriction is None else replace(table, restriction=restriction)


def _answer(request: web.Request, visit: Visit, engine: Suiteql, body: bytes) -> web.Response:
    if request.method != "POST":
        error = ProblemError(405, "METHOD_NOT_ALLOWED", f"The method {request.method} is not allowed here.")
        error.response.headers["Allow"] = "POST"
        raise error
    preferences = [one.strip().lower() for one in ",".join(request.headers.getall("Prefer", [])).split(",")]
    if "transient" not in preferences:  # the status is documented, the words are not
        detail = "The required request header 'Prefer' is missing or does not have the value 'transient'."
        raise ProblemError(400, "INVALID_HEADER", detail, header="Prefer")
    limit, offset = bounds(request)
    if offset >= QUERY_ROWS:
        detail = f"A query returns at most {QUERY_ROWS} rows. Ask for rows beyond a key, or use SuiteAnalytics Connect."
        raise ProblemError(400, "INVALID_PARAMETER", detail, parameter="offset")
    query, parameters = _read(body)
    try:
        page = engine.page(
            query,
            parameters,
            tables=visible_tables(visit.account, visit.login),
            now=visit.account.clock.now(),
            limit=limit,
            offset=offset,
        )
    except QueryError as error:
        raise ProblemError(400, "INVALID_PARAMETER", error.detail, parameter="q") from error
    address = f"{origin_of_request(request)}{PATH}"
    document = {
        "links": page_links(address, {}, limit=limit, offset=offset, total=page.total),
        "count": len(page.items),
        "hasMore": page.has_more,
        "items": page.items,
        "offset": offset,
        "totalResults": page.total,
    }
    return json_response(document, content_type=CONTENT_TYPE)


def _read(body: bytes) -> tuple[str, list[Parameter]]:
    try:
        document = read_json(body)
    except JsonError as error:
        raise ProblemError(400, "INVALID_CONTENT", f"The request body is not JSON: {error}.") from error
    if not isinstance(document, dict) or not isinstance(document.get("q"), str) or not document["q"].strip():
        detail = "The request body must be an object with the query as text in the property 'q'."
        raise ProblemError(400, "INVALID_CONTENT", detail, path="q")
    given = document.get("params") or []
    if not isinstance(given, list):
        raise ProblemError(400, "INVALID_CONTENT", "The property 'params' must be a list of values.", path="params")
    return document["q"], [float(one) if isinstance(one, Decimal) else one for one in given]
