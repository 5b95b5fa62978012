"""Writes through SOAP lists: a hundred records a request, several requests at a time, one answer for every record.

Anything short of NetSuite's own word about a record is `Uncertain`: it will be looked up by its external id before it is sent again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from suitebridge.adapters import transport
from suitebridge.adapters.netsuite.asking import ask_soap
from suitebridge.adapters.netsuite.conversing import Line, carry
from suitebridge.adapters.netsuite.faults import (
    RecordTurn,
    Refusal,
    Turn,
    feature_named,
    open_soap,
    permission_named,
    record_code,
    record_turn,
    said_in_doubt,
)
from suitebridge.adapters.netsuite.parceling import parcel
from suitebridge.adapters.netsuite.shapes import writer_of
from suitebridge.adapters.netsuite.tables import unreadable
from suitebridge.adapters.netsuite.telling import Purpose
from suitebridge.adapters.netsuite.unanswered import problem_of_halt, raise_if_nothing_left, settle_unanswered
from suitebridge.domain.errors import Problem, RunStoppedError
from suitebridge.domain.schemas.netsuite import NETSUITE_TYPES
from suitebridge.domain.values import Fields, is_blank
from suitebridge.ports.netsuite import Done, NotSent, OutgoingRecord, Rejected, Uncertain, WriteAnswer
from suitebridge.ports.netsuite_account import OutgoingChange
from suitebridge.wire.http import Response
from suitebridge.wire.soap import initialize, write_lists
from suitebridge.wire.soap.record_shapes import SoapRecord
from suitebridge.wire.soap.record_writing import RecordWriter
from suitebridge.wire.soap.statuses import Status
from suitebridge.wire.soap.write_responses import WriteResponse
from suitebridge.wire.unwritable import BY_EXTERNAL_ID, UnwritableValueError
from suitebridge.wire.xml import Element, UnreadableXmlError

_SPLITS = 8  # a hundred records are single ones after seven halvings


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outgoing:
    """A record and its element, ready to be framed; `key` names it in answers."""

    key: str
    written: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _List:
    """A list operation: its name, how its element is made of written records, and what it is for."""

    operation: str
    frame: Callable[[Sequence[str]], bytes]
    purpose: Purpose
    has_read_only_fields: bool = False


def upsert(line: Line, record_type: str, records: Sequence[OutgoingRecord]) -> list[WriteAnswer]:
    """Write records under their external ids; one answer each, in order."""
    writer = writer_for(line, record_type)
    # An upsert leaves blank fields out: without the current record nobody knows whether there is anything to clear.
    written = [
        _written(
            writer,
            record.external_id,
            SoapRecord(external_id=record.external_id, values=_filled(record.fields), nulls=record.cleared),
        )
        for record in records
    ]
    return _write(line, _list_of(line, record_type, write_lists.UPSERT, writer), written)


def spell(line: Line, record_type: str, record: OutgoingRecord) -> str:
    """Give the request that would store one record, an element a line; raise `RunStoppedError` for a value that cannot go out."""
    writer = writer_for(line, record_type)
    values = SoapRecord(external_id=record.external_id, values=_filled(record.fields), nulls=record.cleared)
    return _spelled(writer, write_lists.UPSERT, _written(writer, record.external_id, values))


def spell_change(line: Line, record_type: str, change: OutgoingChange) -> str:
    """Give the request that would change one record, an element a line; raise `RunStoppedError` for a value that cannot go out."""
    writer = writer_for(line, record_type)
    return _spelled(writer, write_lists.UPDATE, _written(writer, change.record, _change(change)))


def _spelled(writer: RecordWriter, operation: str, written: _Outgoing | Rejected) -> str:
    if isinstance(written, Rejected):
        raise RunStoppedError(written.problem)
    return write_lists.render(operation, writer, [written.written]).decode().replace("><", ">\n<")


def update(line: Line, record_type: str, changes: Sequence[OutgoingChange]) -> list[WriteAnswer]:
    """Change records that exist; one answer each, in order."""
    writer = writer_for(line, record_type)
    written = [_written(writer, change.record, _change(change)) for change in changes]
    return _write(line, _list_of(line, record_type, write_lists.UPDATE, writer), written)


def delete(line: Line, record_type: str, references: Sequence[str]) -> list[WriteAnswer]:
    """Delete records; one answer each, in order."""

    def frame(written: Sequence[str]) -> bytes:
        return write_lists.render_deletions(record_type, written)

    deletions = _List(operation=write_lists.DELETE, frame=frame, purpose=purpose_of_write(line, record_type))
    return _write(line, deletions, [_Outgoing(key=reference, written=reference) for reference in references])


def transform(line: Line, source: tuple[str, str], target_type: str, record: OutgoingRecord) -> WriteAnswer:
    """Have NetSuite fill in a record from another one, and add it under an external id with what differs."""
    writer, purpose, key = writer_for(line, target_type), purpose_of_write(line, target_type), record.external_id
    values = SoapRecord(external_id=key, values=_filled(record.fields), nulls=record.cleared)
    differing = _written(writer, key, values)
    if isinstance(differing, Rejected):
        return differing
    maker = line.soap(initialize.OPERATION, initialize.render(source, target_type))
    (made,) = ask_soap(line, [maker], initialize.read_answer, purpose)
    if made.record is None:
        refused = _failed(key, made.status, purpose)
        # Nothing was to be stored yet: what is doubt about a write is a question without an answer here.
        unknown = Problem(code="NS-OUT-003", facts={"said": said_in_doubt(made.status)})
        return NotSent(external_id=key, problem=unknown) if isinstance(refused, Uncertain) else refused
    given = writer.frame(write_lists.ADD, [differing.written]).decode()
    written = initialize.addition(target_type, made.record, given)
    adding = replace(_list_of(line, target_type, write_lists.ADD, writer), has_read_only_fields=True)
    (answer,) = _write(line, adding, [_Outgoing(key=key, written=written)])
    return answer


def _write(line: Line, to_do: _List, written: Sequence[_Outgoing | Rejected]) -> list[WriteAnswer]:
    """Send what could be written, in chunks; one answer each, in order."""
    outgoing = [one for one in written if isinstance(one, _Outgoing)]
    sent: dict[str, WriteAnswer] = {}
    chunks = list(parcel(outgoing, most=write_lists.RECORD_LIMIT, size_of=lambda one: len(one.written)))
    for _ in range(_SPLITS):
        if not chunks:
            break
        chunks = _send(line, to_do, chunks, sent)
    raise_if_nothing_left(list(sent.values()))
    return [one if isinstance(one, Rejected) else sent[one.key] for one in written]


def _list_of(line: Line, record_type: str, operation: str, writer: RecordWriter) -> _List:
    def frame(written: Sequence[str]) -> bytes:
        return write_lists.render(operation, writer, written)

    return _List(operation=operation, frame=frame, purpose=purpose_of_write(line, record_type))


def _change(change: OutgoingChange) -> SoapRecord:
    values, reference = _filled(change.fields), change.record
    if reference.startswith(BY_EXTERNAL_ID):
        external_id = reference.removeprefix(BY_EXTERNAL_ID)
        return SoapRecord(external_id=external_id, values=values, nulls=change.cleared)
    return SoapRecord(internal_id=reference, values=values, nulls=change.cleared)


def _filled(fields: Fields) -> Fields:
    return {name: value for name, value in fields.items() if not is_blank(value)}


def writer_for(line: Line, record_type: str) -> RecordWriter:
    """Give the writer of a record type; raise `RunStoppedError` where SOAP cannot write it."""
    try:
        return writer_of(record_type, line.types, line.zone.known)
    except (KeyError, ValueError) as error:
        said = f"SuiteBridge does not know how to write the NetSuite record type {record_type}."
        raise unreadable(record_type, said) from error


def _written(writer: RecordWriter, key: str, record: SoapRecord) -> _Outgoing | Rejected:
    try:
        return _Outgoing(key=key, written=writer.write(record))
    except UnwritableValueError as error:
        facts = {"field": error.field, "said": f"{error.reason}."}
        return Rejected(external_id=key, problem=Problem(code="SB-MAP-002", facts=facts))


def _send(
    line: Line, to_do: _List, chunks: Sequence[Sequence[_Outgoing]], answers: dict[str, WriteAnswer]
) -> list[Sequence[_Outgoing]]:
    """Send chunks and note the answers; give the halves of those that NetSuite could not read, to find the record at fault."""
    contents = [to_do.frame([record.written for record in chunk]) for chunk in chunks]
    carried = carry(
        line,
        [line.soap(to_do.operation, content, has_read_only_fields=to_do.has_read_only_fields) for content in contents],
    )
    opened = [open_soap(answer) if isinstance(answer, Response) else answer for answer in carried.answers]
    held_back = problem_of_halt(opened, carried, to_do.purpose)
    halves: list[Sequence[_Outgoing]] = []
    for chunk, answer in zip(chunks, opened, strict=True):
        if isinstance(answer, Refusal) and answer.turn is Turn.MALFORMED and len(chunk) > 1:
            middle = len(chunk) // 2
            halves.extend((chunk[:middle], chunk[middle:]))
        elif isinstance(answer, Refusal | transport.NotSent | transport.Uncertain):
            answers.update(settle_unanswered([one.key for one in chunk], answer, held_back, to_do.purpose))
        else:
            answers.update(_answered(chunk, answer, to_do))
    return halves


def _answered(chunk: Sequence[_Outgoing], element: Element, to_do: _List) -> dict[str, WriteAnswer]:
    """Match NetSuite's responses to the records of a request by id, by position only where that is safe (F31)."""
    try:
        answer = write_lists.read_answer(to_do.operation, element)
    except UnreadableXmlError as error:
        said = f"NetSuite's answer cannot be read: {error}."
        return {record.key: Uncertain(external_id=record.key, said=said) for record in chunk}
    responses = answer.responses
    if not responses and not answer.status.is_success:
        return {record.key: _failed(record.key, answer.status, to_do.purpose) for record in chunk}
    named: dict[str, WriteResponse | None] = {}
    for response in responses:
        for key in _names_of(response, to_do):
            named[key] = None if key in named else response
    is_positional = len(responses) == len(chunk)
    settled: dict[str, WriteAnswer] = {}
    for index, record in enumerate(chunk):
        found = named.get(record.key.casefold())
        if found is None and is_positional and not _names_of(responses[index], to_do):
            found = responses[index]
        settled[record.key] = record_answer(record.key, found, to_do.purpose)
    return settled


