"""Answers the audit trail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.http import Http404, HttpResponse

from suitebridge.administration.permitting import RunNeed, meets
from suitebridge.console.access import Visit
from suitebridge.console.showing import show
from suitebridge.console.trail.filters import narrow, read_question
from suitebridge.console.trail.page import PAGE_ENTRIES, RecordNames, TrailLine, references, trail_line, trail_page
from suitebridge.console.wording import zone_of
from suitebridge.domain.masking import hidden_types, mask_changes
from suitebridge.domain.schemas.workspace import WORKSPACE_TYPES
from suitebridge.ports.trail import TrailEntry


def list_entries(visit: Visit) -> HttpResponse:
    """Show the company's trail, newest first, narrowed down by person, type, door, days and run."""
    question = read_question({name: visit.request.GET.get(name, "") for name in visit.request.GET})
    run = visit.store.runs.get(str(question.run)) if question.run else None
    if question.run and run is None:
        raise Http404(f"There is no run {question.run}.")
    person = visit.store.people.get(question.person) if question.person else None
    is_nobody = bool(question.person) and person is None
    entries: Sequence[TrailEntry] = ()
    if not is_nobody:
        entries = visit.store.trail.newest(
            limit=PAGE_ENTRIES,
            before_sequence=question.before,
            run_id=run.id if run is not None else "",
            among=narrow(
                question, person, zone_of(visit.store.company.zone), hidden_types=hidden_types(visit.user.role)
            ),
        )
    problem = f"Nobody here has the user ID “{question.person}”." if is_nobody else ""
    page = trail_page(entries, trail_lines(visit, entries), question=question, person_problem=problem)
    return show(visit, "trail/trail.html", page, title="Audit trail", place="trail")


def trail_lines(visit: Visit, entries: Sequence[TrailEntry]) -> tuple[TrailLine, ...]:
    """Write entries, each with the number of its run and who started it."""
    runs = {run_id: visit.store.runs.get(run_id) for run_id in {entry.run_id for entry in entries if entry.run_id}}
    numbers = {run_id: run.number for run_id, run in runs.items() if run is not None}
    starters = {run_id: run.started_by for run_id, run in runs.items() if run is not None}
    names = _names(visit, entries)
    return tuple(
        trail_line(
            replace(entry, changes=mask_changes(entry.record_type, entry.changes, visit.user.role)),
            zone=zone_of(visit.store.company.zone),
            run_numbers=numbers,
            starter=starters.get(entry.run_id, ""),
            names=names,
            may_view=visit.may_view,
            may_open_runs=meets(visit.user.role, RunNeed.SOME_KIND),
        )
        for entry in entries
    )


def _names(visit: Visit, entries: Sequence[TrailEntry]) -> RecordNames:
    """Find the present names of the records that entries refer to: one question for each type, and none for what the visitor may not see."""
    wanted: dict[str, set[str]] = {}
    for record_type, record_id in references(entries):
        if visit.may_view(record_type):
            wanted.setdefault(record_type, set()).add(record_id)
    names: dict[tuple[str, str], str] = {}
    for record_type, ids in wanted.items():
        title = WORKSPACE_TYPES[record_type].title
        for record in visit.store.records.fetch(record_type, sorted(ids), [title]):
            names[record_type, record.id] = str(record.fields[title] or "")
    return names
