"""What is compared with what, and the counts while records stream by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from suitebridge.domain.conditions import AllOf, Compare, Comparison, Condition
from suitebridge.domain.flow.mapping import Answers, CompiledMapping
from suitebridge.domain.flow.reconciling import differing, pick
from suitebridge.domain.flow.selecting import Selected
from suitebridge.domain.intents import Refuse, Skip
from suitebridge.domain.masking import MASK, hides, is_sensitive
from suitebridge.domain.people import Role
from suitebridge.domain.reconciliations import (
    MOST_TOLD,
    Discrepancy,
    FieldPair,
    Finding,
    Period,
    Reconciliation,
    SumPair,
)
from suitebridge.domain.records import Direction
from suitebridge.domain.schemas import RecordSchema
from suitebridge.domain.schemas.registry import target_schema
from suitebridge.domain.values import Fields, Value
from suitebridge.domain.workflow import Workflow, expression_paths
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.netsuite import NetSuiteGateway

MOST_PAGES = 20_000
"""Bound of every stream: 20 million records on a side."""

_MODIFIED = "lastModifiedDate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """Everything that is compared; `role` is that of whoever asks."""

    store: CompanyStore
    gateway: NetSuiteGateway
    workflow: Workflow
    source: RecordSchema
    mapping: CompiledMapping
    compared: tuple[str, ...]
    period: Period
    zone: ZoneInfo
    role: Role


@dataclass(slots=True)
class Tally:
    """Counts while records stream by."""

    workspace: int = 0
    netsuite: int = 0
    alike: int = 0
    counts: dict[Finding, int] = field(default_factory=dict)
    sums: dict[str, list[Decimal]] = field(default_factory=dict)
    told: list[Discrepancy] = field(default_factory=list)

    def tell(self, found: Discrepancy) -> None:
        """Note a record that is not alike."""
        self.counts[found.finding] = self.counts.get(found.finding, 0) + 1
        if len(self.told) < MOST_TOLD:
            self.told.append(found)

    def add(self, unit: str, *, workspace: Decimal = Decimal(0), netsuite: Decimal = Decimal(0)) -> None:
        """Add amounts up."""
        sums = self.sums.setdefault(unit, [Decimal(0), Decimal(0)])
        sums[0] += workspace
        sums[1] += netsuite

    def result(self, sides: Sides, *, has_period: bool) -> Reconciliation:
        """Give what was found."""
        return Reconciliation(
            workflow=sides.workflow.name,
            title=sides.workflow.title,
            direction=sides.workflow.direction,
            period=sides.period,
            has_period=has_period,
            workspace_count=self.workspace,
            netsuite_count=self.netsuite,
            alike=self.alike,
            counts=tuple((one, self.counts[one]) for one in Finding if one in self.counts),
            sums=tuple(
                SumPair(unit=unit, workspace=both[0], netsuite=both[1]) for unit, both in sorted(self.sums.items())
            ),
            told=tuple(self.told),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A record of the source and its counterpart, with the ids of both sides."""

    selected: Selected
    found: Fields
    workspace_id: str
    netsuite_id: str


def compare_pair(sides: Sides, tally: Tally, pair: Pair, answers: Answers) -> None:
    """Compare what the mapping would write with what is there."""
    draft = sides.mapping.draft(pair.selected, answers)
    if isinstance(draft, Refuse | Skip):
        tell(tally, pair, Finding.UNCLEAR, draft.reason if isinstance(draft, Skip) else draft.problem.title)
        return
    expected, found = pick(draft.fields, sides.compared), pick(pair.found, sides.compared)
    pairs = differing(expected, found, lambda *told: _field_pair(sides, *told))
    if pairs:
        fields = ", ".join(dict.fromkeys(one.field for one in pairs))
        tell(tally, pair, Finding.DIFFERENT, f"The sides do not agree on {fields}.", pairs)
    else:
        tally.alike += 1


def tell(tally: Tally, pair: Pair, finding: Finding, reason: str, pairs: tuple[FieldPair, ...] = ()) -> None:
    """Note how a record stands."""
    tally.tell(
        Discrepancy(
            finding=finding,
            workspace_id=pair.workspace_id,
            netsuite_id=pair.netsuite_id,
            title=pair.selected.title,
            reason=reason,
            pairs=pairs,
        )
    )


def _field_pair(sides: Sides, name: str, expected: str, found: str) -> FieldPair:
    if _is_hidden(sides, name):
        expected = found = MASK
    is_import = sides.workflow.direction is Direction.IMPORT
    workspace, netsuite = (found, expected) if is_import else (expected, found)
    return FieldPair(field=name, workspace=workspace, netsuite=netsuite)


def _is_hidden(sides: Sides, name: str) -> bool:
    """Whether the role may not see what a field holds: by the workspace's fields, wherever the value came from (quality.md S28)."""
    workflow = sides.workflow
    if workflow.direction is Direction.IMPORT:
        field_ = target_schema(workflow).by_name.get(name)
        return field_ is not None and hides(sides.role, workflow.target_type, field_)
    list_name, _, target = name.rpartition(".")
    is_closed = not sides.role.may_modify(workflow.source_type)
    for group in workflow.groups:
        if group.target_list != list_name.partition("[")[0] and group.target_list != name.partition("[")[0]:
            continue
        prefix = f"{group.source_list}." if group.source_list else ""
        for row in group.rows:
            paths = (prefix + path for path in expression_paths(row.source))
            is_meant = row.target == target or "[" in target
            if is_meant and is_closed and any(is_sensitive(workflow.source_type, path) for path in paths):
                return True
    return False


def has_period(sides: Sides) -> bool:
    """Whether records of the source carry what a period bounds: a day of their own, or the day of their last change."""
    is_import = sides.workflow.direction is Direction.IMPORT
    return _MODIFIED in sides.source.by_name if is_import else bool(sides.source.day)


def changed_in(sides: Sides) -> Condition | None:
    """Write the period as a condition on the last change of a NetSuite record, in the company's zone."""
    if sides.period.is_open or not has_period(sides):
        return None
    bounds = []
    if sides.period.since is not None:
        start = _midnight(sides.period.since, sides.zone)
        bounds.append(Compare(path=_MODIFIED, comparison=Comparison.GREATER_OR_EQUAL, value=start))
    if sides.period.until is not None:
        end = _midnight(sides.period.until + timedelta(days=1), sides.zone)
        bounds.append(Compare(path=_MODIFIED, comparison=Comparison.LESS, value=end))
    return AllOf(conditions=tuple(bounds))


def on_days(path: str, period: Period) -> Condition | None:
    """Write the period as a condition on a civil day, which no zone moves."""
    bounds = []
    if period.since is not None:
        bounds.append(Compare(path=path, comparison=Comparison.GREATER_OR_EQUAL, value=period.since))
    if period.until is not None:
        bounds.append(Compare(path=path, comparison=Comparison.LESS_OR_EQUAL, value=period.until))
    return AllOf(conditions=tuple(bounds)) if bounds else None


def all_of(conditions: Sequence[Condition | None]) -> Condition | None:
    """Join conditions."""
    given = tuple(one for one in conditions if one is not None)
    return AllOf(conditions=given) if given else None


def day_in(value: Value) -> date | None:
    """Read a day, where there is one."""
    return value if isinstance(value, date) and not isinstance(value, datetime) else None


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, tzinfo=zone)
