"""Faults: each acted out over real HTTP, and what is committed all the same."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import replace
from datetime import timedelta

import pytest
import requests
from simulator.tests.firms import NOW, Firm, RestClient

from netsuite_simulator.account import Account
from netsuite_simulator.clock import Clock
from netsuite_simulator.faces.server import Running
from netsuite_simulator.faults import (
    FAULTS,
    ConnectionReset,
    Fault,
    Faults,
    HtmlPage,
    InvalidLogin,
    LateCommit,
    Latency,
    Maintenance,
    NoIdentity,
    Plan,
    ServerError,
    SlowDrip,
    Throttle,
    TimeoutAfterCommit,
    TruncatedBody,
    UnknownFaultError,
    document_of,
    fault_of,
)
from netsuite_simulator.faults.plans import PlanError
from netsuite_simulator.journal import Write

BODY = {"companyName": "Fresh"}
PATH = "customer/eid:fresh"


def is_written(firm: Firm) -> bool:
    return firm.account.get("customer", external_id="fresh") is not None


@pytest.mark.parametrize(
    ("fault", "status", "words"),
    [
        (Throttle(), 429, "CONCURRENCY_LIMIT_EXCEEDED"),
        (Maintenance(), 503, "maintenance"),
        (InvalidLogin(), 401, "INVALID_LOGIN"),
        (HtmlPage(), 200, "<html>"),
        (HtmlPage(status=503), 503, "<html>"),
        (ServerError(), 502, "Bad Gateway"),
        (ServerError(status=503), 503, "Service Unavailable"),
        (ServerError(status=504), 504, "Gateway Timeout"),
    ],
)
def test_refused_before_any_work(firm: Firm, client: RestClient, fault: Fault, status: int, words: str) -> None:
    firm.account.fail_next(fault)
    response = client.records("PUT", PATH, BODY)
    assert response.status_code == status
    assert words in response.text
    assert not is_written(firm)
    assert client.records("PUT", PATH, BODY).status_code == 204
    assert firm.account.journal.requests[-2].fault == type(fault).__name__


def test_a_reset_leaves_nothing_written(firm: Firm, client: RestClient) -> None:
    firm.account.fail_next(ConnectionReset())
    with pytest.raises(requests.ConnectionError):
        client.records("PUT", PATH, BODY)
    assert not is_written(firm)


@pytest.mark.parametrize("fault", [TimeoutAfterCommit(), TimeoutAfterCommit(hold_seconds=0.05)])
def test_a_lost_answer_leaves_everything_written(firm: Firm, client: RestClient, fault: Fault) -> None:
    firm.account.fail_next(fault)
    with pytest.raises(requests.ConnectionError):
        client.records("PUT", PATH, BODY)
    assert is_written(firm)
    assert firm.account.journal.requests[-1].outcome == "committed, never answered"
    assert firm.account.journal.writes[-1].external_id == "fresh"


def test_a_gateway_may_fail_after_the_work(firm: Firm, client: RestClient) -> None:
    firm.account.fail_next(ServerError(status=504, after_commit=True))
    assert client.records("PUT", PATH, BODY).status_code == 504
    assert is_written(firm)
    assert firm.account.journal.requests[-1].outcome == "committed, answered 504"


def test_a_late_commit_comes_after_the_broken_line(firm: Firm, client: RestClient) -> None:
    written = threading.Event()
    seen = firm.account.journal.keep

    def keep() -> list[Write]:
        kept = seen()
        written.set()
        return kept

    firm.account.journal.keep = keep  # type: ignore[method-assign]
    firm.account.fail_next(LateCommit(delay_seconds=0.1))
    with pytest.raises(requests.ConnectionError):
        client.records("PUT", PATH, BODY)
    assert written.wait(10)
    assert is_written(firm)


def test_a_cut_answer_leaves_everything_written(firm: Firm, client: RestClient) -> None:
    firm.account.fail_next(TruncatedBody(keep=0.3))
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        client.records("GET", f"customer/{firm.customer}")
    firm.account.fail_next(TruncatedBody(keep=0.3))
    with pytest.raises(requests.ConnectionError):
        client.records("PUT", PATH, BODY)
    assert is_written(firm)


def test_a_slow_answer_is_whole(firm: Firm, client: RestClient) -> None:
    whole = client.records("GET", f"customer/{firm.customer}").json()
    firm.account.fail_next(SlowDrip(seconds=0.1, pieces=5))
    assert client.records("GET", f"customer/{firm.customer}").json() == whole


def test_latency_keeps_the_answer_waiting(firm: Firm, client: RestClient) -> None:
    firm.account.fail_next(Latency(seconds=0.2))
    start = time.monotonic()
    assert client.records("GET", f"customer/{firm.customer}").status_code == 200
    assert time.monotonic() - start >= 0.2


def test_the_world_can_be_edited_between_requests(firm: Firm, client: RestClient, running: Running) -> None:
    added = running.edit(lambda: firm.account.add("department", name="New"))
    assert client.records("GET", f"department/{added.id}").json()["name"] == "New"
    with pytest.raises(ValueError, match="nonsense"):
        running.edit(lambda: firm.account.add("department", nonsense=1))


def test_a_request_over_the_limit_leaves_the_plan_for_the_next(firm: Firm, client: RestClient) -> None:
    firm.account.fail_next(Maintenance())
    firm.account.governance.limit = 0
    assert client.records("GET", "customer").status_code == 429
    firm.account.governance.limit = 5
    assert client.records("GET", "customer").status_code == 503


def test_a_plan_meets_its_door_and_operation_only(firm: Firm, client: RestClient) -> None:
    firm.account.fail_next(Throttle(), door="soap")
    firm.account.faults.plan(Throttle(), operation="put record", times=2, skip=1)
    assert client.records("GET", "customer").status_code == 200
    statuses = [client.records("PUT", PATH, BODY).status_code for _ in range(4)]
    assert statuses == [204, 429, 429, 204]
    assert [plan.door for plan in firm.account.faults.plans] == ["soap"]


def test_plans_are_met_in_their_order() -> None:
    faults = Faults(Clock())
    faults.plan(Throttle(), times=2)
    faults.plan(Maintenance(), door="rest")
    taken = [faults.take("rest", "x") for _ in range(4)]
    assert taken == [Throttle(), Throttle(), Maintenance(), None]


NEEDED: dict[str, dict[str, object]] = {
    "AddRecord": {"type": "customer", "values": {"companyName": "New"}},
    "ChangeZone": {"zone": "Europe/Berlin"},
    "DeleteRecord": {"type": "customer", "id": "7"},
    "DisableFeature": {"feature": "OAUTH2"},
    "EditRecord": {"type": "customer", "id": "7", "values": {"phone": "1"}},
    "FieldsDropped": {"fields": ["memo"]},
    "LockRecord": {"type": "customer", "id": "7"},
    "LosePermission": {"permission": "LIST_CUSTJOB"},
    "OtherIntegrations": {"requests": 4},
    "RemoveField": {"script_id": "custentity_x"},
}


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_can_be_written_down(name: str) -> None:
    document = {"fault": name, "times": 3, "skip": 1, "at": NOW.isoformat()} | NEEDED.get(name, {})
    plan = fault_of(document, NOW)
    assert (type(plan.fault), plan.times, plan.skip, plan.at) == (FAULTS[name], 3, 1, NOW)
    assert fault_of(json.loads(json.dumps(document_of(plan))), NOW) == plan
    assert Faults(Clock()).add(plan) is plan


def test_a_plan_reads_what_a_fault_has() -> None:
    plan = fault_of({"fault": "Latency", "seconds": 2, "after_seconds": 60, "for_seconds": 5}, NOW)
    assert plan.fault == replace(Latency(), seconds=2)
    assert (plan.at, plan.until) == (NOW + timedelta(seconds=60), NOW + timedelta(seconds=65))


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ({}, "there is no fault in it: name one"),
        ({"fault": "Earthquake"}, "there is no fault Earthquake; there are"),
        ({"fault": "Throtle"}, r"is it Throttle\?"),
        ({"fault": "Throttle", "seconds": 1}, "Throttle has no seconds"),
        ({"fault": "Throttle", "operatoin": "x"}, r"is it operation\?"),
        ({"fault": "Latency", "seconds": "long"}, "Latency:"),
        ({"fault": "Latency", "times": "often"}, "Latency:"),
        ({"fault": "EditRecord", "type": "customer"}, "EditRecord needs id, values"),
        ({"fault": "BadCertificate", "reason": "ugly"}, "BadCertificate: Invalid enum value"),
    ],
)
def test_a_wrong_plan_is_explained(document: dict[str, object], words: str) -> None:
    with pytest.raises(UnknownFaultError, match=words):
        fault_of(document, NOW)


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (Plan(fault=NoIdentity(), door="oauth"), "NoIdentity is never met at the door oauth.*rest, soap"),
        (Plan(fault=Throttle(), door="cellar"), "no door cellar"),
        (Plan(fault=Throttle(), times=-1), "times 0 means every request"),
        (Plan(fault=Throttle(), at=NOW, until=NOW), "let it end later"),
    ],
)
def test_a_plan_that_nothing_could_meet_is_refused(plan: Plan, words: str) -> None:
    with pytest.raises(PlanError, match=words):
        Faults(Clock()).add(plan)


def test_faults_are_the_accounts_own(account: Account) -> None:
    other = Account("TSTDRV2")
    account.fail_next(Throttle())
    assert other.faults.take("rest", "x") is None
    other.storage.close()
