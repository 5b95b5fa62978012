"""The console's firm, and programs that call its API with a token of one of its people."""

from __future__ import annotations

import dataclasses
import itertools
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from suitebridge.adapters.store.opening import close_connections
from suitebridge.administration.admitting import new_token
from suitebridge.domain.scopes import EVERY_SCOPE, Scope
from tests.console_world import World, build_empty
from tests.scenarios.console.conftest import Template, template

__all__ = ["template"]
PREFIX = "/api/v1"
COUNT = itertools.count(1)
NOBODY_THERE = """[simulators]
TSTDRV1984736 = "http://127.0.0.1:9"
"""


@pytest.fixture
def world(template: Template, tmp_path: Path) -> Iterator[World]:
    """Serve a copy of the firm whose NetSuite account is at an address of this machine where nobody answers."""
    shutil.copytree(template.folder, tmp_path / "firm")
    (tmp_path / "firm" / "suitebridge.toml").write_text(NOBODY_THERE, encoding="utf-8")
    opened = dataclasses.replace(build_empty(tmp_path / "firm"), ids=template.ids)
    yield opened
    opened.house.close()
    close_connections()


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """Something that calls the API with a token; "" calls without one."""

    token: str

    def call(self, method: str, path: str, body: object = None, **headers: str) -> Any:
        """Call an address below /api/v1; what is sent gets a key of its own, unless one is given."""
        client = Client(SERVER_NAME="127.0.0.1", enforce_csrf_checks=True, raise_request_exception=False)
        sent = {name.replace("_", "-"): text for name, text in headers.items()}
        if method == "POST":
            sent.setdefault("Idempotency-Key", f"key {next(COUNT)}")
        if self.token:
            sent["Authorization"] = f"Bearer {self.token}"
        contents = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        kind = sent.pop("Content-Type", "application/json")
        return client.generic(method, PREFIX + path, contents, content_type=kind, headers=sent)

    def ask(self, path: str) -> Any:
        """Read an address and give its document."""
        answer = self.call("GET", path)
        assert answer.status_code == 200, answer.content.decode()
        return json.loads(answer.content)


@dataclass(frozen=True, slots=True, kw_only=True)
class Programs:
    """Gives programs their tokens."""

    world: World

    def of(self, user_id: str, *scopes: Scope) -> Program:
        """Make a token of somebody of the firm; with every scope where none is named."""
        store, house = self.world.store, self.world.house
        user = store.people.get(user_id)
        assert user is not None
        token = new_token(store, house.chance)
        ends = house.clock.now() + timedelta(days=1)
        store.tokens.issue(
            user, label="test", token=token, expires_at=ends, scopes=frozenset(scopes) if scopes else EVERY_SCOPE
        )
        return Program(token=token.reveal())


@pytest.fixture
def programs(world: World) -> Programs:
    """Give what makes programs of the firm's people."""
    return Programs(world=world)


def told(answer: Any, status: int, code: str) -> dict[str, Any]:
    """Check an answer that is a problem document."""
    assert answer.status_code == status, answer.content.decode()
    assert answer["Content-Type"] == "application/problem+json"
    document: dict[str, Any] = json.loads(answer.content)
    assert document["code"] == code
    assert document["status"] == status
    for part in ("type", "title", "detail", "instance", "class", "retry", "cause", "remedy", "effect"):
        assert document[part], part
    assert "not known)" not in answer.content.decode()
    return document
