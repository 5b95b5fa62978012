"""Answers the page of one workflow: its rows are switched, moved and taken away here, in a draft."""

from __future__ import annotations

from http import HTTPStatus

from django.http import Http404, HttpResponse, HttpResponseRedirect

from suitebridge.administration.defining import Description, take_over_fields
from suitebridge.administration.protecting import protections
from suitebridge.administration.staffing import stamp_for
from suitebridge.console import asked, links, wording
from suitebridge.console.access import Visit
from suitebridge.console.mapping.drafts import Bench, keep, open_bench
from suitebridge.console.mapping_workflow.page import Protected, Wanted, workflow_page
from suitebridge.console.notices import Notice, notice_of
from suitebridge.console.showing import show
from suitebridge.domain.drafting import Place, move_row, remove_row, switch_row
from suitebridge.domain.drift import custom_fields
from suitebridge.domain.errors import RecordRefusedError, SuiteBridgeError
from suitebridge.domain.overrides import Configuration
from suitebridge.domain.people import Door, Permission
from suitebridge.domain.workflow import MappingGroup, Workflow
from suitebridge.runs.discovering import survey


def edit_workflow(visit: Visit, workflow_name: str) -> HttpResponse:
    """Show a workflow with one of its groups open, or edit a row of it."""
    bench = open_bench(visit)
    workflow = find_workflow(bench, workflow_name)
    asked_for = visit.request.POST if visit.request.method == "POST" else visit.request.GET
    group = find_group(workflow, asked_for.get("group", ""))
    if visit.request.method != "POST":
        return _show(visit, bench, workflow, group)
    if visit.request.POST.get("act") == "synchronize":
        return _synchronize(visit, bench, workflow, group)
    try:
        keep(visit, bench, _edited(visit, bench, Place(workflow=workflow.name, group=group.name)))
    except RecordRefusedError as error:
        return _show(visit, bench, workflow, group, notice=notice_of(error.problem), status=HTTPStatus.CONFLICT)
    form = visit.request.POST
    query = {"group": group.name, "text": form.get("text", ""), "row": form.get("target", "")}
    return HttpResponseRedirect(links.address("mapping-workflow", query=query, workflow_name=workflow.name))


def find_workflow(bench: Bench, name: str) -> Workflow:
    """Find a workflow by the name in the address, as the draft would make it."""
    workflow = bench.workflows.get(name)
    if workflow is None:
        raise Http404(f"There is no workflow {name}.")
    return workflow


def find_group(workflow: Workflow, name: str) -> MappingGroup:
    """Find a group by its name, the first one for no name."""
    group = next((one for one in workflow.groups if not name or one.name == name), None)
    if group is None:
        raise Http404(f"The workflow has no group {name}.")
    return group


def _synchronize(visit: Visit, bench: Bench, workflow: Workflow, group: MappingGroup) -> HttpResponse:
    """Ask NetSuite for the custom fields of the workflow's record type, so that rows can name them (netsuite-connector.md §2.2)."""
    record_type, types = custom_fields(workflow)[0], bench.schemas.netsuite
    try:
        gateway = visit.house.open_gateway(visit.store)
        (found,) = survey(gateway, {}, [record_type], is_fresh=True, types=types)
        if found.problem is not None:
            return _show(visit, bench, workflow, group, notice=notice_of(found.problem), status=HTTPStatus.CONFLICT)
        described = Description(record_type=record_type, fields=found.fields, account=gateway.account.value)
        take_over_fields(visit.store, described, acting=visit.user, stamp=stamp_for(visit.user, Door.CONSOLE))
    except SuiteBridgeError as error:
        return _show(visit, bench, workflow, group, notice=notice_of(error.problem), status=HTTPStatus.CONFLICT)
    count = str(sum(one.is_custom for one in found.fields))
    query = {"group": group.name, "found": count}
    return HttpResponseRedirect(links.address("mapping-workflow", query=query, workflow_name=workflow.name))


def _edited(visit: Visit, bench: Bench, place: Place) -> Configuration:
    form, shipped, configuration = visit.request.POST, bench.desk.shipped, bench.configuration
    target = form.get("target", "")
    match form.get("act"):
        case "on" | "off" as act:
            return switch_row(shipped, configuration, place, target, is_active=act == "on")
        case "remove":
            return remove_row(shipped, configuration, place, target)
        case "move":
            to = asked.whole_number(form.get("to"))
            return move_row(shipped, configuration, place, target, to=to)
        case _:
            return configuration


def _wanted(visit: Visit) -> Wanted:
    query = visit.request.GET
    found = "found" in query
    count = wording.counted(asked.whole_number(query.get("found")), "custom field", "custom fields")
    return Wanted(
        text=query.get("text", "").strip(),
        row=query.get("row", ""),
        done=f"NetSuite has {count} here. Rows can name them now." if found else "",
    )


def _show(
    visit: Visit,
    bench: Bench,
    workflow: Workflow,
    group: MappingGroup,
    *,
    notice: Notice | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    held = protections(visit.store, visit.workflows).get(workflow.name, ())
    page = workflow_page(
        bench,
        workflow,
        group,
        schemas=bench.schemas,
        wanted=_wanted(visit),
        protected=Protected(by=held, notice=notice),
        is_administrator=visit.may(Permission.ADMINISTER),
    )
    template = "mapping_workflow/mapping_workflow.html"
    return show(visit, template, page, title=workflow.title, place="connector", status=status)
