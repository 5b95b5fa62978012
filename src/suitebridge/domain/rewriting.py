"""Puts what the advanced notation of a mapping group says into a configuration, and says what it says at present.

A default row that the text does not name is switched off, a row of one's own is taken away; rows that must stay as they are do. Pure.
"""

from __future__ import annotations

from dataclasses import replace

from suitebridge.domain.conditions import Condition
from suitebridge.domain.drafting import (
    Place,
    Shipped,
    group_edit_of,
    move_row,
    put_row,
    remove_row,
    set_advanced,
    set_filter,
    switch_row,
)
from suitebridge.domain.notation.advanced import AdvancedGroup, advanced_of, parse_group, write_group
from suitebridge.domain.notation.words import NotationError
from suitebridge.domain.overrides import Configuration, is_fixed
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import MappingGroup, Row, Workflow


def text_of(workflow: Workflow, group: MappingGroup, configuration: Configuration, own: Condition | None) -> str:
    """Give the text of a group: as it was typed while it still says what holds, written anew otherwise. `own` is the filter that people added."""
    group_now = advanced_of(group.rows, own, is_import=workflow.direction is Direction.IMPORT)
    typed = group_edit_of(configuration, Place(workflow=workflow.name, group=group.name)).advanced
    written = write_group(group_now)
    return typed if typed and _says(typed) == _says(written) else written


def doubled(said: AdvancedGroup) -> str:
    """Name the first target that a text writes twice, "" where there is none."""
    targets = [row.target for row in said.as_rows()]
    return next((one for one in targets if targets.count(one) > 1), "")


def rewrite(
    shipped: Shipped, configuration: Configuration, workflow: Workflow, group: MappingGroup, text: str
) -> Configuration:
    """Put a text in place of a group's rows and filter. Raise `NotationError` for a text that cannot be read."""
    said, place = parse_group(text), Place(workflow=workflow.name, group=group.name)
    rows, there = said.as_rows(), {row.target: row for row in group.rows}
    for row in rows:
        held = there.get(row.target)
        if held is not None and is_fixed(workflow, held):
            continue
        made = replace(row, is_required=held.is_required) if held is not None else row
        if held is not None and _as_read(held) == row:
            # The notation writes fixed values as texts: a row that says the same keeps the values that it has.
            made = replace(held, is_active=True)
        configuration = put_row(shipped, configuration, place, made, was=row.target)
        if held is not None and not held.is_active:
            configuration = switch_row(shipped, configuration, place, row.target, is_active=True)
    named = {row.target for row in rows}
    for row in group.rows:
        if row.target not in named:
            configuration = _without(shipped, configuration, workflow, place, row)
    for number, row in enumerate(row for row in rows if row.target not in _defaults(shipped, place)):
        configuration = move_row(shipped, configuration, place, row.target, to=number)
    configuration = set_filter(shipped, configuration, place, said.filter)
    return set_advanced(shipped, configuration, place, text)


def _without(
    shipped: Shipped, configuration: Configuration, workflow: Workflow, place: Place, row: Row
) -> Configuration:
    if row.is_required or is_fixed(workflow, row):
        return configuration
    if row.target in _defaults(shipped, place):
        return switch_row(shipped, configuration, place, row.target, is_active=False)
    return remove_row(shipped, configuration, place, row.target)


def _defaults(shipped: Shipped, place: Place) -> frozenset[str]:
    workflow = shipped.get(place.workflow)
    groups = workflow.groups if workflow is not None else ()
    return frozenset(row.target for group in groups if group.name == place.group for row in group.rows)


def _as_read(row: Row) -> Row | None:
    """Give a row as the notation reads it back."""
    alone = advanced_of([replace(row, is_active=True)], None, is_import=True)
    return next(iter(parse_group(write_group(alone)).as_rows()), None)


def _says(text: str) -> tuple[tuple[Row, ...], Condition | None] | None:
    try:
        said = parse_group(text)
    except NotationError:
        return None
    return said.as_rows(), said.filter
