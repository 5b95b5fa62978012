"""Writes through SOAP upsertList: a hundred records a request, several requests at a time, one answer for every record.

Anything short of NetSuite's own word about a record is `Uncertain`: it will be looked up by its external id before it is sent again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from suitebridge.adapters import transport
from suitebridge.adapters.netsuite.conversing import Line, carry
from suitebridge.adapters.netsuite.faults import (
    RecordTurn,
    Refusal,
    Turn,
    open_soap,
    permission_named,
    record_code,
    record_turn,
)
from suitebridge.adapters.netsuite.shapes import writer_of
from suitebridge.adapters.netsuite.tables import unreadable
from suitebridge.adapters.netsuite.telling import Purpose
from suitebridge.adapters.netsuite.unanswered import problem_of_halt, raise_if_nothing_left, settle_unanswered
from suitebridge.domain.errors import Problem
from suitebridge.domain.schemas.netsuite import NETSUITE_TYPES
from suitebridge.domain.values import Fields, is_blank
from suitebridge.ports.netsuite import Done, NotSent, OutgoingRecord, Rejected, Uncertain, WriteAnswer
from suitebridge.wire.http import Response
from suitebridge.wire.soap import upsert_list
from suitebridge.wire.soap.record_shapes import SoapRecord
from suitebridge.wire.soap.record_writing import RecordWriter
from suitebridge.wire.soap.statuses import Status
from suitebridge.wire.soap.write_responses import WriteResponse
from suitebridge.wire.unwritable import UnwritableValueError
from suitebridge.wire.xml import Element, UnreadableXmlError

_SPLITS = 8  # a hundred records are single ones after seven halvings


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outgoing:
    """A record and its element, ready to be framed."""

    external_id: str
    written: str


def upsert(line: Line, record_type: str, records: Sequence[OutgoingRecord]) -> list[WriteAnswer]:
    """Write records under their external ids; one answer each, in order."""
    writer = _writer(record_type)
    answers: dict[str, WriteAnswer] = {}
    outgoing: list[_Outgoing] = []
    for record in records:
        written = _written(writer, record)
        if isinstance(written, Rejected):
            answers[record.external_id] = written
        else:
            outgoing.append(written)
    sent: dict[str, WriteAnswer] = {}
    limit = upsert_list.RECORD_LIMIT
    chunks: list[Sequence[_Outgoing]] = [outgoing[start : start + limit] for start in range(0, len(outgoing), limit)]
    for _ in range(_SPLITS):
        if not chunks:
            break
        chunks = _send(line, record_type, writer, chunks, sent)
    raise_if_nothing_left(list(sent.values()))
    return [sent.get(record.external_id) or answers[record.external_id] for record in records]


def _writer(record_type: str) -> RecordWriter:
    try:
        return writer_of(record_type)
    except (KeyError, ValueError) as error:
        said = f"SuiteBridge does not know how to write the NetSuite record type {record_type}."
        raise unreadable(record_type, said) from error


def _written(writer: RecordWriter, record: OutgoingRecord) -> _Outgoing | Rejected:
    # An upsert leaves blank fields out: without the current record nobody knows whether there is anything to clear.
    values: Fields = {name: value for name, value in record.fields.items() if not is_blank(value)}
    try:
        written = writer.write(SoapRecord(external_id=record.external_id, values=values, nulls=record.cleared))
    except UnwritableValueError as error:
        facts = {"field": error.field, "said": f"{error.reason}."}
        return Rejected(external_id=record.external_id, problem=Problem(code="SB-MAP-002", facts=facts))
    return _Outgoing(external_id=record.external_id, written=written)


def _send(
    line: Line,
    record_type: str,
    writer: RecordWriter,
    chunks: Sequence[Sequence[_Outgoing]],
    answers: dict[str, WriteAnswer],
) -> list[Sequence[_Outgoing]]:
    """Send chunks and note the answers; give the halves of those that NetSuite could not read, to find the record at fault."""
    contents = [upsert_list.render(writer, [record.written for record in chunk]) for chunk in chunks]
    carried = carry(line, [line.soap(upsert_list.OPERATION, content) for content in contents])
    purpose = _purpose(line, record_type)
    opened = [open_soap(answer) if isinstance(answer, Response) else answer for answer in carried.answers]
    held_back = problem_of_halt(opened, carried, purpose)
    halves: list[Sequence[_Outgoing]] = []
    for chunk, answer in zip(chunks, opened, strict=True):
        if isinstance(answer, Refusal) and answer.turn is Turn.MALFORMED and len(chunk) > 1:
            middle = len(chunk) // 2
            halves.extend((chunk[:middle], chunk[middle:]))
        elif isinstance(answer, Refusal | transport.NotSent | transport.Uncertain):
            answers.update(settle_unanswered([one.external_id for one in chunk], answer, held_back, purpose))
        else:
            answers.update(_answered(chunk, answer, purpose))
    return halves


def _answered(chunk: Sequence[_Outgoing], element: Element, purpose: Purpose) -> dict[str, WriteAnswer]:
    """Match NetSuite's responses to the records of a request by external id, by position only where that is safe (F31)."""
    try:
        answer = upsert_list.read_answer(element)
    except UnreadableXmlError as error:
        said = f"NetSuite's answer cannot be read: {error}."
        return {record.external_id: Uncertain(external_id=record.external_id, said=said) for record in chunk}
    responses = answer.responses
    if not responses and not answer.status.is_success:
        return {record.external_id: _failed(record.external_id, answer.status, purpose) for record in chunk}
    named: dict[str, WriteResponse | None] = {}
    for response in responses:
        if response.external_id:
            key = response.external_id.casefold()  # NetSuite compares external ids without case (§4.10)
            named[key] = None if key in named else response
    is_positional = len(responses) == len(chunk)
    settled: dict[str, WriteAnswer] = {}
    for index, record in enumerate(chunk):
        found = named.get(record.external_id.casefold())
        if found is None and is_positional and not responses[index].external_id:
            found = responses[index]
        settled[record.external_id] = _record_answer(record.external_id, found, purpose)
    return settled


def _record_answer(key: str, response: WriteResponse | None, purpose: Purpose) -> WriteAnswer:
    if response is None:
        return Uncertain(external_id=key, said="NetSuite's answer says nothing about this record.")
    if not response.status.is_success:
        return _failed(key, response.status, purpose)
    if not response.internal_id:
        return Uncertain(external_id=key, said="NetSuite answered that it stored the record, and gave no internal id.")
    return Done(external_id=key, netsuite_id=response.internal_id)


def _failed(key: str, status: Status, purpose: Purpose) -> WriteAnswer:
    said = status.said
    match record_turn(status):
        case RecordTurn.DOUBTFUL:
            after = " A script failed after the record was stored." if status.is_after_submit else ""
            return Uncertain(external_id=key, said=f"NetSuite answered: {said}{after}")
        case RecordTurn.THROTTLED:
            return NotSent(external_id=key, problem=Problem(code="NS-THR-001", facts={"said": said}))
        case RecordTurn.REFUSED:
            code, facts = record_code(status), {"said": said}
            if code == "NS-PERM-001":
                facts |= {"what": purpose.what, "permission": permission_named(said, purpose.permission)}
            return Rejected(external_id=key, problem=Problem(code=code, facts=facts))


def _purpose(line: Line, record_type: str) -> Purpose:
    plural = NETSUITE_TYPES[record_type].plural
    return Purpose(
        account=line.credentials.account.value,
        host=line.host,
        what=f"{plural} through SOAP web services",
        permission=f"Edit for {plural} and SOAP Web Services",
    )
