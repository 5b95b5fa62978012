"""Finds a record type's schema by system and name: as shipped, or as one company has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from suitebridge.domain.records import Direction, System
from suitebridge.domain.schemas.fields import RecordSchema
from suitebridge.domain.schemas.netsuite import NETSUITE_TYPES
from suitebridge.domain.schemas.workspace import WORKSPACE_TYPES
from suitebridge.domain.workflow import Workflow


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CompanySchemas:
    """The record types of both sides, each with the custom fields that a company knows of it (`domain.custom_fields`)."""

    netsuite: Mapping[str, RecordSchema] = field(default_factory=lambda: NETSUITE_TYPES)
    workspace: Mapping[str, RecordSchema] = field(default_factory=lambda: WORKSPACE_TYPES)

    def __call__(self, system: System, record_type: str) -> RecordSchema:
        """Give a record type's schema. Raise `KeyError` for a type the system does not have."""
        return (self.netsuite if system is System.NETSUITE else self.workspace)[record_type]

    def workspace_type(self, record_type: str) -> RecordSchema:
        """Find a workspace type. Raise `LookupError` with a sentence if there is none."""
        schema = self.workspace.get(record_type)
        if schema is None:
            raise LookupError(f"The workspace has no record type “{record_type}”.")
        return schema

    def source_of(self, workflow: Workflow) -> RecordSchema:
        """Give the schema that a workflow reads."""
        system = System.NETSUITE if workflow.direction is Direction.IMPORT else System.WORKSPACE
        return self(system, workflow.source_type)

    def target_of(self, workflow: Workflow) -> RecordSchema:
        """Give the schema that a workflow writes."""
        system = System.WORKSPACE if workflow.direction is Direction.IMPORT else System.NETSUITE
        return self(system, workflow.target_type)


SHIPPED = CompanySchemas()
"""The field catalog alone."""


def schema_of(system: System, record_type: str) -> RecordSchema:
    """Give a record type's shipped schema. Raise `KeyError` for a type the system does not have."""
    return SHIPPED(system, record_type)


def source_schema(workflow: Workflow) -> RecordSchema:
    """Give the shipped schema that a workflow reads: for names and labels; custom fields are in `CompanySchemas.source_of`."""
    return SHIPPED.source_of(workflow)


def target_schema(workflow: Workflow) -> RecordSchema:
    """Give the shipped schema that a workflow writes: for names and labels; custom fields are in `CompanySchemas.target_of`."""
    return SHIPPED.target_of(workflow)
