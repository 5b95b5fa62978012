"""Answers the audit trail."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpResponse

from suitebridge.console import asked
from suitebridge.console.access import Visit
from suitebridge.console.showing import show
from suitebridge.console.trail.page import PAGE_ENTRIES, TrailLine, trail_line, trail_page
from suitebridge.console.wording import zone_of
from suitebridge.domain.people import Permission
from suitebridge.ports.trail import TrailEntry


def list_entries(visit: Visit) -> HttpResponse:
    """Show the company's trail, newest first, of one run where one is asked for."""
    before, number = (asked.whole_number(visit.request.GET.get(name)) for name in ("before", "run"))
    run = visit.store.runs.get(str(number)) if number else None
    if number and run is None:
        raise Http404(f"There is no run {number}.")
    entries = visit.store.trail.newest(
        limit=PAGE_ENTRIES, before_sequence=before, run_id=run.id if run is not None else ""
    )
    page = trail_page(entries, trail_lines(visit, entries), before=before, run=number)
    return show(visit, "trail/trail.html", page, title="Audit trail", place="trail")


def trail_lines(visit: Visit, entries: Sequence[TrailEntry]) -> tuple[TrailLine, ...]:
    """Write entries, each with the number of its run."""
    runs = {run_id: visit.store.runs.get(run_id) for run_id in {entry.run_id for entry in entries if entry.run_id}}
    numbers = {run_id: run.number for run_id, run in runs.items() if run is not None}
    return tuple(
        trail_line(
            entry,
            zone=zone_of(visit.store.company.zone),
            run_numbers=numbers,
            may_open_records=visit.may(Permission.VIEW_RECORDS),
            may_open_runs=visit.may(Permission.RUN_INTEGRATION),
        )
        for entry in entries
    )
