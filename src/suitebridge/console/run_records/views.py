"""Answers the records of a run."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from django.http import HttpResponse

from suitebridge.console import asked
from suitebridge.console.access import Visit
from suitebridge.console.run.views import find_run
from suitebridge.console.run_records.page import PAGE_OUTCOMES, CompanyTerms, outcome_line, run_records_page
from suitebridge.console.showing import show
from suitebridge.console.sides import sides_of
from suitebridge.console.wording import zone_of
from suitebridge.domain.masking import mask_differences
from suitebridge.domain.workflow import WhenDeleted, Workflow
from suitebridge.ports.runs import ENDED_STATES, RecordedOutcome
from suitebridge.runs.deciding import DECIDED_CODES, code_of, ways_out
from suitebridge.runs.reviewing import open_records


def list_outcomes(visit: Visit, number: int) -> HttpResponse:
    """Show what became of a run's records, in the order they were settled."""
    run = find_run(visit, number)
    workflows, query = visit.workflows_of(run), visit.request.GET
    kind, after = asked.outcome_kind(query.get("outcome")), asked.whole_number(query.get("after"))
    workflow = query.get("workflow", "")
    workflow = workflow if workflow in run.workflows else ""
    kinds = frozenset({kind}) if kind else None
    found = visit.store.runs.outcomes(run.id, workflow=workflow, kinds=kinds, after=after, limit=PAGE_OUTCOMES)
    still_open = open_records(visit.store, run, found) if run.state in ENDED_STATES else frozenset()
    titles = {name: flow.title for name, flow in workflows.items()}
    terms = CompanyTerms(zone=zone_of(visit.store.company.zone), schemas=visit.store.schemas())
    netsuite_address = visit.netsuite_address()
    lines = [
        outcome_line(
            _seen(visit, workflows, recorded),
            sides_of(
                workflows.get(recorded.workflow),
                recorded.outcome,
                may_view=visit.may_view,
                netsuite_address=netsuite_address,
            ),
            workflows.get(recorded.workflow),
            terms,
            run_number=run.number,
            is_dry=run.is_dry,
            is_open=(recorded.workflow, recorded.outcome.source_id) in still_open,
        )
        for recorded in found
    ]
    ways = _ways(visit, [one for one in found if (one.workflow, one.outcome.source_id) in still_open])
    page = run_records_page(run, lines, titles, workflow=workflow, kind=kind, after=after, ways=ways)
    return show(visit, "run_records/run_records.html", page, title=page.title, place="runs")


def _ways(visit: Visit, waiting: Iterable[RecordedOutcome]) -> Mapping[str, Collection[WhenDeleted]]:
    """Say by code what can be decided about open records, and what can become of every deleted one."""
    ways: dict[str, set[WhenDeleted]] = {}
    for code, name in {(code_of(one), one.workflow) for one in waiting}:
        known = visit.workflows.get(name)
        if code in DECIDED_CODES and known is not None:
            ways.setdefault(code, set(WhenDeleted)).intersection_update(ways_out(visit.workflows, known))
    return ways


def _seen(visit: Visit, workflows: Mapping[str, Workflow], recorded: RecordedOutcome) -> RecordedOutcome:
    """Hide of a dry run's differences what the visitor's role hides."""
    workflow = workflows.get(recorded.workflow)
    seen = mask_differences(workflow, recorded.differences, visit.user.role) if workflow is not None else ()
    return replace(recorded, differences=seen)
