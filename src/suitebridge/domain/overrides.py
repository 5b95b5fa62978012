"""An administrator's edits laid over a shipped workflow, so that an upgrade of the shipped file still reaches him.

Pure and total: an edit that has no place in the shipped workflow any more changes nothing, and `stranded` names it. Whether what comes out
can be carried out is not judged here: see `validation`. Nothing here knows who may edit, nor where edits are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from suitebridge.domain.conditions import AllOf, Blank, Condition
from suitebridge.domain.errors import Problem
from suitebridge.domain.marks import MARKING_SETTING, SUITEAPP_MARKS, marked_by_suiteapp
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import (
    Guard,
    MappingGroup,
    Method,
    PullBack,
    Row,
    Setting,
    SettingValue,
    Workflow,
)

_Part = TypeVar("_Part", Guard, Row, MappingGroup, PullBack)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupOverride:
    """Edits of one mapping group, by its name.

    Each row of `changed` takes the place of the default row with its target, and keeps that one's settings and duty. `inactive` names the
    targets of default rows that are switched off. `added` are custom rows, in their order. The `condition` is added to the defaults.
    `advanced` is the advanced text as it was typed.
    """

    name: str
    changed: tuple[Row, ...] = ()
    inactive: tuple[str, ...] = ()
    added: tuple[Row, ...] = ()
    condition: Condition | None = None
    advanced: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkflowOverride:
    """Edits of one shipped workflow, by its name. Where `is_active` is None, it is as active as it was shipped.

    A pull-back takes the place of the shipped one with its target, or is added. `settings` holds what was set otherwise than by default.
    """

    workflow: str
    is_active: bool | None = None
    groups: tuple[GroupOverride, ...] = ()
    pull_backs: tuple[PullBack, ...] = ()
    settings: tuple[tuple[str, SettingValue], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """Everything that a company's administrators decided about its workflows: edits, workflows of their own, the connector's settings."""

    overrides: tuple[WorkflowOverride, ...] = ()
    custom: tuple[Workflow, ...] = ()
    settings: tuple[tuple[str, SettingValue], ...] = ()


UNTOUCHED: Final = Configuration()
"""The configuration of a company where nobody has edited anything."""


def configured(
    shipped: Mapping[str, Workflow], configuration: Configuration, connector: Iterable[Setting] = ()
) -> Mapping[str, Workflow]:
    """Give a company's workflows: the shipped ones in their order with the edits laid over, then its own. Inactive ones are among them.

    `connector` are the connector's settings, which any workflow may name. A workflow of the company's own that has the name of a shipped
    one is left out.
    """
    edits = {one.workflow: one for one in configuration.overrides}
    settings = values_of(connector, dict(configuration.settings))
    own = [one for one in configuration.custom if one.name not in shipped]
    return {one.name: lay_over(one, edits.get(one.name), settings) for one in (*shipped.values(), *own)}


def lay_over(
    shipped: Workflow, override: WorkflowOverride | None = None, settings: Mapping[str, SettingValue] | None = None
) -> Workflow:
    """Lay edits over a shipped workflow and settle what its settings decide; `settings` are the connector's own, by name."""
    edits = override or WorkflowOverride(workflow=shipped.name)
    connector = settings or {}
    if connector.get(MARKING_SETTING) == SUITEAPP_MARKS:
        shipped = marked_by_suiteapp(shipped)
    values = {**connector, **values_of(shipped.settings, dict(edits.settings), beside=connector)}
    by_group = {one.name: one for one in edits.groups}
    groups = tuple(
        _lay_group(shipped, group, by_group.get(group.name), values) for group in _settled(shipped.groups, values)
    )
    narrower = _narrower(shipped, groups, by_group)
    return replace(
        shipped,
        is_active=shipped.is_active if edits.is_active is None else edits.is_active,
        reads=both(_reads(shipped, values), narrower),
        updates=both(shipped.updates, narrower),
        method=_method(shipped, values),
        updates_when="",
        sends_linked_when="",
        guards=_settled(shipped.guards, values),
        groups=groups,
        pull_backs=_settled(_pull_backs(shipped, edits), values),
    )


