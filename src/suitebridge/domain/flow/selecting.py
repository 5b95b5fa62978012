"""First station: is this record to be transferred at all?"""

from __future__ import annotations

from dataclasses import dataclass

from suitebridge.domain.conditions import holds
from suitebridge.domain.intents import Skip
from suitebridge.domain.records import Record
from suitebridge.domain.schemas import RecordSchema
from suitebridge.domain.values import Value, as_text
from suitebridge.domain.workflow import Workflow


@dataclass(frozen=True, slots=True, kw_only=True)
class Selected:
    """A record that a workflow takes, with the words that name it in sentences."""

    record: Record
    title: str


def name_record(workflow: Workflow, schema: RecordSchema, record: Record) -> str:
    """Name a source record for people: "Customer Silverbrook Logistics (301)"."""
    words = (_word(record.fields.get(path)) for path in workflow.title_fields)
    said = " ".join(word for word in words if word)
    return f"{schema.label} {said} ({record.id})" if said else f"{schema.label} {record.id}"


def select(workflow: Workflow, schema: RecordSchema, record: Record, *, is_update: bool = False) -> Selected | Skip:
    """Take a record, or skip it with the first guard's sentence that does not hold. `is_update`: it is linked, and may be changed."""
    reads = workflow.updates if is_update else workflow.reads
    if reads is not None and not holds(reads, record.fields):
        return Skip(reason="It does not qualify any more: it was changed after the run began.")
    if workflow.filter is not None and not holds(workflow.filter, record.fields):
        return Skip(reason="The filter of the workflow's mapping leaves it out.")
    for guard in workflow.guards:
        if not holds(guard.condition, record.fields):
            return Skip(reason=guard.reason)
    return Selected(record=record, title=name_record(workflow, schema, record))


def _word(value: Value) -> str:
    return "" if isinstance(value, tuple) else as_text(value)
