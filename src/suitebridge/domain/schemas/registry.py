"""Finds a record type's schema by system and name."""

from __future__ import annotations

from suitebridge.domain.records import Direction, System
from suitebridge.domain.schemas.fields import RecordSchema
from suitebridge.domain.schemas.netsuite import NETSUITE_TYPES
from suitebridge.domain.schemas.workspace import WORKSPACE_TYPES
from suitebridge.domain.workflow import Workflow


def schema_of(system: System, record_type: str) -> RecordSchema:
    """Give a record type's schema. Raise `KeyError` for a type the system does not have."""
    return (NETSUITE_TYPES if system is System.NETSUITE else WORKSPACE_TYPES)[record_type]


def source_schema(workflow: Workflow) -> RecordSchema:
    """Give the schema that a workflow reads."""
    system = System.NETSUITE if workflow.direction is Direction.IMPORT else System.WORKSPACE
    return schema_of(system, workflow.source_type)


def target_schema(workflow: Workflow) -> RecordSchema:
    """Give the schema that a workflow writes."""
    system = System.WORKSPACE if workflow.direction is Direction.IMPORT else System.NETSUITE
    return schema_of(system, workflow.target_type)
