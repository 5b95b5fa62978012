"""Configuration is changed by whoever has seen it: ETag, If-Match, 412 and 428 (quality.md E03)."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from typing import Any, cast

import pytest
from django.urls import resolve

from suitebridge.api.document import PREFIX, build
from suitebridge.api.endings import ENDINGS, Ending
from suitebridge.api.endpoints import ENDPOINTS
from tests.console_world import World
from tests.scenarios.api.conftest import Programs, told

ROLE = {"permissions": ["View records"]}
SSO = {"switches": ["single_sign_on"]}
OWN_OR_AT_ONCE = {"delete_token", "end_user_access", "remove_second_factor"}
"""What is ended whatever state it is in: there is nothing to overwrite."""


def test_every_change_of_configuration_says_which_state_it_is_about() -> None:
    changing = {endpoint.name: endpoint for endpoint in ENDPOINTS if endpoint.method in {"PUT", "PATCH", "DELETE"}}
    assert changing.keys() > OWN_OR_AT_ONCE
    without = {name for name, endpoint in changing.items() if "If-Match" not in endpoint.headers}
    assert without == OWN_OR_AT_ONCE


def test_roles_have_versions(programs: Programs) -> None:
    grace = programs.of("grace")
    told(grace.call("GET", "/roles/Clerk"), 404, "SB-API-002")
    told(grace.call("PUT", "/roles/Clerk", ROLE), 428, "SB-API-003")
    told(grace.call("PUT", "/roles/Clerk", ROLE, If_Match='"0"'), 412, "SB-ROLE-002")
    added = grace.call("PUT", "/roles/Clerk", ROLE, If_Match="*")
    assert added.status_code == 200, added.content.decode()
    tag = grace.call("GET", "/roles/clerk")["ETag"]
    assert tag == added["ETag"]
    changed = grace.call("PUT", "/roles/Clerk", {"permissions": []}, If_Match=tag)
    assert changed["ETag"] != tag
    for method in ("PUT", "DELETE"):
        told(grace.call(method, "/roles/Clerk", ROLE if method == "PUT" else None, If_Match=tag), 412, "SB-ROLE-002")
    assert grace.call("DELETE", "/roles/Clerk", If_Match=changed["ETag"]).status_code == 204


@pytest.mark.parametrize("path", ["/connection/settings", "/integration-user"])
def test_settings_and_the_integration_user_have_versions(world: World, programs: Programs, path: str) -> None:
    grace, person = programs.of("grace"), world.store.people.get("grace")
    assert person is not None
    contents = SSO if path == "/connection/settings" else {"id": person.id}
    tag = grace.call("GET", path)["ETag"]
    told(grace.call("PUT", path, contents), 428, "SB-API-003")
    saved = grace.call("PUT", path, contents, If_Match=tag)
    assert saved.status_code == 200, saved.content.decode()
    assert saved["ETag"] != tag
    told(grace.call("PUT", path, contents, If_Match=tag), 412, "SB-CONN-001")
    told(grace.call("PUT", "/connection/settings", {"switches": ["x"]}, If_Match="*"), 400, "SB-API-001")


def test_the_configuration_is_exported_compared_and_applied_over_its_version(programs: Programs) -> None:
    grace = programs.of("grace")
    shown = grace.call("GET", "/configuration?portable=true")
    empty = shown.json()["file"]
    whole = json.loads(empty)
    edits = {"is": "WorkflowOverride", "workflow": "import_vendors", "is_active": True}
    whole["configuration"] = {"is": "Configuration", "overrides": [edits]}
    file = json.dumps(whole, indent=2, sort_keys=True) + "\n"
    told(grace.call("PUT", "/configuration", {"file": file}), 428, "SB-API-003")
    told(
        grace.call("PUT", "/configuration", {"file": json.dumps({**whole, "extra": 1})}, If_Match="*"),
        422,
        "SB-CFG-012",
    )
    (change,) = grace.call("POST", "/configuration/comparison", {"file": file}).json()["changes"]
    assert grace.call("PUT", "/configuration", {"file": file, "is_dry": True}, If_Match="*").json()["version"] == 0
    saved = grace.call("PUT", "/configuration", {"file": file, "is_managed": True}, If_Match=shown["ETag"])
    assert (saved.json()["version"], saved.json()["changes"], saved["ETag"]) == (1, [change], '"1"')
    now = grace.call("GET", "/configuration").json()
    assert (now["file"], now["is_managed"]) == (file, True)
    told(grace.call("PUT", "/configuration", {"file": empty}, If_Match=shown["ETag"]), 409, "SB-CFG-005")


def test_custom_fields_have_versions_by_record_type_and_are_shown_by_records(programs: Programs) -> None:
    grace, tier = (
        programs.of("grace"),
        {"label": "Tier", "kind": "choice", "choices": [{"value": "g", "label": "Gold"}]},
    )
    path = "/custom-fields/customer/tier__c"
    told(grace.call("PUT", path, tier), 428, "SB-API-003")
    told(grace.call("PUT", path, tier, If_Match='"7"'), 412, "SB-CFG-014")
    told(grace.call("PUT", "/custom-fields/nothing/tier__c", tier, If_Match="*"), 404, "SB-API-002")
    told(grace.call("PUT", "/custom-fields/customer/tier", tier, If_Match="*"), 422, "SB-CFG-013")
    tag = grace.call("PUT", path, tier, If_Match="*")["ETag"]
    assert grace.call("GET", "/custom-fields/customer")["ETag"] == tag == '"1"'
    (listed,) = grace.call("GET", "/custom-fields").json()["items"]
    assert [one["name"] for one in listed["fields"]] == ["tier__c"]
    (record, *_) = grace.call("GET", "/records/customer").json()["items"]
    assert record["fields"]["tier__c"] is None
    assert grace.call("DELETE", path, If_Match=tag).status_code == 204
    told(grace.call("DELETE", path, If_Match="*"), 404, "SB-API-002")


def test_workflow_groups_have_versions_and_are_run_by_name(programs: Programs) -> None:
    grace, group = programs.of("grace"), {"workflows": ["import_employees", "import_customers"]}
    told(grace.call("PUT", "/workflow-groups/Day", group), 428, "SB-API-003")
    told(grace.call("PUT", "/workflow-groups/Day", group, If_Match='"1"'), 412, "SB-AUTO-002")
    wrong = told(grace.call("PUT", "/workflow-groups/Day", {"workflows": ["x"]}, If_Match="*"), 422, "SB-AUTO-001")
    assert wrong["errors"] == [{"field": "workflows", "said": "There is no workflow named x."}]
    tag = grace.call("PUT", "/workflow-groups/Day", group, If_Match="*")["ETag"]
    assert grace.call("GET", "/workflow-groups/day")["ETag"] == tag == '"1"'
    started = [grace.call("POST", "/runs", {"group": "Day"}, Idempotency_Key="once") for _ in range(2)]
    assert [one.status_code for one in started] == [201, 200]
    assert started[0].json()["workflows"] == group["workflows"]
    told(grace.call("POST", "/runs", {"group": "Nothing"}), 422, "SB-RUN-001")
    told(grace.call("DELETE", "/workflow-groups/Day", If_Match='"9"'), 412, "SB-AUTO-002")
    told(grace.call("DELETE", "/workflow-groups/Day", If_Match='"abc"'), 412, "SB-AUTO-002")
    assert grace.call("DELETE", "/workflow-groups/Day", If_Match=tag).status_code == 204


def test_recipients_have_versions_and_show_their_key_once(programs: Programs) -> None:
    grace, entry = (
        programs.of("grace"),
        {"url": "https://127.0.0.1:1/hook", "digest_hour": 6, "muted_until": "2026-12-31"},
    )
    path = "/recipients/Finance"
    told(grace.call("PUT", path, entry), 428, "SB-API-003")
    told(grace.call("PUT", path, entry, If_Match='"1"'), 412, "SB-AUTO-002")
    wrong = told(grace.call("PUT", path, {**entry, "muted_until": "soon"}, If_Match="*"), 422, "SB-AUTO-001")
    assert [one["field"] for one in wrong["errors"]] == ["muted_until"]
    wrong = told(grace.call("PUT", path, {"url": "ftp://x", "digest_hour": 24}, If_Match="*"), 422, "SB-AUTO-001")
    assert [one["field"] for one in wrong["errors"]] == ["digest_hour"]
    added = grace.call("PUT", path, entry, If_Match="*")
    assert added.json()["signing_key"].startswith("whsec_")
    shown = grace.call("GET", path)
    assert shown["ETag"] == added["ETag"] == '"1"'
    assert "signing_key" not in shown.json()
    assert shown.json()["muted_until"] == "2026-12-31"
    assert [one["name"] for one in grace.call("GET", "/recipients").json()["items"]] == ["Finance", "Ops"]
    changed = grace.call("PUT", path, {"url": entry["url"], "least_severity": "error"}, If_Match=added["ETag"])
    assert (changed.json()["signing_key"], changed.json()["digest_hour"]) == (None, None)
    tried = grace.call("POST", f"{path}/trial").json()
    assert not tried["is_taken"]
    assert "not of the public net" in tried["said"]
    (message,) = grace.call("GET", "/notifications").json()["items"]
    assert (message["id"], message["state"]) == ("msg_1", "waiting")
    assert grace.call("POST", "/notifications/msg_1/repetition").status_code == 204
    told(grace.call("POST", "/notifications/msg_9/repetition"), 404, "SB-API-002")
    told(grace.call("DELETE", path, If_Match=added["ETag"]), 412, "SB-AUTO-002")
    assert grace.call("DELETE", path, If_Match=changed["ETag"]).status_code == 204
    told(grace.call("GET", path), 404, "SB-API-002")


def test_the_mail_server_has_versions_and_shows_no_password(programs: Programs) -> None:
    grace, path = programs.of("grace"), "/mail-server"
    entry = {"host": "smtp.example.com", "sender": "bridge@example.com", "user": "bridge", "password": "typed-for-mail"}
    assert grace.call("GET", path)["ETag"] == '"0"'
    wrong = told(grace.call("PUT", path, {**entry, "security": "none"}, If_Match="*"), 422, "SB-AUTO-001")
    assert [one["field"] for one in wrong["errors"]] == ["security"]
    wrong = told(grace.call("PUT", path, {**entry, "port": 0, "security": "plain"}, If_Match='"0"'), 422, "SB-AUTO-001")
    assert [one["field"] for one in wrong["errors"]] == ["port", "security"]
    saved = grace.call("PUT", path, entry, If_Match='"0"')
    shown = grace.call("GET", path)
    assert shown["ETag"] == saved["ETag"] == '"1"'
    assert "typed-for-mail" not in saved.content.decode() + shown.content.decode()
    told(grace.call("PUT", path, entry, If_Match='"0"'), 412, "SB-AUTO-002")
    assert grace.call("DELETE", path, If_Match=shown["ETag"]).status_code == 204


def test_real_time_settings_have_versions(programs: Programs) -> None:
    grace, path = programs.of("grace"), "/real-time"
    shown = grace.call("GET", path)
    assert (shown["ETag"], shown.json()["exports"], shown.json()["push_key"]) == ('"0"', [], None)
    assert "invoice" in shown.json()["exportable"]
    told(grace.call("PUT", path, {"exports": ["invoice"]}), 428, "SB-API-003")
    told(grace.call("PUT", path, {"exports": ["customer", "x"]}, If_Match="*"), 422, "SB-REC-001")
    saved = grace.call("PUT", path, {"exports": ["invoice", "time_entry"]}, If_Match='"0"')
    assert (saved["ETag"], saved.json()["exports"]) == ('"1"', ["invoice", "time_entry"])
    told(grace.call("PUT", path, {"exports": []}, If_Match='"0"'), 412, "SB-AUTO-002")
    assert grace.call("PUT", path, {"exports": []}, If_Match="*").json()["exports"] == []


def test_schedules_have_versions_and_say_what_is_next(programs: Programs) -> None:
    grace = programs.of("grace")
    entry = {"group": "nightly", "days": ["mon", "tue"], "times": ["06:00", "18:30"], "zone": "Asia/Tokyo"}
    told(grace.call("PUT", "/schedules/Day", entry), 428, "SB-API-003")
    told(grace.call("PUT", "/schedules/Day", entry, If_Match='"1"'), 412, "SB-AUTO-002")
    wrong = {**entry, "cron": "0 6 * * *", "overlap": "pile up"}
    found = told(grace.call("PUT", "/schedules/Day", wrong, If_Match="*"), 422, "SB-AUTO-001")
    assert [one["field"] for one in found["errors"]] == ["cron", "overlap"]
    found = told(
        grace.call("PUT", "/schedules/Day", {"group": "x", "cron": "@daily", "zone": "y"}, If_Match="*"),
        422,
        "SB-AUTO-001",
    )
    assert [one["field"] for one in found["errors"]] == ["group", "zone", "cron"]
    saved = grace.call("PUT", "/schedules/Day", entry, If_Match="*")
    shown = saved.json()
    assert (shown["group"], shown["timing"], shown["next_owner"]) == (
        "Nightly",
        "Monday, Tuesday at 06:00, 18:30",
        "Grace Kim",
    )
    assert len(shown["next"]) == 5
    assert {one["local"][11:] for one in shown["next"]} == {"06:00+09:00", "18:30+09:00"}
    ticks = grace.ask("/schedules/Mornings")["ticks"]
    assert [(one["outcome"], one["run"]) for one in ticks] == [("refused", None), ("skipped", 24), ("started", 24)]
    told(grace.call("DELETE", "/workflow-groups/Nightly", If_Match="*"), 409, "SB-AUTO-003")
    told(grace.call("DELETE", "/schedules/Day", If_Match='"2"'), 412, "SB-AUTO-002")
    assert grace.call("DELETE", "/schedules/Day", If_Match=saved["ETag"]).status_code == 204


def test_the_integration_user_is_cleared_by_version(world: World, programs: Programs) -> None:
    grace = programs.of("grace")
    told(grace.call("DELETE", "/integration-user"), 428, "SB-API-003")
    told(grace.call("DELETE", "/integration-user", If_Match='"999"'), 412, "SB-CONN-001")
    assert world.store.connections.get() is not None
    assert grace.call("DELETE", "/integration-user", If_Match="*").status_code == 204


@pytest.mark.parametrize(
    ("path", "one", "other"),
    [
        ("/duties", {"keeps_duties_apart": True}, {"keeps_duties_apart": False}),
        (
            "/sign-in-rules",
            {"idle_minutes": 20, "longest_minutes": 60, "demands_second_factor": False},
            {"idle_minutes": 30, "longest_minutes": 480, "demands_second_factor": False},
        ),
    ],
)
def test_rules_of_the_company_have_versions(
    programs: Programs, path: str, one: dict[str, object], other: dict[str, object]
) -> None:
    grace = programs.of("grace")
    shipped = grace.call("GET", path)["ETag"]
    told(grace.call("PUT", path, one), 428, "SB-API-003")
    saved = grace.call("PUT", path, one, If_Match=shipped)
    assert saved.status_code == 200, saved.content.decode()
    assert saved["ETag"] == grace.call("GET", path)["ETag"] != shipped
    for nonsense in ('""', 'W/""', '"', "x" * 201):
        told(grace.call("PUT", path, other, If_Match=nonsense), 400, "SB-API-001")
    problem = told(grace.call("PUT", path, other, If_Match=shipped), 412, "SB-RULE-001")
    assert "The audit trail says who" in problem["remedy"]
    assert grace.ask(path).items() >= one.items()
    assert grace.call("PUT", path, other, If_Match="*").status_code == 200


def test_what_shall_go_says_so_for_a_year(programs: Programs, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is deprecated yet: an operation is, for this test (RFC 9745, RFC 8594; quality.md E03)."""
    grace = programs.of("grace")
    guard: Any = resolve("/api/v1/duties").func
    ending = Ending(since=date(2026, 1, 5), until=date(2027, 2, 1), instead="/api/v1/roles")
    marked = dataclasses.replace(guard.demands["GET"], ending=ending)
    monkeypatch.setattr(guard, "demands", {**guard.demands, "GET": marked})
    for answer in (grace.call("GET", "/duties"), programs.of("emil").call("GET", "/duties")):
        assert (answer["Deprecation"], answer["Sunset"]) == ("@1767571200", "Mon, 01 Feb 2027 00:00:00 GMT")
        assert answer["Link"] == '</api/v1/roles>; rel="successor-version"'
    assert "Deprecation" not in grace.call("PUT", "/duties", {"keeps_duties_apart": False}, If_Match="*")
    monkeypatch.setitem(cast("dict[str, Ending]", ENDINGS), "show_duties", ending)
    described = build().get_openapi_schema(path_prefix=PREFIX)["paths"]["/api/v1/duties"]["get"]
    assert described["deprecated"] is True
    assert described["description"].startswith("Deprecated since 2026-01-05; it ends on 2027-02-01. Use /api/v1/roles.")
    with pytest.raises(ValueError, match="less than a year"):
        Ending(since=date(2026, 1, 5), until=date(2026, 12, 31))


def test_connector_settings_are_versions_of_the_configuration(programs: Programs) -> None:
    grace, path = programs.of("grace"), "/connector-settings"
    shown = grace.call("GET", path)
    assert shown["ETag"] == '"0"'
    assert {one["name"]: one["value"] for one in shown.json()["settings"]}["own_workflows"] == "4"
    told(grace.call("PUT", path, {"settings": {"own_workflows": "8"}}), 428, "SB-API-003")
    told(grace.call("PUT", path, {"settings": {"own_workflows": "5"}}, If_Match="*"), 422, "SB-CFG-021")
    told(grace.call("PUT", path, {"settings": {"own_workflows": "8"}}, If_Match="*"), 409, "SB-CFG-022")
    wanted = {"own_workflows": "8", "save_while_automated": True}
    saved = grace.call("PUT", path, {"settings": wanted}, If_Match='"0"')
    assert (saved["ETag"], saved.json()["version"], saved.json()["is_waiting"]) == ('"1"', 1, False)
    told(grace.call("PUT", path, {"settings": {"own_workflows": "4"}}, If_Match='"0"'), 409, "SB-CFG-005")
