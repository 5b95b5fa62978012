"""What a token opens: less than its owner may, for a time, so many requests at a time, and never for a page of another site."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import get_args

import pytest

from suitebridge.api.endpoints import ENDPOINTS
from suitebridge.api.rates import MOST_BUCKETS, OF_A_STRANGER, OF_A_TOKEN, Pace, Rates
from suitebridge.api.tokens import Scoped
from suitebridge.domain.people import Door
from suitebridge.domain.scopes import GRANTABLE, Scope
from tests.console_world import World
from tests.contract.stories import MOMENT
from tests.scenarios.api.conftest import Program, Programs, told
from tests.scenarios.console.conftest import visitor

RUN = {"workflows": ["import_customers"]}


def test_tokens_are_made_listed_and_withdrawn(world: World, programs: Programs) -> None:
    grace = programs.of("grace")
    wanted = {"label": "nightly", "days": 7, "scopes": ["tokens", "read"]}
    fresh = json.loads(grace.call("POST", "/tokens", wanted).content)
    nightly = Program(token=fresh["token"])
    assert fresh["token"].startswith("sbtoken_mrdn4k2p_")
    assert (fresh["scopes"], fresh["last_used_at"]) == (["read", "tokens"], None)
    listed = nightly.ask("/tokens")["items"]
    assert [one["label"] for one in listed] == ["test", "nightly"]
    assert all(one["last_used_at"] for one in listed)
    assert fresh["token"] not in json.dumps(listed)
    assert programs.of("omar").call("DELETE", f"/tokens/{fresh['id']}").status_code == 404
    assert grace.call("DELETE", f"/tokens/{fresh['id']}").status_code == 204
    told(nightly.call("GET", "/tokens"), 401, "SB-TOK-001")
    events = [entry for entry in world.store.trail.newest(limit=5) if entry.event.startswith("token:")]
    assert [(entry.event, entry.door) for entry in events] == [
        ("token:withdrawn", Door.API.value),
        ("token:issued", Door.API.value),
    ]


def test_an_operators_token_starts_a_run_and_sees_no_credentials(programs: Programs) -> None:
    fresh = json.loads(programs.of("omar").call("POST", "/tokens", {"label": "scheduler", "scopes": ["run"]}).content)
    scheduler = Program(token=fresh["token"])
    assert scheduler.call("POST", "/runs", RUN, Idempotency_Key="tonight").status_code == 201
    for path in ("/connection", "/connection/history", "/integration-user"):
        problem = told(scheduler.call("GET", path), 403, "SB-AUTH-001")
        assert "Administer the company" in problem["cause"]
        assert "administrator" in problem["remedy"]
    problem = told(scheduler.call("GET", "/runs"), 403, "SB-TOK-004")
    assert "scope read" in problem["cause"]


def test_an_administrators_narrow_token_opens_what_it_names_only(programs: Programs) -> None:
    reader = Program(
        token=json.loads(programs.of("grace").call("POST", "/tokens", {"label": "plain"}).content)["token"]
    )
    assert reader.call("GET", "/runs").status_code == 200
    assert reader.call("GET", "/records/customer").status_code == 200
    for method, path in (
        ("GET", "/connection"),
        ("POST", "/runs"),
        ("GET", "/people"),
        ("GET", "/trail"),
        ("GET", "/tokens"),
    ):
        told(reader.call(method, path), 403, "SB-TOK-004")


def test_a_token_makes_none_that_opens_more_than_itself(programs: Programs) -> None:
    maker = programs.of("grace", Scope.TOKENS, Scope.READ)
    told(maker.call("POST", "/tokens", {"label": "more", "scopes": ["read", "connection"]}), 403, "SB-TOK-004")
    assert maker.call("POST", "/tokens", {"label": "same", "scopes": ["read"]}).status_code == 201
    for wrong in (["command-line"], ["everything"], []):
        told(maker.call("POST", "/tokens", {"label": "x", "scopes": wrong}), 422, "SB-API-001")
    told(maker.call("POST", "/tokens", {"label": "x", "days": 91}), 422, "SB-API-001")


def test_every_scope_opens_something_and_is_named_in_the_description() -> None:
    assert {endpoint.scope for endpoint in ENDPOINTS} == set(GRANTABLE)
    assert get_args(Scoped) == tuple(scope.value for scope in GRANTABLE)


def test_too_many_requests_wait_and_others_do_not(world: World, programs: Programs) -> None:
    hasty, other = programs.of("omar"), programs.of("omar")
    for _ in range(OF_A_TOKEN.burst):
        assert hasty.call("GET", "/nowhere").status_code == 404
    answer = hasty.call("GET", "/runs")
    assert told(answer, 429, "SB-TOK-003")["retry"] == "automatic"
    assert answer["Retry-After"] == "1"
    assert other.call("GET", "/runs").status_code == 200
    world.clock.pass_by(timedelta(seconds=1))
    assert hasty.call("GET", "/runs").status_code == 200


def test_whoever_guesses_tokens_waits_too(world: World, programs: Programs) -> None:
    assert world.store
    stranger = Program(token="guess")
    for _ in range(OF_A_STRANGER.burst):
        assert stranger.call("GET", "/runs").status_code == 401
    told(stranger.call("GET", "/runs"), 429, "SB-TOK-003")
    assert programs.of("omar").call("GET", "/runs").status_code == 200


def test_buckets_fill_again_and_are_bounded() -> None:
    rates, pace = Rates(), Pace(burst=2, per_second=0.5)
    assert [rates.take("a", pace, now=MOMENT) for _ in range(3)] == [0, 0, 2]
    assert rates.take("a", pace, now=MOMENT - timedelta(hours=1)) == 2
    assert rates.take("a", pace, now=MOMENT + timedelta(seconds=2)) == 0
    assert [rates.take("a", pace, now=MOMENT + timedelta(hours=1)) for _ in range(3)] == [0, 0, 2]
    for number in range(MOST_BUCKETS):
        rates.take(str(number), pace, now=MOMENT)
    assert rates.take("a", pace, now=MOMENT) == 0


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_pages_of_other_sites_are_told_so_as_programs_are(programs: Programs, site: str) -> None:
    answer = programs.of("omar").call("POST", "/runs", RUN, Idempotency_Key="x", Sec_Fetch_Site=site)
    told(answer, 403, "SB-API-008")
    page = visitor().post("/sign-in", headers={"Sec-Fetch-Site": site})
    assert page["Content-Type"].startswith("text/html")
