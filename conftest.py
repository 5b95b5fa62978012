"""The world of every test of both distributions: no network beyond loopback, no settings of the person at the keyboard.

Nothing of the product is known here.
"""

from __future__ import annotations

import ipaddress
import os
import socket
import sys
from pathlib import Path

import hypothesis
import pytest

LOOPBACK_NAMES = frozenset({"", "localhost", "ip6-localhost"})
RESERVED_ENDINGS = (".invalid", ".test", ".example")
INHERITED_SETTINGS = ("SUITEBRIDGE_", "NETSUITE_SIMULATOR_", "DJANGO_", "DBOS_", "XDG_")
PROXIES = frozenset({"http_proxy", "https_proxy", "all_proxy", "no_proxy", "ftp_proxy"})
DISPLAY = frozenset({"COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "TERM_PROGRAM"})

hypothesis.settings.register_profile("day", deadline=None, derandomize=True, database=None, print_blob=True)
hypothesis.settings.register_profile("night", deadline=None, max_examples=2_000, print_blob=True)


# Before anything reads them: what the shell says about settings, proxies, folders and colors is forgotten.
for name in list(os.environ):
    if name.startswith(INHERITED_SETTINGS) or name.lower() in PROXIES or name in DISPLAY:
        del os.environ[name]


class NetworkForbiddenError(RuntimeError):
    """A test tried to leave this machine. Not an OSError: no code under test may take it for a network fault."""


def pytest_configure(config: pytest.Config) -> None:
    """Choose the examples of the day where the command line says nothing else, and close the network."""
    if not config.getoption("--hypothesis-profile", default=None):
        hypothesis.settings.load_profile("day")
    sys.addaudithook(guard_network)


@pytest.fixture(scope="session", autouse=True)
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Let the home folder be an empty one."""
    os.environ["HOME"] = str(tmp_path_factory.mktemp("home"))


def guard_network(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse every connection and every name look-up that is not loopback; names reserved for tests are unknown."""
    if event in {"socket.connect", "socket.sendto"}:
        _, address = arguments[:2]
        if isinstance(address, tuple) and not _is_loopback(str(address[0])):
            raise NetworkForbiddenError(
                f"A test wanted to reach {address[0]}: tests talk to loopback only. Use the simulator or a fake."
            )
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        host = _text(arguments[0])
        if host.rstrip(".").endswith(RESERVED_ENDINGS):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        if not _is_loopback(host):
            raise NetworkForbiddenError(
                f"A test wanted to look up {host}: tests talk to loopback only. A name that shall not be found ends in .invalid."
            )


def _text(host: object) -> str:
    if isinstance(host, bytes):
        return host.decode()
    return "" if host is None else str(host)


def _is_loopback(host: str) -> bool:
    if host in LOOPBACK_NAMES:
        return True
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


@pytest.fixture(scope="session")
def repository() -> Path:
    """Give the folder of the repository."""
    return Path(__file__).parent
