"""Answers the form of a workflow group."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from django.http import Http404, HttpResponse, HttpResponseRedirect

from suitebridge.administration.grouping import list_groups, remove_group, save_group
from suitebridge.administration.staffing import stamp_for
from suitebridge.console import asked, links
from suitebridge.console.access import Visit
from suitebridge.console.notices import Notice, notice_of
from suitebridge.console.showing import show
from suitebridge.console.workflow_group.page import chosen_in, group_page
from suitebridge.domain.errors import RecordRefusedError
from suitebridge.domain.groups import WorkflowGroup
from suitebridge.domain.people import Door


def add_group(visit: Visit) -> HttpResponse:
    """Show the empty form, or add the group it describes."""
    if visit.request.method != "POST":
        return _show(visit, WorkflowGroup(name="", workflows=tuple(visit.workflows)), is_new=True)
    return _save(visit, visit.request.POST.get("name", "").strip(), is_new=True)


def edit_group(visit: Visit, group_name: str) -> HttpResponse:
    """Show the form of a group, store it, or remove the group."""
    group = next((one for one in list_groups(visit.store, acting=visit.user) if one.name == group_name), None)
    if group is None:
        raise Http404
    if visit.request.method != "POST":
        return _show(visit, group, is_new=False)
    if visit.request.POST.get("act") != "remove":
        return _save(visit, group.name, is_new=False)
    stamp, version = stamp_for(visit.user, Door.CONSOLE), asked.whole_number(visit.request.POST.get("version"))
    try:
        remove_group(visit.store, group.name, version=version, acting=visit.user, stamp=stamp)
    except RecordRefusedError as error:
        return _show(visit, group, is_new=False, notice=notice_of(error.problem), status=HTTPStatus.CONFLICT)
    return HttpResponseRedirect(links.address("automate", query={"done": "group-removed"}))


def _save(visit: Visit, name: str, *, is_new: bool) -> HttpResponse:
    form, workflows = visit.request.POST, visit.workflows
    version = 0 if is_new else asked.whole_number(form.get("version"))
    chosen = chosen_in({key: str(form[key]) for key in form}, form.getlist("workflow"), workflows)
    entry, stamp = WorkflowGroup(name=name, workflows=chosen, version=version), stamp_for(visit.user, Door.CONSOLE)
    try:
        saved = save_group(visit.store, entry, workflows=workflows, acting=visit.user, stamp=stamp)
    except RecordRefusedError as error:
        notice = notice_of(error.problem)
        return _show(visit, entry, is_new=is_new, notice=notice, status=HTTPStatus.CONFLICT)
    if not isinstance(saved, WorkflowGroup):
        return _show(visit, entry, is_new=is_new, problems=saved, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return HttpResponseRedirect(links.address("automate", query={"done": "group-saved"}))


def _show(
    visit: Visit,
    group: WorkflowGroup,
    *,
    is_new: bool,
    problems: Sequence[tuple[str, str]] = (),
    notice: Notice | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    page = group_page(group, workflows=visit.workflows, problems=problems, notice=notice, is_new=is_new)
    return show(visit, "workflow_group/workflow_group.html", page, title=page.title, place="connector", status=status)
