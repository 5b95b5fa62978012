"""The world of the tests itself: nothing leaves this machine."""

from __future__ import annotations

import os
import socket

import pytest


@pytest.mark.parametrize("address", ["192.0.2.1", "2001:db8::1"])
def test_connections_beyond_loopback_are_refused(address: str) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as opened, pytest.raises(RuntimeError, match="loopback only"):
        opened.connect((address, 80))


def test_names_beyond_loopback_are_not_looked_up() -> None:
    with pytest.raises(RuntimeError, match="loopback only"):
        socket.getaddrinfo("suitebridge.dev", 443)


def test_reserved_names_are_unknown() -> None:
    with pytest.raises(socket.gaierror):
        socket.getaddrinfo("netsuite.invalid", 443)


def test_loopback_is_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()


def test_settings_of_the_shell_are_forgotten() -> None:
    assert not [name for name in os.environ if name.startswith("SUITEBRIDGE_")]
