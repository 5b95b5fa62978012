"""Compares what the same workflows did through two doors: record by record and field by field, each difference with its cause.

Knows no record type. Two companies stand for two copies of one NetSuite account; their records are paired by file key, by NetSuite id,
or by what they hold, and never by ids that each company gives for itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from suitebridge.domain.outcomes import WRITTEN_KINDS, Outcome
from suitebridge.domain.records import Direction, Record
from suitebridge.domain.schemas.fields import Kind
from suitebridge.domain.schemas.registry import source_schema
from suitebridge.domain.schemas.workspace import WORKSPACE_TYPES
from suitebridge.domain.values import as_text, is_blank
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.netsuite import NetSuiteGateway
from suitebridge.ports.runs import Run
from suitebridge.ports.workspace import RecordQuery

PAGE_SIZE = 1000
MOST_PAGES = 10_000
MOST_TOLD = 1000
"""Differences of one workflow that are told; the rest is counted."""

_OF_ITS_OWN = frozenset({"netsuite_id", "exported", "load_key"})
# What NetSuite gives by itself, in the order and at the moment in which records arrive.
_GIVEN = frozenset(
    {"id", "externalid", "createddate", "datecreated", "lastmodifieddate", "transactionnumber", "tranid"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One company after its run: `door` names the family of doors that wrote."""

    door: str
    store: CompanyStore
    gateway: NetSuiteGateway
    run: Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that is not the same: what either side shows, and why."""

    record: str
    field: str
    first: str
    second: str
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkflowParity:
    """What was compared of one workflow. `differences` are the first of `count`."""

    workflow: str
    title: str
    records: int
    fields: int
    count: int
    differences: tuple[Difference, ...]


@dataclass(slots=True, kw_only=True)
class _Finding:
    """Counts while records are looked at."""

    records: int = 0
    fields: int = 0
    count: int = 0
    differences: list[Difference] = field(default_factory=list)

    def tell(self, difference: Difference) -> None:
        self.count += 1
        if len(self.differences) < MOST_TOLD:
            self.differences.append(difference)


class Names:
    """Names the workspace records of one company so that the other company's copy has the same name."""

    def __init__(self, store: CompanyStore) -> None:
        self._store = store
        self._records: dict[str, dict[str, Record]] = {}

    def all(self, record_type: str) -> Mapping[str, Record]:
        """Give every record of a type by id, read once."""
        known = self._records.get(record_type)
        if known is None:
            known = self._records[record_type] = {one.id: one for one in self._read(record_type)}
        return known

    def name(self, record_type: str, record_id: str) -> str:
        """Name a record by its file key, its NetSuite id, or what it holds."""
        record = self.all(record_type).get(record_id)
        if record is None:
            return f"a {record_type} that is not there"
        for key in ("load_key", "netsuite_id"):
            if found := record.fields.get(key):
                return f"{key} {found}"
        return "; ".join(f"{name}: {text}" for name, text in self.texts(record).items())

    def texts(self, record: Record) -> Mapping[str, str]:
        """Give a record's fields as texts, references by the names of their records."""
        schema = self._store.schemas().workspace[record.type]
        told: dict[str, str] = {}
        for one in schema.fields:
            value = record.fields.get(one.name)
            if one.name in _OF_ITS_OWN or isinstance(value, tuple) or is_blank(value):
                continue
            is_reference = one.kind is Kind.REFERENCE and one.refers_to in WORKSPACE_TYPES
            told[one.name] = self.name(one.refers_to, str(value)) if is_reference else as_text(value)
        return told

    def _read(self, record_type: str) -> Iterator[Record]:
        after_id = ""
        for _ in range(MOST_PAGES):
            page = self._store.records.query(RecordQuery(record_type=record_type, after_id=after_id, limit=PAGE_SIZE))
            yield from page
            if len(page) < PAGE_SIZE:
                return
            after_id = page[-1].id


def compare_runs(workflows: Mapping[str, Workflow], first: Side, second: Side) -> Sequence[WorkflowParity]:
    """Compare two runs of the same workflows in two copies of one account."""
    names = Names(first.store), Names(second.store)
    return [
        _compare(workflows[name], first, second, names) for name in first.run.workflows if name in second.run.workflows
    ]


