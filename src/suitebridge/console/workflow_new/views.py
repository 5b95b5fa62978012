"""Answers the form of a new workflow."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse, HttpResponseRedirect

from suitebridge.console import links
from suitebridge.console.access import Visit
from suitebridge.console.mapping.drafts import Bench, keep, open_bench
from suitebridge.console.notices import Notice, notice_of
from suitebridge.console.showing import show
from suitebridge.console.workflow_new.page import Restable, new_workflow_page
from suitebridge.domain.connector_settings import OWN_WORKFLOWS, connector_values
from suitebridge.domain.drafting import activate, add_workflow
from suitebridge.domain.errors import RecordRefusedError
from suitebridge.domain.own_workflows import OwnWorkflow, make, problems_of, too_many
from suitebridge.domain.people import Permission
from suitebridge.domain.records import Direction
from suitebridge.domain.schemas.netsuite import NETSUITE_TYPES
from suitebridge.domain.schemas.workspace import WORKSPACE_TYPES


def add_own(visit: Visit) -> HttpResponse:
    """Show the form, add the workflow it describes to the draft, or activate one that came with the product."""
    bench, form = open_bench(visit), visit.request.POST
    if visit.request.method != "POST":
        return _show(visit, bench)
    name = form.get("standard", "")
    try:
        if name in bench.desk.shipped:
            keep(visit, bench, activate(bench.desk.shipped, bench.configuration, name, is_active=True))
            return HttpResponseRedirect(links.address("mapping"))
        asked = _read(visit)
        problems = _problems(bench, asked)
        if problems:
            return _show(visit, bench, problems=problems, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        keep(visit, bench, add_workflow(bench.configuration, make(asked, bench.schemas)))
    except RecordRefusedError as error:
        return _show(visit, bench, notice=notice_of(error.problem), status=HTTPStatus.CONFLICT)
    return HttpResponseRedirect(links.address("mapping-workflow", workflow_name=asked.name))


def _read(visit: Visit) -> OwnWorkflow:
    form = visit.request.POST
    return OwnWorkflow(
        name=form.get("name", "").strip(),
        title=form.get("title", "").strip(),
        direction=Direction.EXPORT if form.get("direction") == "export" else Direction.IMPORT,
        netsuite_type=form.get("netsuite_type", ""),
        workspace_type=form.get("workspace_type", ""),
        id_field=form.get("id_field", "").strip(),
        updates=form.get("method") != "create",
    )


def _problems(bench: Bench, asked: OwnWorkflow) -> tuple[tuple[str, str], ...]:
    found = problems_of(asked, list(bench.workflows), bench.schemas)
    if found:
        return found
    limit = int(connector_values(bench.configuration)[OWN_WORKFLOWS.name])
    crowded = too_many(add_workflow(bench.configuration, make(asked, bench.schemas)), limit)
    return tuple(("name", f"{one.cause} {one.remedy}") for one in crowded)


def _show(
    visit: Visit,
    bench: Bench,
    *,
    problems: tuple[tuple[str, str], ...] = (),
    notice: Notice | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    form = visit.request.POST
    page = new_workflow_page(
        {key: str(form[key]) for key in form},
        problems,
        (NETSUITE_TYPES, WORKSPACE_TYPES),
        resting=tuple(
            Restable(name=one.name, title=one.title) for one in bench.workflows.values() if not one.is_active
        ),
        bar=bench.bar,
        is_administrator=visit.may(Permission.ADMINISTER),
        notice=notice,
    )
    template = "workflow_new/workflow_new.html"
    return show(visit, template, page, title="New workflow", place="connector", status=status)
