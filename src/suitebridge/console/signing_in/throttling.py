"""How many wrong passwords are taken (quality.md S03): five for one account from one address, then a pause for that pair only.

A stranger elsewhere can so never lock a user out for good. The settings name `account_tried`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.http import HttpRequest

FAILURES = 5
PAUSE = timedelta(minutes=5)
_MOST_TEXT = 200


def account_tried(request: HttpRequest, credentials: Mapping[str, str] | None) -> str:
    """Name the account that somebody tries to sign in to, whether it exists or not."""
    _ = credentials
    company, user = (request.POST.get(name, "").strip().casefold() for name in ("company", "user"))
    return f"{company}/{user}"[:_MOST_TEXT]