def _compare(workflow: Workflow, first: Side, second: Side, names: tuple[Names, Names]) -> WorkflowParity:
    finding = _Finding()
    outcomes = _outcomes(workflow, first, names[0]), _outcomes(workflow, second, names[1])
    shared: list[tuple[str, Outcome, Outcome]] = []
    for key in sorted({*outcomes[0], *outcomes[1]}):
        one, other = outcomes[0].get(key), outcomes[1].get(key)
        finding.records += 1
        if one is not None and other is not None and _told(one) == _told(other):
            if one.kind in WRITTEN_KINDS:
                shared.append((key, one, other))
            continue
        told = one or other
        cause = "; ".join(
            f"{side.door}: {said}" for side, end in ((first, one), (second, other)) if (said := _why(end))
        )
        finding.tell(
            Difference(
                record=told.title if told is not None else key,
                field="outcome",
                first=_told(one),
                second=_told(other),
                cause=cause or "The two companies did not hold the same records before the run.",
            )
        )
    if workflow.direction is Direction.IMPORT:
        _compare_imported(workflow, shared, names, finding)
    else:
        _compare_exported(workflow, shared, (first, second), finding)
    return WorkflowParity(
        workflow=workflow.name,
        title=workflow.title,
        records=finding.records,
        fields=finding.fields,
        count=finding.count,
        differences=tuple(finding.differences),
    )


def _outcomes(workflow: Workflow, side: Side, names: Names) -> Mapping[str, Outcome]:
    found: dict[str, Outcome] = {}
    is_export = workflow.direction is Direction.EXPORT
    after = 0
    for _ in range(MOST_PAGES):
        page = side.store.runs.outcomes(side.run.id, workflow=workflow.name, after=after, limit=PAGE_SIZE)
        for recorded in page:
            outcome = recorded.outcome
            name = _name_of_source(workflow, names, outcome.source_id) if is_export else outcome.source_id
            found[_unused(found, name)] = outcome
        after += len(page)
        if len(page) < PAGE_SIZE:
            break
    return found


def _name_of_source(workflow: Workflow, names: Names, record_id: str) -> str:
    """Name an exported record: its NetSuite id is the account's own, so it counts for nothing here."""
    record = names.all(source_schema(workflow).name).get(record_id)
    if record is None:
        return record_id
    key = record.fields.get("load_key")
    return f"load_key {key}" if key else "; ".join(f"{name}: {text}" for name, text in names.texts(record).items())


def _unused(found: Mapping[str, Outcome], name: str) -> str:
    """Give records that hold the same a number each: which of them is which makes no difference."""
    number, chosen = 1, name
    while chosen in found:
        number += 1
        chosen = f"{name} ({number})"
    return chosen


def _told(outcome: Outcome | None) -> str:
    if outcome is None:
        return "not considered"
    return f"{outcome.kind.value} ({outcome.problem.code})" if outcome.problem is not None else outcome.kind.value


def _why(outcome: Outcome | None) -> str:
    if outcome is None:
        return ""
    return outcome.problem.cause if outcome.problem is not None else outcome.reason


def _compare_imported(
    workflow: Workflow,
    shared: Sequence[tuple[str, Outcome, Outcome]],
    names: tuple[Names, Names],
    finding: _Finding,
) -> None:
    cause = "Both companies read through the same door, so their accounts or their workspaces differ themselves."
    for _, one, other in shared:
        records = names[0].all(workflow.target_type).get(one.target_id), names[1].all(workflow.target_type).get(other.target_id)  # fmt: skip
        if records[0] is None or records[1] is None:
            continue
        _compare_texts(one.title, names[0].texts(records[0]), names[1].texts(records[1]), cause, finding)


def _compare_exported(
    workflow: Workflow,
    shared: Sequence[tuple[str, Outcome, Outcome]],
    sides: tuple[Side, Side],
    finding: _Finding,
) -> None:
    mapped = {row.target.lower() for group in workflow.groups for row in group.rows}
    cause = "Both doors were given the same value, and NetSuite shows different ones: please report it with both accounts' versions."
    for start in range(0, len(shared), PAGE_SIZE):
        part = shared[start : start + PAGE_SIZE]
        shown = [
            side.gateway.show(workflow.target_type, [outcome.target_id for outcome in outcomes])
            for side, outcomes in zip(
                sides, ([one for _, one, _ in part], [other for _, _, other in part]), strict=True
            )
        ]
        for _, one, other in part:
            told = [
                {path: text for path, text in documents.get(outcome.target_id, {}).items() if _counts(path, mapped)}
                for documents, outcome in zip(shown, (one, other), strict=True)
            ]
            _compare_texts(one.title, told[0], told[1], cause, finding)


def _counts(path: str, mapped: set[str]) -> bool:
    name = path.lower()
    return name not in _GIVEN or (name in mapped)


def _compare_texts(
    title: str, first: Mapping[str, str], second: Mapping[str, str], cause: str, finding: _Finding
) -> None:
    for path in sorted({*first, *second}):
        finding.fields += 1
        if first.get(path) != second.get(path):
            finding.tell(
                Difference(
                    record=title,
                    field=path,
                    first=first.get(path, "nothing"),
                    second=second.get(path, "nothing"),
                    cause=cause,
                )
            )