def _names_of(response: WriteResponse, to_do: _List) -> list[str]:
    """Name the record that a response is about; NetSuite compares external ids without case (§4.10)."""
    external_id = response.external_id.casefold()
    if to_do.operation in {write_lists.UPSERT, write_lists.ADD}:
        return [external_id] if external_id else []
    return [key for key in (response.internal_id, external_id and BY_EXTERNAL_ID + external_id) if key]


def record_answer(key: str, response: WriteResponse | None, purpose: Purpose) -> WriteAnswer:
    """Tell what NetSuite's response says of one record."""
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
            return Uncertain(external_id=key, said=f"NetSuite answered: {said_in_doubt(status)}{after}")
        case RecordTurn.THROTTLED:
            return NotSent(external_id=key, problem=Problem(code="NS-THR-001", facts={"said": said}))
        case RecordTurn.REFUSED:
            code, facts = record_code(status), {"said": said}
            if code == "NS-PERM-001":
                facts |= {"what": purpose.what, "permission": permission_named(said, purpose.permission)}
            if code == "NS-FEAT-002":
                facts |= {"what": purpose.what, "feature": feature_named(said)}
            return Rejected(external_id=key, problem=Problem(code=code, facts=facts))


def purpose_of_write(line: Line, record_type: str) -> Purpose:
    """Say what a write was for."""
    schema = NETSUITE_TYPES.get(record_type)
    plural = record_type if schema is None else schema.plural
    return Purpose(
        account=line.credentials.account.value,
        host=line.host,
        what=f"{plural} through SOAP web services",
        permission=f"Edit for {plural} and SOAP Web Services",
    )
