"""Worlds for the stories: one is set up through the command line once, each story gets a copy of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.scenarios.command_line.databases import new_database
from tests.scenarios.command_line.world import PASSWORD, World, copy_world, trimmed_firm


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Set a company up as a new user does: create it, load its files, connect it."""
    return _set_up(tmp_path_factory.mktemp("prepared"))


def _set_up(folder: Path, database_url: str = "") -> World:
    world = World(folder=folder, approved=trimmed_firm(folder / "firm"), database_url=database_url)
    try:
        world.open_account()
        words = ("--id", "meridian", "--name", "Meridian Advisory", "--user", "ada", "--admin-name", "Ada Lovelace")
        created = world.type(
            *("company", "create", *words, "--email", "ada@meridian.example", "--password-file", "-"), answers=PASSWORD
        )
        assert created.code == 0, created.err
        loaded = world.type("workspace", "load", str(folder / "firm"))
        assert loaded.code == 0, loaded.err
        connected = world.connect()
        assert connected.code == 0, connected.err
    finally:
        world.close()
    return World(folder=folder, approved=world.approved, database_url=database_url)


@pytest.fixture(scope="session")
def postgresql_url(postgresql_server: Any) -> str:
    """Name a server of the session's own, whatever is named from outside: these stories stop it."""
    return str(postgresql_server.get_uri())


@pytest.fixture(scope="session")
def shared_prepared(postgresql_url: str, tmp_path_factory: pytest.TempPathFactory) -> World:
    """Set a company up in a database of PostgreSQL."""
    return _set_up(tmp_path_factory.mktemp("shared"), new_database(postgresql_url))


@pytest.fixture
def shared_world(shared_prepared: World, postgresql_url: str, tmp_path: Path) -> Iterator[World]:
    """Give a company in a database of its own, that is set up and has not run yet."""
    url = new_database(postgresql_url, template=shared_prepared.database_url)
    copied = copy_world(shared_prepared, tmp_path / "world", database_url=url)
    try:
        yield copied
    finally:
        copied.close()


@pytest.fixture
def world(prepared: World, tmp_path: Path) -> Iterator[World]:
    """Give a company that is set up and has not run yet."""
    copied = copy_world(prepared, tmp_path / "world")
    try:
        yield copied
    finally:
        copied.close()


@pytest.fixture(scope="session")
def synchronized(prepared: World, tmp_path_factory: pytest.TempPathFactory) -> World:
    """Carry a first run out, once."""
    copied = copy_world(prepared, tmp_path_factory.mktemp("synchronized") / "world")
    try:
        ended = copied.run()
        assert ended.code == 0, ended.err
    finally:
        copied.close()
    return copied


@pytest.fixture
def settled_world(synchronized: World, tmp_path: Path) -> Iterator[World]:
    """Give a company after its first complete run."""
    copied = copy_world(synchronized, tmp_path / "world")
    try:
        yield copied
    finally:
        copied.close()
