"""Answers the list of runs."""

from __future__ import annotations

from django.http import HttpResponse

from suitebridge.console import asked
from suitebridge.console.access import Visit
from suitebridge.console.run_list.page import PAGE_RUNS, run_line, run_list_page, total
from suitebridge.console.showing import show
from suitebridge.console.wording import zone_of
from suitebridge.domain.outcomes import OutcomeKind


def list_runs(visit: Visit) -> HttpResponse:
    """Show runs, newest first."""
    before = asked.whole_number(visit.request.GET.get("before"))
    runs = visit.store.runs.newest(limit=PAGE_RUNS, before_number=before)
    now, zone = visit.house.clock.now(), zone_of(visit.store.company.zone)
    lines = [
        run_line(run, total(part.tally for part in visit.store.runs.progress(run.id)), now=now, zone=zone)
        for run in runs
    ]
    waits = bool(visit.store.runs.left_open(frozenset({OutcomeKind.CONFLICTED}), limit=1))
    page = run_list_page(lines, runs, before=before, may_start=True, waits=waits)
    return show(visit, "run_list/run_list.html", page, title="Runs", place="runs")
