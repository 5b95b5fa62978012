"""Sign-in, the life of a session, and the throttle."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from suitebridge.domain.credentials import Secret
from suitebridge.domain.intents import Change
from suitebridge.domain.people import AUDITOR, Door, Stamp
from suitebridge.domain.sessions import IDLE_MINUTES
from suitebridge.domain.throttling import FREE_FOR_ACCOUNT as FAILURES
from suitebridge.domain.throttling import FREE_FOR_ADDRESS
from suitebridge.ports.people import PersonChange
from suitebridge.ports.transactions import RecordChange
from suitebridge.web import houses
from tests.console_world import COMPANY, PASSWORD, World
from tests.scenarios.console.conftest import Entrance, visitor

RIGHT = {"company": COMPANY, "user": "grace", "password": PASSWORD}
COOKIE = "suitebridge"
IDLE = timedelta(minutes=IDLE_MINUTES)


def test_signing_in_leads_where_one_wanted_to_go_and_is_written_down(world: World) -> None:
    client = visitor()
    wanted = client.get("/records/customer?text=a")["Location"]
    page = client.get(wanted).content.decode()
    assert 'name="next" value="/records/customer?text=a"' in page
    answer = client.post("/sign-in", {**RIGHT, "user": " GRACE ", "next": "/records/customer?text=a"})
    assert (answer.status_code, answer["Location"]) == (302, "/records/customer?text=a")
    (entry,) = world.store.trail.newest(limit=1)
    assert (entry.event, entry.author_name, entry.door) == ("user:signed in", "Grace Kim", "console")


@pytest.mark.parametrize(
    "wanted", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "runs"]
)
def test_signing_in_never_leads_away(world: World, wanted: str) -> None:
    assert world.house.companies.all()
    assert visitor().post("/sign-in", {**RIGHT, "next": wanted})["Location"] == "/"


@pytest.mark.parametrize(
    "wrong",
    [
        {"password": "wrong"},
        {"user": "nobody"},
        {"company": "nowhere"},
        {"company": ""},
        {"password": ""},
        {"user": "x" * 500},
    ],
)
def test_whatever_is_wrong_the_answer_is_the_same(world: World, wrong: dict[str, str]) -> None:
    assert world.house.companies.all()
    client = visitor()
    answer = client.post("/sign-in", {**RIGHT, **wrong})
    assert answer.status_code == 422
    assert "The company, the user ID or the password is not right." in answer.content.decode()
    assert PASSWORD not in answer.content.decode()
    assert client.get("/account")["Location"].startswith("/sign-in")


@pytest.mark.parametrize("user", ["grace", "nobody"])
def test_after_five_wrong_passwords_that_account_waits_and_nobody_else(world: World, user: str) -> None:
    assert world.house.companies.all()
    stranger = visitor()
    answers = [stranger.post("/sign-in", {**RIGHT, "user": user, "password": f"wrong {n}"}) for n in range(FAILURES)]
    assert [answer.status_code for answer in answers[:-1]] == [422] * (FAILURES - 1)
    refused = stranger.post("/sign-in", {**RIGHT, "user": user})
    assert refused.status_code == 429
    assert "The next one is possible in 1 minute." in refused.content.decode()
    assert stranger.post("/sign-in", {**RIGHT, "user": "omar"}).status_code == 302
    assert visitor().post("/sign-in", RIGHT, REMOTE_ADDR="127.0.0.9").status_code == 302
    for minutes, then in ((1, "2 minutes"), (2, "4 minutes")):
        world.clock.pass_by(timedelta(minutes=minutes))
        assert stranger.post("/sign-in", {**RIGHT, "user": user, "password": "wrong again"}).status_code == 422
        assert then in stranger.post("/sign-in", {**RIGHT, "user": user}).content.decode()
    world.clock.pass_by(timedelta(minutes=4))
    assert stranger.post("/sign-in", {**RIGHT, "user": user}).status_code == (302 if user == "grace" else 422)


def test_an_address_waits_that_tries_many_accounts_and_a_right_password_does_not_clear_it(world: World) -> None:
    assert world.house.companies.all()
    stranger = visitor()
    for n in range(FREE_FOR_ADDRESS):
        wrong = {**RIGHT, "company": f"firm{n}", "password": "wrong"}
        assert stranger.post("/sign-in", wrong).status_code == 422
        assert n > FREE_FOR_ADDRESS - 2 or visitor().post("/sign-in", RIGHT).status_code == 302
    assert stranger.post("/sign-in", {**RIGHT, "user": "omar"}).status_code == 429
    assert visitor().post("/sign-in", RIGHT, REMOTE_ADDR="127.0.0.9").status_code == 302


def test_behind_a_proxy_that_nobody_named_addresses_are_not_counted(world: World) -> None:
    settings = world.house.settings.model_copy(update={"https": True})
    houses.set_current(dataclasses.replace(world.house, settings=settings))
    for n in range(FREE_FOR_ADDRESS + 1):
        assert visitor().post("/sign-in", {**RIGHT, "company": f"firm{n}"}).status_code == 422
    houses.set_current(world.house)


def test_a_wrong_present_password_counts_as_at_the_sign_in(world: World, entrance: Entrance) -> None:
    client, form = entrance("emil"), {"old": "wrong", "password": "another long walk", "repeated": "another long walk"}
    assert [client.post("/account/password", form).status_code for _ in range(FAILURES)] == [422] * FAILURES
    paused = client.post("/account/password", {**form, "old": PASSWORD})
    assert paused.status_code == 429
    assert "The next one is possible in 1 minute." in paused.content.decode()
    assert visitor().post("/sign-in", {**RIGHT, "user": "emil"}).status_code == 429
    world.clock.pass_by(timedelta(minutes=1))
    assert client.post("/account/password", {**form, "old": PASSWORD}).status_code == 302


def test_right_passwords_forget_the_wrong_ones(world: World) -> None:
    assert world.house.companies.all()
    client = visitor()
    for _ in range(3):
        for n in range(FAILURES - 2):
            assert client.post("/sign-in", {**RIGHT, "password": f"wrong {n}"}).status_code == 422
        assert client.post("/sign-in", RIGHT).status_code == 302


def test_signing_in_gives_a_new_session_whose_key_is_not_stored(world: World) -> None:
    assert world.house.companies.all()
    client = visitor()
    client.cookies[COOKIE] = "x" * 32
    client.post("/sign-in", RIGHT)
    first = client.cookies[COOKIE].value
    client.post("/sign-in", RIGHT)
    second = client.cookies[COOKIE].value
    assert len({first, second, "x" * 32}) == 3
    assert {first, second}.isdisjoint(Session.objects.values_list("session_key", flat=True))
    client.cookies[COOKIE] = first
    assert client.get("/runs").status_code == 302


def test_signing_out_ends_the_session_everywhere(entrance: Entrance) -> None:
    client = entrance("grace")
    key = client.cookies[COOKIE].value
    answer = client.post("/sign-out")
    assert answer["Location"] == "/sign-in"
    assert '"cache"' in answer["Clear-Site-Data"]
    client.cookies[COOKIE] = key
    assert client.get("/runs").status_code == 302


def test_a_session_ends_after_half_an_hour_without_a_visit(world: World, entrance: Entrance) -> None:
    client = entrance("grace")
    for _ in range(3):
        world.clock.pass_by(IDLE - timedelta(minutes=1))
        assert client.get("/runs").status_code == 200
    world.clock.pass_by(IDLE)
    assert client.get("/runs").status_code == 302


def test_a_page_that_asks_by_itself_does_not_keep_a_session_alive(world: World, entrance: Entrance) -> None:
    client = entrance("grace")
    poll = {"HX-Request": "true", "HX-Current-URL": "http://127.0.0.1/runs/24"}
    for _ in range(3):
        world.clock.pass_by(timedelta(minutes=9))
        assert client.get("/runs/24/live", headers=poll).status_code == 200
    world.clock.pass_by(timedelta(minutes=4))
    ended = client.get("/runs/24/live", headers=poll)
    assert ended["HX-Redirect"] == "/sign-in?next=%2Fruns%2F24"


def test_a_session_ends_after_eight_hours_whatever_one_does(world: World, entrance: Entrance) -> None:
    client = entrance("grace")
    for _ in range(23):
        world.clock.pass_by(timedelta(minutes=20))
        assert client.get("/runs").status_code == 200
    world.clock.pass_by(timedelta(minutes=20))
    assert client.get("/runs").status_code == 302


def test_who_is_deactivated_is_out_at_once(world: World, entrance: Entrance) -> None:
    client = entrance("emil")
    assert client.get("/records").status_code == 200
    change = RecordChange(
        type="employee",
        id=world.ids["employee"],
        version="",
        changes=(Change(field="active", before=True, after=False),),
    )
    with world.store.transactions.begin() as unit:
        unit.change_records([change], Stamp(author_id="1", author_name="Grace Kim", door=Door.SETUP))
    assert client.get("/records").status_code == 302
    assert visitor().post("/sign-in", {**RIGHT, "user": "emil"}).status_code == 422


@pytest.mark.parametrize("act", ["end access", "another role", "reactivated", "reset"])
def test_a_session_that_was_ended_stays_ended(world: World, entrance: Entrance, act: str) -> None:
    client, people = entrance("emil"), world.store.people
    assert client.get("/records").status_code == 200
    own, stamp = world.ids["employee"], Stamp(author_id="1", author_name="Grace Kim", door=Door.SETUP)
    match act:
        case "end access":
            people.end_access(own, stamp=stamp)
        case "another role":
            people.change(own, PersonChange(role=AUDITOR), version="", stamp=stamp)
        case "reactivated":
            for is_active in (False, True):
                people.change(own, PersonChange(is_active=is_active), version="", stamp=stamp)
        case _:
            ends = world.house.clock.now() + timedelta(days=1)
            people.invite(own, token=Secret("i" * 40), expires_at=ends, ends_access=True, stamp=stamp)
    assert client.get("/records").status_code == 302
    assert visitor().post("/sign-in", {**RIGHT, "user": "emil"}).status_code == (422 if act == "reset" else 302)
