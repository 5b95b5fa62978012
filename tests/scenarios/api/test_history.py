"""The trail for programs: narrowed down, compared with what was signed, and the connector's part of it."""

from __future__ import annotations

import dataclasses
import json
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from suitebridge.adapters.store.ledger import VERSION
from suitebridge.administration.checkpointing import checkpoint_trail
from suitebridge.cli.logins import Logins, write_logins
from suitebridge.cli.main import run_line
from suitebridge.domain.credentials import Secret
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.people import Door, Stamp
from tests.console_world import COMPANY, PASSWORD, World
from tests.scenarios.api.conftest import Programs, told
from tests.scenarios.console.conftest import visitor


def stamp_of(world: World, user_id: str, door: Door) -> Stamp:
    user = world.store.people.get(user_id)
    assert user is not None
    return Stamp(author_id=user.id, author_name=user.name, door=door)


def test_the_trail_takes_every_filter_of_the_console(world: World, programs: Programs) -> None:
    audrey, now = programs.of("audrey"), world.clock.now()

    def found(**asked: str) -> list[dict[str, str]]:
        items: list[dict[str, str]] = audrey.ask(f"/trail?{urlencode({'limit': '200', **asked})}")["items"]
        return items

    # The first look of the hour is an entry of its own.
    found()
    everything = found()
    for name, text, field, value in (
        ("person", "Emil", "author_name", "Emil Šimůnek"),
        ("person", "grace", "author_name", "Grace Kim"),
        ("type", "customer", "record_type", "customer"),
        ("door", "command line", "door", "command line"),
    ):
        items = found(**{name: text})
        assert {entry[field] for entry in items} == {value}, name
    assert found(type="customer", door="NetSuite integration", person="grace")
    assert found(since=(now + timedelta(days=1)).isoformat()) == []
    assert found(until=(now + timedelta(days=1)).isoformat()) == everything
    run = world.store.runs.get("23")
    assert run is not None
    with world.store.transactions.begin() as unit:
        ended = Event(name=EventName.RUN_ENDED, subject_type="run", subject_id=run.id, subject="run 23")
        unit.append_event(ended, dataclasses.replace(stamp_of(world, "grace", Door.INTEGRATION), run_id=run.id))
    assert found(run="23") == found(run=run.id)
    assert {entry["run_id"] for entry in found(run="23")} == {run.id}
    first, second = (
        audrey.ask(f"/trail?type=customer&limit=3{after}") for after in ("", f"&after={everything[0]['sequence']}")
    )
    assert first["next"]
    assert {one["record_type"] for one in (*first["items"], *second["items"])} == {"customer"}


def test_what_an_auditor_reads_is_told_once_an_hour_by_page_and_door(world: World, programs: Programs) -> None:
    """Pages and documents that were shown, and only those; nobody else's reads are told (quality.md D07)."""
    client, audrey = visitor(), programs.of("audrey")
    client.post("/sign-in", {"company": COMPANY, "user": "audrey", "password": PASSWORD})
    before = world.store.trail.newest(limit=1)[0].sequence

    def read() -> None:
        employee = f"/records/employee/{world.ids['employee']}"
        for path in ("/audit-trail", "/audit-trail?type=customer", "/records/employee", employee, "/account", "/runs"):
            client.get(path)
        for path in ("/trail", "/trail", "/records/employee", f"{employee}/trail", "/records/nonsense", "/tokens"):
            audrey.call("GET", path)
        programs.of("grace").ask("/trail")

    read()
    read()
    entries = [one for one in world.store.trail.newest(limit=50) if one.sequence > before]
    told = [(one.record_title, one.door) for one in reversed(entries) if one.event == "evidence:read"]
    assert told == [
        ("open the page “trail”", "console"),
        ("open the page “records” of the type employee", "console"),
        ("open the page “record” of the type employee", "console"),
        ("see the audit trail", "API"),
        ("see records of the type employee", "API"),
        ("see the audit trail of the type employee", "API"),
    ]
    assert {one.author_name for one in entries if one.event == "evidence:read"} == {"Audrey Lindqvist"}


