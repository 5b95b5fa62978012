"""Which account a request of the OAuth face is for, and how its forms, credentials and origins are read.

Refuses to know what is asked.
"""

from __future__ import annotations

import base64
from urllib.parse import parse_qsl

from aiohttp import web

from netsuite_simulator.account import Account
from netsuite_simulator.accounts import Accounts

FORM = "application/x-www-form-urlencoded"


class FormError(ValueError):
    """A body is no form, or names a parameter twice."""


def account_at(accounts: Accounts, request: web.Request, client_id: str | None) -> Account:
    """Find the account by its host name, or by the client it knows; the first one where neither tells."""
    by_host = accounts.by_host(request.host)
    if by_host is not None:
        return by_host
    known = (one for one in accounts if client_id and one.integrations.by_key(client_id) is not None)
    return next(known, accounts.only)


def origin_of(request: web.Request) -> str:
    """Return scheme and host as the client used them."""
    return f"{request.scheme}://{request.host}"


async def form_of(request: web.Request) -> dict[str, str]:
    """Read a form; empty parameters count as missing (RFC 6749 §3.2)."""
    content = await request.read()
    if request.content_type != FORM:
        raise FormError(f"the body has to be {FORM}")
    try:
        pairs = parse_qsl(content.decode(), keep_blank_values=True, strict_parsing=bool(content))
    except ValueError as error:
        raise FormError("the body cannot be read") from error
    form = dict(pairs)
    if len(form) != len(pairs):
        raise FormError("a parameter is there twice")
    return {name: value for name, value in form.items() if value}


def basic_of(request: web.Request) -> tuple[str, str] | None:
    """Read Basic credentials; None where there are none, empty texts where they cannot be read."""
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        user, separator, password = base64.b64decode(value.strip(), validate=True).decode().partition(":")
    except ValueError:
        return "", ""
    return (user, password) if separator else ("", "")
