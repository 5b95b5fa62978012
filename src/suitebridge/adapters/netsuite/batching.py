"""Writes through REST batches: a hundred records a job, jobs asked after until they are done, one answer for every record.

A batch whose answer was lost is sent again under its idempotency key, which gives the same job (quality.md F32). What a job does not
tell in time is `Uncertain`, and is looked up by external id (F33).
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TypeAlias

from suitebridge.adapters import transport
from suitebridge.adapters.netsuite import rest_writing
from suitebridge.adapters.netsuite.conversing import Line, carry
from suitebridge.adapters.netsuite.faults import Refusal, Turn
from suitebridge.adapters.netsuite.parceling import parcel
from suitebridge.adapters.netsuite.rest_writing import Outgoing, ending_of, prepare, settle, writer_for
from suitebridge.adapters.netsuite.telling import Purpose
from suitebridge.adapters.netsuite.unanswered import problem_of_halt, raise_if_nothing_left, settle_unanswered
from suitebridge.domain.errors import SuiteBridgeError
from suitebridge.ports.netsuite import Done, OutgoingRecord, Uncertain, WriteAnswer
from suitebridge.wire.http import Response
from suitebridge.wire.rest import jobs
from suitebridge.wire.rest.json import UnreadableJsonError
from suitebridge.wire.rest.record_writing import collection_body
from suitebridge.wire.rest.records import ROOT, STRICT, located_id

FindIds: TypeAlias = Callable[[Sequence[str]], Mapping[str, str]]
"""Gives the internal ids of those external ids that exist."""

_SENDS = 3
"""How often a batch leaves under one key before nobody knows whether it arrived."""

_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 0.5, 10.0
_POLLS = 100
"""Together with the pauses a quarter of an hour: NetSuite's own limit for one request (netsuite-api.md §5.13)."""


@dataclass(slots=True, kw_only=True)
class _Batch:
    """Records of one job. `answers` holds what is known of them."""

    records: Sequence[Outgoing]
    key: str
    job: str = ""
    is_completed: bool = False
    answers: dict[str, WriteAnswer] = field(default_factory=dict)

    @property
    def keys(self) -> list[str]:
        return [one.external_id for one in self.records]

    @property
    def is_waiting(self) -> bool:
        return bool(self.job) and not self.is_completed and not self.answers

    def doubt(self, said: str) -> None:
        self.answers = {key: Uncertain(external_id=key, said=said) for key in self.keys}


def upsert(line: Line, record_type: str, records: Sequence[OutgoingRecord], find_ids: FindIds) -> list[WriteAnswer]:
    """Write records under their external ids, by the hundred; one answer each, in order. `find_ids` looks them up."""
    writer = writer_for(line, record_type)
    outgoing, refused = prepare(writer, records)
    batches = _batches(outgoing)
    purpose = rest_writing.purpose_of_write(line, record_type)
    again = _send(line, record_type, batches, purpose)
    _wait(line, batches)
    done = [batch for batch in batches if batch.is_completed]
    if done:
        _read_results(line, done, _found(done, find_ids), purpose, writer.references)
    sent = {key: answer for batch in batches for key, answer in batch.answers.items()}
    if again:
        # NetSuite did not understand these batches as a whole: one by one it says which record is at fault.
        by_key = {record.external_id: record for record in records}
        single = rest_writing.upsert(line, record_type, [by_key[key] for batch in again for key in batch.keys])
        sent.update({answer.external_id: answer for answer in single})
    raise_if_nothing_left(list(sent.values()))
    return [sent.get(record.external_id) or refused[record.external_id] for record in records]


def _batches(outgoing: Sequence[Outgoing]) -> list[_Batch]:
    """Cut records into batches; those of one replace the same sublists, which the address says for all of them."""
    grouped: dict[tuple[str, ...], list[Outgoing]] = {}
    for one in outgoing:
        grouped.setdefault(one.written.replaces, []).append(one)
    return [
        _Batch(records=records, key=str(uuid.uuid4()))
        for group in grouped.values()
        for records in parcel(group, most=jobs.BATCH_LIMIT, size_of=lambda one: len(one.written.body))
    ]


def _maker(line: Line, record_type: str, batch: _Batch) -> transport.RequestMaker:
    replaces = batch.records[0].written.replaces
    query = f"?replace={','.join(replaces)}" if replaces else ""
    body = collection_body([(one.external_id, one.written) for one in batch.records])
    return line.write("PUT", f"{ROOT}/{record_type}{query}", body, {**STRICT, **jobs.batch_headers(batch.key)})


