"""Takes a legacy configuration into one of ours, as far as it can be placed, and says of the rest why not; and writes ours as legacy text.

Names are read as the original writes them: behind the name of their record, custom fields of the workspace with __c, whatever the case. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TypeVar, cast

from suitebridge.domain import conditions
from suitebridge.domain.conditions import Blank, Compare, Condition, OneOf
from suitebridge.domain.drafting import Place, Shipped, activate, group_edit_of, set_advanced
from suitebridge.domain.expressions import Field
from suitebridge.domain.flow.fitting import UnfitValueError, fit_for
from suitebridge.domain.notation.advanced import (
    AdvancedGroup,
    AdvancedRow,
    Declaration,
    IfBlock,
    advanced_of,
    group_of,
    read_parts,
    write_group,
)
from suitebridge.domain.notation.legacy import LegacyPoint, Unplaced, read_legacy, write_legacy
from suitebridge.domain.notation.words import NotationError
from suitebridge.domain.overrides import Configuration, is_fixed
from suitebridge.domain.picking import Schemas, find_field, near, no_field, source_of, sources_of, target_of, targets_of
from suitebridge.domain.records import Direction
from suitebridge.domain.rewriting import rewrite
from suitebridge.domain.schemas.fields import Kind, RecordSchema
from suitebridge.domain.values import Scalar
from suitebridge.domain.workflow import MappingGroup, Workflow, expression_paths

_T = TypeVar("_T")
_INTERNAL_ID = ("internalid", "id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """What came of a legacy configuration: the groups that were taken, by workflow and group, and what was not."""

    configuration: Configuration
    placed: tuple[Place, ...]
    unplaced: tuple[Unplaced, ...]


def own_condition(
    shipped: Shipped, configuration: Configuration, workflow: Workflow, group: MappingGroup
) -> Condition | None:
    """Give the filter that people added to a group, without what the workflow came with."""
    if workflow.name not in shipped:
        return group.condition
    return group_edit_of(configuration, Place(workflow=workflow.name, group=group.name)).condition


def legacy_text(shipped: Shipped, configuration: Configuration, workflows: Iterable[Workflow]) -> str:
    """Write the active workflows of a configuration as legacy text: rows, and the filters that people added."""
    return write_legacy(
        (workflow.direction, group.name, _said(shipped, configuration, workflow, group))
        for workflow in workflows
        if workflow.is_active
        for group in workflow.groups
    )


def adopt(
    shipped: Shipped,
    configuration: Configuration,
    workflows: Mapping[str, Workflow],
    text: str,
    schemas: Schemas,
) -> Adopted:
    """Put a legacy configuration in place of the groups that it names; `workflows` are those that the configuration gives. Others stay."""
    by_point = {
        (workflow.direction, group.name.casefold()): (workflow, group)
        for workflow in workflows.values()
        for group in workflow.groups
    }
    placed: list[Place] = []
    unplaced: list[Unplaced] = []
    for found in read_legacy(text):
        if isinstance(found, Unplaced):
            unplaced.append(found)
            continue
        meant = _point(found, by_point)
        if meant is None:
            unplaced.append(_unknown_point(found, by_point))
            continue
        place = Place(workflow=meant[0].name, group=meant[1].name)
        if place in placed:
            unplaced.append(_told(found, found.line, 1, f"{found.name} stands there twice; the first was taken."))
            continue
        taken = _Taking(*meant, schemas, found)
        group = group_of(taken.parts())
        unplaced.extend(taken.unplaced)
        configuration = rewrite(shipped, configuration, *meant, write_group(group))
        # What nobody typed is not kept as typed text: the rows say it.
        configuration = set_advanced(shipped, configuration, place, "")
        configuration = activate(shipped, configuration, place.workflow, is_active=True)
        placed.append(place)
    return Adopted(configuration=configuration, placed=tuple(placed), unplaced=tuple(unplaced))


def _said(shipped: Shipped, configuration: Configuration, workflow: Workflow, group: MappingGroup) -> AdvancedGroup:
    own = own_condition(shipped, configuration, workflow, group)
    return advanced_of(group.rows, own, is_import=workflow.direction is Direction.IMPORT)


def _point(
    found: LegacyPoint, known: Mapping[tuple[Direction, str], tuple[Workflow, MappingGroup]]
) -> tuple[Workflow, MappingGroup] | None:
    """Find the group that a point is: by its name, or, in a dump, by what it is called."""
    named = known.get((found.direction, found.name.casefold()))
    if named is not None or not found.title:
        return named
    called = [
        one for (direction, _), one in known.items() if direction is found.direction and one[1].title == found.title
    ]
    return called[0] if len(called) == 1 else None


def _unknown_point(found: LegacyPoint, known: Iterable[tuple[Direction, str]]) -> Unplaced:
    names = [name.upper() for direction, name in known if direction is found.direction]
    meant = near(found.name.upper(), names)
    said = f"No {found.direction.value} has the integration point {found.name or found.title}."
    return _told(found, max(found.line - 1, 0), 1, f"{said} Do you mean {meant}?" if meant else said)


def _told(found: LegacyPoint, line: int, column: int, said: str) -> Unplaced:
    return Unplaced(line=line, column=column if line else 0, point=found.name or found.title, said=said)


class _Taking:
    """Takes the parts of one point that can be placed; the others are named in `unplaced`."""

    def __init__(self, workflow: Workflow, group: MappingGroup, schemas: Schemas, found: LegacyPoint) -> None:
        self._workflow, self._found, self._schemas = workflow, found, schemas
        self._source, self._target = source_of(workflow, group, schemas), target_of(workflow, group, schemas)
        self._fixed = {row.target for row in group.rows if is_fixed(workflow, row)}
        self._there = {row.target for row in group.rows}
        self._seen: set[str] = set()
        self.unplaced: list[Unplaced] = []

    def parts(self) -> Iterator[Declaration | AdvancedRow | IfBlock | Condition]:
        first = max(self._found.line, 1)
        for part in read_parts(self._found.text, first):
            if isinstance(part.said, NotationError):
                self._miss(part.said.line, part.said.column, part.said.said)
                continue
            said = self._renamed(part.said)
            wrong = tuple(self._wrong(said))
            for name, told in wrong:
                self._miss(part.line, self._column(part.line - first, name), told)
            if not wrong:
                self._seen.update(_targets(said))
                yield said

    def _miss(self, line: int, column: int, said: str) -> None:
        self.unplaced.append(_told(self._found, line if self._found.line else 0, column, said))

    def _column(self, offset: int, name: str) -> int:
        line = self._found.text.split("\n")[offset]
        return line.find(name) + 1 if name in line else 1

    def _wrong(self, said: Declaration | AdvancedRow | IfBlock | Condition) -> Iterator[tuple[str, str]]:
        if isinstance(said, Declaration):
            return
        known = [pick.path for pick in targets_of(self._target)]
        for target in _targets(said):
            if target in self._seen:
                yield target, f"{target} is written twice in {self._found.name}; the first was taken."
            elif target not in known and target not in self._there:
                yield target, no_field(self._target.label, target, known)
        sources = [pick.path for pick in sources_of(self._source, self._schemas)]
        for path in dict.fromkeys(_paths(said)):
            if path != "id" and find_field(self._source, path, self._schemas) is None:
                yield path, no_field(self._source.label, path, sources)

    def _renamed(self, said: _T) -> _T:
        match said:
            case Declaration():
                return cast("_T", replace(said, names=tuple(self._target_name(name) for name in said.names)))
            case _:
                return cast("_T", self._rebuilt(said))

    def _rebuilt(self, value: object) -> object:
        """Give a part with the names that its fields have here."""
        if isinstance(value, tuple):
            return tuple(self._rebuilt(one) for one in value)
        if not is_dataclass(value) or isinstance(value, type):
            return value
        changes = {one.name: self._rebuilt(getattr(value, one.name)) for one in fields(value)}
        match value:
            case Field(path=path) | Blank(path=path):
                changes["path"] = self._source_name(path)
            case Compare(path=path, value=given):
                name = self._source_name(path)
                changes |= {"path": name, "value": self._typed(name, given)}
            case OneOf(path=path, values=several):
                name = self._source_name(path)
                changes |= {"path": name, "values": tuple(self._typed(name, one) for one in several)}
            case AdvancedRow(target=target):
                changes["target"] = self._target_name(target)
            case _:
                pass
        return replace(value, **changes)

    def _typed(self, path: str, value: Scalar) -> Scalar:
        """Give a constant the kind of its field: the original writes every one between quotes. What does not fit is left to validation."""
        field = find_field(self._source, path, self._schemas)
        if field is None or field.kind in {Kind.LINES, Kind.INSTANT} or not isinstance(value, str) or not value:
            return value
        try:
            fitted = fit_for(field.kind)(value)
        except UnfitValueError:
            return value
        return value if isinstance(fitted, tuple) else fitted

    def _source_name(self, path: str) -> str:
        if _without_record(path, self._source).casefold() in _INTERNAL_ID:
            return "id"
        return self._known_name(path, self._source)

    def _target_name(self, name: str) -> str:
        found = self._known_name(name, self._target)
        is_link = found not in self._target.by_name and name.casefold().removesuffix("__c").endswith("_id")
        is_theirs = "netsuite_" in name.casefold() and self._workflow.direction is Direction.IMPORT
        return self._workflow.id_field if is_link and is_theirs else found

    def _known_name(self, path: str, schema: RecordSchema) -> str:
        """Find a name among those of a record type: as it stands, behind the type's name, without __c, in another case."""
        if find_field(schema, path, self._schemas) is not None:
            return path
        bare = _without_record(path, schema)
        known = {one.name.casefold(): one.name for one in schema.fields}
        first, dot, rest = bare.partition(".")
        found = known.get(first.casefold()) or known.get(first.casefold().removesuffix("__c")) or first
        return f"{found}{dot}{rest}"


def _without_record(path: str, schema: RecordSchema) -> str:
    """Leave out the name of the record type, which the original writes in front of its fields: with a capital, and none of the fields."""
    first, _, rest = path.partition(".")
    is_field = first in schema.by_name or first in schema.related_by_name
    return rest if rest and first[:1].isupper() and not is_field else path


def _targets(said: Declaration | AdvancedRow | IfBlock | Condition) -> tuple[str, ...]:
    match said:
        case AdvancedRow(target=target):
            return (target,)
        case IfBlock(branches=branches, otherwise=otherwise):
            return tuple(dict.fromkeys((*(one.row.target for one in branches), *(one.target for one in otherwise))))
        case _:
            return ()


def _paths(said: AdvancedRow | IfBlock | Condition) -> Iterator[str]:
    match said:
        case AdvancedRow(source=source):
            yield from expression_paths(source)
        case IfBlock(branches=branches, otherwise=otherwise):
            for branch in branches:
                yield from conditions.paths(branch.condition)
            for row in (*(one.row for one in branches), *otherwise):
                yield from expression_paths(row.source)
        case _:
            yield from conditions.paths(said)
