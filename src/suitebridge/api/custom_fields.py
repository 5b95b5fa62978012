"""Custom fields: those that people define in the workspace, and those that NetSuite was found to have."""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest, HttpResponse
from ninja import Status
from pydantic import BaseModel, Field

from suitebridge.administration import defining
from suitebridge.api.access import Caller, caller_of
from suitebridge.api.exchange import Input, etag, number_meant
from suitebridge.domain.custom_fields import LONGEST_CHOICE, MOST_CHOICES, CustomField, TypeFields, fields_of
from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import Kind
from suitebridge.domain.schemas.workspace import WORKSPACE_TYPES


class ChoiceDocument(Input):
    """A choice of a list value."""

    value: str = Field(max_length=LONGEST_CHOICE, description="What records keep.")
    label: str = Field(max_length=LONGEST_CHOICE, description="What people read.")


class CustomFieldDocument(BaseModel):
    """A custom field."""

    name: str = Field(description="Of lines with their list: item.custcol_x.")
    label: str
    kind: str
    choices: list[ChoiceDocument]
    is_required: bool
    is_read_only: bool


class TypeFieldsDocument(BaseModel):
    """The custom fields of a record type."""

    system: str = Field(description="workspace or netsuite.")
    record_type: str
    at: str | None = Field(description="When they were defined, or found in NetSuite.")
    account: str = Field(description="The NetSuite account that showed them; empty for the workspace.")
    fields: list[CustomFieldDocument]


class CustomFieldList(BaseModel):
    """The custom fields of both sides, by record type."""

    items: list[TypeFieldsDocument]


class CustomFieldInput(Input):
    """A custom field of the workspace."""

    label: str = Field(max_length=200)
    kind: Literal["text", "integer", "decimal", "money", "boolean", "date", "choice"]
    choices: list[ChoiceDocument] = Field([], max_length=MOST_CHOICES)
    is_required: bool = False


def show_custom_fields(request: HttpRequest) -> CustomFieldList:
    """List the custom fields of both sides; those of NetSuite as they were found when somebody synchronized them last."""
    caller = caller_of(request)
    found = [one for system in System for one in defining.list_fields(caller.store, system, acting=caller.user)]
    return CustomFieldList(items=[_document(one) for one in found])


def show_type_fields(request: HttpRequest, response: HttpResponse, record_type: str) -> TypeFieldsDocument:
    """Show the custom fields of a record type of the workspace; the ETag is what a change must send as If-Match."""
    caller = caller_of(request)
    return _answer(response, _present(caller, record_type))


def put_custom_field(
    request: HttpRequest, response: HttpResponse, record_type: str, field: str, entry: CustomFieldInput
) -> TypeFieldsDocument:
    """Add a field to a record type, or change its label, its choices and whether it is required; its kind stays."""
    caller = caller_of(request)
    custom = CustomField(
        name=field,
        label=entry.label.strip(),
        kind=Kind(entry.kind),
        choices=tuple((one.value, one.label) for one in entry.choices),
        is_required=entry.is_required,
    )
    version = _version_of(request, caller, record_type)
    saved = defining.define_field(
        caller.store, record_type, custom, version=version, acting=caller.user, stamp=caller.stamp
    )
    return _answer(response, saved)


def delete_custom_field(request: HttpRequest, record_type: str, field: str) -> Status[None]:
    """Take a field away from a record type; the values in records stay, and come back with a field of its name and kind."""
    caller = caller_of(request)
    version = _version_of(request, caller, record_type)
    defining.remove_field(
        caller.store,
        record_type,
        field,
        workflows=caller.workflows,
        version=version,
        acting=caller.user,
        stamp=caller.stamp,
    )
    return Status(204, None)


def _version_of(request: HttpRequest, caller: Caller, record_type: str) -> int:
    return number_meant(request, present=_present(caller, record_type).version, what="The list of custom fields")


def _present(caller: Caller, record_type: str) -> TypeFields:
    if record_type not in WORKSPACE_TYPES:
        raise LookupError(f"There is no record type {record_type}.")
    return fields_of(
        defining.list_fields(caller.store, System.WORKSPACE, acting=caller.user), System.WORKSPACE, record_type
    )


def _answer(response: HttpResponse, found: TypeFields) -> TypeFieldsDocument:
    response["ETag"] = etag(found.version)
    return _document(found)


def _document(found: TypeFields) -> TypeFieldsDocument:
    return TypeFieldsDocument(
        system=found.system.value,
        record_type=found.record_type,
        at=None if found.at is None else found.at.isoformat(timespec="seconds"),
        account=found.account,
        fields=[
            CustomFieldDocument(
                name=one.path,
                label=one.label,
                kind=one.kind.value,
                choices=[ChoiceDocument(value=value, label=label) for value, label in one.choices],
                is_required=one.is_required,
                is_read_only=one.is_read_only,
            )
            for one in found.fields
            if not one.is_retired
        ],
    )
