"""Records through a mapping of twenty rows with two lookups and one condition, on one core: questions, answers, drafts; nothing is read or written."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final

from benchmarks.tasks import Measured, Task, timed
from suitebridge.domain.conditions import Compare, Comparison
from suitebridge.domain.expressions import Constant, Counterpart, Field, Lookup, When
from suitebridge.domain.flow.mapping import Answers, CompiledMapping, Draft, Question, compile_mapping
from suitebridge.domain.flow.selecting import Selected
from suitebridge.domain.macros import facts_of
from suitebridge.domain.records import Direction, Record, System
from suitebridge.domain.schemas import FieldSchema, Kind, RecordSchema
from suitebridge.domain.values import Scalar
from suitebridge.domain.workflow import MappingGroup, Row, Workflow

_PAGE: Final = 1000
_PARENTS: Final = 50
_PLAIN: Final[tuple[tuple[Kind, Scalar], ...]] = (
    *([(Kind.TEXT, "a text")] * 10),
    *([(Kind.MONEY, Decimal("1250.50"))] * 3),
    *([(Kind.DATE, date(2026, 1, 31))] * 2),
    *([(Kind.BOOLEAN, True)] * 2),
)


class UnmappedError(Exception):
    """A record was not mapped."""


def measure(task: Task) -> Measured:
    """Map every record, a page at a time; what counts is the processor's time, so that a busy machine measures the same."""
    mapping, answers = _mapping(), _answers()
    pages = [_page(start, min(_PAGE, task.size - start)) for start in range(0, task.size, _PAGE)]
    with timed(task) as watch:
        began = time.process_time()
        for page in pages:
            _map(mapping, answers, page)
        watch.seconds = max(time.process_time() - began, 1e-6)
    return watch.measured(task.size)


def _map(mapping: CompiledMapping, answers: Answers, page: list[Selected]) -> None:
    for one in page:
        known = sum(question in answers for question in mapping.questions(one))
        draft = mapping.draft(one, answers)
        if known != 2 or not isinstance(draft, Draft):
            raise UnmappedError(f"{one.title} was not mapped.")


def _page(start: int, count: int) -> list[Selected]:
    fields = {f"source{index}": value for index, (_, value) in enumerate(_PLAIN)}
    return [
        Selected(
            record=Record(
                type="thing",
                id=str(number),
                version="1",
                fields={**fields, "currency": "EUR", "parent": str(number % _PARENTS)},
            ),
            title=f"Thing {number}",
        )
        for number in range(start, start + count)
    ]


def _answers() -> Answers:
    parents = {Question("customer", "", str(number)): str(1000 + number) for number in range(_PARENTS)}
    return {Question("currency", "symbol", "EUR"): "2", **parents}


def _mapping() -> CompiledMapping:
    workflow = Workflow(
        name="benchmark",
        title="Benchmark",
        direction=Direction.IMPORT,
        source_type="thing",
        target_type="thing",
        title_fields=("source0",),
        match_keys=(),
        groups=(MappingGroup(name="THING_TO_THING", title="Thing", rows=tuple(_rows())),),
    )
    facts = facts_of(asked_at=datetime(2026, 1, 31, tzinfo=UTC), zone=UTC)
    return compile_mapping(workflow, _schema(), facts)


def _rows() -> Iterator[Row]:
    for index in range(len(_PLAIN)):
        yield Row(target=f"target{index}", source=Field(path=f"source{index}"), is_required=index == 0)
    yield Row(target="currency", source=Lookup(of=Field(path="currency"), record_type="currency", by="symbol"))
    yield Row(target="parent", source=Counterpart(of=Field(path="parent"), record_type="customer"))
    is_plain = Compare(path="source0", comparison=Comparison.EQUAL, value="a text")
    yield Row(target="note", source=When(condition=is_plain, then=Field(path="source1"), otherwise=Constant(value="?")))


def _schema() -> RecordSchema:
    plain = (
        FieldSchema(name=f"target{index}", kind=kind, label=f"Target {index}") for index, (kind, _) in enumerate(_PLAIN)
    )
    return RecordSchema(
        system=System.WORKSPACE,
        name="thing",
        label="Thing",
        plural="Things",
        fields=(
            *plain,
            FieldSchema(name="currency", kind=Kind.REFERENCE, label="Currency", refers_to="currency"),
            FieldSchema(name="parent", kind=Kind.REFERENCE, label="Parent", refers_to="customer"),
            FieldSchema(name="note", kind=Kind.TEXT, label="Note"),
        ),
    )
