"""Changes records that exist, through REST and, for attachments, through SOAP: update, delete, transform, attach.

Classifies as the doors of upserts do: what is no word of NetSuite about the record is `Uncertain`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import msgspec

from suitebridge.adapters.netsuite import writing
from suitebridge.adapters.netsuite.conversing import Line, carry
from suitebridge.adapters.netsuite.faults import Refusal, open_soap
from suitebridge.adapters.netsuite.rest_writing import ending_of, prepare, purpose_of_write, settle, writer_for
from suitebridge.adapters.netsuite.telling import Purpose
from suitebridge.adapters.netsuite.unanswered import problem_of_halt, raise_if_nothing_left, settle_unanswered
from suitebridge.adapters.transport import NotSent, RequestMaker, Uncertain
from suitebridge.domain.errors import Problem, RunStoppedError
from suitebridge.domain.values import is_blank
from suitebridge.ports.netsuite import Done, OutgoingRecord, Rejected, WriteAnswer
from suitebridge.ports.netsuite import Uncertain as Doubtful
from suitebridge.ports.netsuite_account import OutgoingChange
from suitebridge.wire.http import Response
from suitebridge.wire.rest.record_writing import RecordWriter
from suitebridge.wire.rest.records import SINGULAR, STRICT, address_of, located_id
from suitebridge.wire.soap import attach as attaching
from suitebridge.wire.unwritable import UnwritableValueError
from suitebridge.wire.xml import UnreadableXmlError

_HEADERS = {"Content-Type": SINGULAR, **STRICT}
_NONE: frozenset[str] = frozenset()


def update(line: Line, record_type: str, changes: Sequence[OutgoingChange]) -> list[WriteAnswer]:
    """Change records, each in a request of its own; one answer each, in order."""
    writer = writer_for(line, record_type)
    building = [(change.record, partial(_patch, line, writer, record_type, change)) for change in changes]
    return _send(line, building, purpose_of_write(line, record_type), writer.references)


def spell_change(line: Line, record_type: str, change: OutgoingChange) -> str:
    """Give the request that would change one record; raise `RunStoppedError` for a value that cannot go out."""
    try:
        address, body = _patched(writer_for(line, record_type), record_type, change)
    except UnwritableValueError as error:
        raise RunStoppedError(_rejected(error.field, f"{error.reason}.").problem) from error
    return f"PATCH {address}\n\n{msgspec.json.format(body).decode()}"


def delete(line: Line, record_type: str, references: Sequence[str]) -> list[WriteAnswer]:
    """Delete records, each in a request of its own; one answer each, in order."""
    building = [(one, partial(_deletion, line, record_type, one)) for one in references]
    return _send(line, building, purpose_of_write(line, record_type), _NONE)


def transform(line: Line, source: tuple[str, str], target_type: str, record: OutgoingRecord) -> WriteAnswer:
    """Make a record from another one and store it under an external id."""
    writer = writer_for(line, target_type)
    outgoing, answers = prepare(writer, [record])
    if not outgoing:
        return answers[record.external_id]
    body = outgoing[0].written.body_with(record.external_id)
    building = partial(_post, line, source, f"!transform/{target_type}", body)
    purpose = purpose_of_write(line, target_type)
    (answer,) = _send(line, [(record.external_id, building)], purpose, writer.references)
    return answer


def attach_by_rest(line: Line, to: tuple[str, str], attached: tuple[str, str]) -> WriteAnswer:
    """Attach a record to another one."""
    building = partial(_post, line, to, f"!attach/{attached[0]}/{attached[1]}", b"")
    (answer,) = _send(line, [(attached[1], building)], _purpose_of_attaching(line), _NONE)
    return answer


def attach_by_soap(line: Line, to: tuple[str, str], attached: tuple[str, str]) -> WriteAnswer:
    """Attach a record to another one."""
    key, purpose = attached[1], _purpose_of_attaching(line)
    try:
        content = attaching.render(to, attached)
    except ValueError as error:
        return _rejected(key, str(error))
    carried = carry(line, [line.soap(attaching.OPERATION, content)])
    (answer,) = carried.answers
    opened = open_soap(answer) if isinstance(answer, Response) else answer
    if isinstance(opened, Refusal | NotSent | Uncertain):
        held_back = problem_of_halt([opened], carried, purpose)
        settled = settle_unanswered([key], opened, held_back, purpose)
        raise_if_nothing_left(list(settled.values()))
        return settled[key]
    try:
        response = attaching.read_answer(opened)
    except UnreadableXmlError as error:
        return Doubtful(external_id=key, said=f"NetSuite's answer cannot be read: {error}.")
    if response.status.is_success:  # the answer names the other record, or none
        return Done(external_id=key, netsuite_id="")
    return writing.record_answer(key, response, purpose)


def _send(
    line: Line,
    building: Sequence[tuple[str, Callable[[], RequestMaker]]],
    purpose: Purpose,
    references: frozenset[str],
) -> list[WriteAnswer]:
    """Send what can be built, several requests at a time; one answer each, in order."""
    answers: dict[int, WriteAnswer] = {}
    makers: dict[int, RequestMaker] = {}
    for place, (key, build) in enumerate(building):
        try:
            makers[place] = build()
        except UnwritableValueError as error:
            answers[place] = _rejected(error.field, f"{error.reason}.", key)
        except ValueError as error:
            answers[place] = _rejected("id", f"{error}.", key)
    carried = carry(line, list(makers.values()))
    ended = [ending_of(answer) for answer in carried.answers]
    held_back = problem_of_halt(ended, carried, purpose)
    sent: list[WriteAnswer] = []
    for place, end in zip(makers, ended, strict=True):
        key = building[place][0]
        # A deletion and an attachment have no address to give back: success says it all.
        answers[place] = (
            Done(external_id=key, netsuite_id=located_id(end))
            if isinstance(end, Response)
            else settle(key, end, held_back, purpose, references)
        )
        sent.append(answers[place])
    raise_if_nothing_left(sent)
    return [answers[place] for place in range(len(building))]


def _patch(line: Line, writer: RecordWriter, record_type: str, change: OutgoingChange) -> RequestMaker:
    return line.write("PATCH", *_patched(writer, record_type, change), _HEADERS)


def _patched(writer: RecordWriter, record_type: str, change: OutgoingChange) -> tuple[str, bytes]:
    """Give the address and the body of a change."""
    values = {name: value for name, value in change.fields.items() if not is_blank(value)}
    written = writer.write(values, change.cleared)
    return address_of(record_type, change.record, written.replaces), written.body


def _deletion(line: Line, record_type: str, reference: str) -> RequestMaker:
    return line.write("DELETE", address_of(record_type, reference), b"", {})


def _post(line: Line, record: tuple[str, str], act: str, body: bytes) -> RequestMaker:
    return line.write("POST", f"{address_of(*record)}/{act}", body, _HEADERS)


def _rejected(field: str, said: str, key: str = "") -> Rejected:
    facts: Mapping[str, str] = {"field": field, "said": said}
    return Rejected(external_id=key or field, problem=Problem(code="SB-MAP-002", facts=facts))


def _purpose_of_attaching(line: Line) -> Purpose:
    return Purpose(
        account=line.credentials.account.value,
        host=line.host,
        what="attaching a record to another",
        permission="Edit for both records",
    )
