"""What every admin end point reads and says: JSON objects, and why a request was wrong.

Refuses to know accounts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from aiohttp import web

from netsuite_simulator.account import Account
from netsuite_simulator.faces.answers import json_response

Document = Mapping[str, object]
Work = Callable[[Account, web.Request, Document], object]


def wrong(message: str, *, status: int = 400) -> web.Response:
    """Say what is wrong with a request."""
    return json_response({"error": message}, status=status)


def text_in(document: Document, name: str) -> str:
    """Read a text that has to be there."""
    value = document.get(name)
    if not isinstance(value, str) or not value:
        raise ValueError(f"{name} is missing: text is expected")
    return value


def number_in(document: Document, name: str) -> float:
    """Read a number that has to be there."""
    try:
        return float(str(document[name]))
    except (KeyError, ValueError):
        raise ValueError(f"{name} is missing: a number is expected") from None
