"""What one workflow needs while one run carries it out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from suitebridge.domain.errors import Effect, Problem, RetryLaterError
from suitebridge.domain.flow.mapping import CompiledMapping, Question
from suitebridge.domain.intents import Refuse
from suitebridge.domain.outcomes import OutcomeKind
from suitebridge.domain.owning import record_stays
from suitebridge.domain.people import Stamp
from suitebridge.domain.schemas import RecordSchema
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.clock import Clock
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.netsuite import NetSuiteGateway, NotSent, Uncertain, WriteAnswer
from suitebridge.ports.runs import Halt, Run
from suitebridge.ports.workspace import WorkspaceRecords

_Found = TypeVar("_Found")

BATCH_SIZE = 1000
"""Records that travel together: one page read, one bulk question each, one transaction that settles. NetSuite's page limit."""

MOST_BATCHES = 20_000
"""Bound of every batch loop: 20 million records in one workflow of one run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """One workflow of one run with everything it speaks to. `fingerprint` pins the workflow's definition.

    `earlier` are the workflows of a dry run before this one. `is_halted` says, from any thread, that somebody has asked the run to halt. `records` are read in the owner's name; `refusal` says what the owner may not do of what the workflow does: then its records are refused.
    """

    run: Run
    workflow: Workflow
    fingerprint: str
    source: RecordSchema
    target: RecordSchema
    mapping: CompiledMapping
    refusal: Problem | None
    store: CompanyStore
    records: WorkspaceRecords
    gateway: NetSuiteGateway
    clock: Clock
    stamp: Stamp
    earlier: tuple[Workflow, ...] = ()
    is_halted: Callable[[], bool] = lambda: False


def look_up(transfer: Transfer, ask: Callable[[], Mapping[str, _Found]]) -> Mapping[str, _Found]:
    """Ask what became of records that were sent and not answered.

    Nobody waits for NetSuite where the run is to halt (U37): what it does not tell then stays in doubt.
    """
    try:
        return ask()
    except RetryLaterError:
        if transfer.is_halted():
            return {}
        raise


def as_left(transfer: Transfer, answer: WriteAnswer) -> WriteAnswer:
    """Give an answer as it is settled: a record in doubt stays on the work list of a run that is paused, which looks it up when it goes on."""
    if isinstance(answer, Uncertain) and transfer.is_halted():
        current = transfer.store.runs.get(transfer.run.id)
        if current is not None and current.halt is Halt.PAUSE:
            return NotSent(external_id=answer.external_id, problem=Problem(code="SB-HALT-001"))
    return answer


def refuse_record(refusal: Problem, title: str, effect: Effect = Effect.NOTHING_WRITTEN) -> Refuse:
    """Refuse one record for what the run's owner may not do; it stays open, and a later run takes it up (ADR 8)."""
    return Refuse(kind=OutcomeKind.REFUSED, problem=record_stays(refusal, title, effect))


def group_questions(questions: Iterable[Question]) -> Mapping[Question, tuple[str, ...]]:
    """Sort questions that differ by their value only, each value once, so that each kind is asked in one go. The keys have no value."""
    grouped: dict[Question, dict[str, None]] = {}
    for question in questions:
        grouped.setdefault(question._replace(value=""), {})[question.value] = None
    return {key: tuple(values) for key, values in grouped.items()}
