"""The pages of the NetSuite Connector, as a line of links above each of them."""

from __future__ import annotations

from dataclasses import dataclass

from suitebridge.console import links

_PAGES = (
    ("connector", "Overview"),
    ("credentials", "Credentials"),
    ("mapping", "Mapping"),
    ("netsuite-fields", "NetSuite fields"),
    ("automate", "Automate"),
    ("real-time", "Real-time"),
    ("notifications", "Notifications"),
    ("integration-role", "Integration role"),
    ("connector-settings", "Settings"),
    ("settings-history", "Settings history"),
    ("configuring-netsuite", "Guide"),
)
_OF_DESIGNERS = frozenset({"mapping", "netsuite-fields", "automate", "real-time", "notifications"})
"""The pages that whoever edits integration settings may open; an administrator opens all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """One link of the line."""

    text: str
    href: str
    is_here: bool


def tabs(here: str, *, is_administrator: bool = True) -> tuple[Tab, ...]:
    """Write the line for the page of a route, with the pages that its visitor may open."""
    return tuple(
        Tab(text=text, href=links.address(route), is_here=route == here)
        for route, text in _PAGES
        if is_administrator or route in _OF_DESIGNERS
    )