def test_the_command_line_tells_the_trail_by_the_same_filters(
    world: World, programs: Programs, capsys: pytest.CaptureFixture[str]
) -> None:
    directory = world.house.directory

    def told_to(user: str, *words: str) -> list[dict[str, str]]:
        write_logins(directory, Logins(current=COMPANY, tokens={COMPANY: Secret(programs.of(user).token)}))
        assert run_line(["--data", str(directory), "--json", "audit", *words]) == 0
        entries: list[dict[str, str]] = json.loads(capsys.readouterr().out)["entries"]
        return entries

    sieved = ("--person", "grace", "--type", "customer", "--door", "NetSuite integration", "--since", "2026-01-01")
    asked = programs.of("grace").ask("/trail?person=grace&type=customer&door=NetSuite%20integration&limit=7")["items"]
    found = told_to("grace", "list", *sieved, "--limit", "7")
    assert [one["sequence"] for one in found] == [one["sequence"] for one in asked]
    older = told_to("grace", "list", *sieved, "--before", str(found[-1]["sequence"]), "--limit", "2")
    assert all(one["sequence"] < found[-1]["sequence"] for one in older)
    assert told_to("grace", "list", "--until", "2020-01-01") == []
    assert {one["event"] for one in told_to("grace", "settings")} >= {"credentials:saved"}
    told_to("audrey", "list")
    assert told_to("audrey", "list")[0]["sentence"] == (
        "Audrey Lindqvist used the right to see the audit trail through the command line"
    )
    assert run_line(["--data", str(directory), "audit", "list", "--type", "customer", "--limit", "2"]) == 0
    assert "through the NetSuite integration" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("query", "status"),
    [("person=nobody", 400), ("door=window", 422), ("since=2026-01-05", 422), ("run=999", 404), ("type=A;", 422)],
)
def test_filters_that_mean_nothing_are_told(programs: Programs, query: str, status: int) -> None:
    told(programs.of("audrey").call("GET", f"/trail?{query}"), status, "SB-API-002" if status == 404 else "SB-API-001")


def test_the_verdict_compares_with_what_was_signed(world: World, programs: Programs) -> None:
    audrey, house = programs.of("audrey"), world.house
    before = audrey.ask("/trail/verdict")
    assert (before["is_whole"], before["checkpoints"], before["signed_at"]) == (True, 0, None)
    checkpoint_trail(world.store, house.checkpoints, house.clock)
    after = audrey.ask("/trail/verdict")
    assert (after["is_whole"], after["checkpoints"]) == (True, 1)
    assert after["signed_at"]


def test_the_connectors_history_holds_settings_keys_and_the_integration_user(world: World, programs: Programs) -> None:
    grace = programs.of("grace")
    tag = grace.call("GET", "/connection/settings")["ETag"]
    assert grace.call("PUT", "/connection/settings", {"switches": ["single_sign_on"]}, If_Match=tag).status_code == 200
    with world.store.transactions.begin() as unit:
        event = Event(name=EventName.KEY_ADDED, subject_type="master_key", subject_id="k1", subject="master key k1")
        unit.append_event(event, stamp_of(world, "grace", Door.COMMAND_LINE))
    items = grace.ask("/connection/history")["items"]
    assert [one["event"] for one in items[:2]] == ["key:added", "settings:saved"]
    # What was asked for from elsewhere says from where; by which version is always known (quality.md D03).
    assert [one["address"] for one in items[:2]] == ["", "127.0.0.1"]
    assert {one["version"] for one in items[:2]} == {VERSION}
    assert [one["event"] for one in grace.ask("/connection/history?door=API")["items"]] == ["settings:saved"]
    assert grace.ask("/connection/history?limit=1")["next"] == str(items[0]["sequence"])
