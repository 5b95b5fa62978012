"""Answers one record's page."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus

from django.http import Http404, HttpResponse, HttpResponseRedirect

from suitebridge.administration.staffing import stamp_for
from suitebridge.console import links, wording
from suitebridge.console.access import Visit
from suitebridge.console.record.approval import ApprovalBox, approval_box
from suitebridge.console.record.page import (
    MOST_RELATED,
    DecisionBox,
    RelatedList,
    decision_box,
    field_paths,
    gone_page,
    record_page,
    related_list,
)
from suitebridge.console.record.transfer import TransferBox, transfer_box
from suitebridge.console.record_list.views import find_schema, netsuite_type_of
from suitebridge.console.showing import show
from suitebridge.console.trail.page import TrailLine
from suitebridge.console.trail.views import trail_lines
from suitebridge.domain import approvals
from suitebridge.domain.approvals import ApprovalAct, is_approvable
from suitebridge.domain.conditions import Compare, Comparison
from suitebridge.domain.errors import Problem, RecordRefusedError, SuiteBridgeError
from suitebridge.domain.masking import mask_fields
from suitebridge.domain.people import Door, Permission
from suitebridge.domain.records import Direction, Record
from suitebridge.domain.schemas import RecordSchema, Related
from suitebridge.domain.schemas.workspace import WORKSPACE_TYPES
from suitebridge.ports.workspace import RecordQuery
from suitebridge.recording.approving import ApprovalRequest, move_record, open_acts
from suitebridge.runs.deciding import waiting_for
from suitebridge.runs.receiving import RecordRequest, ask_for_record, latest_errand, ways_of

MOST_ENTRIES = 100


def show_record(visit: Visit, record_type: str, record_id: str) -> HttpResponse:
    """Show a record of the visitor's company."""
    return _show(visit, record_type, record_id)


def transfer_record(visit: Visit, record_type: str, record_id: str) -> HttpResponse:
    """Put the record into the inbox, and show it again."""
    find_schema(visit, record_type)
    form = visit.request.POST
    direction = next((one for one in Direction if one.value == form.get("direction")), None)
    if direction is not None:
        request = RecordRequest(
            record_type=record_type,
            record_id=record_id,
            direction=direction,
            confirmed_account=form.get("confirmed_account", ""),
        )
        house = visit.house
        try:
            ask_for_record(visit.store, visit.workflows, request, user=visit.user, door=Door.CONSOLE, clock=house.clock)
        except SuiteBridgeError as error:
            return _show(visit, record_type, record_id, refused=error.problem)
    return HttpResponseRedirect(links.record(record_type, record_id))


def move_approval(visit: Visit, record_type: str, record_id: str) -> HttpResponse:
    """Submit, approve, reject or reopen the record, and show it again."""
    find_schema(visit, record_type)
    form = visit.request.POST
    act = next((one for one in ApprovalAct if one.value == form.get("act")), None)
    if act is not None:
        request = ApprovalRequest(
            act=act,
            record_type=record_type,
            record_id=record_id,
            version=form.get("version", ""),
            reason=form.get("reason", ""),
        )
        stamp = stamp_for(visit.user, Door.CONSOLE)
        try:
            move_record(visit.store, request, acting=visit.user, stamp=stamp, clock=visit.house.clock)
        except LookupError as error:
            raise Http404(str(error)) from error
        except RecordRefusedError as error:
            return _show(visit, record_type, record_id, refused_act=error.problem)
    return HttpResponseRedirect(links.record(record_type, record_id))


