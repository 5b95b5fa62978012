"""Answers machines that collect metrics, if the settings name the address they come from; for everybody else there is nothing here."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from suitebridge.console.access import Arrival
from suitebridge.console.visitors import address_of


def tell_metrics(arrival: Arrival) -> HttpResponse:
    """Give the metrics of this process in Prometheus's text format."""
    if address_of(arrival.request, arrival.house) not in arrival.house.settings.metrics_from:
        raise Http404
    metrics = arrival.house.metrics()
    return HttpResponse(metrics.text, content_type=metrics.content_type)