def values_of(
    settings: Iterable[Setting],
    chosen: Mapping[str, SettingValue],
    *,
    beside: Mapping[str, SettingValue] | None = None,
) -> Mapping[str, SettingValue]:
    """Give the value of each setting: what was chosen, else its default; off where something that it needs is off.

    `beside` are the values of others that they may need.
    """
    known = {one.name: one for one in settings}
    values = {name: _chosen(one, chosen) for name, one in known.items()}
    all_values = {**(beside or {}), **values}
    return {name: value if _has_needs(known, name, all_values) else _off(value) for name, value in values.items()}


def applies(when: str, unless: str, values: Mapping[str, SettingValue]) -> bool:
    """Say whether a part of a workflow is there, by the values of the settings that it names. An unknown setting is off."""
    return (not when or _holds(when, values)) and not (unless and _holds(unless, values))


def is_fixed(workflow: Workflow, row: Row) -> bool:
    """Say whether a row can be neither changed nor switched off: the one that carries the other side's id, on which matching rests."""
    return workflow.direction is Direction.IMPORT and row.target == workflow.id_field


def header_group(workflow: Workflow) -> str:
    """Name the group whose condition picks the records that the workflow reads: the first one over the header."""
    return next((group.name for group in workflow.groups if not group.source_list and not group.target_list), "")


def stranded(
    shipped: Mapping[str, Workflow], configuration: Configuration, connector: Iterable[Setting] = ()
) -> tuple[Problem, ...]:
    """Name every edit that changes nothing, because what it edits is not there or must stay as it is."""
    known = {one.name for one in connector}
    lost = (_lost("the connector", f"the setting {name}") for name, _ in configuration.settings if name not in known)
    return (*lost, *_stranded(shipped, configuration), *_homonyms(shipped, configuration))


def _stranded(shipped: Mapping[str, Workflow], configuration: Configuration) -> Iterator[Problem]:
    for edits in configuration.overrides:
        workflow = shipped.get(edits.workflow)
        if workflow is None:
            yield _lost(edits.workflow, "the workflow itself")
            continue
        known = {one.name for one in workflow.settings}
        yield from (_lost(workflow.title, f"the setting {name}") for name, _ in edits.settings if name not in known)
        groups = {one.name: one for one in workflow.groups}
        for edit in edits.groups:
            group = groups.get(edit.name)
            if group is None:
                yield _lost(workflow.title, f"the mapping group {edit.name}")
                continue
            yield from _stranded_rows(workflow, group, edit)


def _stranded_rows(workflow: Workflow, group: MappingGroup, edit: GroupOverride) -> Iterator[Problem]:
    defaults = {row.target: row for row in group.rows}
    for target in (*(row.target for row in edit.changed), *edit.inactive):
        default = defaults.get(target)
        if default is None:
            yield _lost(workflow.title, f"the row for {target} of {group.title}")
        elif is_fixed(workflow, default):
            yield Problem(code="SB-CFG-002", facts={"workflow": workflow.title, "field": target})
    for target in edit.inactive:
        default = defaults.get(target)
        if default is not None and default.is_required and not is_fixed(workflow, default):
            yield Problem(code="SB-CFG-002", facts={"workflow": workflow.title, "field": target})
    for row in edit.added:
        if row.target in defaults and row.target not in edit.inactive:
            facts = {"workflow": workflow.title, "group": group.title, "field": row.target}
            yield Problem(code="SB-CFG-003", facts=facts)


def _homonyms(shipped: Mapping[str, Workflow], configuration: Configuration) -> Iterator[Problem]:
    names = [one.name for one in configuration.custom]
    for name in dict.fromkeys(names):
        if name in shipped or names.count(name) > 1:
            yield Problem(code="SB-CFG-004", facts={"workflow": name})


def _lost(workflow: str, place: str) -> Problem:
    return Problem(code="SB-CFG-001", facts={"workflow": workflow, "place": place})


def _lay_group(
    workflow: Workflow, group: MappingGroup, edit: GroupOverride | None, values: Mapping[str, SettingValue]
) -> MappingGroup:
    if edit is None:
        return replace(group, rows=_settled(group.rows, values))
    changed = {row.target: row for row in edit.changed}
    defaults = tuple(_lay_row(workflow, row, changed.get(row.target), edit.inactive) for row in group.rows)
    rows = _settled(defaults, values)
    taken = {row.target for row in rows if row.is_active}
    added = tuple(row for row in _settled(edit.added, values) if row.target not in taken)
    return replace(group, rows=(*rows, *added), condition=_group_condition(workflow, group, edit))


