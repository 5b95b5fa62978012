"""What was decided about workflows, in words: one line for each place, so that two configurations can be compared line by line.

Pure. Nothing here knows how a configuration is kept, nor whether it may be saved.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import assert_never

from suitebridge.domain.conditions import AllOf, AnyOf, Blank, Compare, Condition, Not, OneOf
from suitebridge.domain.expressions import (
    Constant,
    Counterpart,
    Expression,
    Field,
    FirstOf,
    Formula,
    Join,
    Leave,
    Lookup,
    Macro,
    Shorten,
    Translate,
    When,
)
from suitebridge.domain.intents import Change
from suitebridge.domain.notation.plain import to_plain
from suitebridge.domain.overrides import Configuration, GroupOverride, WorkflowOverride, configured
from suitebridge.domain.values import Scalar, as_text
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
    yield _place(workflow.title, "active"), _tell_value(workflow.is_active)
    for setting in workflow.settings:
        yield _place(workflow.title, setting.label), _tell_value(setting.default)
    for group in workflow.groups:
        for row in group.rows:
            yield _place(workflow.title, group.title, row.target), tell_row(row)
        if group.condition is not None:
            yield _place(workflow.title, group.title, "default filter"), tell_condition(group.condition)
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
        yield _place(own.title, "workflow of your own"), f"{own.name}: {own.source_type} to {own.target_type}"
        yield from _workflow_lines(own)


def _override_lines(workflow: Workflow, edits: WorkflowOverride) -> Iterator[tuple[str, str]]:
    if edits.is_active is not None:
        yield _place(workflow.title, "active"), _tell_value(edits.is_active)
    labels = {one.name: one.label for one in workflow.settings}
    for name, value in edits.settings:
        yield _place(workflow.title, labels.get(name, name)), _tell_value(value)
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
            yield _place(workflow.title, title, row.target), tell_row(row)
    for target in edit.inactive:
        changed = next((row for row in edit.changed if row.target == target), defaults.get(target))
        yield _place(workflow.title, title, target), f"{tell_row(changed)}, switched off" if changed else "switched off"
    for number, row in enumerate(edit.added, start=1):
        yield _place(workflow.title, title, row.target, "own row"), f"{number}. {tell_row(row)}"
    if edit.condition is not None:
        yield _place(workflow.title, title, "filter"), tell_condition(edit.condition)
    if edit.advanced:
        yield _place(workflow.title, title, "advanced"), edit.advanced


def _pull_back_line(workflow: Workflow, pull_back: PullBack) -> tuple[str, str]:
    return _place(workflow.title, "pull-back", pull_back.target), pull_back.source


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
    return tell_source(row.source) + "".join(notes)


def tell_source(expression: Expression) -> str:
    """Say where a value comes from, in a few words."""
    match expression:
        case Field(path=path):
            return path
        case Constant(value=value):
            return _quoted(value)
        case Macro(name=name, days=days):
            return name.value.replace("_", " ") + (f" {days:+d} days" if days else "")
        case Join(parts=parts):
            return " + ".join(tell_source(part) for part in parts)
        case FirstOf(options=options):
            return "first of " + ", ".join(tell_source(option) for option in options)
        case Translate(of=of, pairs=pairs, otherwise=otherwise):
            told = [f"{_quoted(one)} → {_quoted(other)}" for one, other in pairs]
            rest = [f"else {_quoted(otherwise)}"] if otherwise is not None else []
            return f"{tell_source(of)} by value map ({', '.join((*told, *rest))})"
        case Lookup(of=of, record_type=record_type, by=by, returns=returns):
            return f"{returns or 'ID'} of the {record_type} whose {by} is {tell_source(of)}"
        case Counterpart(of=of, record_type=record_type):
            return f"counterpart of {record_type} {tell_source(of)}"
        case Shorten(of=of, length=length):
            return f"{tell_source(of)}, at most {length} characters"
        case Formula() | Leave():
            return f"formula {expression.text}" if isinstance(expression, Formula) else "left as it is"
        case When(condition=condition, then=then, otherwise=otherwise):
            return f"{tell_source(then)} if {tell_condition(condition)}, else {tell_source(otherwise)}"
        case _:
            assert_never(expression)


def tell_condition(condition: Condition) -> str:
    """Say which records or lines a condition takes."""
    match condition:
        case Compare(path=path, comparison=comparison, value=value):
            return f"{path} {comparison.value} {_quoted(value)}"
        case OneOf(path=path, values=values):
            return f"{path} is one of {', '.join(_quoted(value) for value in values)}"
        case Blank(path=path):
            return f"{path} is empty"
        case AllOf(conditions=parts):
            return " and ".join(_bracketed(part) for part in parts) or "always"
        case AnyOf(conditions=parts):
            return " or ".join(_bracketed(part) for part in parts) or "never"
        case Not(condition=part):
            return f"not ({tell_condition(part)})"
        case _:
            assert_never(condition)


def _bracketed(condition: Condition) -> str:
    told = tell_condition(condition)
    return f"({told})" if isinstance(condition, AllOf | AnyOf) else told


def _quoted(value: Scalar) -> str:
    return "nothing" if value is None else f"“{value}”" if isinstance(value, str) else as_text(value)
