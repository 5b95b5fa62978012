"""What one workflow needs while one run carries it out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from suitebridge.domain.flow.mapping import CompiledMapping, Question
from suitebridge.domain.people import Stamp
from suitebridge.domain.schemas import RecordSchema
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.clock import Clock
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.netsuite import NetSuiteGateway
from suitebridge.ports.runs import Run

BATCH_SIZE = 1000
"""Records that travel together: one page read, one bulk question each, one transaction that settles. NetSuite's page limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """One workflow of one run with everything it speaks to. `fingerprint` pins the workflow's definition."""

    run: Run
    workflow: Workflow
    fingerprint: str
    source: RecordSchema
    target: RecordSchema
    mapping: CompiledMapping
    store: CompanyStore
    gateway: NetSuiteGateway
    clock: Clock
    stamp: Stamp


def group_questions(questions: Iterable[Question]) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Sort questions by record type and field, each value once, so that each pair is asked in one go."""
    grouped: dict[tuple[str, str], dict[str, None]] = {}
    for question in questions:
        grouped.setdefault((question.record_type, question.by), {})[question.value] = None
    return {key: tuple(values) for key, values in grouped.items()}
