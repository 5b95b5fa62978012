"""Answers machines that ask whether the server works. It tells nobody anything else."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse, JsonResponse

from suitebridge.console.access import Arrival
from suitebridge.domain.errors import SuiteBridgeError


def tell_health(arrival: Arrival) -> HttpResponse:
    """Answer 200 if the store can be read, 503 otherwise."""
    try:
        arrival.house.companies.all()
    except SuiteBridgeError:
        return JsonResponse({"status": "store unavailable"}, status=HTTPStatus.SERVICE_UNAVAILABLE)
    return JsonResponse({"status": "ok"})
