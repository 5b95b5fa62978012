"""What was decided about workflows, in words: one line for each place, so that two configurations can be compared line by line.

Pure. Nothing here knows how a configuration is kept, nor whether it may be saved.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from suitebridge.domain.expressions import Translate, walk
from suitebridge.domain.intents import Change
from suitebridge.domain.notation.plain import to_plain
from suitebridge.domain.overrides import Configuration, GroupOverride, WorkflowOverride, configured
from suitebridge.domain.telling import tell_condition, tell_source
from suitebridge.domain.values import as_text
from suitebridge.domain.workflow import MappingGroup, PullBack, Row, Setting, SettingValue, SyncRule, Workflow

_SEPARATOR = " · "


def compare(
    shipped: Mapping[str, Workflow],
    before: Configuration,
    after: Configuration,
    connector: Iterable[Setting] = (),
) -> tuple[Change, ...]:
    """Say place by place what one configuration decides otherwise than another; what was shipped stands where nobody had decided."""
    defaults = dict(_shipped_lines(shipped, connector))
    was, now = dict(_lines(shipped, before, connector)), dict(_lines(shipped, after, connector))
    places = dict.fromkeys((*now, *was))
    return tuple(
        Change(field=place, before=old, after=new)
        for place in places
        if (old := was.get(place, defaults.get(place))) != (new := now.get(place, defaults.get(place)))
    )


def touched(
    shipped: Mapping[str, Workflow],
    before: Configuration,
    after: Configuration,
    connector: tuple[Setting, ...] = (),
) -> tuple[str, ...]:
    """Name the workflows that a run would carry out otherwise, or not at all, after a change: those that become others, come or go."""
    was, now = configured(shipped, before, connector), configured(shipped, after, connector)
    return tuple(name for name in dict.fromkeys((*was, *now)) if was.get(name) != now.get(name))


def _shipped_lines(shipped: Mapping[str, Workflow], connector: Iterable[Setting]) -> Iterator[tuple[str, str]]:
    for setting in connector:
        yield _place("Connector", setting.label), _tell_value(setting.default)
    for workflow in shipped.values():
        yield from _workflow_lines(workflow)


def _workflow_lines(workflow: Workflow) -> Iterator[tuple[str, str]]:
    yield _place(workflow.title, workflow.name, "active"), _tell_value(workflow.is_active)
    for setting in workflow.settings:
        yield _place(workflow.title, workflow.name, setting.label), _tell_value(setting.default)
    for group in workflow.groups:
        for row in group.rows:
            yield _place(workflow.title, workflow.name, group.title, row.target), tell_row(row)
        if group.condition is not None:
            yield (
                _place(workflow.title, workflow.name, group.title, "default filter"),
                tell_condition(group.condition, str),
            )
    for one in workflow.pull_backs:
        yield _pull_back_line(workflow, one)


def _lines(
    shipped: Mapping[str, Workflow], configuration: Configuration, connector: Iterable[Setting]
) -> Iterator[tuple[str, str]]:
    labels = {one.name: one.label for one in connector}
    for name, value in configuration.settings:
        yield _place("Connector", labels.get(name, name)), _tell_value(value)
    for edits in configuration.overrides:
        workflow = shipped.get(edits.workflow)
        if workflow is not None:
            yield from _override_lines(workflow, edits)
        else:
            yield _place(edits.workflow, "edits without a workflow"), json.dumps(to_plain(edits), ensure_ascii=False)
    for own in configuration.custom:
        yield _place(own.title, own.name, "workflow of your own"), f"{own.source_type} to {own.target_type}"
        yield from _workflow_lines(own)


def _override_lines(workflow: Workflow, edits: WorkflowOverride) -> Iterator[tuple[str, str]]:
    if edits.is_active is not None:
        yield _place(workflow.title, workflow.name, "active"), _tell_value(edits.is_active)
    labels = {one.name: one.label for one in workflow.settings}
    for name, value in edits.settings:
        yield _place(workflow.title, workflow.name, labels.get(name, name)), _tell_value(value)
    groups = {one.name: one for one in workflow.groups}
    for edit in edits.groups:
        yield from _group_lines(workflow, groups.get(edit.name), edit)
    for one in edits.pull_backs:
        yield _pull_back_line(workflow, one)


def _group_lines(workflow: Workflow, group: MappingGroup | None, edit: GroupOverride) -> Iterator[tuple[str, str]]:
    title = group.title if group is not None else edit.name
    defaults = {row.target: row for row in group.rows} if group is not None else {}
    for row in edit.changed:
        if row.target not in edit.inactive:
            yield _place(workflow.title, workflow.name, title, row.target), tell_row(row)
    for target in edit.inactive:
        changed = next((row for row in edit.changed if row.target == target), defaults.get(target))
        yield (
            _place(workflow.title, workflow.name, title, target),
            f"{tell_row(changed)}, switched off" if changed else "switched off",
        )
    for number, row in enumerate(edit.added, start=1):
        yield _place(workflow.title, workflow.name, title, row.target, "own row"), f"{number}. {tell_row(row)}"
    if edit.condition is not None:
        yield _place(workflow.title, workflow.name, title, "filter"), tell_condition(edit.condition, str)
    if edit.advanced:
        yield _place(workflow.title, workflow.name, title, "advanced"), edit.advanced


def _pull_back_line(workflow: Workflow, pull_back: PullBack) -> tuple[str, str]:
    return _place(workflow.title, workflow.name, "pull-back", pull_back.target), pull_back.source


def _place(*parts: str) -> str:
    return _SEPARATOR.join(parts)


def _tell_value(value: SettingValue) -> str:
    match value:
        case bool():
            return "on" if value else "off"
        case _:
            return value or "nothing"


def tell_row(row: Row) -> str:
    """Say where a row's value comes from, and how it is used."""
    notes = (
        ", initial only" if row.is_initial_only else "",
        f", {row.sync.value}" if row.sync is not SyncRule.ALWAYS else "",
        "" if row.is_active else ", switched off",
    )
    maps = (_tell_pairs(part) for part in walk(row.source) if isinstance(part, Translate))
    return "".join((tell_source(row.source, str), *maps, *notes))


def _tell_pairs(value_map: Translate) -> str:
    """Write a value map out: who reads what was changed wants to see which pair."""
    pairs = [f"“{one}” → “{other}”" for one, other in value_map.pairs]
    rest = [f"else “{as_text(value_map.otherwise)}”"] if value_map.otherwise is not None else []
    return f" ({', '.join((*pairs, *rest))})"
