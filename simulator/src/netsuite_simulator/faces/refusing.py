"""Requests turned away before any work, and connections that break: what doors are told to say.

Refuses to know what brought it about, and how each door words a refusal.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping

from aiohttp import web

MAINTENANCE_TEXT = (  # reference §4.9
    "The account you are trying to access is currently unavailable while we undergo our regularly scheduled maintenance."
)
_PAGE = "<!DOCTYPE html><html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>"
_TITLES = {500: "Internal Server Error", 502: "Bad Gateway", 504: "Gateway Timeout"}


class Refusal(enum.Enum):
    """Why a request is refused before any work."""

    CONCURRENCY = "concurrency"
    SESSION = "session"
    MAINTENANCE = "maintenance"
    INVALID_LOGIN = "invalid login"
    SERVER_ERROR = "server error"
    HTML_PAGE = "html page"
    REDIRECT = "redirect"


class RefusedError(Exception):
    """A request refused; `headers` go with the answer, whoever words it."""

    def __init__(self, reason: Refusal, status: int = 503, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.status = status
        self.headers = dict(headers or {})

    def page(self) -> web.Response | None:
        """Return what a gateway would send, where that is the refusal; None where the door words it."""
        match self.reason:
            case Refusal.SERVER_ERROR:
                title = _TITLES.get(self.status, "Service Unavailable")
            case Refusal.HTML_PAGE:
                title = "NetSuite - Customer Login"
            case Refusal.REDIRECT:
                title = "Moved"
            case _:
                return None
        text = _PAGE.format(title=title)
        return web.Response(status=self.status, text=text, content_type="text/html", headers=self.headers)


class DroppedError(Exception):
    """The connection breaks instead of an answer; `resets`: it is torn down at once.

    `closed_seconds`: nobody listens at the address for so long afterward.
    """

    def __init__(self, *, resets: bool = False, closed_seconds: float = 0.0) -> None:
        super().__init__("the connection breaks")
        self.resets = resets
        self.closed_seconds = closed_seconds
