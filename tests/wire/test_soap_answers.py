"""SOAP answers: hand-written envelopes in, values out; whatever is not understood is never taken for success (quality.md F06, F08)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from suitebridge.wire import xml
from suitebridge.wire.soap import envelopes, get_list, get_server_time, write_lists
from suitebridge.wire.soap.faults import Fault, read_fault
from tests.wire import envelopes as answers


def opened(body: bytes) -> xml.Element:
    return envelopes.open_answer(body)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            answers.fault("invalidCredentialsFault", "USER_ERROR", "Invalid login attempt."),
            Fault(
                kind="invalidCredentialsFault",
                code="USER_ERROR",
                message="Invalid login attempt.",
                faultcode="soapenv:Server.userException",
            ),
        ),
        (
            answers.fault("", "", "Ambiguous authentication"),
            Fault(kind="", code="", message="Ambiguous authentication", faultcode="soapenv:Server.userException"),
        ),
    ],
)
def test_fault_is_read_from_its_detail(body: bytes, expected: Fault) -> None:
    assert read_fault(opened(body)) == expected


_SAID = "<{0}code>USER_ERROR</{0}code><{0}message>Invalid login attempt.</{0}message>"
STRANGE_DETAILS = {
    "another namespace": ('<x:invalidCredentialsFault xmlns:x="urn:elsewhere">' + _SAID.format("x:") + "</x:invalidCredentialsFault>", "invalidCredentialsFault"),
    "no namespace": (f"<invalidCredentialsFault>{_SAID.format('')}</invalidCredentialsFault>", "invalidCredentialsFault"),
    "words of yet another one": ('<faults:invalidCredentialsFault xmlns:x="urn:x">' + _SAID.format("x:") + "</faults:invalidCredentialsFault>", "invalidCredentialsFault"),
    "nothing around them": (_SAID.format(""), ""),
    "after a host and a trace": (f'<h:hostname xmlns:h="http://xml.apache.org/axis/">host</h:hostname><trace>at com</trace><invalidCredentialsFault>{_SAID.format("")}</invalidCredentialsFault>', "invalidCredentialsFault"),
    "beside a stranger's": (f"<gateway><code>17</code></gateway><faults:invalidCredentialsFault>{_SAID.format('faults:')}</faults:invalidCredentialsFault>", "invalidCredentialsFault"),
}  # fmt: skip


@pytest.mark.parametrize("name", STRANGE_DETAILS)
@pytest.mark.parametrize("prefix", ["", "soapenv:"])
def test_a_faults_detail_keeps_its_code_and_words_wherever_they_stand(name: str, prefix: str) -> None:
    detail, kind = STRANGE_DETAILS[name]
    body = answers.envelope(
        f"<soapenv:Fault><{prefix}faultcode>soapenv:Server</{prefix}faultcode><{prefix}faultstring>Failed</{prefix}faultstring>"
        f"<{prefix}detail>{detail}</{prefix}detail></soapenv:Fault>"
    )
    assert read_fault(opened(body)) == Fault(
        kind=kind, code="USER_ERROR", message="Invalid login attempt.", faultcode="soapenv:Server"
    )


def test_ordinary_answer_is_no_fault() -> None:
    assert read_fault(opened(answers.server_time_response())) is None


@pytest.mark.parametrize(
    ("faultcode", "message", "is_senders"),
    [
        ("soapenv:Client", "Bad envelope", True),
        ("soapenv:VersionMismatch", "Version Mismatch", True),
        ("soapenv:Server.userException", "org.xml.sax.SAXException: Invalid enumeration value", True),
        ("soapenv:Server", "Something broke", False),
    ],
)
def test_whose_fault_it_is(faultcode: str, message: str, is_senders: bool) -> None:
    fault = read_fault(opened(answers.fault("", "", message, faultcode=faultcode)))
    assert fault is not None
    assert fault.is_senders is is_senders


def test_every_record_of_a_list_has_its_own_status() -> None:
    body = answers.upsert_list_response(
        answers.write_response(answers.status(), internal_id="11", external_id="a"),
        answers.write_response(
            answers.status(code="USER_ERROR", message="Please enter value(s) for: Item"), external_id="b"
        ),
        answers.write_response(
            answers.status(code="UNEXPECTED_ERROR", message="script failed", after_submit=True), internal_id="12"
        ),
        answers.write_response(answers.status(code="X", message="careful", severity="WARN"), internal_id="13"),
        answers.write_response(answers.status(), has_reference=False),
    )
    answer = write_lists.read_answer(write_lists.UPSERT, opened(body))
    assert [one.status.is_success for one in answer.responses] == [True, False, False, True, True]
    assert [(one.internal_id, one.external_id) for one in answer.responses] == [
        ("11", "a"),
        ("", "b"),
        ("12", ""),
        ("13", ""),
        ("", ""),
    ]
    assert answer.responses[1].status.said == "Please enter value(s) for: Item"
    assert answer.responses[2].status.is_after_submit


def test_server_time_is_a_moment() -> None:
    moment = get_server_time.read_answer(opened(answers.server_time_response()))
    assert moment == datetime(2026, 5, 18, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize("moment", ["", "yesterday", "2026-05-18T10:00:00"])
def test_server_time_without_offset_is_none(moment: str) -> None:
    with pytest.raises(xml.UnreadableXmlError):
        get_server_time.read_answer(opened(answers.server_time_response(moment)))


def test_list_of_identities() -> None:
    missing = answers.status(code="RCRD_DSNT_EXIST", message="That record does not exist.")
    body = answers.envelope(
        f"<msgs:getListResponse><msgs:readResponseList>{answers.status()}"
        f'<msgs:readResponse>{answers.status()}<msgs:record internalId="5" externalId="a"/></msgs:readResponse>'
        f"<msgs:readResponse>{missing}</msgs:readResponse></msgs:readResponseList></msgs:getListResponse>"
    )
    answer = get_list.read_answer(opened(body))
    assert [(one.internal_id, one.status.is_success) for one in answer.responses] == [("5", True), ("", False)]


GOOD = answers.upsert_list_response(answers.write_response(answers.status(), internal_id="11", external_id="a"))
BROKEN = {
    "cut off anywhere": GOOD[: len(GOOD) // 2],
    "cut off at the end": GOOD[:-1],
    "another operation": answers.server_time_response(),
    "another namespace": GOOD.replace(b"messages_2025_2", b"messages_2019_2"),
    "no status": GOOD.replace(b'<core:status isSuccess="true"/>', b""),
    "empty body": answers.envelope(""),
    "two elements": answers.envelope("<msgs:a/><msgs:b/>"),
    "no envelope": b"<html><body>Maintenance</body></html>",
    "a page": b"<!DOCTYPE html><html><body>Log in</body></html>",
    "wrong encoding": GOOD.replace(b'externalId="a"', b'externalId="\xe9"'),
}


@pytest.mark.fault("F06")
@pytest.mark.parametrize("name", BROKEN)
def test_broken_answer_is_never_read(name: str) -> None:
    with pytest.raises(xml.UnreadableXmlError):
        write_lists.read_answer(write_lists.UPSERT, opened(BROKEN[name]))


@pytest.mark.fault("F06")
def test_no_prefix_of_an_answer_is_read() -> None:
    for length in range(0, len(GOOD), 7):
        with pytest.raises(xml.UnreadableXmlError):
            write_lists.read_answer(write_lists.UPSERT, opened(GOOD[:length]))
