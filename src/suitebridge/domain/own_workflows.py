"""Workflows of a company's own: custom imports and custom exports between two record types (netsuite-connector.md §7), from what a form says.

Pure. It makes the frame, with the row or the pull-back that carries the NetSuite ID; the rows are added on the Mapping tab.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from suitebridge.domain.conditions import Blank
from suitebridge.domain.errors import Problem
from suitebridge.domain.expressions import Field
from suitebridge.domain.overrides import Configuration
from suitebridge.domain.picking import Schemas
from suitebridge.domain.records import Direction, System
from suitebridge.domain.schemas.fields import Kind, RecordSchema
from suitebridge.domain.workflow import MappingGroup, MatchKey, PullBack, Row, Workflow

MOST_NAME: Final = 40
MOST_TITLE: Final = 80

_NAME = re.compile(r"[A-Za-z0-9_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWorkflow:
    """What the form says. `updates`: records that were carried over before are changed, too; otherwise each is carried over once."""

    name: str
    title: str
    direction: Direction
    netsuite_type: str
    workspace_type: str
    id_field: str
    updates: bool


def problems_of(asked: OwnWorkflow, taken: Collection[str], schemas: Schemas) -> tuple[tuple[str, str], ...]:
    """Name everything that is wrong with the form, as pairs of an input and what to do; `taken` are names in use."""
    return tuple(_problems(asked, taken, schemas))


def too_many(configuration: Configuration, limit: int) -> tuple[Problem, ...]:
    """Say that more of a company's own workflows are active at once than its settings allow (netsuite-connector.md §7.1), if they are."""
    active = [one for one in configuration.custom if one.is_active]
    if len(active) <= limit:
        return ()
    names = ", ".join(one.title for one in active)
    return (Problem(code="SB-CFG-023", facts={"count": str(len(active)), "limit": str(limit), "names": names}),)


def make(asked: OwnWorkflow, schemas: Schemas) -> Workflow:
    """Make the workflow that a form without problems describes."""
    netsuite = schemas(System.NETSUITE, asked.netsuite_type)
    workspace = schemas(System.WORKSPACE, asked.workspace_type)
    if asked.direction is Direction.EXPORT:
        return _export(asked, workspace)
    return Workflow(
        name=asked.name,
        title=asked.title,
        direction=Direction.IMPORT,
        source_type=asked.netsuite_type,
        target_type=asked.workspace_type,
        title_fields=(netsuite.title,),
        match_keys=(MatchKey(source="id", target=asked.id_field, label="NetSuite ID"),),
        groups=(_group(asked, workspace, Row(target=asked.id_field, source=Field(path="id"), is_required=True)),),
        id_field=asked.id_field,
    )


def _export(asked: OwnWorkflow, workspace: RecordSchema) -> Workflow:
    return Workflow(
        name=asked.name,
        title=asked.title,
        direction=Direction.EXPORT,
        source_type=asked.workspace_type,
        target_type=asked.netsuite_type,
        title_fields=(workspace.title,),
        match_keys=(),
        reads=None if asked.updates else Blank(path=asked.id_field),
        groups=(_group(asked, workspace),),
        pull_backs=(PullBack(source="internalId", target=asked.id_field),),
        id_field=asked.id_field,
    )


def _group(asked: OwnWorkflow, workspace: RecordSchema, *rows: Row) -> MappingGroup:
    return MappingGroup(name=asked.name.upper(), title=workspace.label, rows=rows)


def _problems(asked: OwnWorkflow, taken: Collection[str], schemas: Schemas) -> Iterator[tuple[str, str]]:
    if not _NAME.fullmatch(asked.name) or len(asked.name) > MOST_NAME:
        yield "name", f"A workflow name has letters, digits and underscores, at most {MOST_NAME}."
    elif asked.name.casefold() in {one.casefold() for one in taken}:
        yield "name", f"There is a workflow {asked.name} already: choose another name."
    if not asked.title or len(asked.title) > MOST_TITLE:
        yield "title", f"Write a display name of at most {MOST_TITLE} characters."
    netsuite = _schema(schemas, System.NETSUITE, asked.netsuite_type)
    workspace = _schema(schemas, System.WORKSPACE, asked.workspace_type)
    if netsuite is None:
        yield "netsuite_type", "Choose a NetSuite record type of the list."
    elif asked.direction is Direction.EXPORT and not netsuite.soap_type:
        yield "netsuite_type", f"NetSuite does not let {netsuite.plural.lower()} be written: choose another type."
    if workspace is None:
        yield "workspace_type", "Choose a workspace record type of the list."
        return
    field = workspace.by_name.get(asked.id_field)
    if field is None or field.kind is not Kind.TEXT:
        yield "id_field", f"Choose a text field of {workspace.plural.lower()} that holds the NetSuite ID."


def _schema(schemas: Schemas, system: System, name: str) -> RecordSchema | None:
    try:
        return schemas(system, name)
    except KeyError:
        return None
