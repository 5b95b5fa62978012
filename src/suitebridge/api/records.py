"""The workspace records: types, lists, single records."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Query
from pydantic import BaseModel, Field

from suitebridge.api.access import caller_of
from suitebridge.api.exchange import Paging, etag, next_after
from suitebridge.api.reading import malformed
from suitebridge.api.trail import Plain, plain
from suitebridge.domain.approvals import in_state
from suitebridge.domain.masking import mask_fields
from suitebridge.domain.people import Role
from suitebridge.domain.records import Record
from suitebridge.domain.schemas import RecordSchema
from suitebridge.domain.schemas.workspace import WORKSPACE_TYPES
from suitebridge.ports.workspace import RecordQuery


class TypeShown(BaseModel):
    """A record type and how many records it has."""

    name: str
    label: str
    records: int


class TypeList(BaseModel):
    """The record types that the caller may see."""

    items: list[TypeShown]


class RecordShown(BaseModel):
    """A record with every field, as text."""

    type: str
    id: str
    version: str
    fields: dict[str, Plain | None] = Field(
        description="Null is missing; amounts and days are texts; “(masked)” is a value that the caller's role hides."
    )


class RecordPage(BaseModel):
    """A page of records by id."""

    items: list[RecordShown]
    next: str | None = Field(description="The cursor of the next page; null on the last one.")


class RecordsQuery(Paging):
    """Which records are wanted."""

    text: str = Field("", max_length=200, description="Part of the record's title.")
    status: str = Field("", max_length=40, description="A status of the type, as records keep it: A is approved.")


def list_types(request: HttpRequest) -> TypeList:
    """List the record types that the caller's role may see."""
    caller = caller_of(request)
    seen = [schema for schema in WORKSPACE_TYPES.values() if caller.user.role.may_view(schema.name)]
    count = caller.store.records.count
    return TypeList(items=[TypeShown(name=one.name, label=one.label, records=count(one.name)) for one in seen])


def list_records(request: HttpRequest, record_type: str, asked: Query[RecordsQuery]) -> RecordPage:
    """List the records of a type by id."""
    caller = caller_of(request)
    require_type(record_type)
    schema = caller.store.schemas().workspace_type(record_type)
    condition = in_state(schema, asked.status)
    if asked.status and condition is None:
        raise malformed(f"{schema.plural} have no status “{asked.status}”.")
    query = RecordQuery(
        record_type=record_type, condition=condition, text=asked.text, after_id=asked.after, limit=asked.limit
    )
    found = caller.store.records.query(query)
    return RecordPage(
        items=[record_shown(schema, record, caller.user.role) for record in found],
        next=next_after([record.id for record in found], asked),
    )


def show_record(request: HttpRequest, response: HttpResponse, record_type: str, record_id: str) -> RecordShown:
    """Show one record with every field; the ETag is what a change must send as If-Match."""
    caller = caller_of(request)
    require_type(record_type)
    found = caller.store.records.fetch(record_type, [record_id], [])
    if not found:
        raise LookupError(f"There is no record {record_id} of the type {record_type}.")
    response["ETag"] = etag(found[0].version)
    return record_shown(caller.store.schemas().workspace_type(record_type), found[0], caller.user.role)


def require_type(record_type: str) -> None:
    """Raise `LookupError` for a record type that is none."""
    if record_type not in WORKSPACE_TYPES:
        raise LookupError(f"There is no record type {record_type}.")


def record_shown(schema: RecordSchema, record: Record, role: Role) -> RecordShown:
    """Write a record as a role sees it."""
    seen = mask_fields(schema, record.fields, role)
    fields = {name: None if value is None else plain(value) for name, value in seen.items()}
    return RecordShown(type=record.type, id=record.id, version=record.version, fields=fields)
