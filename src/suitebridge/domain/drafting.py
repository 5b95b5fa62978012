"""Edits of a configuration, one at a time, as people make them on the Mapping tab: each gives a new configuration and touches nothing else.

Pure. Whether the result may be saved is judged elsewhere (`overrides.stranded`, `administration.configuring`); an edit of something that is
not there changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from suitebridge.domain.choosing import kept
from suitebridge.domain.conditions import Condition
from suitebridge.domain.overrides import Configuration, GroupOverride, WorkflowOverride, lay_over
from suitebridge.domain.workflow import MappingGroup, Row, SettingValue, Workflow

Shipped: TypeAlias = Mapping[str, Workflow]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A mapping group of a workflow, by their names."""

    workflow: str
    group: str


def edit_of(configuration: Configuration, workflow: str) -> WorkflowOverride:
    """Give the edits of a workflow, empty ones where it has none."""
    found = (one for one in configuration.overrides if one.workflow == workflow)
    return next(found, WorkflowOverride(workflow=workflow))


def group_edit_of(configuration: Configuration, place: Place) -> GroupOverride:
    """Give the edits of a group, empty ones where it has none."""
    found = (one for one in edit_of(configuration, place.workflow).groups if one.name == place.group)
    return next(found, GroupOverride(name=place.group))


def activate(shipped: Shipped, configuration: Configuration, workflow: str, *, is_active: bool) -> Configuration:
    """Switch a workflow on or off; as shipped leaves no edit behind."""
    default = shipped.get(workflow)
    if default is None:
        own = tuple(replace(one, is_active=is_active) if one.name == workflow else one for one in configuration.custom)
        return replace(configuration, custom=own)
    wanted = None if is_active == default.is_active else is_active
    return _with_edit(configuration, replace(edit_of(configuration, workflow), is_active=wanted))


def put_row(shipped: Shipped, configuration: Configuration, place: Place, row: Row, *, was: str = "") -> Configuration:
    """Put a row in place of the one that had the target `was`, or at the end; a default row that becomes as shipped leaves no edit."""

    def edit(group: MappingGroup, held: GroupOverride) -> GroupOverride:
        default = next((one for one in group.rows if one.target == was), None)
        if default is None:
            return replace(held, added=_put(held.added, row, was))
        others = _without(held.changed, was)
        changed = others if _source_of(row) == _source_of(default) else (*others, replace(row, target=was))
        return replace(held, changed=changed)

    return _edit_group(
        shipped, configuration, place, edit, lambda group: replace(group, rows=_put(group.rows, row, was))
    )


def remove_row(shipped: Shipped, configuration: Configuration, place: Place, target: str) -> Configuration:
    """Take a row of one's own away; a default row goes back to what was shipped."""

    def edit(group: MappingGroup, held: GroupOverride) -> GroupOverride:
        if any(one.target == target for one in held.added):
            return replace(held, added=_without(held.added, target))
        inactive = tuple(one for one in held.inactive if one != target)
        return replace(held, changed=_without(held.changed, target), inactive=inactive)

    return _edit_group(
        shipped, configuration, place, edit, lambda group: replace(group, rows=_without(group.rows, target))
    )


def switch_row(
    shipped: Shipped, configuration: Configuration, place: Place, target: str, *, is_active: bool
) -> Configuration:
    """Switch a row on or off."""

    def edit(_group: MappingGroup, held: GroupOverride) -> GroupOverride:
        if any(one.target == target for one in held.added):
            return replace(held, added=_switched(held.added, target, is_active))
        others = tuple(one for one in held.inactive if one != target)
        return replace(held, inactive=others if is_active else (*others, target))

    return _edit_group(
        shipped, configuration, place, edit, lambda group: replace(group, rows=_switched(group.rows, target, is_active))
    )


def move_row(shipped: Shipped, configuration: Configuration, place: Place, target: str, *, to: int) -> Configuration:
    """Move one's own row to a place among one's own rows that are not required, counted from zero; beyond the ends means the ends."""
    return _edit_group(
        shipped,
        configuration,
        place,
        lambda _group, held: replace(held, added=_moved(held.added, target, to)),
        lambda group: replace(
            group,
            rows=(
                *(one for one in group.rows if one.is_required),
                *_moved(tuple(one for one in group.rows if not one.is_required), target, to),
            ),
        ),
    )


