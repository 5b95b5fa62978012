"""A request that is sent twice makes one thing (quality.md E03, S52)."""

from __future__ import annotations

import json

import pytest

from suitebridge.api.endpoints import ENDPOINTS
from suitebridge.domain.people import AUDITOR, VIEWER
from tests.console_world import World
from tests.scenarios.api.conftest import Programs, told
from tests.scenarios.api.test_stories import ENTRY

MAKES_NOTHING = {
    "compare_configuration",
    "confirm",
    "check_saved",
    "check_entered",
    "synchronize_netsuite_fields",
    "pause_run",
    "resume_run",
    "cancel_run",
    "try_recipient",
    "repeat_message",
    "submit_record",
    "approve_record",
    "reject_record",
    "reopen_record",
}


def test_whatever_is_posted_and_makes_something_carries_a_key() -> None:
    posts = {endpoint.name for endpoint in ENDPOINTS if endpoint.method == "POST"}
    assert {one.name for one in ENDPOINTS if "Idempotency-Key" in one.headers} == posts - MAKES_NOTHING


def test_a_person_is_added_once_for_each_key(world: World, programs: Programs) -> None:
    grace = programs.of("grace")
    told(grace.call("POST", "/people", ENTRY, Idempotency_Key=""), 400, "SB-API-001")
    first = grace.call("POST", "/people", ENTRY, Idempotency_Key="pia")
    assert first.status_code == 201
    again = grace.call("POST", "/people", ENTRY, Idempotency_Key="pia")
    assert (again.status_code, again["Idempotency-Replayed"]) == (200, "true")
    assert json.loads(again.content) == json.loads(first.content)
    assert again["ETag"] == first["ETag"]
    assert len(grace.ask("/people?text=pia")["items"]) == 1
    told(grace.call("POST", "/people", {**ENTRY, "first": "Mia"}, Idempotency_Key="pia"), 422, "SB-API-004")
    told(grace.call("POST", "/tokens", ENTRY, Idempotency_Key="pia"), 422, "SB-API-004")
    told(programs.of("ursula").call("POST", "/people", ENTRY, Idempotency_Key="pia"), 422, "SB-USER-006")
    assert (
        len(
            [
                one
                for one in world.store.trail.newest(limit=50)
                if one.event == "user:added" and "pia" in one.record_title
            ]
        )
        == 1
    )


def test_a_refused_request_may_be_corrected_under_its_key(programs: Programs) -> None:
    grace = programs.of("grace")
    told(grace.call("POST", "/people", {**ENTRY, "email": "none"}, Idempotency_Key="pia"), 422, "SB-USER-006")
    assert grace.call("POST", "/people", ENTRY, Idempotency_Key="pia").status_code == 201


def test_a_role_is_turned_on_once_for_each_key(programs: Programs) -> None:
    grace = programs.of("grace")
    path = f"/roles/{VIEWER.name}/activation"
    answers = [grace.call("POST", path, Idempotency_Key="on") for _ in range(2)]
    assert [one.status_code for one in answers] == [200, 200]
    assert json.loads(answers[0].content) == json.loads(answers[1].content)
    told(grace.call("POST", f"/roles/{AUDITOR.name}/activation", Idempotency_Key="on"), 422, "SB-API-004")


@pytest.mark.parametrize("what", ["token", "invitation"])
def test_what_is_shown_once_is_not_shown_again(world: World, programs: Programs, what: str) -> None:
    grace, emil = programs.of("grace"), world.store.people.get("emil")
    assert emil is not None
    path, contents = {
        "token": ("/tokens", {"label": "nightly"}),
        "invitation": (f"/people/{emil.id}/invitation", {"kind": "first"}),
    }[what]
    made = json.loads(grace.call("POST", path, contents, Idempotency_Key="once").content)
    problem = told(grace.call("POST", path, contents, Idempotency_Key="once"), 409, "SB-API-009")
    assert made["token"] not in json.dumps(problem)
    assert made.get("id", "") in problem["cause"]


def test_a_request_whose_end_nobody_knows_is_not_done_again(world: World, programs: Programs) -> None:
    ursula, grace = programs.of("ursula"), world.store.people.get("grace")
    assert grace is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("suitebridge.api.repeating._made", broken)
        answer = ursula.call("POST", "/people", ENTRY, Idempotency_Key="pia")
    assert answer.status_code == 500
    told(ursula.call("POST", "/people", ENTRY, Idempotency_Key="pia"), 409, "SB-API-010")


def broken(_response: object) -> str:
    raise ConnectionError("the server ended")
