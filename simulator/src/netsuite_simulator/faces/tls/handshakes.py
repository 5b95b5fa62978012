"""TLS handshakes and CONNECT requests that go wrong: flawed certificates, hosts that cannot be found.

A connection names no operation, so a plan for the door `tls` or `proxy` names the host there. Refuses to know requests.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from functools import cache
from typing import assert_never

from netsuite_simulator.account import Account
from netsuite_simulator.accounts import Accounts
from netsuite_simulator.faces.tls.authority import LOCAL, Authority
from netsuite_simulator.faults import BadCertificate, Fault, UnknownHost
from netsuite_simulator.faults.documents import values_of
from netsuite_simulator.faults.kinds import PROXY, TLS
from netsuite_simulator.hosts import names_of

WRONG_HOST = "somebody-else.netsuite.com"  # within what the authority may sign, so that the name alone is wrong


def contexts(authority: Authority, accounts: Iterable[Account]) -> ssl.SSLContext:
    """Return what a TLS face needs: a good certificate, and a flawed one where a plan wants it."""
    held = Accounts(*accounts)
    names = (*names_of(account.id for account in held), *LOCAL)

    @cache
    def flawed(fault: BadCertificate) -> ssl.SSLContext:
        return _flawed(authority, names, fault)

    def choose(handshake: ssl.SSLObject | ssl.SSLSocket, host: str | None, _: ssl.SSLContext) -> None:
        fault = _met(held, TLS, host or "")
        if isinstance(fault, BadCertificate):
            handshake.context = flawed(fault)

    context = authority.context(names)
    context.sni_callback = choose
    return context


def _flawed(authority: Authority, names: tuple[str, ...], fault: BadCertificate) -> ssl.SSLContext:
    match fault.reason:
        case "expired":
            return authority.context(names, days=-1)
        case "expiring":
            return authority.context(names, days=1)
        case "wrong host":
            return authority.context([WRONG_HOST])
        case "unknown authority":
            return Authority.make().context(names)
        case _:
            assert_never(fault.reason)


def is_unknown(accounts: Accounts, host: str) -> bool:
    """Whether a plan wants the proxy not to find a host now."""
    return isinstance(_met(accounts, PROXY, host), UnknownHost)


def _met(accounts: Accounts, door: str, host: str) -> Fault | None:
    account = accounts.by_host(host) or accounts.only
    fault = account.faults.take(door, host)
    if fault is not None:
        noted = account.journal.opened(door, host, 0)
        noted.fault, noted.outcome = type(fault).__name__, "injected"
        account.journal.injected(noted, noted.fault, values_of(fault))
        account.journal.closed(noted)
    return fault
