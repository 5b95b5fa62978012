"""The pages of the NetSuite Connector, as a line of links above each of them."""

from __future__ import annotations

from dataclasses import dataclass

from suitebridge.console import links

_PAGES = (
    ("connector", "Overview"),
    ("credentials", "Credentials"),
    ("integration-role", "Integration role"),
    ("connector-settings", "Settings"),
    ("settings-history", "Settings history"),
    ("configuring-netsuite", "Guide"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """One link of the line."""

    text: str
    href: str
    is_here: bool


def tabs(here: str) -> tuple[Tab, ...]:
    """Write the line for the page of a route."""
    return tuple(Tab(text=text, href=links.address(route), is_here=route == here) for route, text in _PAGES)
