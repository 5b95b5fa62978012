"""Answers the page of one workflow."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from suitebridge.console.access import Visit
from suitebridge.console.mapping_workflow.page import workflow_page
from suitebridge.console.showing import show
from suitebridge.domain.people import Permission
from suitebridge.domain.schemas.registry import schema_of
from suitebridge.domain.workflow import MappingGroup, Workflow


def show_workflow(visit: Visit, workflow_name: str) -> HttpResponse:
    """Show a workflow with one of its groups open."""
    workflow = find_workflow(visit, workflow_name)
    page = workflow_page(
        workflow,
        find_group(workflow, visit.request.GET.get("group", "")),
        schemas=schema_of,
        text=visit.request.GET.get("text", "").strip(),
        place=list(visit.house.workflows).index(workflow.name) + 1,
        is_administrator=visit.may(Permission.ADMINISTER),
    )
    return show(visit, "mapping_workflow/mapping_workflow.html", page, title=workflow.title, place="connector")


def find_workflow(visit: Visit, name: str) -> Workflow:
    """Find a workflow of the company by the name in the address."""
    workflow = visit.house.workflows.get(name)
    if workflow is None:
        raise Http404(f"There is no workflow {name}.")
    return workflow


def find_group(workflow: Workflow, name: str) -> MappingGroup:
    """Find a group by its name, the first one for no name."""
    group = next((one for one in workflow.groups if not name or one.name == name), None)
    if group is None:
        raise Http404(f"The workflow has no group {name}.")
    return group
