"""The journal: every request and every injected fault, from Python, over HTTP and in a file, without secrets."""

from __future__ import annotations

import json
import stat
from pathlib import Path

from simulator.tests.admin.test_admin_end_points import Admin
from simulator.tests.firms import Firm, RestClient
from simulator.tests.soap.conftest import Client
from simulator.tests.weather.conftest import vendors

from netsuite_simulator.faults import AddRecord, Latency, Throttle


def test_every_request_fault_and_write_is_in_the_file(
    firm: Firm, client: RestClient, soap: Client, tmp_path: Path
) -> None:
    path = tmp_path / "journal.jsonl"
    account = firm.account
    with account.journal.appended_to(path):
        account.fail_next(Throttle(), door="rest")
        client.records("GET", "customer")
        soap.send(vendors(firm, soap, "a", "b"))
    client.records("GET", "customer")
    with account.journal.appended_to(path):
        client.records("GET", "job")
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [one["kind"] for one in lines] == ["fault", "request", "write", "write", "request", "request"]
    assert (lines[0]["fault"], lines[0]["values"]["retry_after_seconds"]) == ("Throttle", None)
    assert (lines[1]["fault"], lines[1]["outcome"]) == ("Throttle", "refused: concurrency")
    assert (lines[2]["external_id"], lines[4]["operation"], lines[4]["user"]) == (
        "a",
        "upsertList",
        "integration@example.com",
    )
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    secrets = {value for token in account.tokens for value in (token.secret, token.id)}
    secrets |= {value for one in account.integrations for value in (one.consumer_secret, one.consumer_key)}
    assert not any(secret in path.read_text(encoding="utf-8") for secret in secrets)


def test_the_journal_is_filtered_and_paged_over_http(firm: Firm, client: RestClient) -> None:
    admin = Admin(client.url)
    firm.account.fail_next(Throttle(), times=2)
    firm.account.faults.plan(Latency(seconds=0.0), skip=3)
    for _ in range(3):
        client.records("GET", "customer")
    client.records("GET", "job")
    throttled = admin.ask("GET", "/journal?fault=Throttle")
    assert (throttled["total"], [one["number"] for one in throttled["items"]]) == (2, [1, 2])
    assert admin.ask("GET", "/journal?outcome=200")["total"] == 2
    assert [one["number"] for one in admin.ask("GET", "/journal?limit=2&offset=1")["items"]] == [2, 3]
    assert [one["number"] for one in admin.ask("GET", "/journal?since=2&limit=9")["items"]] == [3, 4]
    assert admin.ask("GET", "/journal?offset=99")["items"] == []
    assert "offset is a whole number" in admin.ask("GET", "/journal?offset=-1", status=400)["error"]
    faults = admin.ask("GET", "/journal/faults?door=rest")
    assert [(one["request"], one["fault"]) for one in faults["items"]][:2] == [(1, "Throttle"), (2, "Throttle")]


def test_what_is_secret_by_its_name_is_masked(firm: Firm, client: RestClient) -> None:
    values = {"firstName": "Eve", "lastName": "Low", "password": "made up", "nested": {"accessToken": "made up"}}
    firm.account.journal.injected(firm.account.journal.opened("rest", "get", 0), "AddRecord", {"values": values})
    firm.account.fail_next(AddRecord(type="department", values={"name": "New"}))
    client.records("GET", "department")
    masked, seen = firm.account.journal.faults
    assert masked.values["values"] == values | {"password": "***", "nested": {"accessToken": "***"}}
    assert seen.values["values"] == {"name": "New"}
