"""Answers the form of a workflow's settings."""

from __future__ import annotations

from http import HTTPStatus

from django.http import Http404, HttpResponse, HttpResponseRedirect

from suitebridge.console import links
from suitebridge.console.access import Visit
from suitebridge.console.mapping.drafts import Bench, keep, open_bench
from suitebridge.console.mapping_settings.page import settings_page
from suitebridge.console.mapping_workflow.views import find_workflow
from suitebridge.console.notices import Notice, notice_of
from suitebridge.console.setting_lines import read_settings
from suitebridge.console.showing import show
from suitebridge.domain.choosing import clashes
from suitebridge.domain.drafting import edit_of, set_settings
from suitebridge.domain.errors import RecordRefusedError
from suitebridge.domain.people import Permission
from suitebridge.domain.workflow import SettingValue, Workflow


def edit_settings(visit: Visit, workflow_name: str) -> HttpResponse:
    """Show the settings of a workflow, or put what was ticked into the draft."""
    bench = open_bench(visit)
    workflow = find_workflow(bench, workflow_name)
    if not workflow.settings:
        raise Http404(f"{workflow.title} has no settings.")
    if visit.request.method != "POST":
        return _show(visit, bench, workflow, dict(edit_of(bench.configuration, workflow.name).settings))
    values = read_settings(workflow.settings, visit.request.POST)
    problems = clashes(workflow.settings, values)
    if problems:
        return _show(visit, bench, workflow, values, problems=problems, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        keep(visit, bench, set_settings(bench.configuration, workflow, values))
    except RecordRefusedError as error:
        return _show(visit, bench, workflow, values, notice=notice_of(error.problem), status=HTTPStatus.CONFLICT)
    return HttpResponseRedirect(links.address("mapping-workflow", workflow_name=workflow.name))


def _show(
    visit: Visit,
    bench: Bench,
    workflow: Workflow,
    values: dict[str, SettingValue],
    *,
    problems: tuple[str, ...] = (),
    notice: Notice | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    is_administrator = visit.may(Permission.ADMINISTER)
    page = settings_page(
        workflow, values, bar=bench.bar, is_administrator=is_administrator, problems=problems, notice=notice
    )
    template = "mapping_settings/mapping_settings.html"
    return show(visit, template, page, title="Workflow settings", place="connector", status=status)