def set_filter(
    shipped: Shipped, configuration: Configuration, place: Place, condition: Condition | None
) -> Configuration:
    """Set the condition that is added to the defaults of a group, or take it away."""
    return _edit_group(
        shipped,
        configuration,
        place,
        lambda _group, held: replace(held, condition=condition),
        lambda group: replace(group, condition=condition),
    )


def set_advanced(shipped: Shipped, configuration: Configuration, place: Place, text: str) -> Configuration:
    """Keep the advanced text of a group as it was typed; a company's own group keeps only what it says."""
    return _edit_group(
        shipped,
        configuration,
        place,
        lambda _group, held: replace(held, advanced=text),
        lambda group: group,
    )


def set_settings(configuration: Configuration, workflow: Workflow, chosen: Mapping[str, SettingValue]) -> Configuration:
    """Set the settings of a workflow; those at their defaults leave no edit."""
    edit = replace(edit_of(configuration, workflow.name), settings=kept(workflow.settings, chosen))
    return _with_edit(configuration, edit)


def add_workflow(configuration: Configuration, workflow: Workflow) -> Configuration:
    """Add a workflow of the company's own."""
    return replace(configuration, custom=(*configuration.custom, workflow))


def remove_workflow(configuration: Configuration, name: str) -> Configuration:
    """Take a workflow of the company's own away, with the edits of it."""
    return replace(
        configuration,
        custom=tuple(one for one in configuration.custom if one.name != name),
        overrides=tuple(one for one in configuration.overrides if one.workflow != name),
    )


def _edit_group(
    shipped: Shipped,
    configuration: Configuration,
    place: Place,
    edit: Callable[[MappingGroup, GroupOverride], GroupOverride],
    edit_own: Callable[[MappingGroup], MappingGroup],
) -> Configuration:
    """Edit a group: the edits laid over a shipped one, a company's own directly."""
    workflow = shipped.get(place.workflow)
    if workflow is None:
        return _with_own(configuration, place.workflow, lambda own: _own_group(own, place.group, edit_own))
    edits = edit_of(configuration, place.workflow)
    # Rows may depend on settings: what an edit is measured by is what would stand there without it.
    settled = lay_over(workflow, WorkflowOverride(workflow=workflow.name, settings=edits.settings))
    group = next((one for one in settled.groups if one.name == place.group), None)
    if group is None:
        return configuration
    edited = edit(group, group_edit_of(configuration, place))
    others = tuple(one for one in edits.groups if one.name != place.group)
    is_empty = replace(edited, advanced="") == GroupOverride(name=place.group)
    groups = others if is_empty else (*others, edited)
    return _with_edit(configuration, replace(edits, groups=groups))


def _with_edit(configuration: Configuration, edit: WorkflowOverride) -> Configuration:
    others = tuple(one for one in configuration.overrides if one.workflow != edit.workflow)
    is_empty = edit == WorkflowOverride(workflow=edit.workflow)
    return replace(configuration, overrides=others if is_empty else (*others, edit))


def _with_own(configuration: Configuration, name: str, edit: Callable[[Workflow], Workflow]) -> Configuration:
    return replace(configuration, custom=tuple(edit(one) if one.name == name else one for one in configuration.custom))


def _own_group(own: Workflow, name: str, edit: Callable[[MappingGroup], MappingGroup]) -> Workflow:
    return replace(own, groups=tuple(edit(one) if one.name == name else one for one in own.groups))


def _source_of(row: Row) -> tuple[object, ...]:
    return (row.source, row.is_initial_only, row.sync)


def _put(rows: tuple[Row, ...], row: Row, was: str) -> tuple[Row, ...]:
    if any(one.target == was for one in rows):
        return tuple(row if one.target == was else one for one in rows)
    return (*rows, row)


def _without(rows: tuple[Row, ...], target: str) -> tuple[Row, ...]:
    return tuple(one for one in rows if one.target != target)


def _switched(rows: tuple[Row, ...], target: str, is_active: bool) -> tuple[Row, ...]:
    return tuple(replace(one, is_active=is_active) if one.target == target else one for one in rows)


def _moved(rows: tuple[Row, ...], target: str, to: int) -> tuple[Row, ...]:
    moving = [one for one in rows if one.target == target]
    others = list(_without(rows, target))
    place = max(0, min(to, len(others)))
    return (*others[:place], *moving, *others[place:])
