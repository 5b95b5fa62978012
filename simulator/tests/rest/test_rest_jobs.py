"""Asynchronous jobs, idempotency keys and batches."""

from __future__ import annotations

from typing import Any

import requests
from simulator.tests.firms import Firm, RestClient
from simulator.tests.rest.test_rest_records import problem

ASYNC = {"Prefer": "respond-async"}
MANY = {"Prefer": "respond-async", "Content-Type": "application/vnd.oracle.resource+json; type=collection"}
KEY = "cac827ea-3543-4cda-add2-bae634326c27"


def at(client: RestClient, address: str) -> requests.Response:
    return client.send("GET", address.removeprefix(client.url))


def job_of(client: RestClient, response: requests.Response) -> str:
    assert (response.status_code, response.headers.get("Preference-Applied")) == (202, "respond-async"), response.text
    return response.headers["Location"]


def results(client: RestClient, job: str) -> list[requests.Response]:
    tasks = at(client, at(client, job).json()["task"]["links"][0]["href"]).json()["items"]
    answers = [at(client, task["links"][0]["href"]).json() for task in tasks]
    return [at(client, answer["result"]["links"][0]["href"]) for answer in answers]


def test_a_job_is_taken_and_asked_after(firm: Firm, client: RestClient) -> None:
    job = job_of(client, client.records("POST", "customer", {"companyName": "Later"}, headers=ASYNC))
    assert job == f"{client.url}/services/rest/async/v1/job/1"
    document = at(client, job).json()
    assert (document["id"], document["completed"], document["progress"]) == ("1", False, "pending")
    problem(at(client, f"{job}/task/1/result"), 404, "NONEXISTENT_ID")
    firm.account.clock.advance(2)
    document = at(client, job).json()
    assert (document["completed"], document["progress"]) == (True, "succeeded")
    task = at(client, f"{job}/task/1").json()
    assert (task["completed"], task["progress"]) == (True, "succeeded")
    assert (task["startTime"], task["endTime"]) == ("2026-05-18T17:00:00Z", "2026-05-18T17:00:01Z")
    (result,) = results(client, job)
    assert result.status_code == 204
    assert at(client, result.headers["Location"]).json()["companyName"] == "Later"
    for wrong in (f"{client.url}/services/rest/async/v1/job/9", f"{job}/task/2"):
        problem(at(client, wrong), 404, "NONEXISTENT_ID")


def test_a_key_is_good_for_one_job(firm: Firm, client: RestClient) -> None:
    headers = {**ASYNC, "X-NetSuite-Idempotency-Key": KEY}
    job = job_of(client, client.records("POST", "customer", {"companyName": "Once"}, headers=headers))
    again = client.records("POST", "customer", {"companyName": "Once"}, headers=headers)
    problem(again, 400, "IDEMPOTENCY_ERROR")
    assert (again.json()["title"], again.headers["Location"]) == ("Conflict", job)
    assert client.records("GET", 'customer?q=companyName IS "Once"').json()["totalResults"] == 1
    headers["X-NetSuite-Idempotency-Key"] = "mine"
    problem(client.records("POST", "customer", {}, headers=headers), 400, "INVALID_HEADER")
    firm.account.clock.advance(2)
    assert at(client, job).json()["completed"] is True


def test_every_record_of_a_batch_stands_for_itself(firm: Firm, client: RestClient) -> None:
    def batch(method: str, *items: dict[str, Any]) -> list[requests.Response]:
        job = job_of(client, client.records(method, "department", {"items": items}, headers=MANY))
        firm.account.clock.advance(2)
        return results(client, job)

    made = batch("POST", {"name": "A", "externalId": "d-a"}, {}, {"name": "B"})
    assert [one.status_code for one in made] == [204, 400, 204]
    problem(made[1], 400, "USER_ERROR")
    changed = batch("PATCH", {"id": "1", "name": "A2"}, {"externalId": "d-a", "isInactive": True}, {"name": "C"})
    assert [one.status_code for one in changed] == [204, 204, 400]
    upserted = batch("PUT", {"externalId": "d-a", "name": "A3"}, {"externalId": "d-c", "name": "C"}, {"id": "1"})
    assert [one.status_code for one in upserted] == [204, 204, 405]
    job = job_of(client, client.records("GET", "department?ids=1,eid:d-c,99", headers=MANY))
    firm.account.clock.advance(2)
    shown = results(client, job)
    assert [one.status_code for one in shown] == [200, 200, 404]
    assert (shown[0].json()["name"], shown[0].json()["isInactive"], shown[1].json()["name"]) == ("A3", True, "C")
    assert at(client, job).json()["progress"] == "failed"
    assert [one.status_code for one in batch("DELETE", {"id": "1"}, {"externalId": "d-c"})] == [204, 204]
    assert client.records("GET", "department").json()["totalResults"] == 1


def test_what_is_no_batch_is_refused(client: RestClient) -> None:
    items = [{"name": f"D{number}"} for number in range(101)]
    problem(client.records("POST", "department", {"items": items}, headers=MANY), 400, "INVALID_REQUEST")
    problem(client.records("POST", "department", {"items": []}, headers=MANY), 400, "INVALID_REQUEST")
    problem(client.records("POST", "department", {"items": 1}, headers=MANY), 400, "INVALID_CONTENT")
    content = {"Content-Type": MANY["Content-Type"]}
    problem(client.records("POST", "department", {"items": items[:2]}, headers=content), 405, "METHOD_NOT_ALLOWED")
    assert client.records("GET", "department").json()["totalResults"] == 0
