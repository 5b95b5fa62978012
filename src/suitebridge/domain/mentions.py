"""Where mappings name a field: what has to be taken out of them before the field goes.

Pure. It knows no page, and not why somebody asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from suitebridge.domain import conditions
from suitebridge.domain.picking import Schemas, holder_of, source_of, systems_of, target_of
from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import RecordSchema
from suitebridge.domain.workflow import MappingGroup, Workflow, expression_paths

_HEADER = MappingGroup(name="", title="", rows=())


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedField:
    """A field of a record type of one side."""

    system: System
    record_type: str
    field: str


def mentions(workflows: Iterable[Workflow], named: NamedField, schemas: Schemas) -> tuple[str, ...]:
    """Name each row, filter and pull-back that reads or writes a field, in words: workflow, mapping group, target."""
    return tuple(dict.fromkeys(place for one in workflows for place in _places(one, named, schemas)))


def _places(workflow: Workflow, named: NamedField, schemas: Schemas) -> Iterator[str]:
    for group in workflow.groups:
        source, target = source_of(workflow, group, schemas), target_of(workflow, group, schemas)
        for row in group.rows:
            reads = expression_paths(row.source)
            if _names(target, [row.target], named, schemas) or _names(source, reads, named, schemas):
                yield f"{workflow.title}, {group.title}: {row.target}"
        if group.condition is not None and _names(source, conditions.paths(group.condition), named, schemas):
            yield f"{workflow.title}, {group.title}: filter"
    record = source_of(workflow, _HEADER, schemas)
    filters = (workflow.reads, workflow.updates, *(one.condition for one in workflow.guards))
    paths = [path for one in filters if one is not None for path in conditions.paths(one)]
    if _names(record, paths, named, schemas):
        yield f"{workflow.title}: filter"
    for back in workflow.pull_backs:
        written = schemas(systems_of(workflow)[1], workflow.target_type)
        if _names(record, [back.target], named, schemas) or _names(written, [back.source], named, schemas):
            yield f"{workflow.title}: pull-back into {back.target}"


def _names(schema: RecordSchema, paths: Iterable[str], named: NamedField, schemas: Schemas) -> bool:
    for path in paths:
        holder = holder_of(schema, path, schemas)
        if holder is None or path.rpartition(".")[2] != named.field:
            continue
        if (holder.system, holder.name) == (named.system, named.record_type):
            return True
    return False
