"""Writes through REST records: one record a request under its external id, several requests at a time, one answer for every record.

Classifies as the SOAP door does: what is no word of NetSuite about the record is `Uncertain`, and is looked up before it is sent again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from suitebridge.adapters import transport
from suitebridge.adapters.netsuite.conversing import Line, carry
from suitebridge.adapters.netsuite.faults import Refusal, Turn, permission_named, rest_record_code, rest_refusal
from suitebridge.adapters.netsuite.properties import rest_writer_of
from suitebridge.adapters.netsuite.tables import unreadable
from suitebridge.adapters.netsuite.telling import Purpose
from suitebridge.adapters.netsuite.unanswered import problem_of_halt, raise_if_nothing_left, settle_unanswered
from suitebridge.domain.errors import Problem, RunStoppedError
from suitebridge.domain.schemas.netsuite import NETSUITE_TYPES
from suitebridge.domain.values import Fields, is_blank
from suitebridge.ports.netsuite import Done, OutgoingRecord, Rejected, Uncertain, WriteAnswer
from suitebridge.wire.http import Response
from suitebridge.wire.rest.record_writing import RecordWriter, WrittenRecord
from suitebridge.wire.rest.records import SINGULAR, STRICT, address_by_external_id, is_addressable, located_id
from suitebridge.wire.unwritable import UnwritableValueError

_HEADERS = {"Content-Type": SINGULAR, **STRICT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A record and its JSON."""

    external_id: str
    written: WrittenRecord


def upsert(line: Line, record_type: str, records: Sequence[OutgoingRecord]) -> list[WriteAnswer]:
    """Write records under their external ids, each in a request of its own; one answer each, in order."""
    writer = writer_for(line, record_type)
    outgoing, answers = prepare(writer, records)
    makers = [
        line.write(
            "PUT",
            address_by_external_id(record_type, one.external_id, one.written.replaces),
            one.written.body,
            _HEADERS,
        )
        for one in outgoing
    ]
    carried = carry(line, makers)
    purpose = purpose_of_write(line, record_type)
    ended = [ending_of(answer) for answer in carried.answers]
    held_back = problem_of_halt(ended, carried, purpose)
    sent: dict[str, WriteAnswer] = {}
    for one, end in zip(outgoing, ended, strict=True):
        sent[one.external_id] = settle(one.external_id, end, held_back, purpose, writer.references)
    raise_if_nothing_left(list(sent.values()))
    return [sent.get(record.external_id) or answers[record.external_id] for record in records]


def spell(line: Line, record_type: str, record: OutgoingRecord) -> str:
    """Give the request that would store one record; raise `RunStoppedError` for a value that cannot go out."""
    outgoing, answers = prepare(writer_for(line, record_type), [record])
    for answer in answers.values():
        if isinstance(answer, Rejected):
            raise RunStoppedError(answer.problem)
    written = outgoing[0].written
    address = address_by_external_id(record_type, record.external_id, written.replaces)
    return f"PUT {address}\n\n{msgspec.json.format(written.body).decode()}"


def writer_for(line: Line, record_type: str) -> RecordWriter:
    """Give the writer of a record type; raise `RunStoppedError` where REST cannot write it."""
    try:
        return rest_writer_of(record_type, line.types)
    except (KeyError, ValueError) as error:
        said = f"SuiteBridge does not know how to write the NetSuite record type {record_type}."
        raise unreadable(record_type, said) from error


def prepare(writer: RecordWriter, records: Sequence[OutgoingRecord]) -> tuple[list[Outgoing], dict[str, WriteAnswer]]:
    """Write records as JSON; those that cannot be written are answered at once."""
    outgoing: list[Outgoing] = []
    answers: dict[str, WriteAnswer] = {}
    for record in records:
        try:
            outgoing.append(_written(writer, record))
        except UnwritableValueError as error:
            problem = Problem(code="SB-MAP-002", facts={"field": error.field, "said": f"{error.reason}."})
            answers[record.external_id] = Rejected(external_id=record.external_id, problem=problem)
    return outgoing, answers


def _written(writer: RecordWriter, record: OutgoingRecord) -> Outgoing:
    if not is_addressable(record.external_id):
        said = "NetSuite's REST services take external IDs of letters, digits, hyphens and underscores only"
        raise UnwritableValueError("externalId", said)
    # An upsert leaves blank fields out: without the current record nobody knows whether there is anything to clear.
    values: Fields = {name: value for name, value in record.fields.items() if not is_blank(value)}
    return Outgoing(external_id=record.external_id, written=writer.write(values, record.cleared))


def ending_of(answer: transport.Answer) -> Response | Refusal | transport.NotSent | transport.Uncertain:
    """Tell a success from the ways a request may end."""
    if not isinstance(answer, Response):
        return answer
    return rest_refusal(answer) or answer


def settle(
    key: str,
    end: Response | Refusal | transport.NotSent | transport.Uncertain,
    held_back: Problem | None,
    purpose: Purpose,
    references: frozenset[str],
) -> WriteAnswer:
    """Give the answer of one record from what its request, or its task of a batch, was answered."""
    match end:
        case Response():
            netsuite_id = located_id(end)
            if netsuite_id:
                return Done(external_id=key, netsuite_id=netsuite_id)
            said = f"NetSuite answered that it stored the record (HTTP {end.status}), and gave no internal id."
            return Uncertain(external_id=key, said=said)
        case Refusal() if end.turn is Turn.MALFORMED or end.is_of_record:
            code, facts = rest_record_code(end, references), {"said": end.said}
            if code == "NS-PERM-001":
                facts |= {"what": purpose.what, "permission": permission_named(end.said, purpose.permission)}
            return Rejected(external_id=key, problem=Problem(code=code, facts=facts))
        case _:
            return settle_unanswered([key], end, held_back, purpose)[key]


def purpose_of_write(line: Line, record_type: str) -> Purpose:
    """Say what a write was for."""
    schema = NETSUITE_TYPES.get(record_type)
    plural = record_type if schema is None else schema.plural
    return Purpose(
        account=line.credentials.account.value,
        host=line.host,
        what=f"{plural} through REST web services",
        permission=f"Edit for {plural} and REST Web Services",
    )