def _show(
    visit: Visit,
    record_type: str,
    record_id: str,
    *,
    refused: Problem | None = None,
    refused_act: Problem | None = None,
) -> HttpResponse:
    schema = find_schema(visit, record_type)
    found = visit.store.records.fetch(schema.name, [record_id], field_paths(schema))
    if not found:
        return _show_gone(visit, schema, record_id)
    record = replace(found[0], fields=mask_fields(schema, found[0].fields, visit.user.role))
    netsuite_id = str(record.fields.get("netsuite_id") or "")
    page = record_page(
        schema,
        record,
        zone=wording.zone_of(visit.store.company.zone),
        netsuite_href=visit.netsuite_address()(netsuite_type_of(visit, schema.name), netsuite_id),
        related=tuple(_related(visit, record, related) for related in schema.related if visit.may_view(related.type)),
        may_view=visit.may_view,
        trail=_trail(visit, schema, record.id),
    )
    page = replace(
        page,
        transfer=_transfer(visit, schema, found[0], refused),
        decision=_decision(visit, schema, record.id),
        approval=_approval(visit, schema, found[0], refused_act),
        edit_href=_edit_href(visit, schema, found[0]),
    )
    status = HTTPStatus.OK if refused is None and refused_act is None else HTTPStatus.UNPROCESSABLE_ENTITY
    return show(visit, "record/record.html", page, title=page.title, place="record-types", status=status)


def _transfer(visit: Visit, schema: RecordSchema, record: Record, refused: Problem | None) -> TransferBox | None:
    """Write the part that carries the record over, for who may and where there is a way."""
    workflows = visit.workflows
    ways = ways_of(workflows, schema.name)
    if not ways or not visit.may(Permission.RUN_INTEGRATION):
        return None
    return transfer_box(
        schema.name,
        record.id,
        ways,
        workflows=workflows,
        report=latest_errand(visit.store, workflows, schema.name, record),
        zone=wording.zone_of(visit.store.company.zone),
        refused=refused,
    )


def _edit_href(visit: Visit, schema: RecordSchema, record: Record) -> str:
    """Give where the record is changed, "" where the visitor may not, or it is locked."""
    owner = approvals.owner_field(schema)
    owner_id = str(record.fields.get(owner.name) or "") if owner is not None else ""
    role = visit.user.role
    may = approvals.may_enter_of(role, schema, owner_id=owner_id, acting_id=visit.user.id)
    is_locked = is_approvable(schema) and approvals.is_locked(role, approvals.state_of(schema, record.fields))
    if not may or is_locked or not approvals.has_form(schema):
        return ""
    return links.address("record-edit", record_type=schema.name, record_id=record.id)


def _approval(visit: Visit, schema: RecordSchema, record: Record, refused: Problem | None) -> ApprovalBox | None:
    """Write the part that moves the record's approval on, or what was wrong with the last try."""
    if not is_approvable(schema) and refused is None:
        return None
    acts = open_acts(visit.store, schema, record, acting=visit.user)
    return approval_box(schema, record, acts, refused=refused, typed=visit.request.POST.get("reason", ""))


def _decision(visit: Visit, schema: RecordSchema, record_id: str) -> DecisionBox | None:
    """Write the part that decides about the record, for who may and where there is something to decide."""
    workflows = visit.workflows
    if not visit.may(Permission.RUN_INTEGRATION):
        return None
    waiting = waiting_for(visit.store, workflows, schema.name, record_id)
    return decision_box(waiting, workflows[waiting.recorded.workflow], workflows) if waiting is not None else None


def _show_gone(visit: Visit, schema: RecordSchema, record_id: str) -> HttpResponse:
    """Show what the trail keeps of a record that was deleted, to who may see it."""
    trail = _trail(visit, schema, record_id)
    if not trail:
        raise Http404(f"There is no {schema.label.lower()} {record_id}.")
    page = gone_page(schema, record_id, trail)
    return show(visit, "record/gone.html", page, title=page.title, place="record-types", status=HTTPStatus.GONE)


def _related(visit: Visit, record: Record, related: Related) -> RelatedList:
    schema = WORKSPACE_TYPES[related.type]
    belongs = Compare(path=related.by, comparison=Comparison.EQUAL, value=record.id)
    query = RecordQuery(record_type=schema.name, condition=belongs, limit=MOST_RELATED + 1, newest_first=True)
    return related_list(schema, visit.store.records.query(query))


def _trail(visit: Visit, schema: RecordSchema, record_id: str) -> tuple[TrailLine, ...] | None:
    if not visit.may(Permission.VIEW_AUDIT_TRAIL):
        return None
    return trail_lines(visit, visit.store.trail.of_record(schema.name, record_id, limit=MOST_ENTRIES))
