"""No page, header or log of the console shows a secret: every route as every role, filled forms, accidents in the middle (I7, S15, S24, S35)."""

from __future__ import annotations

import dataclasses
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from django.test import Client

from suitebridge.adapters.logs.lines import route_logs
from suitebridge.adapters.netsuite.gateway import TokenGateway
from suitebridge.adapters.secrets.checkpoints import SIGNING_FILE
from suitebridge.adapters.secrets.rings import KEY_FILE
from suitebridge.console.routes import ROUTES
from suitebridge.console.run_list import views
from suitebridge.domain.credentials import Secret, TokenCredentials
from tests.canaries import leaks
from tests.console_world import PASSWORD, ROLES, World
from tests.scenarios.console.conftest import Entrance

TYPED = 'typed "canary" <of mine> & 1'
TOKEN = "sb-canary-token-0123456789"
PARTS = {"number": "23", "record_type": "customer"}
PART = re.compile(r"<(?:\w+:)?(\w+)>")
FIELD = re.compile(r"<input\b[^>]*>")
ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')


class _Everything(logging.Handler):
    """Keeps what was logged as it was before anything is struck out: nobody may have said a secret in the first place."""

    def __init__(self) -> None:
        super().__init__(logging.NOTSET)
        self.lines: list[str] = []
        self.setFormatter(logging.Formatter("%(name)s %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def logged() -> Iterator[_Everything]:
    """Log everything, of every library, at every level."""
    root = logging.getLogger()
    kept, level, own = list(root.handlers), root.level, logging.getLogger("suitebridge").level
    route_logs(logging.DEBUG)
    root.setLevel(logging.DEBUG)
    everything = _Everything()
    root.addHandler(everything)
    yield everything
    structlog.reset_defaults()
    root.handlers = kept
    root.setLevel(level)
    logging.getLogger("suitebridge").setLevel(own)


@pytest.fixture
def planted(world: World) -> dict[str, str | bytes]:
    """Give every secret of the firm."""
    directory: Path = world.house.directory
    opened = world.store.connections.credentials()
    assert isinstance(opened, TokenCredentials)
    owner = world.store.people.administrators()[0]
    later = world.clock.now().replace(year=world.clock.now().year + 1)
    world.store.tokens.issue(owner, label="canary", token=Secret(TOKEN), expires_at=later)
    master, audit = ((directory / name).read_text().strip() for name in (KEY_FILE, SIGNING_FILE))
    return {
        "consumer secret": opened.consumer_secret.reveal(),
        "token secret": opened.token_secret.reveal(),
        "password": PASSWORD,
        "API token": TOKEN,
        "typed secret": TYPED,
        "master key": master,
        "bytes of the master key": bytes.fromhex(master),
        "signing key of the trail": audit,
        "bytes of the signing key": bytes.fromhex(audit),
        "cookie key": world.house.keys.current().signing_key().reveal(),  # type: ignore[attr-defined]
    }


def addresses(world: World) -> dict[str, str]:
    """Give an address of every route."""
    return {
        route.name: "/"
        + PART.sub(lambda part: {**PARTS, "record_id": world.ids["customer"]}.get(part[1], "1"), route.path)
        for route in ROUTES
    }


def seen(answer: Any) -> bytes:
    """Give everything that a browser receives."""
    headers = "\n".join(f"{name}: {value}" for name, value in answer.items())
    body = b"".join(answer) if answer.streaming else answer.content
    return headers.encode() + b"\n" + body


def filled(page: str) -> dict[str, str]:
    """Fill a form: what is hidden while it is typed gets the typed secret, the rest stays."""
    fields = [dict(ATTRIBUTE.findall(field)) for field in FIELD.findall(page)]
    form = {field["name"]: field.get("value", "") for field in fields if "name" in field}
    return form | {field["name"]: TYPED for field in fields if field.get("type") == "password"}


def crawled(world: World, client: Client) -> dict[str, bytes]:
    """Open every route, then send every form."""
    places = {}
    for name, address in addresses(world).items():
        places[f"GET {name}"] = seen(client.get(address))
    for route in ROUTES:
        if "POST" in route.methods and route.name != "sign-out":
            address = addresses(world)[route.name]
            page = client.get(address)
            form = filled(page.content.decode()) if page.status_code == 200 else {"password": TYPED, "secret": TYPED}
            places[f"POST {route.name}"] = seen(client.post(address, form))
            places[f"POST {route.name} by a script"] = seen(client.post(address, form, headers={"hx-request": "true"}))
    return places


@pytest.mark.parametrize("user", ROLES)
def test_no_role_is_shown_a_secret_by_any_route(
    world: World,
    entrance: Entrance,
    planted: dict[str, str | bytes],
    logged: _Everything,
    capfd: pytest.CaptureFixture[str],
    user: str,
) -> None:
    places = crawled(world, entrance(user))
    assert any(b"Sign out" in place for place in places.values())
    out, err = capfd.readouterr()
    places |= {"standard output": out.encode(), "log lines": err.encode(), "log": "\n".join(logged.lines).encode()}
    assert leaks(places, planted) == []


def test_strangers_are_shown_no_secret(world: World, planted: dict[str, str | bytes], logged: _Everything) -> None:
    client = Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)
    places = crawled(world, client) | {"log": "\n".join(logged.lines).encode()}
    assert leaks(places, planted) == []


def test_an_accident_with_secrets_at_hand_shows_none(
    entrance: Entrance,
    planted: dict[str, str | bytes],
    logged: _Everything,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    world: World,
) -> None:
    client = entrance("grace")
    opened = world.store.connections.credentials()
    assert isinstance(opened, TokenCredentials)

    def fail(*_: object, **__: object) -> None:
        text = opened.token_secret.reveal()
        held = dataclasses.replace(opened)
        raise RuntimeError(f"{held!r} of {len(text)} characters")

    monkeypatch.setattr(views, "run_list_page", fail)
    answer = client.get("/runs")
    assert answer.status_code == 500
    out, err = capfd.readouterr()
    assert "page failed" in err
    places = {"page": seen(answer), "output": out.encode(), "log lines": err.encode()}
    assert leaks(places | {"log": "\n".join(logged.lines).encode()}, planted) == []


def test_objects_that_hold_secrets_do_not_tell_them(world: World, planted: dict[str, str | bytes]) -> None:
    gateway = world.house.open_gateway(world.store)
    assert isinstance(gateway, TokenGateway)
    shown = {
        "house": repr(world.house),
        "gateway": repr(vars(gateway)) if hasattr(gateway, "__dict__") else repr(gateway),
        "credentials": repr(world.store.connections.credentials()),
        "connection": repr(world.store.connections.get()),
        "keys": repr(world.house.keys),
        "checkpoints": repr(world.house.checkpoints),
    }
    assert leaks({name: text.encode() for name, text in shown.items()}, planted) == []
