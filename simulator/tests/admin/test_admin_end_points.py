"""The admin end points: the world seen and edited over HTTP, from this machine only."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from simulator.tests.firms import Firm, RestClient


class Admin:
    """Plain JSON to the admin end points."""

    def __init__(self, url: str) -> None:
        self._url = f"{url}/_simulator"

    def ask(self, method: str, path: str = "", body: Any = None, *, status: int = 200, **options: Any) -> Any:
        response = requests.request(method, f"{self._url}{path}", json=body, timeout=20, **options)
        assert response.status_code == status, response.text
        return response.json()


@pytest.fixture
def admin(client: RestClient) -> Admin:
    """The admin end points of the served account."""
    return Admin(client.url)


def test_the_summary_tells_what_there_is(firm: Firm, admin: Admin) -> None:
    summary = admin.ask("GET")
    assert summary["account"] == firm.account.id
    assert summary["records"]["customer"] == 1
    assert summary["concurrency"]["limit"] == 5
    assert summary["clock"]["zone"] == "America/Los_Angeles"
    assert summary["clock"]["frozen"] is True


def test_records_are_added_edited_read_and_deleted(firm: Firm, admin: Admin) -> None:
    values = {
        "companyName": "Über",
        "externalId": "u-1",
        "subsidiary": {"id": firm.subsidiary},
        "stage": {"id": "Lead"},
    }
    added = admin.ask("POST", "/records", {"type": "customer", "id": "700", "values": values})
    assert (added["id"], added["externalId"], added["stage"]["id"]) == ("700", "u-1", "Lead")
    firm.account.clock.advance(60)
    edited = admin.ask("PATCH", "/records/customer/700", {"values": {"phone": "1"}})
    assert edited["phone"] == "1"
    assert edited["lastModifiedDate"] == "2026-05-18T17:01:00Z"
    assert admin.ask("GET", "/records/customer/700")["companyName"] == "Über"
    assert admin.ask("DELETE", "/records/customer/700") == {"deleted": "700"}
    assert "there is no customer 700" in admin.ask("GET", "/records/customer/700", status=404)["error"]


@pytest.mark.parametrize(
    ("method", "path", "body", "words"),
    [
        ("POST", "/records", {}, "type is missing"),
        ("POST", "/records", {"type": "spaceship"}, "there is no record type spaceship"),
        ("POST", "/records", {"type": "customer", "values": {"nonsense": 1}}, "nonsense"),
        ("POST", "/records", {"type": "customer", "values": {"email": 1}}, "email"),
        ("POST", "/records", [1], "a JSON object is expected"),
        ("PATCH", "/records/customer/999", {"values": {}}, "there is no customer 999"),
        ("DELETE", "/records/customer/1", None, "dependent records"),
        ("POST", "/faults", {"fault": "Earthquake"}, "there is no fault Earthquake"),
        ("POST", "/clock", {"advanceSeconds": "x"}, "a number is expected"),
        ("POST", "/clock", {"freezeAt": "never"}, "never"),
        ("POST", "/concurrency", {"limit": 0}, "at least 1"),
        ("POST", "/snapshots/nothing/restore", None, "there is no snapshot nothing"),
        ("POST", "/tokens", {"role": "77"}, "there is no role 77"),
        ("POST", "/roles", {}, "name is missing"),
        ("POST", "/roles", {"name": "R", "permissions": {"LIST_ITEM": "x"}}, "int"),
    ],
)
def test_wrong_requests_are_explained(admin: Admin, method: str, path: str, body: object, words: str) -> None:
    assert words in admin.ask(method, path, body, status=400)["error"]


def test_no_json_is_explained(client: RestClient) -> None:
    response = requests.post(f"{client.url}/_simulator/records", data=b"{", timeout=20)
    assert (response.status_code, list(response.json())) == (400, ["error"])


def test_faults_are_planned_listed_and_forgotten(admin: Admin, client: RestClient) -> None:
    plan = admin.ask("POST", "/faults", {"fault": "Throttle", "door": "rest", "times": 2})
    assert plan["times"] == 2
    assert client.records("GET", "customer").status_code == 429
    assert [one["times"] for one in admin.ask("GET", "/faults")["items"]] == [1]
    assert admin.ask("DELETE", "/faults") == {"items": []}
    assert client.records("GET", "customer").status_code == 200


def test_the_clock_is_moved_frozen_and_let_go(admin: Admin) -> None:
    assert admin.ask("POST", "/clock", {"advanceSeconds": 60})["now"].startswith("2026-05-18T17:01:00")
    assert admin.ask("POST", "/clock", {"freezeAt": "2030-01-01T00:00:00Z"})["now"].startswith("2030-01-01T00:00:00")
    assert admin.ask("POST", "/clock", {"run": True})["frozen"] is False
    assert admin.ask("GET", "/clock")["now"].startswith("2030-01-01")


def test_journal_and_writes_can_be_read_from_where_one_was(admin: Admin, client: RestClient) -> None:
    client.records("GET", "customer")
    mark = admin.ask("GET", "/journal")["items"][-1]["number"]
    client.records("PUT", "customer/eid:j-1", {"companyName": "J"})
    client.records("PUT", "customer/eid:j-1", {"companyName": "J"})
    journal = admin.ask("GET", f"/journal?door=rest&since={mark}")
    assert [entry["operation"] for entry in journal["items"]] == ["put record", "put record"]
    assert {entry["outcome"] for entry in journal["items"]} == {"204"}
    assert {entry["user"] for entry in journal["items"]} == {"integration@example.com"}
    writes = admin.ask("GET", f"/writes?type=customer&since={mark}")["items"]
    assert [(write["action"], write["external_id"]) for write in writes] == [("create", "j-1"), ("update", "j-1")]
    assert admin.ask("GET", "/journal?since=2030-01-01T00:00:00")["total"] == 0
    assert len(admin.ask("GET", "/writes?limit=1")["items"]) == 1


def test_logins_show_the_true_reason(admin: Admin, client: RestClient) -> None:
    client.realm = "WRONG"
    client.records("GET", "customer")
    entry = admin.ask("GET", "/logins")["items"][-1]
    assert (entry["success"], entry["detail"]) == (False, "parameter_rejected")
    assert "WRONG" in entry["note"]


def test_tokens_are_issued_revoked_given_another_role_and_unlocked(admin: Admin, client: RestClient) -> None:
    role = admin.ask("POST", "/roles", {"name": "Reader", "permissions": {"ADMI_LOGIN_OAUTH": 4}})
    issued = admin.ask("POST", "/tokens", {"integration": "Second", "user": "u@example.com", "role": role["id"]})
    assert set(issued) == {
        "account_id",
        "application_id",
        "consumer_key",
        "consumer_secret",
        "token_id",
        "token_secret",
    }
    listed = admin.ask("GET", "/access")
    assert issued["token_secret"] not in str(listed)
    assert issued["consumer_secret"] not in str(listed)
    assert {token["user"] for token in listed["tokens"]} == {"integration@example.com", "u@example.com"}

    own = client.credentials.token_id
    admin.ask("PATCH", f"/tokens/{own}", {"role": role["id"]})
    assert client.records("GET", "customer").status_code == 400
    admin.ask("PATCH", f"/roles/{role['id']}", {"permissions": {"ADMI_RESTWEBSERVICES": 4, "LIST_CUSTJOB": 1}})
    assert client.records("GET", "customer").status_code == 200
    admin.ask("PATCH", f"/tokens/{own}", {"revoked": True})
    assert client.records("GET", "customer").status_code == 401
    admin.ask("PATCH", f"/tokens/{own}", {"revoked": False})
    for _ in range(5):
        headers = client.headers("GET", "/elsewhere")
        requests.get(f"{client.url}/services/rest/record/v1/customer", headers=headers, timeout=20)
    assert client.records("GET", "customer").status_code == 401
    admin.ask("PATCH", f"/tokens/{own}", {"locked": False})
    assert client.records("GET", "customer").status_code == 200
    assert "no such token" in admin.ask("PATCH", "/tokens/nobody", {}, status=404)["error"]


def test_an_integration_can_be_blocked(admin: Admin, client: RestClient) -> None:
    application = client.credentials.application_id
    admin.ask("PATCH", f"/integrations/{application}", {"state": "blocked"})
    assert client.records("GET", "customer").status_code == 401
    admin.ask("PATCH", f"/integrations/{application}", {"state": "enabled"})
    assert client.records("GET", "customer").status_code == 200
    admin.ask("PATCH", f"/integrations/{application}", {"state": "sleeping"}, status=400)
    admin.ask("PATCH", "/integrations/nobody", {"state": "enabled"}, status=404)


def test_a_snapshot_is_taken_and_restored(admin: Admin, client: RestClient) -> None:
    admin.ask("POST", "/snapshots/start")
    client.records("PUT", "customer/eid:s-1", {"companyName": "S"})
    restored = admin.ask("POST", "/snapshots/start/restore")
    assert restored["records"]["customer"] == 1
    assert client.records("GET", "customer/eid:s-1").status_code == 404
    assert client.records("PUT", "customer/eid:s-1", {"companyName": "S"}).status_code == 204


def test_the_concurrency_limit_can_be_set(admin: Admin, client: RestClient) -> None:
    told = admin.ask("POST", "/concurrency", {"limit": 15, "latencySeconds": 0})
    assert told == {"limit": 15, "latencySeconds": 0, "occupiedSeconds": 0}
    client.account.roles.connector.is_administrator = True
    limits = client.send("GET", "/services/rest/system/v1/governanceLimits").json()
    assert limits["accountConcurrencyLimit"] == 15
    assert admin.ask("GET", "")["concurrency"]["occupiedSeconds"] > 0


@pytest.mark.parametrize("headers", [{"Host": "evil.example"}, {"Origin": "https://evil.example"}])
def test_web_pages_and_rebound_names_are_refused(admin: Admin, headers: dict[str, str]) -> None:
    answer = admin.ask("POST", "/faults", {"fault": "Throttle"}, status=403, headers=headers)
    assert "this machine" in answer["error"]


def test_an_account_that_is_not_here_is_said(admin: Admin) -> None:
    assert "no account X" in admin.ask("GET", "?account=X", status=404)["error"]


def test_who_may_come_in_is_set_up_over_http(admin: Admin, client: RestClient) -> None:
    role = admin.ask("POST", "/roles", {"name": "Clerk", "permissions": {"LIST_CUSTJOB": 1}, "webServicesOnly": True})
    user = admin.ask("POST", "/users", {"email": "clerk@example.com", "roles": [role["id"]], "password": True})
    assert client.account.users.sign_in("clerk@example.com", user["password"]) is not None
    assert admin.ask("PATCH", "/users/clerk@example.com", {"access": False})["access"] is False
    admin.ask("PATCH", "/users/nobody", {}, status=404)
    made = admin.ask("POST", "/integrations", {"name": "Clock", "scopes": ["restlets"], "clientCredentialsGrant": True})
    assert len(made["consumerSecret"]) == 64
    shown = admin.ask("PATCH", f"/integrations/{made['id']}", {"description": "Tells the time"})
    assert "consumerSecret" not in shown
    again = admin.ask("PATCH", f"/integrations/{made['applicationId']}", {"reset": True})
    assert again["consumerSecret"] != made["consumerSecret"]
    assert admin.ask("PATCH", "/features", {"TBA": False})["TBA"] is False
    assert client.records("GET", "customer").status_code == 401
    assert admin.ask("PATCH", "/features", {"TBA": True, "JOBS": True})["TBA"] is True
    assert "no nonsense to set" in admin.ask("PATCH", "/integrations/Clock", {"nonsense": 1}, status=400)["error"]
    assert "needs Projects" in admin.ask("PATCH", "/features", {"JOBS": False}, status=400)["error"]
    everything = admin.ask("GET", "/access")
    assert made["consumerSecret"] not in str(everything)
    assert {one["name"] for one in everything["roles"]} == {"Administrator", "Connector", "Clerk"}
    assert admin.ask("DELETE", f"/roles/{role['id']}") == {"deleted": role["id"]}
    assert "cannot be deleted" in admin.ask("DELETE", "/roles/3", status=400)["error"]
    assert admin.ask("DELETE", "/integrations/Clock") == {"deleted": made["id"]}
    assert len(admin.ask("POST", "/keys/rotate")["keys"]) == 2
    for path in ("/certificates/nobody", "/authorizations/nobody"):
        admin.ask("DELETE", path, status=404)


def test_customizations_are_made_over_http_and_known_at_once(admin: Admin, client: RestClient) -> None:
    made = admin.ask("POST", "/customizations/lists", {"scriptId": "customlist_skill", "values": ["Welding", "Diving"]})
    assert (made["group"], made["label"]) == ("customList", "customlist_skill")
    admin.ask("POST", "/customizations/records", {"scriptId": "customrecord_certificate", "label": "Certificate"})
    skill = {"scriptId": "custrecord_skill", "kind": "listRecord", "selectFrom": "customlist_skill"}
    assert admin.ask("POST", "/customizations/fields", {**skill, "types": ["customrecord_certificate"]})[
        "selectFrom"
    ] == ["customlist_skill"]
    values = [{"id": "1", "label": "Junior"}, {"id": "2", "label": "Senior"}]
    level = {
        "scriptId": "custentity_level",
        "kind": "listRecord",
        "selectFrom": values,
        "types": ["employee", "vendor"],
    }
    assert admin.ask("POST", "/customizations/fields", level)["selectFrom"] == values
    column = {"scriptId": "custcol_note", "types": ["invoice"], "sublists": ["item"]}
    assert admin.ask("POST", "/customizations/fields", column)["kind"] == "freeFormText"
    sent = {"name": "C-1", "custrecord_skill": {"id": "2"}}
    assert client.records("POST", "customrecord_certificate", sent).status_code == 204
    assert client.records("GET", "customrecord_certificate/1").json()["custrecord_skill"]["refName"] == "Diving"
    listed = [one["scriptId"] for one in admin.ask("GET", "/customizations")["items"]]
    assert listed == [
        "customlist_skill",
        "customrecord_certificate",
        "custrecord_skill",
        "custentity_level",
        "custcol_note",
    ]
    for wrong, said in (
        ({**level, "scriptId": "level"}, "cannot be a custom field"),
        (level, "has a field custentity_level already"),
        ({**column, "sublists": ["nothing"]}, "invoice has no sublist nothing"),
        ({**column, "types": []}, "types is missing"),
        ({**column, "types": ["nothing"]}, "there is no record type nothing"),
        ({**column, "kind": "magic"}, "there is no kind magic"),
        ({**column, "nonsense": 1}, "unknown field"),
    ):
        assert said in admin.ask("POST", "/customizations/fields", wrong, status=400)["error"]
    assert (
        "begins with customlist"
        in admin.ask("POST", "/customizations/lists", {"scriptId": "list"}, status=400)["error"]
    )
    assert admin.ask("DELETE", "/customizations/fields/custcol_note") == {"deleted": "custcol_note"}
    assert "no custom field" in admin.ask("DELETE", "/customizations/fields/custcol_note", status=400)["error"]
