"""Discovery confirms hosts or names what is wrong; what it names elsewhere is never used."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from suitebridge.adapters.netsuite.confirming import confirm_hosts
from suitebridge.adapters.netsuite.conversing import Line
from suitebridge.adapters.netsuite.hosts import Hosts, is_netsuite
from suitebridge.adapters.transport import Answer, NotSent, NotSentCause
from suitebridge.wire.http import Request, Response
from tests.unit.adapters.netsuite.lines import Playing, line_to

OWN = {
    "restDomain": "https://tstdrv1.restlets.api.netsuite.com",
    "systemDomain": "https://tstdrv1.app.netsuite.com",
    "webservicesDomain": "https://tstdrv1.suitetalk.api.netsuite.com/",
}
NEUTRAL = {
    "restDomain": "https://rest.netsuite.com",
    "systemDomain": "https://system.netsuite.com",
    "webservicesDomain": "https://webservices.netsuite.com",
}


def netsuite(play: Callable[[Request], Answer]) -> Line:
    """Give a line to NetSuite itself, whose answers a test gives."""
    return replace(line_to(Playing(play)), hosts=Hosts())


def named(urls: object, status: int = 200) -> Response:
    return Response(status=status, headers={"content-type": "application/json"}, body=json.dumps(urls).encode())


def test_the_accounts_own_hosts_are_confirmed_without_a_signature() -> None:
    asked: list[Request] = []

    def play(request: Request) -> Answer:
        asked.append(request)
        return named(OWN)

    found = confirm_hosts(netsuite(play))
    assert (found.problem, found.is_warning) == (None, False)
    assert [request.url for request in asked] == ["https://rest.netsuite.com/rest/datacenterurls?account=TSTDRV1"]
    assert "Authorization" not in asked[0].headers


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (named(NEUTRAL), "does not know this account"),
        (named({"detail": "Company Id is invalid"}, 400), "no account ID"),
        (named({**OWN, "webservicesDomain": "https://tstdrv1.suitetalk.api.netsuite.com.evil.example"}), "not NetSuite's"),
        (named({**OWN, "restDomain": "http://tstdrv1.restlets.api.netsuite.com"}), "not NetSuite's"),
        (named({**OWN, "restDomain": "https://evil.example/?x=.netsuite.com"}), "not NetSuite's"),
    ],
)  # fmt: skip
def test_another_answer_refuses_the_account(answer: Response, said: str) -> None:
    found = confirm_hosts(netsuite(lambda _request: answer))
    assert found.problem is not None
    assert found.problem.code == "NS-HOST-001"
    assert said in found.said


@pytest.mark.parametrize(
    "answer",
    [
        NotSent(cause=NotSentCause.UNREACHABLE, reason="no route"),
        named({}, 503),
        named({"restDomain": 1}),
        Response(status=200, body=b"<html>"),
    ],
)
def test_discovery_that_cannot_be_asked_is_a_warning(answer: Answer) -> None:
    found = confirm_hosts(netsuite(lambda _request: answer))
    assert (found.problem, found.is_warning) == (None, True)


@pytest.mark.parametrize(
    "origin",
    [
        "https://a.netsuite.com.evil.example", "https://netsuite.com", "https://a.netsuite.com:8443", "https://a.netsuite.com/x",
        "https://u@a.netsuite.com", "http://a.netsuite.com", "https://anetsuite.com", "https://a.netsuite.com\n", "https://ａ.netsuite.com",
        "https://a.netsuite.com#", "https://-a.netsuite.com", "https://[::1].netsuite.com", "",
    ],
)  # fmt: skip
def test_an_address_outside_the_suffix_is_not_netsuites(origin: str) -> None:
    assert not is_netsuite(origin)
