"""Drives the client `netsuite` by its public methods, in its own environment."""

from __future__ import annotations

import asyncio
from typing import Any

from netsuite import Config, NetSuite, TokenAuth
from simulator.tests.clients.scripts.talking import talk

loop = asyncio.new_event_loop()
clients: dict[str, NetSuite] = {}


def sign_in(account: str, version: str = "2021.1.0", **auth: str) -> str:
    clients["netsuite"] = NetSuite(
        Config(account=account, auth=TokenAuth(**auth)), soap_api_options={"version": version}
    )
    return str(clients["netsuite"].soap_api)


def rest(method: str, *path: Any, **arguments: Any) -> Any:
    return loop.run_until_complete(getattr(clients["netsuite"].rest_api, method)(*path, **arguments))


def rest_call(method: str, first: Any = (), **arguments: Any) -> Any:
    """Call a method of the REST client; `first` is what it takes without a name."""
    return rest(method, *([] if first == () else [first]), **arguments)


def restlet(method: str, script_id: int, **arguments: Any) -> Any:
    return loop.run_until_complete(getattr(clients["netsuite"].restlet, method)(script_id, **arguments))


def suiteql_pages(q: str, limit: int) -> list[list[Any]]:
    """Read page after page until there is no more."""
    pages: list[list[Any]] = []
    while True:
        answer = rest("suiteql", q, limit=limit, offset=limit * len(pages))
        pages.append(answer["items"])
        if not answer["hasMore"]:
            return pages


def at_once(paths: list[str]) -> list[Any]:
    """Send requests without waiting for each other."""

    async def gather() -> list[Any]:
        api = clients["netsuite"].rest_api
        return await asyncio.gather(*(api.get(path) for path in paths), return_exceptions=True)

    return [answer if isinstance(answer, dict) else str(answer) for answer in loop.run_until_complete(gather())]


def soap(method: str, first: Any = (), **arguments: Any) -> Any:
    """Call a method of the SOAP client; {"new": "Relationships.Customer", …} stands for an object of the WSDL."""
    api = clients["netsuite"].soap_api
    given = [] if first == () else [built(first)]
    answer = loop.run_until_complete(
        getattr(api, method)(*given, **{name: built(one) for name, one in arguments.items()})
    )
    return api.to_builtin(answer)


def built(value: Any) -> Any:
    """Make the objects of the WSDL that a value describes."""
    if isinstance(value, list):
        return [built(one) for one in value]
    if isinstance(value, dict):
        fields = {name: built(one) for name, one in value.items() if name != "new"}
        if "new" not in value:
            return fields
        space, _, name = value["new"].partition(".")
        return getattr(getattr(clients["netsuite"].soap_api, space), name)(**fields)
    return value


if __name__ == "__main__":
    talk(
        {
            "sign_in": sign_in,
            "rest": rest_call,
            "restlet": restlet,
            "suiteql_pages": suiteql_pages,
            "at_once": at_once,
            "soap": soap,
        }
    )
