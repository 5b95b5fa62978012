"""The custom fields of the NetSuite account as the company keeps them: shown with what drifted from under mappings, and synchronized."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from pydantic import BaseModel, Field

from suitebridge.administration.synchronizing import synchronize
from suitebridge.api.access import Caller, caller_of
from suitebridge.domain.errors import Problem
from suitebridge.domain.field_snapshots import FieldSnapshot, snapshots, types_used
from suitebridge.runs.discovering import survey


class FoundField(BaseModel):
    """One custom field."""

    name: str = Field(description="Its script id; of lines with their list: `item.custcol_x`.")
    label: str
    kind: str


class DriftShown(BaseModel):
    """A field that a mapping uses and that is not what the mapping expects."""

    workflow: str
    field: str
    kind: str = Field(description="`removed`, `renamed` or `retyped`.")
    now: str = Field(description="Its new script id or type.")


class FieldProblemShown(BaseModel):
    """Why a record type could not be read or kept."""

    code: str
    said: str
    remedy: str


class TypeFieldsShown(BaseModel):
    """The custom fields of one record type."""

    type: str
    kept_at: datetime | None = Field(description="When they were found; nothing where they never were.")
    fields: list[FoundField]
    drifts: list[DriftShown]
    problem: FieldProblemShown | None = Field(
        None, description="Why the type was left as it is, where a synchronization has just tried."
    )


class NetSuiteFields(BaseModel):
    """The record types that workflows use."""

    types: list[TypeFieldsShown]


def show_netsuite_fields(request: HttpRequest) -> NetSuiteFields:
    """Show the custom fields that were found last, without asking NetSuite."""
    return _shown(caller_of(request), {})


def synchronize_netsuite_fields(request: HttpRequest) -> NetSuiteFields:
    """Ask NetSuite for the custom fields of every record type that workflows use, and keep them; a type that the role may not see is told, and the rest goes on."""
    caller = caller_of(request)
    gateway = caller.house.open_gateway(caller.store)
    wanted = types_used(caller.workflows)
    types = caller.store.schemas().netsuite
    surveyed = survey(gateway, caller.workflows, wanted, is_fresh=True, types=types)
    account = gateway.account.value
    found = synchronize(caller.store, surveyed, account=account, user=caller.user, stamp=caller.stamp)
    return _shown(caller, {one.record_type: one.problem for one in found if one.problem is not None})


def _shown(caller: Caller, problems: dict[str, Problem]) -> NetSuiteFields:
    connection = caller.store.connections.get()
    account = "" if connection is None else connection.account_id
    kept = snapshots(caller.store.custom_fields.load(), caller.workflows, account=account)
    return NetSuiteFields(types=[_type(one, problems.get(one.record_type)) for one in kept])


def _type(one: FieldSnapshot, problem: Problem | None) -> TypeFieldsShown:
    return TypeFieldsShown(
        type=one.record_type,
        kept_at=one.kept.at,
        fields=[FoundField(name=field.path, label=field.label, kind=field.kind.value) for field in one.kept.fields],
        drifts=[
            DriftShown(workflow=name, field=drift.field, kind=drift.kind.name.lower(), now=drift.now)
            for name, drift in one.drifts
        ],
        problem=None
        if problem is None
        else FieldProblemShown(code=problem.code, said=problem.cause, remedy=problem.remedy),
    )
