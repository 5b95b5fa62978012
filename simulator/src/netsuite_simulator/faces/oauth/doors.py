"""Where the OAuth face is found: its addresses, each with what answers there (reference §2.7, §3.1, §3.6).

Refuses to know more.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from aiohttp import web

from netsuite_simulator.accounts import Accounts
from netsuite_simulator.faces.oauth import asking, rotation, signon, stepping, tokeninfo, tokens

Answer = Callable[[Accounts, web.Request], Awaitable[web.StreamResponse]]

ADDRESSES: tuple[tuple[str, str, Answer], ...] = (
    ("GET", asking.PATH, asking.asked),
    ("POST", asking.PATH, asking.answered),
    ("POST", f"{tokens.ROOT}/token", tokens.token),
    ("POST", f"{tokens.ROOT}/revoke", tokens.revoke),
    ("POST", f"{tokens.ROOT}/introspect", tokens.introspect),
    ("GET", f"{tokens.ROOT}/keys", tokens.keys),
    ("GET", f"{tokens.ROOT}/logout", tokens.logout),
    ("POST", f"{tokens.ROOT}/logout", tokens.logout),
    ("GET", tokens.DISCOVERY, tokens.discovery),
    ("GET", signon.PATH, signon.verified),
    ("GET", tokeninfo.PATH, tokeninfo.token_info),
    ("GET", f"{tokens.ROOT}/clients/{{client}}/certificates", rotation.certificates),
    ("POST", f"{tokens.ROOT}/clients/{{client}}/certificates", rotation.certificates),
    ("POST", f"{tokens.ROOT}/clients/{{client}}/certificates/{{certificate}}/revoke", rotation.certificates),
)


def routes(accounts: Accounts) -> list[web.RouteDef]:
    """Return the face's routes."""
    own = [web.route(method, path, partial(answer, accounts)) for method, path, answer in ADDRESSES]
    return [*own, *stepping.routes(accounts)]
