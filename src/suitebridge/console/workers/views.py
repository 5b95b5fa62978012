"""Answers the list of workers."""

from __future__ import annotations

from django.http import HttpResponse

from suitebridge.console.access import Visit
from suitebridge.console.showing import show
from suitebridge.console.wording import zone_of
from suitebridge.console.workers.page import workers_page
from suitebridge.runs.working import workers_at_work


def list_workers(visit: Visit) -> HttpResponse:
    """Show the processes that carry runs out."""
    at_work = workers_at_work(visit.house.workers(), visit.store)
    page = workers_page(at_work, zone=zone_of(visit.store.company.zone))
    return show(visit, "workers/workers.html", page, title="Workers", place="runs")
