"""Workflow groups: workflows under a name, for schedules, scripts and runs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Status
from pydantic import BaseModel, Field

from suitebridge.administration import grouping
from suitebridge.api.access import Caller, caller_of
from suitebridge.api.exchange import EntryRefusedError, Input, etag, number_meant
from suitebridge.api.problems import FieldProblem
from suitebridge.domain.groups import WorkflowGroup


class GroupDocument(BaseModel):
    """A workflow group."""

    name: str
    workflows: list[str] = Field(description="In the order in which a run carries them out.")


class GroupList(BaseModel):
    """The workflow groups of the company, by name."""

    items: list[GroupDocument]


class GroupInput(Input):
    """A workflow group as a whole."""

    workflows: list[str] = Field(
        max_length=50, description="In the order in which a run carries them out; what has to run first comes first."
    )


def show_groups(request: HttpRequest) -> GroupList:
    """List the workflow groups of the company."""
    caller = caller_of(request)
    return GroupList(items=[_document(one) for one in grouping.list_groups(caller.store, acting=caller.user)])


def show_group(request: HttpRequest, response: HttpResponse, group: str) -> GroupDocument:
    """Show one workflow group; the ETag is what a change must send as If-Match."""
    caller = caller_of(request)
    grouping.list_groups(caller.store, acting=caller.user)
    found = caller.store.groups.get(group)
    if found is None:
        raise LookupError(f"There is no workflow group {group} in the company.")
    response["ETag"] = etag(found.version)
    return _document(found)


def put_group(request: HttpRequest, response: HttpResponse, group: str, entry: GroupInput) -> GroupDocument:
    """Replace the workflows of a group; If-Match “*” also adds one of this name."""
    caller = caller_of(request)
    meant = WorkflowGroup(name=group, workflows=tuple(entry.workflows), version=version_of(request, caller, group))
    saved = grouping.save_group(caller.store, meant, workflows=caller.workflows, acting=caller.user, stamp=caller.stamp)
    if not isinstance(saved, WorkflowGroup):
        errors = tuple(FieldProblem(field=field, said=said) for field, said in saved)
        raise EntryRefusedError(grouping.group_refused(group, saved).problem, errors)
    response["ETag"] = etag(saved.version)
    return _document(saved)


def delete_group(request: HttpRequest, group: str) -> Status[None]:
    """Remove a workflow group that no schedule runs."""
    caller = caller_of(request)
    version = version_of(request, caller, group)
    grouping.remove_group(caller.store, group, version=version, acting=caller.user, stamp=caller.stamp)
    return Status(204, None)


def version_of(request: HttpRequest, caller: Caller, group: str) -> int:
    """Read which version of a group a change is about: the present one for “*”. Raise `RecordRefusedError` SB-AUTO-002 where it says none."""
    found = caller.store.groups.get(group)
    return number_meant(request, present=found.version if found else 0, what=f"The workflow group {group}")


def _document(group: WorkflowGroup) -> GroupDocument:
    return GroupDocument(name=group.name, workflows=list(group.workflows))
