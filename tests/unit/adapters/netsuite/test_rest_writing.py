"""Writes over REST: one answer for every record, and doubt wherever NetSuite did not speak (quality.md F03-F08, F12, F30, F34)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest

from suitebridge.adapters import transport
from suitebridge.adapters.netsuite import rest_writing
from suitebridge.adapters.transport import Answer, NotSentCause
from suitebridge.domain.errors import RunStoppedError
from suitebridge.ports.netsuite import Done, NotSent, OutgoingRecord, Rejected, Uncertain, WriteAnswer
from suitebridge.wire.http import Request, Response
from tests.unit.adapters.netsuite.lines import Playing, line_to

PROBLEM = {"content-type": "application/vnd.oracle.resource+json; type=error"}


def outgoing(*keys: str) -> list[OutgoingRecord]:
    return [OutgoingRecord(external_id=key, fields={"memo": key}) for key in keys]


def stored(request: Request) -> Answer:
    """Answer as an account that stores everything: the id is the number in the key."""
    (number,) = re.findall(r"eid:k(\d+)$", request.url)
    return Response(status=204, headers={"location": f"https://x/services/rest/record/v1/timeBill/{number}"})


def refused(status: int, code: str, detail: str, path: str = "") -> Response:
    details = {"detail": detail, "o:errorCode": code} | ({"o:errorPath": path} if path else {})
    return Response(
        status=status, headers=PROBLEM, body=json.dumps({"status": status, "o:errorDetails": [details]}).encode()
    )


def upsert(answer: Callable[[Request], Answer] | Answer, *keys: str) -> list[WriteAnswer]:
    play = answer if callable(answer) else lambda _: answer
    return rest_writing.upsert(line_to(Playing(play=play)), "timeBill", outgoing(*keys))


def test_records_go_out_one_by_one_and_come_back_in_order() -> None:
    playing = Playing(play=stored)
    keys = ["k3", "k1", "k2"]
    assert rest_writing.upsert(line_to(playing), "timeBill", outgoing(*keys)) == [
        Done(external_id=key, netsuite_id=key[1:]) for key in keys
    ]
    assert {request.method for request in playing.requests} == {"PUT"}
    nonces = [re.findall(r'oauth_nonce="(\w+)"', request.headers["Authorization"])[0] for request in playing.requests]
    assert len(set(nonces)) == 3
    assert all(request.headers["X-NetSuite-PropertyNameValidation"] == "error" for request in playing.requests)
    assert not any("canary" in repr(request) for request in playing.requests)


DOUBTS: dict[str, Answer] = {
    "no answer": transport.Uncertain(reason="reset"),
    "no Location": Response(status=204),
    "a Location without an id": Response(status=204, headers={"location": "https://x/login"}),
    "a page": Response(status=200, headers={"content-type": "text/html"}, body=b"<html>"),
    "a redirect": Response(status=302, headers={"location": "https://evil.example/timeBill/7"}),
    "bad gateway": Response(status=502, headers={"content-type": "text/html"}),
    "unavailable": Response(status=503),
    "a code that nobody knows": refused(400, "GREMLIN_SIGHTED", "A gremlin sat on it."),
    "unexpected": refused(500, "UNEXPECTED_ERROR", "An unexpected error occurred. Error ID: x"),
}


@pytest.mark.parametrize("name", DOUBTS)
def test_what_is_no_word_about_the_record_is_doubt(name: str) -> None:
    (doubt,) = upsert(DOUBTS[name], "k1")
    assert isinstance(doubt, Uncertain)
    assert doubt.said


REFUSALS = [
    (400, "USER_ERROR", "Please enter value(s) for: Employee", "", "NS-DATA-001"),
    (400, "USER_ERROR", "The transaction date you specified is not within the date range of your accounting period.", "", "NS-DATA-001"),
    (400, "INVALID_CONTENT", "Error while accessing resource: You have entered an Invalid Field Value 9 for the following field: employee", "employee", "NS-REF-001"),
    (400, "INVALID_CONTENT", "Error while accessing resource: You have entered an Invalid Field Value x for the following field: hours", "hours", "NS-DATA-001"),
    (404, "NONEXISTENT_ID", "Record does not exist.", "", "NS-REF-001"),
    (400, "INVALID_KEY_OR_REF", "Invalid item reference key 9", "", "NS-REF-001"),
    (400, "USER_ERROR", "A time entry with this external ID already exists.", "", "NS-DUP-001"),
    (403, "INSUFFICIENT_PERMISSION", "Permission Violation: You need a higher level of the 'Track Time' permission to access this page.", "", "NS-PERM-001"),
    (400, "FEATURE_DISABLED", "Subsidiaries feature is not enabled in your NetSuite account.", "", "NS-PERM-001"),
]  # fmt: skip


@pytest.mark.parametrize(("status", "code", "detail", "path", "expected"), REFUSALS)
def test_a_refused_record_is_refused_alone(status: int, code: str, detail: str, path: str, expected: str) -> None:
    def play(request: Request) -> Answer:
        return refused(status, code, detail, path) if request.url.endswith("k1") else stored(request)

    first, second = upsert(play, "k1", "k2")
    assert isinstance(first, Rejected)
    assert first.problem.code == expected
    assert detail in first.problem.facts["said"]
    assert isinstance(second, Done)


def test_a_role_without_rest_stops_the_run() -> None:
    answer = refused(400, "USER_ERROR", "Your current role does not have permission to perform this action.")
    with pytest.raises(RunStoppedError, match="NS-PERM-001"):
        upsert(answer, "k1", "k2")


def test_maintenance_sends_nothing_more_and_loses_nothing() -> None:
    answer = refused(
        503, "ACCT_TEMP_UNAVAILABLE", "currently unavailable while we undergo our regularly scheduled maintenance"
    )
    answers = upsert(answer, "k1", "k2")
    assert [one.problem.code for one in answers if isinstance(one, NotSent)] == ["NS-OUT-001", "NS-OUT-001"]


def test_a_host_that_is_not_there_is_told_for_every_record() -> None:
    unsent = transport.NotSent(cause=NotSentCause.UNREACHABLE, reason="Connection refused")
    answers = upsert(unsent, "k1", "k2")
    assert [one.problem.code for one in answers if isinstance(one, NotSent)] == ["NS-NET-001", "NS-NET-001"]


def test_an_external_id_that_no_address_can_hold_is_refused_here() -> None:
    playing = Playing(play=stored)
    (answer,) = rest_writing.upsert(line_to(playing), "timeBill", outgoing("a|b/../c"))
    assert isinstance(answer, Rejected)
    assert answer.problem.code == "SB-MAP-002"
    assert playing.requests == []
