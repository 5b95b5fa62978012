"""What programs do through the API, step by step, and what they are told when it cannot be."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from suitebridge.administration.staffing import stamp_for
from suitebridge.domain.credentials import Secret
from suitebridge.domain.people import Door, Permission, Role, TimeBox
from suitebridge.ports.people import PersonChange
from tests.console_world import NEIGHBOR, PASSWORD, World
from tests.scenarios.api.conftest import Program, Programs, told

REHEARSER = Role(name="Rehearser", permissions=frozenset({Permission.DRY_RUN, Permission.VIEW_RECORDS}))

ENTRY = {"user_id": "pia", "first": "Pia", "last": "Okafor", "email": "pia@meridian.example", "role": "Employee"}


@pytest.mark.parametrize("token", ["", "nonsense", "sbtoken_mrdn4k2p_" + "a" * 40, "sbtoken_zzzzzzzz_" + "a" * 40])
def test_without_a_good_token_nothing_opens(world: World, token: str) -> None:
    assert world.store
    for path in ("/runs", "/nowhere", "/openapi.json"):
        answer = Program(token=token).call("GET", path)
        told(answer, 401, "SB-TOK-001")
        assert answer["WWW-Authenticate"] == "Bearer"
        assert "Access-Control-Allow-Origin" not in answer


def test_a_token_ends_in_time_and_with_its_user(world: World, programs: Programs) -> None:
    grace, omar = programs.of("grace"), programs.of("omar")
    record = world.store.people.get("omar")
    assert record is not None
    answer = grace.call("PUT", f"/people/{record.id}/activity", {"is_active": False}, If_Match="*")
    assert answer.status_code == 200
    told(omar.call("GET", "/runs"), 401, "SB-TOK-001")
    world.clock.pass_by(timedelta(days=2))
    told(grace.call("GET", "/runs"), 401, "SB-TOK-001")


def test_people_are_added_changed_invited_and_deactivated(world: World, programs: Programs) -> None:
    grace = programs.of("grace")
    added = grace.call("POST", "/people", ENTRY)
    assert added.status_code == 201, added.content.decode()
    place, tag = f"/people/{json.loads(added.content)['id']}", added["ETag"]
    told(grace.call("PUT", place, {**ENTRY, "last": "Obi"}), 428, "SB-API-003")
    changed = grace.call("PUT", place, {**ENTRY, "last": "Obi"}, If_Match=tag)
    assert changed.status_code == 200, changed.content.decode()
    told(grace.call("PUT", place, {**ENTRY, "last": "Late"}, If_Match=tag), 412, "SB-USER-004")
    assert grace.ask(place)["last"] == "Obi"
    invited = grace.call("POST", f"{place}/invitation", {"kind": "first"})
    assert len(json.loads(invited.content)["token"]) == 40
    off = grace.call("PUT", f"{place}/activity", {"is_active": False}, If_Match="*")
    assert json.loads(off.content)["is_active"] is False
    problem = told(grace.call("POST", "/people", {**ENTRY, "email": "none", "role": "King"}), 422, "SB-USER-006")
    assert {one["field"] for one in problem["errors"]} >= {"email", "role"}


def test_whoever_has_a_role_that_ended_is_changed_without_giving_it_another_end(
    world: World, programs: Programs
) -> None:
    store, grace, asking = world.store, world.store.people.get("grace"), programs.of("grace")
    omar = store.people.get("omar")
    assert omar is not None
    assert grace is not None
    over = PersonChange(time_box=TimeBox(ends_at=world.clock.now() - timedelta(minutes=1)))
    store.people.change(omar.id, over, version="", stamp=stamp_for(grace, Door.API))
    shown = asking.ask(f"/people/{omar.id}")
    assert (shown["has_ended"], shown["role"]) == (True, "Integration operator")
    names = ("user_id", "first", "last", "email", "role", "role_until", "is_active")
    entry = {name: shown[name] for name in names}
    changed = asking.call("PUT", f"/people/{omar.id}", {**entry, "last": "Haddad-Roy"}, If_Match="*")
    assert changed.status_code == 200, changed.content.decode()
    assert json.loads(changed.content)["role_until"] == shown["role_until"]
    earlier = (world.clock.now() - timedelta(days=2)).isoformat()
    refused = asking.call("PUT", f"/people/{omar.id}", {**entry, "role_until": earlier}, If_Match="*")
    assert (refused.status_code, json.loads(refused.content)["code"]) == (422, "SB-USER-007")


def test_sign_in_rules_are_shortened_with_every_problem_told_by_field(world: World, programs: Programs) -> None:
    grace = programs.of("grace")
    shown = grace.ask("/sign-in-rules")
    assert (shown["longest_minutes"], shown["without_second_factor"]) == (480, ["Grace Kim"])
    entry = {"idle_minutes": 31, "longest_minutes": 4, "demands_second_factor": True}
    refused = grace.call("PUT", "/sign-in-rules", entry, If_Match="*")
    assert refused.status_code == 422
    problem = json.loads(refused.content)
    assert problem["code"] == "SB-AUTH-005"
    assert [one["field"] for one in problem["errors"]] == ["idle_minutes", "longest_minutes"]
    saved = grace.call("PUT", "/sign-in-rules", {**entry, "idle_minutes": 10, "longest_minutes": 60}, If_Match="*")
    assert saved.status_code == 200, saved.content.decode()
    assert world.store.sessions.rules().demands_second_factor
    told = world.store.trail.newest(limit=1)[0]
    assert (told.event, told.author_name, told.door) == ("sign-in rules:saved", "Grace Kim", "API")


def test_the_integration_user_is_kept(world: World, programs: Programs) -> None:
    grace = programs.of("grace")
    person = world.store.people.get("grace")
    assert person is not None
    assert grace.call("PUT", "/integration-user", {"id": person.id}, If_Match="*").status_code == 200
    assert grace.ask("/integration-user")["name"] == "Grace Kim"
    place = f"/people/{person.id}"
    told(grace.call("PUT", f"{place}/activity", {"is_active": False}, If_Match="*"), 409, "SB-USER-001")
    told(grace.call("PUT", f"{place}/role", {"role": "Employee"}, If_Match="*"), 409, "SB-USER-001")
    assert grace.call("DELETE", "/integration-user", If_Match="*").status_code == 204
    told(grace.call("PUT", f"{place}/activity", {"is_active": False}, If_Match="*"), 409, "SB-USER-002")


def test_the_connection_is_saved_by_version_and_shows_no_secret(world: World, programs: Programs) -> None:
    grace = programs.of("grace")
    shown = grace.call("GET", "/connection")
    entry = {"account_id": "TSTDRV1984736", "secrets": {"consumer_secret": "a-fresh-canary-secret"}}
    saved = grace.call("PUT", "/connection", entry, If_Match=shown["ETag"])
    assert saved.status_code == 200, saved.content.decode()
    assert b"canary" not in saved.content
    told(grace.call("PUT", "/connection", entry, If_Match=shown["ETag"]), 412, "SB-CONN-001")
    moved = grace.call("PUT", "/connection", {"account_id": "7654321"}, If_Match="*")
    problem = told(moved, 422, "SB-API-001")
    assert problem["errors"]
    told(grace.call("PUT", "/connection", {"account_id": "1", "values": {"url": "x"}}, If_Match="*"), 400, "SB-API-001")
    history = grace.ask("/connection/history?limit=1")
    assert history["items"][0]["event"] == "credentials:saved"
    assert b"canary" not in json.dumps(history).encode()


def test_a_run_is_started_once_for_each_key(world: World, programs: Programs) -> None:
    omar = programs.of("omar")
    entry = {"workflows": ["import_customers"]}
    first = omar.call("POST", "/runs", entry, Idempotency_Key="monday")
    assert first.status_code == 201, first.content.decode()
    again = omar.call("POST", "/runs", entry, Idempotency_Key="monday")
    assert again.status_code == 200
    assert json.loads(again.content)["number"] == json.loads(first.content)["number"]
    told(omar.call("POST", "/runs", {**entry, "is_full": True}, Idempotency_Key="monday"), 422, "SB-API-004")
    told(omar.call("POST", "/runs", entry, Idempotency_Key=""), 400, "SB-API-001")
    other = programs.of("grace").call("POST", "/runs", entry, Idempotency_Key="monday")
    assert other.status_code == 201
    entry_of_start = next(one for one in world.store.trail.newest(limit=5) if one.event == "run:asked")
    assert entry_of_start.door == Door.API.value


def test_a_run_names_what_it_needs_and_may_go_on_without(programs: Programs) -> None:
    omar, entry = programs.of("omar"), {"workflows": ["import_projects"], "is_full": True}
    problem = told(omar.call("POST", "/runs", entry, Idempotency_Key="projects"), 409, "SB-RUN-007")
    assert "Customers (Customers)" in problem["title"]
    assert "import_customers" in problem["remedy"]
    knowing = omar.call("POST", "/runs", {**entry, "without_needed": True}, Idempotency_Key="projects")
    assert knowing.status_code == 201, knowing.content.decode()


def test_a_full_run_since_a_day_says_so(programs: Programs) -> None:
    omar, entry = programs.of("omar"), {"workflows": ["import_customers"], "since": "2026-01-01"}
    first = json.loads(omar.call("POST", "/runs", entry, Idempotency_Key="since").content)
    assert (first["is_full"], first["since"]) == (True, "2026-01-01")
    assert omar.call("POST", "/runs", {**entry, "is_full": True}, Idempotency_Key="since").status_code == 200
    told(omar.call("POST", "/runs", {**entry, "since": "2026-01-02"}, Idempotency_Key="since"), 422, "SB-API-004")
    told(omar.call("POST", "/runs", {**entry, "since": "January"}, Idempotency_Key="word"), 400, "SB-API-001")
    told(omar.call("POST", "/runs", {**entry, "since": "2999-01-01"}, Idempotency_Key="future"), 422, "SB-RUN-001")


def test_a_dry_run_has_a_key_of_its_own_and_tells_its_differences_masked(world: World, programs: Programs) -> None:
    entry = {"workflows": ["import_customers"]}
    grace = world.store.people.get("grace")
    assert grace is not None
    world.store.roles.save(REHEARSER, was=None, reason="", stamp=stamp_for(grace, Door.CONSOLE))
    designer = world.store.people.add(
        user_id="dora", first="Dora", last="", email="", role=REHEARSER, password=Secret(PASSWORD), stamp=None
    )
    dora = programs.of(designer.user_id)
    first = dora.call("POST", "/dry-runs", entry, Idempotency_Key="tuesday")
    assert (first.status_code, json.loads(first.content)["is_dry"]) == (201, True), first.content.decode()
    assert dora.call("POST", "/dry-runs", entry, Idempotency_Key="tuesday").status_code == 200
    told(dora.call("POST", "/dry-runs", {**entry, "is_full": True}, Idempotency_Key="tuesday"), 422, "SB-API-004")
    told(dora.call("POST", "/runs", entry, Idempotency_Key="wednesday"), 403, "SB-AUTH-001")

    page = dora.ask("/runs/21/records?limit=4&outcome=updated")
    assert [one["target_id"] for one in page["items"]] == [
        one["target_id"] for one in page["items"] if one["target_id"]
    ]
    assert page["items"][0]["differences"] == [
        {"field": "phone", "before": "(masked)", "after": "(masked)"},
        {"field": "email", "before": "", "after": "(masked)"},
    ]
    seen = programs.of("grace").ask("/runs/21/records?limit=4&outcome=updated")["items"][0]["differences"]
    assert [one["after"] for one in seen] == ["+49 30 5678", "office@example.com"]
    rest = dora.ask(f"/runs/21/records?after={page['next']}")["items"]
    assert [one["outcome"] for one in rest] == ["created", "created"]
    told(dora.call("GET", "/runs/21/records?outcome=nonsense"), 400, "SB-API-001")


def test_lists_are_paged_to_their_end(world: World, programs: Programs) -> None:
    grace = programs.of("grace")
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = grace.ask(f"/records/invoice?limit=50&after={cursor}")
        seen += [item["id"] for item in page["items"]]
        cursor = page["next"]
    assert len(seen) == len(set(seen)) == 120
    runs = grace.ask("/runs?limit=2")
    assert [run["number"] for run in grace.ask(f"/runs?limit=1&after={runs['next']}")["items"]] == [
        runs["items"][-1]["number"] - 1
    ]
    assert grace.ask("/trail/verdict")["is_whole"] is True
    assert grace.ask("/trail?limit=3")["items"][0]["sequence"] > 3
    assert grace.ask("/runs/23/errors")["items"]


@pytest.mark.parametrize(
    ("contents", "kind", "status", "code"),
    [
        (b'{"label": "x"', "application/json", 400, "SB-API-001"),
        (b'{"label": "x", "label": "y"}', "application/json", 400, "SB-API-001"),
        (b'{"label": "x", "days": NaN}', "application/json", 400, "SB-API-001"),
        (b'{"label": "\\u0000"}', "application/json", 400, "SB-API-001"),
        (b'{"label": "\\ud800"}', "application/json", 400, "SB-API-001"),
        (b'{"label": "x", "days": ' + b"9" * 99 + b"}", "application/json", 400, "SB-API-001"),
        (b"[" * 40_000, "application/json", 400, "SB-API-001"),
        (b"\xff\xfe", "application/json", 400, "SB-API-001"),
        (b'{"label": "x", "role": "Administrator"}', "application/json", 422, "SB-API-001"),
        (b'{"label": "x", "days": "7"}', "application/json", 422, "SB-API-001"),
        (b'{"label": "x"}', "text/plain", 415, "SB-API-006"),
        (b"label=x", "application/x-www-form-urlencoded", 415, "SB-API-006"),
        (b" " * 100_001, "application/json", 413, "SB-API-005"),
    ],
)
def test_what_cannot_be_read_is_refused(programs: Programs, contents: bytes, kind: str, status: int, code: str) -> None:
    answer = programs.of("grace").call("POST", "/tokens", contents, Content_Type=kind)
    told(answer, status, code)


def test_addresses_and_methods_that_are_none_are_told(programs: Programs) -> None:
    grace = programs.of("grace")
    for path in ("/nowhere", "/people/999", "/records/nothing", "/records/customer/0", "/runs/999"):
        told(grace.call("GET", path), 404, "SB-API-002")
    answer = grace.call("DELETE", "/runs")
    told(answer, 405, "SB-API-007")
    assert answer["Allow"] == "GET, POST"
    told(grace.call("GET", "/runs?stranger=1"), 422, "SB-API-001")
    told(grace.call("GET", "/runs?limit=1000"), 422, "SB-API-001")


def test_another_company_is_nowhere(world: World, programs: Programs) -> None:
    grace = programs.of("grace")
    theirs = world.ids["neighbor customer"]
    assert world.house.companies.store(NEIGHBOR).records.fetch("customer", [theirs], [])
    told(grace.call("GET", f"/records/customer/{theirs}"), 404, "SB-API-002")
    assert not grace.ask("/records/customer?text=quayside")["items"]


def test_every_answer_to_a_good_token_names_the_account(world: World, programs: Programs) -> None:
    grace = programs.of("grace")
    for answer in (
        grace.call("GET", "/runs"),
        grace.call("GET", "/nowhere"),
        programs.of("emil").call("GET", "/people"),
    ):
        assert (answer["NetSuite-Environment"], answer["NetSuite-Account"]) == ("test drive", "TSTDRV1984736")
    assert {run["environment"] for run in grace.ask("/runs")["items"]} == {"test drive"}
    assert "NetSuite-Account" not in Program(token="nonsense").call("GET", "/runs")
    assert world.store
