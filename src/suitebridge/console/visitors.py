"""What is known of a visitor before anybody is signed in: from where they come, and with which browser."""

from __future__ import annotations

import re
from typing import Final

from django.http import HttpRequest

from suitebridge.administration.proving import Claim
from suitebridge.bootstrap import House
from suitebridge.domain.people import Door

_MOST_CHARACTERS: Final = 200
_BROWSERS: Final = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS: Final = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)
"""What browsers say of themselves, the more particular before what others repeat."""


def address_of(request: HttpRequest, house: House) -> str:
    """Give the address that a visitor comes from, "" where the house cannot know it."""
    return house.visitor_address(str(request.META.get("REMOTE_ADDR", "")))


def browser_of(request: HttpRequest) -> str:
    """Name browser and system, as far as they can be told: "Firefox on Linux"."""
    said = request.headers.get("User-Agent", "")[:_MOST_CHARACTERS]
    browser = next((name for mark, name in _BROWSERS if mark in said), "")
    system = next((name for mark, name in _SYSTEMS if mark in said), "")
    if browser and system:
        return f"{browser} on {system}"
    return browser or system or re.sub(r"[^ -~]", "?", said)[:40] or "an unknown browser"


def claim_of(request: HttpRequest, house: House, *, company: str, user: str) -> Claim:
    """Say who a visitor claims to be, and from where."""
    return Claim(company=company, user=user, address=address_of(request, house), door=Door.CONSOLE)