def _send(line: Line, record_type: str, batches: Sequence[_Batch], purpose: Purpose) -> list[_Batch]:
    """Have jobs made of batches; give those that NetSuite did not understand as batches."""
    waiting, misunderstood = list(batches), list[_Batch]()
    for attempt in range(1, _SENDS + 1):
        carried = carry(line, [_maker(line, record_type, batch) for batch in waiting])
        ended = [ending_of(answer) for answer in carried.answers]
        held_back = problem_of_halt(ended, carried, purpose)
        lost: list[_Batch] = []
        for batch, answer, end in zip(waiting, carried.answers, ended, strict=True):
            is_known = isinstance(end, Refusal) and jobs.SENT_BEFORE in end.codes
            if isinstance(answer, Response) and (isinstance(end, Response) or is_known):
                batch.job = jobs.located_job(answer)
            if batch.job:
                continue
            if isinstance(end, Refusal) and (end.turn is Turn.MALFORMED or end.is_of_record) and not is_known:
                misunderstood.append(batch)
            elif attempt < _SENDS and _is_lost(end):
                lost.append(batch)
            elif isinstance(end, Response) or is_known:
                batch.doubt("NetSuite took the records and did not name the job that stores them.")
            else:
                batch.answers = settle_unanswered(batch.keys, end, held_back, purpose)
        waiting = lost
        if not waiting:
            break
    return misunderstood


def _is_lost(end: object) -> bool:
    return isinstance(end, transport.Uncertain) or (
        isinstance(end, Refusal) and end.turn in (Turn.BROKEN, Turn.UNREADABLE)
    )


def _wait(line: Line, batches: Sequence[_Batch]) -> None:
    """Ask after jobs until all are done, or as long as NetSuite itself lets a request take."""
    pause = _FIRST_PAUSE_SECONDS
    for _ in range(_POLLS):
        waiting = [batch for batch in batches if batch.is_waiting]
        if not waiting:
            return
        line.pause(pause)
        pause = min(pause * 1.5, _LONGEST_PAUSE_SECONDS)
        carried = carry(line, [line.read(jobs.job_path(batch.job)) for batch in waiting])
        for batch, answer in zip(waiting, carried.answers, strict=True):
            batch.is_completed = _says_completed(answer)
        if carried.stopped is not None:
            break
    for batch in batches:
        if batch.is_waiting:
            batch.doubt(f"NetSuite took the records as job {batch.job}, and did not say in time what became of them.")


def _says_completed(answer: transport.Answer) -> bool:
    if not isinstance(answer, Response) or answer.status != 200:
        return False
    try:
        return jobs.is_completed(answer.body)
    except UnreadableJsonError:
        return False


def _found(batches: Sequence[_Batch], find_ids: FindIds) -> Mapping[str, str]:
    try:
        return find_ids([key for batch in batches for key in batch.keys])
    except SuiteBridgeError:
        return {}  # then nothing tells whose the stored records are, and each is looked up later


def _read_results(
    line: Line, batches: Sequence[_Batch], found: Mapping[str, str], purpose: Purpose, references: frozenset[str]
) -> None:
    """Read what each task was answered.

    A task does not say whose it is: stored records are told by their ids, which the look-up gives for each external id; refusals
    by their place, and only where every stored record is in its place too (F31).
    """
    listed = carry(line, [line.read(jobs.tasks_path(batch.job)) for batch in batches]).answers
    for batch, answer in zip(batches, listed, strict=True):
        numbers = _numbers(answer)
        makers = [line.read(jobs.result_path(batch.job, number)) for number in numbers]
        ends = [ending_of(result) for result in carry(line, makers).answers]
        stored = [located_id(end) if isinstance(end, Response) else "" for end in ends]
        ids = [found.get(key, "") for key in batch.keys]
        in_order = len(ends) == len(ids) and all(id_ == own for id_, own in zip(stored, ids, strict=True) if id_)
        for place, (key, own) in enumerate(zip(batch.keys, ids, strict=True)):
            if own and own in stored:
                batch.answers[key] = Done(external_id=key, netsuite_id=own)
            elif in_order and _is_word(ends[place]):
                batch.answers[key] = settle(key, ends[place], None, purpose, references)
            else:
                said = f"NetSuite stored the records as job {batch.job}, whose results do not tell what became of this one."
                batch.answers[key] = Uncertain(external_id=key, said=said)


def _is_word(end: object) -> bool:
    """Whether a result is a word about its record: a result that is not there any more is none."""
    return isinstance(end, Refusal) and end.status != HTTPStatus.NOT_FOUND and end.turn is not Turn.LOGIN


def _numbers(answer: transport.Answer) -> tuple[str, ...]:
    if not isinstance(answer, Response) or answer.status != 200:
        return ()
    try:
        return jobs.read_tasks(answer.body).numbers
    except UnreadableJsonError:
        return ()
