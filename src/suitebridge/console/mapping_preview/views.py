"""Answers the preview of a mapping."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse

from suitebridge.console.access import Visit
from suitebridge.console.mapping.drafts import open_bench
from suitebridge.console.mapping_preview.page import preview_page
from suitebridge.console.mapping_workflow.views import find_workflow
from suitebridge.console.showing import show
from suitebridge.domain.errors import SuiteBridgeError
from suitebridge.domain.people import Permission
from suitebridge.runs.finding import PreviewDesk, find_records
from suitebridge.runs.previewing import preview

_TEMPLATE = "mapping_preview/mapping_preview.html"
_TITLE = "Preview"


def preview_mapping(visit: Visit, workflow_name: str) -> HttpResponse:
    """Show the records that a text finds, and the one that was chosen as the visitor's draft would write it."""
    workflow, query = find_workflow(open_bench(visit), workflow_name), visit.request.GET
    text, is_administrator = query.get("text", "").strip(), visit.may(Permission.ADMINISTER)
    candidates = found = problem = None
    if "text" in query or "record" in query:
        try:
            desk = preview_desk(visit)
            candidates = find_records(desk, workflow, text)
            record_id = query.get("record", "") or (candidates[0].id if len(candidates) == 1 else "")
            found = preview(desk, workflow, record_id) if record_id else None
        except SuiteBridgeError as error:
            problem = error.problem
    page = preview_page(
        workflow,
        schemas=visit.store.schemas(),
        text=text,
        candidates=candidates,
        found=found,
        problem=problem,
        is_administrator=is_administrator,
    )
    status = HTTPStatus.OK if problem is None else HTTPStatus.CONFLICT
    return show(visit, _TEMPLATE, page, title=_TITLE, place="connector", status=status)


def preview_desk(visit: Visit) -> PreviewDesk:
    """Give what a preview works with. Raise `RunStoppedError` where the account cannot be reached with what is stored."""
    return PreviewDesk(
        store=visit.store,
        gateway=visit.house.open_gateway(visit.store).reading(),
        user=visit.user,
        clock=visit.house.clock,
        schemas=visit.store.schemas(),
    )
