"""Answers the page of one record of a run."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from suitebridge.console.access import Visit
from suitebridge.console.run.views import find_run
from suitebridge.console.run_record.page import run_record_page
from suitebridge.console.run_records.page import CompanyTerms
from suitebridge.console.showing import show
from suitebridge.console.sides import sides_of
from suitebridge.console.trail.views import trail_lines
from suitebridge.console.wording import zone_of
from suitebridge.domain.people import Permission
from suitebridge.ports.runs import ENDED_STATES
from suitebridge.runs.reviewing import open_records
from suitebridge.runs.tracing import trace_record


def show_run_record(visit: Visit, number: int, workflow: str, source_id: str) -> HttpResponse:
    """Show what became of one record in one run, and in its others."""
    run = find_run(visit, number)
    known = visit.workflows_of(run).get(workflow)
    trace = trace_record(visit.store, run, known, source_id, user=visit.user) if known is not None else None
    if trace is None:
        raise Http404(f"Run {number} settled no such record.")
    is_open = run.state in ENDED_STATES and bool(open_records(visit.store, run, [trace.recorded]))
    page = run_record_page(
        trace,
        sides_of(known, trace.recorded.outcome, may_view=visit.may_view, netsuite_address=visit.netsuite_address()),
        trail_lines(visit, trace.entries) if trace.entries is not None else (),
        terms=CompanyTerms(zone=zone_of(visit.store.company.zone), schemas=visit.store.schemas()),
        is_open=is_open,
        may_settle=visit.may(Permission.EDIT_INTEGRATION_SETTINGS),
        workflows=visit.workflows,
    )
    return show(visit, "run_record/run_record.html", page, title=page.title, place="runs")
