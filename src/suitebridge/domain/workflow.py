"""A workflow: one pair of record types, one direction, as a value that administrators can edit."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from suitebridge.domain import conditions, expressions, formulas
from suitebridge.domain.conditions import AllOf, AnyOf, Condition
from suitebridge.domain.expressions import Expression, Field
from suitebridge.domain.records import Direction

SettingValue: TypeAlias = bool | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A switch of a workflow, or a choice among texts, that administrators set; the connector's own settings have the same shape.

    `needs` and `excludes` name other settings: one without what it needs counts as off. With `choices` the value is one of them; a text
    without choices is typed freely. A part of a workflow names the settings that it depends on in `when` and `unless`: "tax" holds while the
    setting is on or filled in, "tax=gross" while it has that very value.
    """

    name: str
    label: str
    sentence: str
    default: SettingValue = False
    needs: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()


class SyncRule(enum.Enum):
    """When a row changes a record that is there already (quality.md U21); a new record takes every row. See also `Row.is_initial_only`."""

    ALWAYS = "always"
    IF_EMPTY = "only if empty"  # what the target holds is never overwritten
    KEEP_FILLED = "never with empty"  # what the target holds is overwritten, but never with nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One target field and where its value comes from. A required row that gives nothing fails the record.

    `when` and `unless` name settings: where they do not apply, the row is not there. The same goes for groups, guards and pull-backs;
    `overrides.lay_over` resolves them, so that a run never meets one.

    An initial-only row sets its field when the record is made, and never again, whatever `sync` says.
    """

    target: str
    source: Expression
    is_required: bool = False
    is_initial_only: bool = False
    is_active: bool = True
    when: str = ""
    unless: str = ""
    sync: SyncRule = SyncRule.ALWAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class LineOrder:
    """A field by which lines are put in order; lines that do not fill it in come last."""

    path: str
    is_descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingGroup:
    """Rows for the header, or, with `source_list` and `target_list`, for each line of a list.

    `condition` picks the lines and `order` puts them in order. The condition of a header's group is a filter: the group takes only records
    for which it holds, and a record that no header's group takes is not transferred.
    """

    name: str
    title: str
    rows: tuple[Row, ...]
    source_list: str = ""
    target_list: str = ""
    condition: Condition | None = None
    when: str = ""
    unless: str = ""
    order: tuple[LineOrder, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PullBack:
    """After an export: a value of the written NetSuite record goes into a field of the workspace record.

    A value of each line goes to the line that it was made of: from "expenseList.line" to "receipts.netsuite_line".
    """

    source: str
    target: str
    when: str = ""
    unless: str = ""

    @property
    def is_id(self) -> bool:
        """Whether it is the NetSuite ID, which comes with the answer and need not be read."""
        return self.source in ("internalId", "id")


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchKey:
    """How a counterpart is found: a source field equals a target field, and so do the pairs of `also`. Keys are tried in order."""

    source: str
    target: str
    label: str
    ignores_case: bool = False
    also: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """A record is taken only if the condition holds; otherwise it is skipped with this sentence."""

    condition: Condition
    reason: str
    when: str = ""
    unless: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """What a workflow adds up (I12): a source amount, its unit as a field path (a currency code) or, with `unit`, a fixed one.

    `written` is the target field, or the field of target lines, that must carry the same amount; where several lists carry it together, the
    further ones are in `also`. With `is_negated` it is the same with the other sign: a credit memo tells by its kind that it takes away.
    """

    amount: str
    written: str
    currency: str = ""
    unit: str = ""
    is_negated: bool = False
    also: tuple[str, ...] = ()

    @property
    def places(self) -> tuple[str, ...]:
        """Every target field that carries a part of the amount."""
        return (self.written, *self.also)


class WhenDeleted(enum.Enum):
    """What becomes of a workspace record whose NetSuite record was deleted there (quality.md F45). Its link is never forgotten silently.

    Flag: the link stays as a tombstone, and a person decides. Recreate: an export writes the record again under its external ID. Unlink: the
    record forgets its NetSuite ID; an import finds a counterpart by its further keys, an export sends nothing again.
    """

    FLAG = "flag"
    RECREATE = "re-create"
    UNLINK = "unlink"


class Method(enum.Enum):
    """What an export does in NetSuite: make records there, change those that are linked, or both (netsuite-connector.md §7.1)."""

    CREATE = "create"
    UPDATE = "update"
    CREATE_AND_UPDATE = "create and update"


class Companion(enum.Enum):
    """A further record that an import writes beside each of its own (netsuite-connector.md §5.4); `domain.companions` says what it holds."""

    REQUEST = "purchase request"
    REQUEST_ITEM = "request item"  # needs the request
    FULFILLMENT = "fulfillment"  # needs the request item


@dataclass(frozen=True, slots=True, kw_only=True)
class Workflow:
    """One pair, one direction.

    `reads` bounds what is fetched or frozen at all; `guards` skip with a reason. `id_field` is the workspace field that holds the
    NetSuite id, `exported_field` the one that holds the moment of export. `title_fields` name a source record in sentences. One that is
    not active is not run: a shipped workflow may rest until an administrator activates it. An export whose `method` changes what is there
    looks at linked records that `updates` takes, and that were edited since both sides were alike; the setting `updates_when` lets one that
    makes records change them, too. Under the setting `sends_linked_when` an export takes records that have a NetSuite ID already, too, where
    `reads` asks for its absence. `companions` are written beside each record, in the same unit.
    One that `excludes` others cannot be active beside them.
    """

    name: str
    title: str
    direction: Direction
    source_type: str
    target_type: str
    title_fields: tuple[str, ...]
    match_keys: tuple[MatchKey, ...]
    groups: tuple[MappingGroup, ...]
    reads: Condition | None = None
    guards: tuple[Guard, ...] = ()
    pull_backs: tuple[PullBack, ...] = ()
    needs: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    id_field: str = "netsuite_id"
    exported_field: str = ""
    sum: Sum | None = None
    when_deleted: WhenDeleted = WhenDeleted.FLAG
    settings: tuple[Setting, ...] = ()
    is_active: bool = True
    method: Method = Method.CREATE
    updates: Condition | None = None
    updates_when: str = ""
    sends_linked_when: str = ""
    companions: tuple[Companion, ...] = ()

    @property
    def filter(self) -> Condition | None:
        """What at least one header's group wants of a record; nothing where one of them takes every record."""
        wanted = tuple(group.condition for group in self.groups if not group.source_list and not group.target_list)
        given = tuple(condition for condition in wanted if condition is not None)
        if not given or len(given) < len(wanted):
            return None
        return given[0] if len(given) == 1 else AnyOf(conditions=given)

    @property
    def takes(self) -> Condition | None:
        """Bound what is fetched or frozen at all: what the workflow reads, narrowed by its filter."""
        parts = tuple(part for part in (self.reads, self.filter) if part is not None)
        return AllOf(conditions=parts) if len(parts) > 1 else next(iter(parts), None)

    def source_paths(self) -> tuple[str, ...]:
        """Name every source field the workflow reads from the header, in a stable order; lines come as "charges.total"."""
        return tuple(dict.fromkeys(self._source_paths()))

    def _source_paths(self) -> Iterator[str]:
        yield from self.title_fields
        for key in self.match_keys:
            yield from (path for path in (key.source, *(pair[0] for pair in key.also)) if path != "id")
        if self.reads is not None:
            yield from conditions.paths(self.reads)
        if self.updates is not None:
            yield from conditions.paths(self.updates)
        for guard in self.guards:
            yield from conditions.paths(guard.condition)
        if self.sum is not None:
            yield from (path for path in (self.sum.amount, self.sum.currency) if path)
        for back in self.pull_backs:
            name, _, of_line = back.target.partition(".")
            yield from (f"{name}.id", back.target) if of_line else ()
        for group in self.groups:
            yield from _group_paths(group)


def _group_paths(group: MappingGroup) -> Iterator[str]:
    prefix = f"{group.source_list}." if group.source_list else ""
    if group.condition is not None:
        yield from (prefix + path for path in conditions.paths(group.condition))
    yield from (prefix + one.path for one in group.order)
    for row in group.rows:
        if row.is_active:
            yield from (prefix + path for path in expression_paths(row.source) if path != "id")


def expression_paths(expression: Expression) -> Iterator[str]:
    """Name every field an expression reads, those of its conditions included."""
    for part in expressions.walk(expression):
        match part:
            case Field(path=path):
                yield path
            case expressions.Formula(text=text):
                yield from formulas.fields_of(text)
            case expressions.When(condition=condition):
                yield from conditions.paths(condition)
            case _:
                pass
