"""Where a configuration names single records by an id that only one account or workspace has, and the same configuration with other names there.

A file that travels from a sandbox company to production names them by their external ids instead (quality.md U51). Pure: who asks which record has
which id is `administration.promoting`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, TypeAlias, assert_never

from suitebridge.domain.conditions import AllOf, AnyOf, Blank, Compare, Condition, Not, OneOf
from suitebridge.domain.drafting import Shipped
from suitebridge.domain.expressions import Constant, Expression, Field, FirstOf, Translate, When
from suitebridge.domain.overrides import Configuration, GroupOverride, WorkflowOverride
from suitebridge.domain.picking import Schemas, find_field, source_of, systems_of, target_of
from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema
from suitebridge.domain.values import Scalar
from suitebridge.domain.workflow import MappingGroup, Row, Workflow

BY_EXTERNAL_ID: Final = "eid:"
"""What a value begins with that names a record by its external id; requests to NetSuite spell it the same way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A record that a configuration names: where, on which side, of which type ("" where nobody knows), by which value."""

    place: str
    system: System
    record_type: str
    value: str

    @property
    def told(self) -> str:
        """The place and the record in words."""
        return f"{self.place}: {self.system.value} {self.record_type or 'record'} {self.value}"


Swap: TypeAlias = Callable[[Named], str]
"""Gives the name that takes the place of one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ground:
    """One mapping group with what its rows read and write."""

    place: str
    source: tuple[System, RecordSchema]
    target: tuple[System, RecordSchema]
    schemas: Schemas
    swap: Swap


def named_in(configuration: Configuration, shipped: Shipped, schemas: Schemas) -> tuple[Named, ...]:
    """List the records that a configuration names, in its order."""
    found: list[Named] = []

    def note(named: Named) -> str:
        found.append(named)
        return named.value

    renamed(configuration, shipped, schemas, note)
    return tuple(found)


def renamed(configuration: Configuration, shipped: Shipped, schemas: Schemas, swap: Swap) -> Configuration:
    """Give a configuration with other names for the records that it names; edits of what is not there stay as they are."""
    return replace(
        configuration,
        overrides=tuple(_override(one, shipped, schemas, swap) for one in configuration.overrides),
        custom=tuple(_own(one, schemas, swap) for one in configuration.custom),
    )


def _override(edits: WorkflowOverride, shipped: Shipped, schemas: Schemas, swap: Swap) -> WorkflowOverride:
    workflow = shipped.get(edits.workflow)
    groups = {group.name: group for group in workflow.groups} if workflow is not None else {}
    if workflow is None:
        return edits
    changed = (
        _group(one, _ground(workflow, groups[one.name], schemas, swap)) if one.name in groups else one
        for one in edits.groups
    )
    return replace(edits, groups=tuple(changed))


def _own(workflow: Workflow, schemas: Schemas, swap: Swap) -> Workflow:
    try:
        grounds = [_ground(workflow, group, schemas, swap) for group in workflow.groups]
    except KeyError:
        return workflow  # a record type that this version does not have: validation tells
    groups = (
        replace(group, rows=_rows(group.rows, ground), condition=_wanted(group.condition, ground))
        for group, ground in zip(workflow.groups, grounds, strict=True)
    )
    reads = _wanted(workflow.reads, grounds[0]) if grounds else workflow.reads
    return replace(workflow, groups=tuple(groups), reads=reads)


def _ground(workflow: Workflow, group: MappingGroup, schemas: Schemas, swap: Swap) -> _Ground:
    source, target = systems_of(workflow)
    return _Ground(
        place=f"{workflow.title} > {group.title}",
        source=(source, source_of(workflow, group, schemas)),
        target=(target, target_of(workflow, group, schemas)),
        schemas=schemas,
        swap=swap,
    )


def _group(edit: GroupOverride, ground: _Ground) -> GroupOverride:
    changed = replace(
        edit,
        changed=_rows(edit.changed, ground),
        added=_rows(edit.added, ground),
        condition=_wanted(edit.condition, ground),
    )
    # The text as it was typed names the old records: it is written anew from what it says.
    return replace(changed, advanced="") if changed != edit else edit


def _rows(rows: tuple[Row, ...], ground: _Ground) -> tuple[Row, ...]:
    return tuple(replace(row, source=_result(row.source, row.target, ground)) for row in rows)


def _result(expression: Expression, target: str, ground: _Ground) -> Expression:
    """Rename what an expression gives to a target: fixed values, value maps, branches. What looks a record up by a value names none by id."""
    system, schema = ground.target
    field, place = schema.by_name.get(target), f"{ground.place} > {target}"
    match expression:
        case Constant(value=value):
            return replace(expression, value=_renamed(value, field, system, place, ground))
        case Translate(of=of, pairs=pairs, otherwise=otherwise):
            read = _field_read(of, ground)
            both = (
                (_text(left, read, ground.source[0], place, ground), _text(right, field, system, place, ground))
                for left, right in pairs
            )
            fallback = _renamed(otherwise, field, system, place, ground)
            return replace(expression, pairs=tuple(both), otherwise=fallback)
        case FirstOf(options=options):
            return replace(expression, options=tuple(_result(one, target, ground) for one in options))
        case When(condition=condition, then=then, otherwise=otherwise):
            return replace(
                expression,
                condition=_condition(condition, ground),
                then=_result(then, target, ground),
                otherwise=_result(otherwise, target, ground),
            )
        case _:
            return expression


def _wanted(condition: Condition | None, ground: _Ground) -> Condition | None:
    return None if condition is None else _condition(condition, ground)


def _condition(condition: Condition, ground: _Ground) -> Condition:
    match condition:
        case Compare(path=path, value=value):
            return replace(condition, value=_compared(path, value, ground))
        case OneOf(path=path, values=values):
            return replace(condition, values=tuple(_compared(path, value, ground) for value in values))
        case AllOf(conditions=inner) | AnyOf(conditions=inner):
            return replace(condition, conditions=tuple(_condition(one, ground) for one in inner))
        case Not(condition=inner):
            return Not(condition=_condition(inner, ground))
        case Blank():
            return condition
        case _:
            assert_never(condition)


def _compared(path: str, value: Scalar, ground: _Ground) -> Scalar:
    system, schema = ground.source
    place = f"{ground.place} > filter on {path}"
    head, _, last = path.rpartition(".")
    if last == "id" and isinstance(value, str):
        behind = find_field(schema, head, ground.schemas) if head else None
        record_type = schema.name if not head else behind.refers_to if behind is not None else ""
        return _swapped(value, record_type, system, place, ground)
    return _renamed(value, find_field(schema, path, ground.schemas), system, place, ground)


def _field_read(expression: Expression, ground: _Ground) -> FieldSchema | None:
    return find_field(ground.source[1], expression.path, ground.schemas) if isinstance(expression, Field) else None


def _renamed(value: Scalar, field: FieldSchema | None, system: System, place: str, ground: _Ground) -> Scalar:
    return _text(value, field, system, place, ground) if isinstance(value, str) else value


def _text(value: str, field: FieldSchema | None, system: System, place: str, ground: _Ground) -> str:
    if field is None or field.kind is not Kind.REFERENCE:
        return value
    return _swapped(value, field.refers_to, system, place, ground)


def _swapped(value: str, record_type: str, system: System, place: str, ground: _Ground) -> str:
    if not value:
        return value
    return ground.swap(Named(place=place, system=system, record_type=record_type, value=value))
