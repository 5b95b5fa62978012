"""What the overview of record types shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from suitebridge.console import links, wording
from suitebridge.domain.records import Direction
from suitebridge.domain.schemas import RecordSchema
from suitebridge.domain.workflow import Workflow


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeLine:
    """One record type: how many records there are, and which workflows move them."""

    title: str
    href: str
    count: str
    workflows: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordTypesPage:
    """All types of the workspace."""

    lines: tuple[TypeLine, ...]
    is_empty: bool


def record_types_page(
    counted: Sequence[tuple[RecordSchema, int]], workflows: Mapping[str, Workflow]
) -> RecordTypesPage:
    """Write the overview."""
    lines = tuple(
        TypeLine(
            title=schema.plural,
            href=links.address("records", record_type=schema.name),
            count=wording.figure(count),
            workflows=", ".join(flow.title for flow in workflows.values() if workspace_type(flow) == schema.name),
        )
        for schema, count in counted
    )
    return RecordTypesPage(lines=lines, is_empty=not any(count for _, count in counted))


def workspace_type(workflow: Workflow) -> str:
    """Give the workspace's record type of a workflow."""
    return workflow.target_type if workflow.direction is Direction.IMPORT else workflow.source_type


def netsuite_type(workflow: Workflow) -> str:
    """Give NetSuite's record type of a workflow."""
    return workflow.source_type if workflow.direction is Direction.IMPORT else workflow.target_type
