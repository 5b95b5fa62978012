"""Writes: one answer for every record, matched by its key, and doubt wherever NetSuite did not speak (quality.md F03-F08, F12, F30, F31)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

import pytest

from suitebridge.adapters import transport
from suitebridge.adapters.netsuite import parceling, writing
from suitebridge.adapters.transport import Answer, NotSentCause
from suitebridge.domain.errors import RunStoppedError
from suitebridge.domain.values import Value
from suitebridge.ports.netsuite import Done, NotSent, OutgoingRecord, Rejected, Uncertain, WriteAnswer
from suitebridge.wire.http import Request, Response
from tests.unit.adapters.netsuite.lines import Playing, line_to
from tests.wire import envelopes as answers


def outgoing(*keys: str, **fields: Value) -> list[OutgoingRecord]:
    return [OutgoingRecord(external_id=key, fields={"memo": key} | fields) for key in keys]


def keys_in(request: Request) -> list[str]:
    return re.findall(r'externalId="([^"]*)"', request.body.decode())


def upsert(answer: Callable[[Request], Answer] | Answer, records: Sequence[OutgoingRecord]) -> list[WriteAnswer]:
    play = answer if callable(answer) else lambda _: answer
    return writing.upsert(line_to(Playing(play=play)), "timeBill", records)


def stored(request: Request) -> Answer:
    """Answer as an account that stores everything: the id is the key with an n before it."""
    responses = [
        answers.write_response(answers.status(), internal_id=f"n{key}", external_id=key) for key in keys_in(request)
    ]
    return answers.soap(answers.upsert_list_response(*responses))


def test_records_go_out_by_the_hundred_and_come_back_in_order() -> None:
    playing = Playing(play=stored)
    keys = [f"k{number}" for number in range(250)]
    settled = writing.upsert(line_to(playing), "timeBill", outgoing(*keys))
    assert settled == [Done(external_id=key, netsuite_id=f"n{key}") for key in keys]
    assert [len(keys_in(request)) for request in playing.requests] == [100, 100, 50]
    assert playing.exchanges == [1, 2], "credentials are proven by one request before several go at a time"


@pytest.mark.fault("F60")
def test_large_records_travel_in_smaller_company(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parceling, "REQUEST_BYTES", 20_000)
    playing = Playing(play=stored)
    keys = [f"k{number}" for number in range(10)]
    large = outgoing("large", memo="x" * 50_000)
    settled = writing.upsert(line_to(playing), "timeBill", [*outgoing(*keys, memo="y" * 5_000), *large])
    assert [answer.external_id for answer in settled] == [*keys, "large"]
    assert {type(answer) for answer in settled} == {Done}
    assert [len(keys_in(request)) for request in playing.requests] == [3, 3, 3, 1, 1]


@pytest.mark.fault("F28")
def test_every_request_is_signed_for_itself() -> None:
    playing = Playing(play=stored)
    writing.upsert(line_to(playing), "timeBill", outgoing(*(str(number) for number in range(300))))
    nonces = [re.findall(r"nonce>(\w+)<", request.body.decode())[0] for request in playing.requests]
    assert len(set(nonces)) == 3
    assert not any("canary" in repr(request) or b"canary" in request.body for request in playing.requests)


@pytest.mark.fault("F31")
def test_answers_are_matched_by_key_however_they_come() -> None:
    body = answers.upsert_list_response(
        answers.write_response(answers.status(), internal_id="3", external_id="C"),
        answers.write_response(answers.status(), internal_id="9", external_id="stranger"),
        answers.write_response(
            answers.status(code="USER_ERROR", message="Please enter value(s) for: Item"), external_id="a"
        ),
    )
    first, second, third = upsert(answers.soap(body), outgoing("a", "b", "c"))
    assert isinstance(first, Rejected)
    assert first.problem.code == "NS-DATA-001"
    assert first.problem.facts["said"] == "Please enter value(s) for: Item"
    assert isinstance(second, Uncertain)
    assert third == Done(external_id="c", netsuite_id="3")


def test_answers_without_keys_are_matched_by_place_only_when_their_number_agrees() -> None:
    nameless = [answers.write_response(answers.status(), internal_id=str(number)) for number in (1, 2)]
    body = answers.upsert_list_response(*nameless)
    assert upsert(answers.soap(body), outgoing("a", "b")) == [
        Done(external_id="a", netsuite_id="1"),
        Done(external_id="b", netsuite_id="2"),
    ]
    assert all(isinstance(one, Uncertain) for one in upsert(answers.soap(body), outgoing("a", "b", "c")))
    assert all(isinstance(one, Uncertain) for one in upsert(answers.soap(body), outgoing("a")))


@pytest.mark.fault("F31")
def test_a_key_that_is_answered_twice_is_doubtful() -> None:
    twice = [answers.write_response(answers.status(), internal_id=str(number), external_id="a") for number in (1, 2)]
    (one,) = upsert(answers.soap(answers.upsert_list_response(*twice)), outgoing("a"))
    assert isinstance(one, Uncertain)


@pytest.mark.parametrize(
    "response",
    [
        answers.write_response(answers.status(), external_id="a"),
        answers.write_response(answers.status(), has_reference=False),
        answers.write_response(answers.status(code="UNEXPECTED_ERROR", message="Error ID: 1"), external_id="a"),
        answers.write_response(
            answers.status(code="USER_ERROR", message="script failed", after_submit=True),
            internal_id="5",
            external_id="a",
        ),
    ],
)
def test_a_record_that_may_be_stored_is_doubtful(response: str) -> None:
    (one,) = upsert(answers.soap(answers.upsert_list_response(response)), outgoing("a"))
    assert isinstance(one, Uncertain)
    assert one.said


@pytest.mark.fault("F34")
def test_a_code_that_nobody_knows_is_doubt_and_kept_verbatim() -> None:
    unknown = answers.status(code="GREMLIN_SIGHTED", message="A gremlin sat on it.")
    known = answers.status(code="USER_ERROR", message="Please enter value(s) for: Item")
    body = answers.upsert_list_response(
        answers.write_response(unknown, external_id="a"), answers.write_response(known, external_id="b")
    )
    doubt, refused = upsert(answers.soap(body), outgoing("a", "b"))
    assert doubt == Uncertain(external_id="a", said="NetSuite answered: GREMLIN_SIGHTED: A gremlin sat on it.")
    assert isinstance(refused, Rejected)


def test_a_warning_does_not_spoil_success() -> None:
    response = answers.write_response(
        answers.status(code="WARNING", message="careful", severity="WARN"), internal_id="5", external_id="a"
    )
    assert upsert(answers.soap(answers.upsert_list_response(response)), outgoing("a")) == [
        Done(external_id="a", netsuite_id="5")
    ]


_DETAIL = '<core:statusDetail type="{}"><core:code>{}</core:code><core:message>{}</core:message></core:statusDetail>'
_REFUSED = _DETAIL.format("ERROR", "INVALID_KEY_OR_REF", "No such item.")
_WARNED = _DETAIL.format("WARN", "WARNING", "Careful.")
ONE_ANSWER = {
    "several details, one of them the reason": (f'<core:status isSuccess="false">{_WARNED}{_REFUSED}</core:status>', "", Rejected),
    "several reasons": (f'<core:status isSuccess="false">{_REFUSED}{_REFUSED.replace("INVALID_KEY_OR_REF", "USER_ERROR")}</core:status>', "", Rejected),
    "several reasons, one of them unknown": (f'<core:status isSuccess="false">{_REFUSED}{_DETAIL.format("ERROR", "GREMLIN_SIGHTED", "")}</core:status>', "", Uncertain),
    "several warnings and success": (f'<core:status isSuccess="true">{_WARNED}{_WARNED}</core:status>', ' internalId="7"', Done),
    "success by number": ('<core:status isSuccess="1"/>', ' internalId="7"', Done),
    "success, and a record that is nil": ('<core:status isSuccess="true"/>', ' xsi:nil="true"', Uncertain),
    "success with an empty id": ('<core:status isSuccess="true"/>', ' internalId=""', Uncertain),
    "a status that says nothing": ("<core:status/>", ' internalId="7"', Uncertain),
    "a status that is nil": ('<core:status xsi:nil="true"/>', ' internalId="7"', Uncertain),
    "a failure without a reason": ('<core:status isSuccess="false"/>', "", Uncertain),
    "a failure whose reason is nil": ('<core:status isSuccess="false"><core:statusDetail xsi:nil="true"/></core:status>', "", Uncertain),
    "two statuses": ('<core:status isSuccess="true"/><core:status isSuccess="false"/>', ' internalId="7"', Uncertain),
    "a status in another namespace": ('<msgs:status isSuccess="true"/>', ' internalId="7"', Uncertain),
}  # fmt: skip


@pytest.mark.fault("F06")
@pytest.mark.parametrize("name", ONE_ANSWER)
def test_what_cannot_be_understood_is_neither_taken_nor_refused(name: str) -> None:
    said, ids, expected = ONE_ANSWER[name]
    response = (
        f'<msgs:writeResponse>{said}<msgs:baseRef externalId="a"{ids} xsi:type="core:RecordRef"/></msgs:writeResponse>'
    )
    (settled,) = upsert(answers.soap(answers.upsert_list_response(response)), outgoing("a"))
    assert type(settled) is expected, settled


DOUBTFUL_ANSWERS: dict[str, Answer] = {
    "a fault that nobody knows": answers.soap(
        answers.envelope(
            "<soapenv:Fault><faultcode>x</faultcode><detail><a><code>GREMLIN_SIGHTED</code></a></detail></soapenv:Fault>"
        ),
        500,
    ),
    "a fault with status 200": answers.soap(answers.fault("unexpectedErrorFault", "UNEXPECTED_ERROR", "Error ID: 1")),
    "a page with status 500": Response(status=500, headers={"content-type": "text/html"}, body=b"<html>Error</html>"),
    "JSON instead of SOAP": Response(status=200, headers={"content-type": "application/json"}, body=b'{"ok":true}'),
    "SOAP 1.2": answers.soap(
        answers.upsert_list_response(answers.write_response(answers.status(), internal_id="1")).replace(
            b"http://schemas.xmlsoap.org/soap/envelope/", b"http://www.w3.org/2003/05/soap-envelope"
        )
    ),
    "messages of another namespace": answers.soap(
        answers.upsert_list_response(answers.write_response(answers.status(), internal_id="1")).replace(
            b"messages_2025_2", b"messages_2019_2"
        )
    ),
    "cut": transport.Uncertain(reason="Server disconnected"),
    "a page": Response(status=200, headers={"content-type": "text/html"}, body=b"<html><body>Log in</body></html>"),
    "truncated": answers.soap(
        answers.upsert_list_response(answers.write_response(answers.status(), internal_id="1"))[:-20]
    ),
    "bad gateway": Response(status=502, headers={"content-type": "text/html"}, body=b"<html></html>"),
    "unavailable after commit": Response(status=503),
    "gateway time-out": Response(status=504),
    "redirect": Response(status=302, headers={"location": "https://elsewhere"}),
    "unexpected error": answers.soap(answers.fault("unexpectedErrorFault", "UNEXPECTED_ERROR", "Error ID: 1"), 500),
    "another operation": answers.soap(answers.server_time_response()),
    "empty list": answers.soap(answers.upsert_list_response()),
}


@pytest.mark.parametrize("name", DOUBTFUL_ANSWERS)
def test_every_record_of_a_doubtful_request_is_doubtful(name: str) -> None:
    settled = upsert(DOUBTFUL_ANSWERS[name], outgoing("a", "b"))
    assert all(isinstance(one, Uncertain) for one in settled)


UNSENT_ANSWERS: dict[str, tuple[Answer, str]] = {
    "unreachable": (transport.NotSent(cause=NotSentCause.UNREACHABLE, reason="Connection refused"), "NS-NET-001"),
    "throttled": (
        answers.soap(answers.fault("exceededConcurrentRequestLimitFault", "WS_REQUEST_BLOCKED", "blocked"), 500),
        "NS-THR-001",
    ),
    "maintenance": (
        answers.soap(answers.fault("unexpectedErrorFault", "ACCT_TEMP_UNAVAILABLE", "down"), 500),
        "NS-OUT-001",
    ),
    "throttled by status": (Response(status=429), "NS-THR-001"),
}


@pytest.mark.parametrize("name", UNSENT_ANSWERS)
def test_a_request_that_was_turned_away_stored_nothing(name: str) -> None:
    answer, code = UNSENT_ANSWERS[name]
    settled = upsert(answer, outgoing("a", "b"))
    assert [one.problem.code for one in settled if isinstance(one, NotSent)] == [code, code]


STOPPING_ANSWERS: dict[str, tuple[Answer, str]] = {
    "certificate": (transport.NotSent(cause=NotSentCause.TLS, reason="certificate has expired"), "NS-TLS-001"),
    "permission": (
        answers.soap(answers.fault("insufficientPermissionFault", "WS_PERMISSION_REQD", "no SOAP"), 500),
        "NS-PERM-001",
    ),
    "login": (
        answers.soap(answers.fault("invalidCredentialsFault", "USER_ERROR", "Invalid login attempt."), 500),
        "NS-AUTH-001",
    ),
}


@pytest.mark.parametrize("name", STOPPING_ANSWERS)
def test_what_no_record_survives_stops_the_run(name: str) -> None:
    answer, code = STOPPING_ANSWERS[name]
    with pytest.raises(RunStoppedError) as stopped:
        upsert(answer, outgoing("a", "b"))
    assert stopped.value.problem.code == code


def test_what_was_stored_before_the_run_stopped_is_told() -> None:
    refused = answers.soap(answers.fault("insufficientPermissionFault", "WS_PERMISSION_REQD", "no SOAP"), 500)
    keys = [str(number) for number in range(300)]
    settled = upsert(lambda request: stored(request) if "0" in keys_in(request) else refused, outgoing(*keys))
    assert [type(one) for one in settled] == [Done] * 100 + [NotSent] * 200
    assert {one.problem.code for one in settled if isinstance(one, NotSent)} == {"NS-PERM-001"}


def test_what_was_held_back_is_told_with_the_reason_of_the_halt() -> None:
    blocked = answers.soap(answers.fault("exceededConcurrentRequestLimitFault", "WS_REQUEST_BLOCKED", "blocked"), 500)
    keys = [str(number) for number in range(500)]
    settled = upsert(lambda request: stored(request) if "0" in keys_in(request) else blocked, outgoing(*keys))
    assert [type(one) for one in settled] == [Done] * 100 + [NotSent] * 400
    assert {one.problem.code for one in settled if isinstance(one, NotSent)} == {"NS-THR-001"}


def test_a_request_that_cannot_be_read_is_halved_until_the_record_at_fault_is_found() -> None:
    misread = answers.soap(answers.fault("", "", "org.xml.sax.SAXException: bad value"), 500)
    keys = [f"k{number}" for number in range(100)]
    settled = upsert(lambda request: misread if "k37" in keys_in(request) else stored(request), outgoing(*keys))
    assert [one.external_id for one in settled if not isinstance(one, Done)] == ["k37"]
    assert isinstance(settled[37], Rejected)


@pytest.mark.fault("F42")
def test_a_value_that_cannot_go_out_fails_its_record_alone() -> None:
    playing = Playing(play=stored)
    records = [*outgoing("a"), *outgoing("b", hours="seven"), *outgoing("c", nickname="x"), *outgoing("d")]
    settled = writing.upsert(line_to(playing), "timeBill", records)
    assert [type(one) for one in settled] == [Done, Rejected, Rejected, Done]
    assert [one.problem.facts["field"] for one in settled if isinstance(one, Rejected)] == ["hours", "nickname"]
    assert {one.problem.code for one in settled if isinstance(one, Rejected)} == {"SB-MAP-002"}
    assert [keys_in(request) for request in playing.requests] == [["a", "d"]]


def test_blank_fields_are_left_out() -> None:
    playing = Playing(play=stored)
    record = OutgoingRecord(
        external_id="a", fields={"memo": "", "employee": None, "hours": Decimal(0), "tranDate": date(2026, 1, 1)}
    )
    writing.upsert(line_to(playing), "timeBill", [record])
    body = playing.requests[0].body.decode()
    assert "memo" not in body
    assert "employee>" not in body
    assert "timeSpan>0<" in body


@pytest.mark.parametrize("record_type", ["item", "unicorn"])
def test_a_type_that_cannot_be_written_stops_the_run(record_type: str) -> None:
    with pytest.raises(RunStoppedError, match="SB-RUN-001"):
        writing.upsert(line_to(Playing(play=stored)), record_type, outgoing("a"))


def test_nothing_to_write_sends_nothing() -> None:
    playing = Playing(play=stored)
    assert writing.upsert(line_to(playing), "timeBill", []) == []
    assert playing.requests == []
