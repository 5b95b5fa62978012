"""A firm for each test, copied from one that is built once; people sign in through the form."""

from __future__ import annotations

import dataclasses
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import django
import pytest
from django.test import Client

from suitebridge.adapters.store.opening import close_connections
from tests.console_world import COMPANY, PASSWORD, World, build, build_empty
from tests.scenarios.console.connecting import Connected, beside_a_simulator

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "suitebridge.web.settings")
django.setup()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """The firm that is copied, and the ids of its records."""

    folder: Path
    ids: dict[str, str]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """Build the firm once."""
    folder = tmp_path_factory.mktemp("console") / "firm"
    world = build(folder)
    close_connections()
    return Template(folder=folder, ids=world.ids)


@pytest.fixture
def world(template: Template, tmp_path: Path) -> Iterator[World]:
    """Open a copy of the firm and serve it."""
    shutil.copytree(template.folder, tmp_path / "firm")
    yield dataclasses.replace(build_empty(tmp_path / "firm"), ids=template.ids)
    close_connections()


@pytest.fixture(scope="session")
def vacant(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an installation without a company once: its tables take seconds."""
    folder = tmp_path_factory.mktemp("console") / "vacant"
    build_empty(folder)
    close_connections()
    return folder


@pytest.fixture
def empty(vacant: Path, tmp_path: Path) -> Iterator[World]:
    """Serve a copy of the installation without a company."""
    shutil.copytree(vacant, tmp_path / "empty")
    yield build_empty(tmp_path / "empty")
    close_connections()


Entrance = Callable[..., Client]


@pytest.fixture
def entrance(world: World) -> Entrance:
    """Give what signs somebody of the firm in."""

    def enter(user: str, *, company: str = COMPANY) -> Client:
        client = visitor()
        answer = client.post("/sign-in", {"company": company, "user": user, "password": PASSWORD})
        assert answer.status_code == 302, answer.content.decode()
        return client

    assert world.house.companies.all()
    return enter


def visitor(*, enforce_csrf_checks: bool = False) -> Client:
    """Give somebody who is not signed in."""
    return Client(SERVER_NAME="127.0.0.1", enforce_csrf_checks=enforce_csrf_checks, raise_request_exception=False)


@pytest.fixture
def connected(world: World, tmp_path: Path, template: Template) -> Iterator[Connected]:
    assert template.ids
    with beside_a_simulator(world, tmp_path / "firm") as both:
        yield both
    close_connections()
