"""Drives the client `netsuitesdk` by its public methods, in its own environment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from netsuitesdk import NetSuiteConnection
from netsuitesdk.internal.netsuite_types import COMPLEX_TYPES, SIMPLE_TYPES
from simulator.tests.clients.scripts.talking import talk
from zeep.helpers import serialize_object

connections: dict[str, NetSuiteConnection] = {}


def connect(**settings: Any) -> list[str]:
    """Connect, and name the types that the client looked up in the WSDL and did not find."""
    connections["netsuite"] = NetSuiteConnection(caching=False, **settings)
    wanted = [name for names in (*COMPLEX_TYPES.values(), *SIMPLE_TYPES.values()) for name in names]
    return [name for name in wanted if not hasattr(connections["netsuite"].client, name)]


def on(part: str, method: str, **arguments: Any) -> Any:
    """Call a method of one of the connection's parts; a generator is read to its end, page by page."""
    answer = getattr(getattr(connections["netsuite"], part), method)(**arguments)
    return serialize_object([*answer] if isinstance(answer, Iterator) else answer)


if __name__ == "__main__":
    talk({"connect": connect, "on": on})
