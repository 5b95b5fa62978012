"""Takes reports of browsers: from anybody, few, short, into the log and nowhere else."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

import structlog
from django.http import HttpResponse

from suitebridge.console.access import Arrival
from suitebridge.console.policy_reports.reading import MOST_BYTES, Pace, read_reports

_log = structlog.get_logger("suitebridge.security")
_PACE: Final = Pace()


def take_reports(arrival: Arrival) -> HttpResponse:
    """Write down what a policy kept from happening."""
    request = arrival.request
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length.isdecimal() or int(length) > MOST_BYTES:
        return HttpResponse(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    now = arrival.house.clock.now()
    if not _PACE.allows(now):
        return HttpResponse(status=HTTPStatus.TOO_MANY_REQUESTS)
    try:
        reports = read_reports(request.body)
    except ValueError:
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    for report in reports:
        _log.warning(
            "content security policy refused something",
            directive=report.directive,
            blocked=report.blocked,
            page=report.page,
            source=report.source,
        )
    return HttpResponse(status=HTTPStatus.NO_CONTENT)
