"""Which values somebody's role hides, and what stands in their place: the same at every door (quality.md S28, D07).

Personal data needs “View personal data”, rates need “View rates”; who may change records of a type sees all of them. Blank values stay
blank. It knows no page and no store.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from suitebridge.domain.intents import Change
from suitebridge.domain.people import Permission, Role
from suitebridge.domain.records import Direction
from suitebridge.domain.schemas import FieldSchema, RecordSchema, Sensitivity
from suitebridge.domain.schemas.workspace import WORKSPACE_TYPES
from suitebridge.domain.values import Scalar, Value, is_blank
from suitebridge.domain.workflow import MappingGroup, Workflow, expression_paths

MASK: Final = "(masked)"

_OPENED_BY: Final = {Sensitivity.PERSONAL: Permission.VIEW_PERSONAL_DATA, Sensitivity.RATE: Permission.VIEW_RATES}


def hides(role: Role, record_type: str, field: FieldSchema) -> bool:
    """Whether a role may see the record, but not this field of it."""
    needed = _OPENED_BY.get(field.sensitivity)
    return needed is not None and not role.allows(needed) and not role.may_modify(record_type)


def is_sensitive(record_type: str, path: str) -> bool:
    """Whether a path of a workspace type leads to personal data or to a rate: what errors quote, everybody sees who sees the run."""
    found = _field_at(record_type, path)
    return found is not None and found[1].sensitivity is not Sensitivity.OPEN


def _field_at(record_type: str, path: str) -> tuple[str, FieldSchema] | None:
    """Follow a path to its field, with the type that has it; None where it leads nowhere."""
    first, _, rest = path.partition(".")
    schema = WORKSPACE_TYPES.get(record_type)
    field = schema.by_name.get(first) if schema is not None else None
    related = schema.related_by_name.get(first) if schema is not None else None
    if rest and (related is not None or field is not None):
        return _field_at(related.type if related is not None else field.refers_to if field is not None else "", rest)
    return (record_type, field) if field is not None else None


def hidden_types(role: Role) -> tuple[str, ...]:
    """Name the record types that a role may not see."""
    return tuple(name for name in WORKSPACE_TYPES if not role.may_view(name))


def mask_fields(schema: RecordSchema, fields: Mapping[str, Value], role: Role) -> dict[str, Value]:
    """Give a record's fields as somebody with this role sees them."""
    return {name: _masked(schema, name, value, role) for name, value in fields.items()}


def mask_changes(record_type: str, changes: Sequence[Change], role: Role) -> tuple[Change, ...]:
    """Give the changes of a trail entry as somebody with this role sees them; what is no record hides nothing."""
    schema = WORKSPACE_TYPES.get(record_type)
    if schema is None:
        return tuple(changes)
    return tuple(
        replace(
            change,
            before=_masked(schema, change.field, change.before, role),
            after=_masked(schema, change.field, change.after, role),
        )
        for change in changes
    )


def mask_differences(workflow: Workflow, changes: Sequence[Change], role: Role) -> tuple[Change, ...]:
    """Give what a dry run would write as somebody with this role sees it: nothing of a type whose records the role does not show."""
    if workflow.direction is Direction.IMPORT:
        return mask_changes(workflow.target_type, changes, role) if role.may_view(workflow.target_type) else ()
    if not role.may_view(workflow.source_type):
        return ()
    hidden = {name for group in workflow.groups for name in _fed_by_hidden(workflow, group, role)}
    return tuple(
        replace(
            change,
            before=change.before if is_blank(change.before) else MASK,
            after=change.after if is_blank(change.after) else MASK,
        )
        if change.field in hidden
        else change
        for change in changes
    )


def _fed_by_hidden(workflow: Workflow, group: MappingGroup, role: Role) -> Iterator[str]:
    """Name the NetSuite fields of a group that get what the role hides; lines are hidden as a whole."""
    prefix = f"{group.source_list}." if group.source_list else ""
    for row in group.rows:
        fields = (_field_at(workflow.source_type, prefix + path) for path in expression_paths(row.source))
        if any(found is not None and hides(role, *found) for found in fields):
            yield group.target_list or row.target


def _masked(schema: RecordSchema, name: str, value: Value, role: Role) -> Value:
    field = schema.by_name.get(name)
    if field is None or is_blank(value):
        return value
    if hides(role, schema.name, field):
        return MASK
    if isinstance(value, tuple) and field.lines is not None:
        return tuple(_masked_line(schema, field.lines, line, role) for line in value)
    return value


def _masked_line(
    schema: RecordSchema, lines: RecordSchema, line: Mapping[str, Scalar], role: Role
) -> dict[str, Scalar]:
    hidden = {field.name for field in lines.fields if hides(role, schema.name, field)}
    return {name: MASK if name in hidden and not is_blank(value) else value for name, value in line.items()}
