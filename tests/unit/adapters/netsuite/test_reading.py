"""Reads: asked again where an answer was lost, stopped where asking again does not help (quality.md F06, F07, F12)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from suitebridge.adapters.netsuite import reading, zoning
from suitebridge.adapters.netsuite.zones import AccountZone
from suitebridge.adapters.transport import Answer, NotSent, NotSentCause, Uncertain
from suitebridge.domain.errors import RetryLaterError, RunStoppedError, SuiteBridgeError
from suitebridge.ports.netsuite import ReadRequest
from suitebridge.wire.http import Request, Response
from suitebridge.wire.soap.record_writing import PACIFIC
from tests.unit.adapters.netsuite.lines import Playing, line_to

JSON = {"content-type": "application/json"}
REQUEST = ReadRequest(record_type="expenseCategory", fields=("name",), limit=2)


def page(*rows: dict[str, str], has_more: bool = False) -> Response:
    return Response(status=200, headers=JSON, body=json.dumps({"items": rows, "hasMore": has_more}).encode())


def problem(status: int, code: str, detail: str) -> Response:
    body = json.dumps({"status": status, "o:errorDetails": [{"detail": detail, "o:errorCode": code}]}).encode()
    return Response(status=status, headers=JSON, body=body)


GOOD = page({"id": "1", "c0": "Airfare"}, has_more=True)


def playing(*told: Answer) -> Playing:
    """Answer in this order, and the last for ever."""
    left = list(told)
    return Playing(play=lambda _: left.pop(0) if len(left) > 1 else left[0])


LOST: dict[str, Answer] = {
    "cut": Uncertain(reason="Server disconnected"),
    "a page": Response(status=200, headers={"content-type": "text/html"}, body=b"<html>Maintenance</html>"),
    "truncated": Response(status=200, headers=JSON, body=GOOD.body[:-5]),
    "bad gateway": Response(status=502),
    "a code that nobody knows": problem(400, "GREMLIN_SIGHTED", "A gremlin sat on it."),
    "unexpected error": problem(500, "UNEXPECTED_ERROR", "Error ID: 1"),
}


@pytest.mark.parametrize("name", LOST)
def test_a_lost_answer_is_asked_for_again(name: str) -> None:
    door = playing(LOST[name], LOST[name], GOOD)
    read = reading.fetch(line_to(door), REQUEST)
    assert [record.id for record in read.records] == ["1"]
    assert not read.is_last
    assert len(door.requests) == 3


@pytest.mark.parametrize("name", LOST)
def test_an_answer_that_stays_lost_means_waiting(name: str) -> None:
    door = playing(LOST[name])
    with pytest.raises(RetryLaterError) as later:
        reading.fetch(line_to(door), REQUEST)
    assert later.value.problem.code in {"NS-OUT-001", "NS-OUT-002", "NS-OUT-003"}
    assert len(door.requests) == 3


STOPS: dict[str, tuple[Answer, str, type[Exception]]] = {
    "table": (
        problem(400, "INVALID_PARAMETER", "Record 'expensecategory' was not found."),
        "NS-PERM-001",
        RunStoppedError,
    ),
    "column": (problem(400, "INVALID_PARAMETER", "Unknown identifier 'x'"), "SB-RUN-001", RunStoppedError),
    "certificate": (NotSent(cause=NotSentCause.TLS, reason="expired"), "NS-TLS-001", RunStoppedError),
    "unreachable": (NotSent(cause=NotSentCause.UNREACHABLE, reason="refused"), "NS-NET-001", RetryLaterError),
    "throttled": (problem(429, "CONCURRENCY_LIMIT_EXCEEDED", "blocked"), "NS-THR-001", RetryLaterError),
    "redirect": (Response(status=302, headers={"location": "https://evil"}), "NS-OUT-002", RetryLaterError),
    "row": (page({"c0": "Airfare"}), "NS-OUT-002", RetryLaterError),
}


@pytest.mark.parametrize("name", STOPS)
def test_what_asking_again_does_not_mend(name: str) -> None:
    answer, code, error = STOPS[name]
    door = playing(answer)
    with pytest.raises(error, match=code):
        reading.fetch(line_to(door), REQUEST)
    assert len(door.requests) == 1


def test_the_time_must_be_told() -> None:
    with pytest.raises(RetryLaterError, match="NS-OUT-002"):
        zoning.ask_time(line_to(playing(page())))


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (problem(400, "INVALID_PARAMETER", "SYS_EXTRACT_UTC is not known"), "NS-ZONE-001"),
        (problem(500, "UNEXPECTED_ERROR", "Error ID: 1"), "NS-ZONE-001"),
        (page({"z0": "yesterday"}), "NS-ZONE-001"),
        (problem(429, "CONCURRENCY_LIMIT_EXCEEDED", "blocked"), "NS-THR-001"),
    ],
)
def test_f52_a_zone_that_nobody_tells_is_refused_unless_the_time_is_pacific(answer: Response, code: str) -> None:
    shown = page({"now": "2026-05-18 19:00:00"})
    for date, is_pacific in (("17:00:00", False), ("02:00:00", True)):
        day = "19" if is_pacific else "18"
        now = replace(shown, headers={**JSON, "date": f"Tue, {day} May 2026 {date} GMT"})
        line = replace(line_to(playing(now, answer)), zone=AccountZone())
        if is_pacific and code == "NS-ZONE-001":
            assert zoning.zone_of(line) is PACIFIC
            continue
        with pytest.raises(SuiteBridgeError) as raised:
            zoning.zone_of(line)
        assert raised.value.problem.code == code
        assert line.zone.told is None


def finding(found: dict[str, str], size: int) -> Callable[[Request], Answer]:
    """Answer lookups of external ids by pages of so many rows, as an account that holds `found` (value by id) would."""

    def play(request: Request) -> Answer:
        asked = json.loads(request.body)
        has_after = asked["q"].endswith("r.id > ? ORDER BY r.id")
        wanted = asked["params"][1:-1] if has_after else asked["params"][1:]
        after = int(asked["params"][-1]) if has_after else 0
        rows = [
            {"id": key, "value": value}
            for key, value in sorted(found.items(), key=lambda pair: int(pair[0]))
            if value in wanted and int(key) > after
        ]
        assert re.search(r"r\.externalid IN", asked["q"])
        return page(*rows[:size], has_more=len(rows) > size)

    return play


def test_ids_are_found_in_bulk_and_to_the_last_page() -> None:
    found = {str(number): f"v{number % 1500}" for number in range(1, 3001)}
    door = Playing(play=finding(found, size=700))
    values = [f"v{number}" for number in range(1600)]
    ids = reading.find_ids(line_to(door), "invoice", "externalId", values)
    assert len(ids) == 1500
    assert ids["v7"] == ("7", "1507")
    assert sum(len(each) for each in ids.values()) == 3000


def test_no_value_asks_nothing() -> None:
    door = playing(GOOD)
    assert reading.find_ids(line_to(door), "invoice", "externalId", ["", ""]) == {}
    assert door.requests == []
