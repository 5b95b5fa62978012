"""What a line about a door blames: REST is not said to be closed by an end point that only administrators may ask (netsuite-api.md §5.12)."""

from __future__ import annotations

import json
import math

import pytest

from suitebridge.adapters.netsuite.answering import Found, Prober
from suitebridge.adapters.netsuite.probing import Probes
from suitebridge.adapters.transport import Answer
from suitebridge.domain.checks import Check
from suitebridge.wire.http import Request, Response
from tests.unit.adapters.netsuite.lines import Playing, line_to

JSON = {"content-type": "application/json"}


def refusal(permission: str) -> Response:
    detail = f"Permission Violation: You need the '{permission}' permission."
    error = {"detail": detail, "o:errorCode": "INSUFFICIENT_PERMISSION"}
    return Response(status=403, headers=JSON, body=json.dumps({"status": 403, "o:errorDetails": [error]}).encode())


CATALOG = Response(status=200, headers=JSON, body=b'{"items": []}')


@pytest.mark.parametrize(
    ("catalog", "is_open"), [(CATALOG, True), (Response(status=404), True), (refusal("REST Web Services"), False)]
)
def test_rest_is_proven_by_what_every_role_may_ask(catalog: Answer, is_open: bool) -> None:
    def play(request: Request) -> Answer:
        if "/metadata-catalog" in request.url:
            return catalog
        return refusal("SuiteAnalytics Workbook" if request.url.partition("?")[0].endswith("suiteql") else "Setup")

    door = Playing(play=play)
    probes = Probes(Prober(line_to(door), until=math.inf), ())
    found: dict[str, Found] = {
        part: act()
        for check, part, _, _, act in probes.lines()
        if check is Check.PERMISSIONS and part in {"rest", "suiteql"}
    }
    assert (found["rest"].problem is None) is is_open
    assert not any("serverTime" in request.url for request in door.requests)
    if not is_open:
        assert "REST Web Services" in found["rest"].said + str(found["rest"].problem)
    blamed = found["suiteql"].problem
    assert blamed is not None
    assert blamed.facts["permission"] == "SuiteAnalytics Workbook"
