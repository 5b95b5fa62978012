"""Which workspace record types a workflow, or a list of field paths, reads and writes; it knows nobody's rights."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from suitebridge.domain.companions import type_of
from suitebridge.domain.expressions import Counterpart, Lookup, LookupSide, walk
from suitebridge.domain.records import Direction
from suitebridge.domain.schemas.workspace import WORKSPACE_TYPES
from suitebridge.domain.workflow import Workflow


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Workspace record types by what happens to their records, each once."""

    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()


def reach_of(workflow: Workflow, *, is_dry: bool = False) -> Reach:
    """Say what a workflow reads and writes in the workspace: an export, too, stamps ids and marks on its records. A dry run only reads."""
    if workflow.direction is Direction.IMPORT:
        reads = _matched(workflow), _pointed_at(workflow, LookupSide.TARGET)
        own = workflow.target_type
    else:
        reads = types_on(workflow.source_type, workflow.source_paths()), _pointed_at(workflow, LookupSide.SOURCE)
        own = workflow.source_type
    known = (*reads[0], *reads[1])
    if is_dry:
        return Reach(reads=tuple(dict.fromkeys((own, *known))))
    beside = (type_of(companion) for companion in workflow.companions)
    return Reach(reads=tuple(dict.fromkeys(known)), writes=tuple(dict.fromkeys((own, *beside, *_pulled_to(workflow)))))


def types_on(record_type: str, paths: Iterable[str]) -> tuple[str, ...]:
    """Name a record type and every type that its field paths lead to: "timesheet.status" leads to timesheets, "charges.total" to charges."""
    return tuple(dict.fromkeys((record_type, *(name for path in paths for name in _along(record_type, path)))))


def _along(record_type: str, path: str) -> Iterator[str]:
    first, _, rest = path.partition(".")
    schema = WORKSPACE_TYPES[record_type]
    related, field = schema.related_by_name.get(first), schema.by_name.get(first)
    reached = related.type if related is not None else field.refers_to if field is not None and rest else ""
    if reached:
        yield reached
        yield from _along(reached, rest)


def _matched(workflow: Workflow) -> tuple[str, ...]:
    return types_on(workflow.target_type, (pair[1] for key in workflow.match_keys for pair in key.also))


def _pulled_to(workflow: Workflow) -> Iterator[str]:
    """Name the types of the lines that values of NetSuite come back to."""
    related = WORKSPACE_TYPES[workflow.source_type].related_by_name if workflow.pull_backs else {}
    for back in workflow.pull_backs:
        name, _, of_line = back.target.partition(".")
        if of_line and name in related:
            yield related[name].type


def _pointed_at(workflow: Workflow, workspace: LookupSide) -> Iterator[str]:
    """Name the types of counterparts, and of what lookups find in the workspace, which stands on one side of the workflow."""
    rows = (row for group in workflow.groups for row in group.rows if row.is_active)
    for row in rows:
        for part in walk(row.source):
            match part:
                case Counterpart(record_type=record_type):
                    yield record_type
                case Lookup(record_type=record_type, side=side, returns=returns) if side is workspace:
                    yield from types_on(record_type, (returns,) if returns else ())
                case _:
                    pass
