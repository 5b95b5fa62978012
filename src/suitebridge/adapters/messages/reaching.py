"""Reaches a name that people typed: only where it leads to the public net, and within a time.

The name is looked up once, every address it has is checked, and the connection goes to one that was checked: a name that answers otherwise the
second time leads nowhere else (quality.md S32).
"""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import threading
from collections.abc import Iterator, Sequence
from typing import Final

WAIT_SECONDS: Final = 5.0
"""How long each step of a connection may take."""

WHOLE_SECONDS: Final = 15.0
"""How long one attempt may take in all, however slowly the other side drips."""

MOST_ADDRESSES: Final = 4
"""So many addresses of a name are tried."""


class NotPublicError(Exception):
    """A name leads to an address that is not of the public net."""


@contextlib.contextmanager
def connected(host: str, port: int, *, is_local: bool) -> Iterator[socket.socket]:
    """Connect to a name after its addresses were checked; everything until the block ends shares one time.

    Raise `NotPublicError`, or `OSError` where nobody answers.
    """
    addresses = checked_addresses(host, port, is_local=is_local)
    with _first_that_answers(addresses, port) as opened, _ended_in_time(opened):
        yield opened


def checked_addresses(host: str, port: int, *, is_local: bool) -> list[str]:
    """Look a name up and give its addresses, after all of them were checked."""
    found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not found:
        raise OSError(f"{host} has no address.")
    if not all(_may_be_reached(address, is_local=is_local) for address in found):
        raise NotPublicError(host)
    return found[:MOST_ADDRESSES]


def _first_that_answers(addresses: Sequence[str], port: int) -> socket.socket:
    for address in addresses[:-1]:
        with contextlib.suppress(OSError):
            return socket.create_connection((address, port), timeout=WAIT_SECONDS)
    return socket.create_connection((addresses[-1], port), timeout=WAIT_SECONDS)


def _may_be_reached(text: str, *, is_local: bool) -> bool:
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is not None:
            return not address.is_loopback and _may_be_reached(str(inner), is_local=is_local)
        if address in _TRANSLATED:
            return False
    if is_local:
        return address.is_loopback
    return address.is_global and not address.is_multicast


_TRANSLATED: Final = ipaddress.ip_network("64:ff9b::/96")
"""Addresses of NAT64: what is behind them is an IPv4 address that was not looked at."""


@contextlib.contextmanager
def _ended_in_time(opened: socket.socket) -> Iterator[None]:
    """Shut a connection that takes too long as a whole, through a handle of its own: TLS takes the socket itself over."""
    with opened.dup() as handle:

        def end() -> None:
            with contextlib.suppress(OSError):
                handle.shutdown(socket.SHUT_RDWR)

        timer = threading.Timer(WHOLE_SECONDS, end)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
