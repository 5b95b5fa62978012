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
TYPED_FIELDS = ("company", "user", "password", "old", "repeated", "token", "next", "csrfmiddlewaretoken")
"""Every field of the forms that take a password: a record of a wrong try keeps none of them."""


def account_tried(request: HttpRequest, credentials: Mapping[str, str] | None) -> str:
    """Name the account that somebody tries to sign in to, whether it exists or not."""
    tried = {"company": request.POST.get("company", ""), "username": request.POST.get("user", "")}
    if credentials is not None and "company" in credentials:
        tried.update(credentials)
    company, user = (tried[name].strip().casefold() for name in ("company", "username"))
    return f"{company}/{user}"[:_MOST_TEXT]


def refusal_of(request: HttpRequest, otherwise: str) -> str:
    """Say why a password was not taken: the pause, where there is one."""
    if getattr(request, "axes_locked_out", False):
        return f"There were too many tries. Wait {PAUSE // timedelta(minutes=1)} minutes, then try again."
    return otherwise