def _lay_row(workflow: Workflow, default: Row, changed: Row | None, inactive: tuple[str, ...]) -> Row:
    if is_fixed(workflow, default):
        return default
    row = default
    if changed is not None:
        row = replace(changed, is_required=default.is_required, when=default.when, unless=default.unless)
    return replace(row, is_active=default.is_required or (row.is_active and default.target not in inactive))


def _group_condition(workflow: Workflow, group: MappingGroup, edit: GroupOverride) -> Condition | None:
    """Give what picks a group's lines; the condition of the header's group picks records instead, see `_narrower`."""
    if group.name == header_group(workflow):
        return group.condition
    return both(group.condition, edit.condition)


def _narrower(
    workflow: Workflow, groups: tuple[MappingGroup, ...], edits: Mapping[str, GroupOverride]
) -> Condition | None:
    """Give what bounds the reading besides what is shipped: the condition of the header's group, so that little is read where little is wanted."""
    name = header_group(workflow)
    edit = edits.get(name)
    return edit.condition if edit is not None and any(one.name == name for one in groups) else None


def both(first: Condition | None, second: Condition | None) -> Condition | None:
    """Join two conditions, either of which may be missing."""
    if first is None or second is None:
        return first if second is None else second
    return AllOf(conditions=(*(first.conditions if isinstance(first, AllOf) else (first,)), second))


def _method(workflow: Workflow, values: Mapping[str, SettingValue]) -> Method:
    is_allowed = workflow.updates_when != "" and applies(workflow.updates_when, "", values)
    return Method.CREATE_AND_UPDATE if is_allowed else workflow.method


def _reads(shipped: Workflow, values: Mapping[str, SettingValue]) -> Condition | None:
    """Give what bounds the reading, without the absence of a NetSuite ID where a setting takes that away."""
    reads = shipped.reads
    if not shipped.sends_linked_when or not applies(shipped.sends_linked_when, "", values):
        return reads
    parts = reads.conditions if isinstance(reads, AllOf) else ()
    unlinked = Blank(path=shipped.id_field)
    return AllOf(conditions=tuple(part for part in parts if part != unlinked)) if unlinked in parts else reads


def _pull_backs(shipped: Workflow, edits: WorkflowOverride) -> tuple[PullBack, ...]:
    own = {one.target: one for one in edits.pull_backs}
    kept = tuple(own.pop(one.target, one) for one in shipped.pull_backs)
    return (*kept, *own.values())


def _settled(parts: tuple[_Part, ...], values: Mapping[str, SettingValue]) -> tuple[_Part, ...]:
    """Keep the parts that apply, with nothing left to settle about them."""
    return tuple(
        replace(part, when="", unless="") if part.when or part.unless else part
        for part in parts
        if applies(part.when, part.unless, values)
    )


def _chosen(setting: Setting, chosen: Mapping[str, SettingValue]) -> SettingValue:
    """Give what was chosen where the setting can hold it, and its default otherwise."""
    value = chosen.get(setting.name, setting.default)
    is_possible = isinstance(value, str) == isinstance(setting.default, str)
    return value if is_possible and (not setting.choices or value in setting.choices) else setting.default


def _has_needs(known: Mapping[str, Setting], name: str, values: Mapping[str, SettingValue]) -> bool:
    """Say whether everything that a setting needs is on, and what that needs, too."""
    waiting, seen = list(known[name].needs), {name}
    while waiting:
        need = waiting.pop()
        if need in seen:
            continue
        if not _holds(need, values):
            return False
        seen.add(need)
        waiting.extend(known[need].needs if need in known else ())
    return True


def _off(value: SettingValue) -> SettingValue:
    return "" if isinstance(value, str) else False


def _holds(said: str, values: Mapping[str, SettingValue]) -> bool:
    name, equals, wanted = said.partition("=")
    value = values.get(name, False)
    return value == wanted if equals else bool(value)
