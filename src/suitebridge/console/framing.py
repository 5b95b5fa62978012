"""Pages within a frame of NetSuite's: under a path of their own, so that they have a session of their own. It sends nothing.

Only routes that say so answer there, and only pages of the company's own account may frame them.
"""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest

from suitebridge.ports.companies import CompanyStore

WITHIN: Final = "/within"
MARK: Final = "within."
"""How the state of a sign-in within a frame begins: NetSuite knows one address to come back to."""

_FRAMES: Final = frozenset({"iframe", "frame"})


def is_framed(request: HttpRequest) -> bool:
    """Whether a request is for a page within a frame."""
    return bool(getattr(request, "within", False))


def asks_for_frame(request: HttpRequest) -> bool:
    """Whether a browser is about to show the answer in a frame, as it says itself."""
    return request.headers.get("Sec-Fetch-Dest", "") in _FRAMES


def let_frame(request: HttpRequest, store: CompanyStore) -> None:
    """Let the account of a company frame the answer, where it is one for a frame."""
    connection = store.connections.get()
    request.framed_by = connection.account_id if connection is not None else ""  # type: ignore[attr-defined]


def in_window(address: str) -> str:
    """Give the same page outside of a frame."""
    return address.removeprefix(WITHIN)
