"""Refused sign-ins: believed only after a quiet second one, never more than three in ten minutes, a clock named as a clock (F16, F27)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from suitebridge.adapters.netsuite import suiteql as queries
from suitebridge.adapters.netsuite import zoning
from suitebridge.adapters.netsuite.conversing import carry
from suitebridge.adapters.netsuite.logins import Logins
from suitebridge.adapters.transport import Answer, Uncertain
from suitebridge.domain.errors import RetryLaterError, RunStoppedError
from suitebridge.wire.http import Request, Response
from tests.unit.adapters.netsuite.lines import CREDENTIALS, Clock, Playing, line_to
from tests.wire import envelopes as answers

JSON = {"content-type": "application/json", "date": "Mon, 18 May 2026 17:00:00 GMT"}
NOW_PAGE = Response(status=200, headers=JSON, body=b'{"items":[{"now":"2026-05-18 10:00:00"}],"hasMore":false}')
REFUSED = Response(
    status=401,
    headers=JSON,
    body=b'{"o:errorDetails":[{"detail":"Invalid login attempt.","o:errorCode":"INVALID_LOGIN"}]}',
)
SOAP_REFUSED = answers.soap(answers.fault("invalidCredentialsFault", "USER_ERROR", "Invalid login attempt."), 500)
SOAP_TIME = answers.soap(answers.server_time_response())


def is_soap(request: Request) -> bool:
    return "NetSuitePort" in request.url


def playing(rest: Callable[[int], Answer], soap: Answer) -> Playing:
    """Answer the nth REST request by number, and every SOAP request alike."""
    counted: list[Request] = []

    def play(request: Request) -> Answer:
        if is_soap(request):
            return soap
        counted.append(request)
        return rest(len(counted))

    return Playing(play=play)


@pytest.mark.fault("F16")
def test_a_refusal_that_a_quiet_request_does_not_share_is_a_limit_in_disguise() -> None:
    door = playing(lambda number: REFUSED if number == 1 else NOW_PAGE, SOAP_TIME)
    assert zoning.ask_time(line_to(door)).isoformat() == "2026-05-18T10:00:00-07:00"
    assert [is_soap(request) for request in door.requests] == [False, True, False]


def test_a_refusal_that_is_repeated_alone_is_believed() -> None:
    door = playing(lambda _: REFUSED, SOAP_REFUSED)
    with pytest.raises(RunStoppedError) as stopped:
        zoning.ask_time(line_to(door))
    assert stopped.value.problem.code == "NS-AUTH-001"
    assert len(door.requests) == 2


def test_wrong_credentials_cost_one_refusal_however_many_requests_wait() -> None:
    door = playing(lambda _: REFUSED, SOAP_REFUSED)
    line = line_to(door)
    carried = carry(line, [line.query(queries.ASK_NOW, 1)] * 20)
    assert isinstance(carried.stopped, RunStoppedError)
    assert len(door.requests) == 2


@pytest.mark.fault("F16")
def test_no_more_than_three_refusals_in_ten_minutes() -> None:
    clock = Clock()
    logins = Logins(clock)
    door = playing(lambda _: REFUSED, SOAP_REFUSED)
    for _ in range(5):
        with pytest.raises(RunStoppedError, match="NS-AUTH-001"):
            zoning.ask_time(line_to(door, logins=logins))
    assert len(door.requests) == 3
    clock.advance(minutes=11)
    with pytest.raises(RunStoppedError, match="NS-AUTH-001"):
        zoning.ask_time(line_to(door, logins=logins))
    assert len(door.requests) > 3


def test_disguised_refusals_without_end_mean_waiting() -> None:
    door = playing(lambda _: REFUSED, SOAP_TIME)
    with pytest.raises(RetryLaterError, match="NS-THR-001"):
        zoning.ask_time(line_to(door))
    assert len(door.requests) == 6


def test_a_check_without_answer_proves_nothing() -> None:
    door = playing(lambda _: REFUSED, Uncertain(reason="cut"))
    with pytest.raises(RetryLaterError, match="NS-OUT-002"):
        zoning.ask_time(line_to(door))


@pytest.mark.fault("F27")
@pytest.mark.parametrize(("minutes", "offset"), [(10, "+600"), (-10, "-600")])
def test_a_wrong_clock_is_named_at_once(minutes: int, offset: str) -> None:
    clock = Clock()
    clock.advance(minutes=minutes)
    door = playing(lambda _: REFUSED, SOAP_REFUSED)
    with pytest.raises(RunStoppedError) as stopped:
        zoning.ask_time(line_to(door, clock=clock))
    assert stopped.value.problem.code == "NS-CLOCK-001"
    assert stopped.value.problem.facts["offset"] == offset
    assert len(door.requests) == 1


def test_success_wipes_earlier_refusals_out() -> None:
    logins = Logins(Clock())
    assert not logins.is_proven(CREDENTIALS)
    logins.refused(CREDENTIALS, 2)
    assert logins.left(CREDENTIALS) == 1
    logins.accepted(CREDENTIALS)
    assert logins.left(CREDENTIALS) == 3
    assert logins.is_proven(CREDENTIALS)
