"""Headers, cookies, forms from elsewhere, hostile names, and what errors tell."""

from __future__ import annotations

import dataclasses
import re
from contextlib import closing

import pytest
from django.test import Client

from suitebridge.console.run_list import views
from suitebridge.domain.errors import Problem, RunStoppedError
from suitebridge.web import houses
from tests.console_world import COMPANY, HARMFUL, PASSWORD, World
from tests.scenarios.console.conftest import Entrance, visitor
from tests.scenarios.console.test_who_may_open_what import PAGES

RIGHT = {"company": COMPANY, "user": "grace", "password": PASSWORD}
STATIC = re.compile(r'(?:href|src)="(/static/[^"#]+)')


@pytest.mark.parametrize("path", [*PAGES.values(), "/", "/sign-in", "/healthz", "/nowhere", "/first-run"])
def test_every_answer_is_protected(world: World, entrance: Entrance, path: str) -> None:
    answer = entrance("grace").get(path.format(**world.ids))
    policy = dict(part.strip().partition(" ")[::2] for part in answer["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert {policy[f"{kind}-src"] for kind in ("script", "style", "img", "connect")} == {"'self'"}
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in answer


def test_cookies_are_closed_to_scripts_and_other_sites(world: World) -> None:
    assert world.house.companies.all()
    client = visitor()
    client.get("/sign-in")
    client.post("/sign-in", RIGHT)
    assert set(client.cookies) == {"suitebridge"}
    for cookie in client.cookies.values():
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert not cookie["domain"]


def test_behind_tls_cookies_are_bound_to_the_host_and_tls_is_for_good(world: World) -> None:
    settings = world.house.settings.model_copy(update={"https": True, "hosts": ("bridge.example",)})
    houses.set_current(dataclasses.replace(world.house, settings=settings))
    client = Client(headers={"host": "bridge.example"}, enforce_csrf_checks=True)
    page = client.get("/sign-in")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())
    assert token is not None
    form = {**RIGHT, "csrfmiddlewaretoken": token[1]}
    answer = client.post("/sign-in", form, headers={"origin": "https://bridge.example"})
    assert answer.status_code == 302
    assert set(client.cookies) == {"__Host-suitebridge"}
    for cookie in client.cookies.values():
        assert cookie["secure"]
        assert cookie["path"] == "/"
    assert answer["Strict-Transport-Security"] == "max-age=31536000"
    houses.set_current(world.house)


def test_forms_from_elsewhere_change_nothing(world: World) -> None:
    client = visitor(enforce_csrf_checks=True)
    page = client.get("/sign-in").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None
    form = {**RIGHT, "csrfmiddlewaretoken": token[1]}
    assert client.post("/sign-in", RIGHT).status_code == 403
    assert client.post("/sign-in", form, headers={"origin": "https://evil.example"}).status_code == 403
    for site in ("cross-site", "same-site"):
        refused = client.post("/sign-in", form, headers={"sec-fetch-site": site})
        assert refused.status_code == 403
        assert "This form was not accepted" in refused.content.decode()
    assert client.post("/sign-in", form, headers={"sec-fetch-site": "same-origin"}).status_code == 302
    number = len(world.store.runs.newest(limit=100))
    assert client.post("/runs/start", {"workflow": "import_customers"}).status_code == 403
    assert len(world.store.runs.newest(limit=100)) == number


def test_the_token_of_a_form_belongs_to_one_session(world: World) -> None:
    assert world.house.companies.all()
    tokens, clients = [], [visitor(enforce_csrf_checks=True) for _ in range(2)]
    for client in clients:
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', client.get("/sign-in").content.decode())
        assert found is not None
        tokens.append(found[1])
    mine, theirs = clients
    assert mine.post("/sign-in", {**RIGHT, "csrfmiddlewaretoken": tokens[1]}).status_code == 403
    assert mine.post("/sign-in", {**RIGHT, "csrfmiddlewaretoken": tokens[0]}).status_code == 302
    # Signing in begins another session: the token of the one before opens nothing.
    assert mine.post("/sign-out", {"csrfmiddlewaretoken": tokens[0]}).status_code == 403
    assert theirs.post("/sign-in", {**RIGHT, "csrfmiddlewaretoken": tokens[1]}).status_code == 302


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example"])
def test_other_host_names_are_not_served(world: World, host: str) -> None:
    assert world.house.companies.all()
    answer = visitor().get("/sign-in", headers={"host": host})
    assert answer.status_code == 400
    assert "hosts" in answer.content.decode()


@pytest.mark.parametrize(
    "path", ["/records/customer", "/records/customer/{customer}", "/runs/23/records", "/audit-trail"]
)
def test_names_are_shown_as_they_are_written(world: World, entrance: Entrance, path: str) -> None:
    text = entrance("grace").get(path.format(**world.ids)).content.decode()
    assert "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;" in text
    assert HARMFUL not in text
    assert "<img src=x" not in text


def test_what_is_searched_for_is_shown_as_it_was_typed(entrance: Entrance) -> None:
    text = entrance("grace").get("/records/customer", {"text": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in text


def test_pages_need_nothing_from_other_sites_and_their_files_are_there(world: World, entrance: Entrance) -> None:
    client = entrance("grace")
    for path in PAGES.values():
        text = client.get(path.format(**world.ids)).content.decode()
        assert not re.search(r'(?:src|href)="//|<link[^>]+https?://|<script[^>]+https?://', text)
        for address in set(STATIC.findall(text)):
            with closing(client.get(address)) as file:
                assert file.status_code == 200
                assert "immutable" in file["Cache-Control"]


def test_an_accident_tells_a_number_and_nothing_else(entrance: Entrance, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: object) -> None:
        raise RuntimeError("the password is hunter2")

    monkeypatch.setattr(views, "run_list_page", fail)
    answer = entrance("grace").get("/runs")
    text = answer.content.decode()
    assert answer.status_code == 500
    assert re.search(r"<code>[0-9a-f]{12}</code>", text)
    assert "hunter2" not in text
    assert "Traceback" not in text


def test_what_the_house_finds_wrong_is_told_with_its_remedy(
    entrance: Entrance, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RunStoppedError(Problem(code="SB-DISK-001", facts={"directory": "data", "said": "The disk is full."}))

    client = entrance("grace")
    monkeypatch.setattr(views, "run_list_page", fail)
    answer = client.get("/runs")
    assert answer.status_code == 503
    assert "The disk is full." in answer.content.decode()


def test_machines_are_told_whether_the_store_answers(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    assert visitor().get("/healthz").json() == {"status": "ok"}

    def fail() -> None:
        raise RunStoppedError(Problem(code="SB-DISK-001", facts={"directory": "data", "said": "The disk is full."}))

    monkeypatch.setattr(type(world.house.companies), "all", lambda _self: fail())
    answer = visitor().get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"status": "store unavailable"})
