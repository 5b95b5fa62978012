"""Approval of records: submit, approve, reject, reopen."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from pydantic import Field

from suitebridge.api.access import caller_of
from suitebridge.api.exchange import Input, etag, version_meant
from suitebridge.api.records import RecordShown, record_shown, require_type
from suitebridge.domain.approvals import MOST_REASON, ApprovalAct
from suitebridge.recording.approving import ApprovalRequest, move_record


class RejectionInput(Input):
    """Why a record is rejected."""

    reason: str = Field(min_length=1, max_length=MOST_REASON, description="What whoever submitted it reads.")


def submit_record(request: HttpRequest, response: HttpResponse, record_type: str, record_id: str) -> RecordShown:
    """Submit a record for approval; from then on nobody changes it until it is decided or reopened."""
    return _move(request, response, record_type, record_id, act=ApprovalAct.SUBMIT)


def approve_record(request: HttpRequest, response: HttpResponse, record_type: str, record_id: str) -> RecordShown:
    """Approve a record that was submitted: it may be exported now, and is locked."""
    return _move(request, response, record_type, record_id, act=ApprovalAct.APPROVE)


def reject_record(
    request: HttpRequest, response: HttpResponse, record_type: str, record_id: str, entry: RejectionInput
) -> RecordShown:
    """Reject a record that was submitted, with the reason."""
    return _move(request, response, record_type, record_id, act=ApprovalAct.REJECT, reason=entry.reason)


def reopen_record(request: HttpRequest, response: HttpResponse, record_type: str, record_id: str) -> RecordShown:
    """Open a record again so that it can be changed; one that is approved asks for a permission of its own."""
    return _move(request, response, record_type, record_id, act=ApprovalAct.REOPEN)


def _move(
    request: HttpRequest,
    response: HttpResponse,
    record_type: str,
    record_id: str,
    *,
    act: ApprovalAct,
    reason: str = "",
) -> RecordShown:
    caller = caller_of(request)
    require_type(record_type)
    wanted = ApprovalRequest(
        act=act, record_type=record_type, record_id=record_id, version=version_meant(request), reason=reason
    )
    moved = move_record(caller.store, wanted, acting=caller.user, stamp=caller.stamp, clock=caller.house.clock)
    response["ETag"] = etag(moved.version)
    return record_shown(caller.store.schemas().workspace_type(record_type), moved, caller.user.role)
