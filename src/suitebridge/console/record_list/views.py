"""Answers the list of records of one type."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpResponse

from suitebridge.console import links
from suitebridge.console.access import Visit
from suitebridge.console.record_list.page import PAGE_RECORDS, record_line, record_list_page
from suitebridge.console.record_types.page import netsuite_type, workspace_type
from suitebridge.console.showing import show
from suitebridge.domain.approvals import has_form, in_state, may_enter
from suitebridge.domain.schemas import RecordSchema
from suitebridge.ports.workspace import RecordQuery

_MOST_TEXT = 200


def list_records(visit: Visit, record_type: str) -> HttpResponse:
    """Show the records of a type, newest first, searched by title."""
    schema = find_schema(visit, record_type)
    text = visit.request.GET.get("text", "").strip()[:_MOST_TEXT]
    after = visit.request.GET.get("after", "")
    state = visit.request.GET.get("state", "")
    condition = in_state(schema, state)
    query = RecordQuery(
        record_type=schema.name, condition=condition, text=text, after_id=after, limit=PAGE_RECORDS, newest_first=True
    )
    netsuite_address, theirs = visit.netsuite_address(), netsuite_type_of(visit, schema.name)
    lines = [
        record_line(schema, record, netsuite_href=netsuite_address(theirs, str(record.fields.get("netsuite_id") or "")))
        for record in visit.store.records.query(query)
    ]
    count = visit.store.records.count(schema.name)
    page = record_list_page(schema, lines, text=text, after=after, count=count, state=state if condition else "")
    page = replace(page, add_href=_add_href(visit, schema))
    return show(visit, "record_list/record_list.html", page, title=page.title, place="record-types")


def _add_href(visit: Visit, schema: RecordSchema) -> str:
    """Give where a record of the type is added, "" where the visitor may add none."""
    if not (has_form(schema) and may_enter(visit.user.role, schema.name)):
        return ""
    return links.address("record-add", record_type=schema.name)


def find_schema(visit: Visit, record_type: str) -> RecordSchema:
    """Find a record type of the workspace by its name in the address, with the company's custom fields."""
    schema = visit.store.schemas().workspace.get(record_type)
    if schema is None:
        raise Http404(f"There is no record type {record_type}.")
    return schema


def netsuite_type_of(visit: Visit, record_type: str) -> str:
    """Give NetSuite's type of a workspace type by the workflow that moves it, "" where none does."""
    flows = visit.workflows.values()
    return next((netsuite_type(flow) for flow in flows if workspace_type(flow) == record_type), "")
