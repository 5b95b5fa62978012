"""Which fields a row of a mapping group may name on either side, with the words by which people find them.

It follows references one step, as pickers do; a path that is written by hand may go further. It knows no page and no workflow by name.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from suitebridge.domain.records import Direction, System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema
from suitebridge.domain.workflow import MappingGroup, Row, Workflow, expression_paths

Schemas: TypeAlias = Callable[[System, str], RecordSchema]
"""Gives the schema of a record type of a system, with the custom fields that a company knows. Raises `KeyError` for any other."""

KIND_WORDS: Mapping[Kind, str] = {
    Kind.TEXT: "text",
    Kind.INTEGER: "whole number",
    Kind.DECIMAL: "number",
    Kind.MONEY: "amount",
    Kind.DURATION: "hours",
    Kind.BOOLEAN: "yes or no",
    Kind.DATE: "day",
    Kind.INSTANT: "moment",
    Kind.CHOICE: "list value",
    Kind.REFERENCE: "reference",
    Kind.LINES: "lines",
}

_ID_LABEL = "Internal ID"
_CUSTOM_START = ("custentity", "custbody", "custcol", "custevent", "custitem", "custrecord", "cseg")
_CUSTOM_END = "__c"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """A field that a row may name: its path as mappings write it, its label, and its type in words."""

    path: str
    label: str
    kind: str
    is_custom: bool = False
    is_required: bool = False
    is_read_only: bool = False


def systems_of(workflow: Workflow) -> tuple[System, System]:
    """Name the systems that a workflow reads and writes."""
    if workflow.direction is Direction.IMPORT:
        return System.NETSUITE, System.WORKSPACE
    return System.WORKSPACE, System.NETSUITE


def source_of(workflow: Workflow, group: MappingGroup, schemas: Schemas) -> RecordSchema:
    """Give the schema whose fields the rows of a group read: the record's, or that of its lines."""
    system = systems_of(workflow)[0]
    return _within(schemas(system, workflow.source_type), group.source_list, schemas)


def target_of(workflow: Workflow, group: MappingGroup, schemas: Schemas) -> RecordSchema:
    """Give the schema whose fields the rows of a group write: the record's, or that of its lines."""
    system = systems_of(workflow)[1]
    return _within(schemas(system, workflow.target_type), group.target_list, schemas)


def find_field(schema: RecordSchema, path: str, schemas: Schemas) -> FieldSchema | None:
    """Follow a path to its field; None where it leads nowhere."""
    first, _, rest = path.partition(".")
    field = schema.by_name.get(first)
    if not rest:
        return field
    beyond = _beyond(schema, first, field, schemas)
    return find_field(beyond, rest, schemas) if beyond is not None else None


def holder_of(schema: RecordSchema, path: str, schemas: Schemas) -> RecordSchema | None:
    """Follow a path to the schema that holds its last field; None where a step on the way leads nowhere."""
    first, _, rest = path.partition(".")
    if not rest:
        return schema
    beyond = _beyond(schema, first, schema.by_name.get(first), schemas)
    return holder_of(beyond, rest, schemas) if beyond is not None else None


def label_of(schema: RecordSchema, path: str, schemas: Schemas) -> str:
    """Write a path in labels: "Currency, Symbol". What is not known is written as it stands."""
    if path == "id":
        return _ID_LABEL
    first, _, rest = path.partition(".")
    field = schema.by_name.get(first)
    if not rest:
        return field.label if field is not None else path
    beyond = _beyond(schema, first, field, schemas)
    if beyond is None:
        return path
    name = field.label if field is not None else beyond.label
    return f"{name}, {label_of(beyond, rest, schemas)}"


def sources_of(schema: RecordSchema, schemas: Schemas) -> tuple[Pick, ...]:
    """List what a row may read, the fields behind references after those of the record itself."""
    own = (Pick(path="id", label=_ID_LABEL, kind=KIND_WORDS[Kind.TEXT]), *_picks(schema))
    behind = (pick for field in schema.fields for pick in _behind(schema, field, schemas))
    return (*own, *behind)


def targets_of(schema: RecordSchema) -> tuple[Pick, ...]:
    """List what a row may write."""
    return tuple(pick for pick in _picks(schema) if not pick.is_read_only)


def unknown_sources(row: Row, schema: RecordSchema, schemas: Schemas) -> tuple[tuple[str, str], ...]:
    """Name each path that a row reads and that leads nowhere, with the path that may be meant, "" where none is near."""
    known = [pick.path for pick in sources_of(schema, schemas)]
    paths = dict.fromkeys(path for path in expression_paths(row.source) if path != "id")
    return tuple((path, near(path, known)) for path in paths if find_field(schema, path, schemas) is None)


def near(name: str, known: Sequence[str]) -> str:
    """Give the known name that is nearest to one, "" where none is near."""
    return next(iter(difflib.get_close_matches(name, known, n=1)), "")


def no_field(label: str, name: str, known: Sequence[str]) -> str:
    """Say that a record type has no such field, with the one that may be meant."""
    meant = near(name, known)
    return f"{label} has no field {name}.{f' Do you mean {meant}?' if meant else ''}"


def is_custom(name: str) -> bool:
    """Whether a field was made by a customer, by how its name begins in NetSuite or ends in the workspace."""
    return name.startswith(_CUSTOM_START) or name.endswith(_CUSTOM_END)


def _picks(schema: RecordSchema) -> Iterator[Pick]:
    for field in schema.fields:
        if field.kind is not Kind.LINES:
            yield Pick(
                path=field.name,
                label=field.label,
                kind=KIND_WORDS[field.kind],
                is_custom=is_custom(field.name),
                is_required=field.is_required,
                is_read_only=field.is_read_only,
            )


def _behind(schema: RecordSchema, field: FieldSchema, schemas: Schemas) -> Iterator[Pick]:
    if field.kind is not Kind.REFERENCE:
        return
    beyond = _beyond(schema, field.name, field, schemas)
    for pick in _picks(beyond) if beyond is not None else ():
        yield Pick(
            path=f"{field.name}.{pick.path}",
            label=f"{field.label}, {pick.label}",
            kind=pick.kind,
            is_custom=pick.is_custom,
        )


def _beyond(schema: RecordSchema, name: str, field: FieldSchema | None, schemas: Schemas) -> RecordSchema | None:
    """Give the schema that a reference, a list or a relation leads to."""
    if field is not None and field.lines is not None:
        return field.lines
    related = schema.related_by_name.get(name)
    reached = related.type if related is not None else field.refers_to if field is not None else ""
    try:
        return schemas(schema.system, reached) if reached else None
    except KeyError:
        return None


def _within(schema: RecordSchema, list_name: str, schemas: Schemas) -> RecordSchema:
    if not list_name:
        return schema
    beyond = _beyond(schema, list_name, schema.by_name.get(list_name), schemas)
    return beyond if beyond is not None else schema
