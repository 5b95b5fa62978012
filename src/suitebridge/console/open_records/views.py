"""Answers the list of what runs left open."""

from __future__ import annotations

from django.http import HttpResponse

from suitebridge.console import asked, links
from suitebridge.console.access import Visit
from suitebridge.console.open_records.page import OpenLine, open_records_page
from suitebridge.console.run_records.page import PAGE_OUTCOMES, CompanyTerms, outcome_line
from suitebridge.console.showing import show
from suitebridge.console.sides import sides_of
from suitebridge.console.wording import zone_of
from suitebridge.domain.outcomes import OPEN_KINDS


def list_open(visit: Visit) -> HttpResponse:
    """Show what no run has settled yet, of all outcomes or of one."""
    query, workflows = visit.request.GET, visit.workflows
    kind, after = asked.outcome_kind(query.get("outcome")), asked.whole_number(query.get("after"))
    kind = kind if kind in OPEN_KINDS else None
    found = visit.store.runs.left_open(frozenset({kind}) if kind else OPEN_KINDS, after=after, limit=PAGE_OUTCOMES)
    terms = CompanyTerms(zone=zone_of(visit.store.company.zone), schemas=visit.store.schemas())
    netsuite_address = visit.netsuite_address()
    lines = []
    for one in found:
        workflow = workflows.get(one.recorded.workflow)
        sides = sides_of(workflow, one.recorded.outcome, may_view=visit.may_view, netsuite_address=netsuite_address)
        line = outcome_line(one.recorded, sides, workflow, terms, run_number=one.run_number, is_dry=False, is_open=True)
        lines.append(OpenLine(line=line, run_text=f"Run {one.run_number}", run_href=links.run(one.run_number)))
    page = open_records_page(lines, kind=kind, after=after)
    return show(visit, "open_records/open_records.html", page, title="Open records", place="runs")
