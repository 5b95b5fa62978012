"""The tables of refusals: every door's way of saying the same thing (quality.md F07, F10, F12, F15)."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from lxml import etree

from suitebridge.adapters.netsuite.faults import (
    UNSETTLED,
    RecordTurn,
    Refusal,
    Turn,
    open_soap,
    permission_named,
    record_code,
    record_turn,
    rest_refusal,
)
from suitebridge.adapters.netsuite.telling import Purpose, problem_of_refusal
from suitebridge.wire.http import Response
from suitebridge.wire.soap.statuses import Status, StatusDetail
from tests.wire import envelopes as answers
from tests.wire.netsuite_schemas import needs_schemas

FAULTS = [
    (
        "exceededConcurrentRequestLimitFault",
        "WS_REQUEST_BLOCKED",
        "SuiteTalk concurrent request limit exceeded.",
        Turn.THROTTLED,
    ),
    ("exceededRequestLimitFault", "WS_CONCUR_SESSION_DISALLWD", "Only one request", Turn.THROTTLED),
    ("exceededUsageLimitFault", "USER_ERROR", "usage", Turn.THROTTLED),
    ("invalidCredentialsFault", "USER_ERROR", "Invalid login attempt.", Turn.LOGIN),
    ("invalidCredentialsFault", "INVALID_LOGIN_CREDENTIALS", "invalid email", Turn.LOGIN),
    ("invalidSessionFault", "SESSION_TIMED_OUT", "timed out", Turn.LOGIN),
    ("insufficientPermissionFault", "WS_PERMISSION_REQD", "no", Turn.PERMISSION),
    ("insufficientPermissionFault", "WS_FEATURE_REQD", "no", Turn.PERMISSION),
    ("unexpectedErrorFault", "ACCT_TEMP_UNAVAILABLE", "down", Turn.MAINTENANCE),
    (
        "invalidCredentialsFault",
        "USER_ERROR",
        "The account you are trying to access is currently unavailable while we undergo our regularly scheduled maintenance.",
        Turn.MAINTENANCE,
    ),
    ("exceededRecordCountFault", "MAX_RCRDS_EXCEEDED", "too many", Turn.MALFORMED),
    ("exceededRequestSizeFault", "USER_ERROR", "too large", Turn.MALFORMED),
    ("invalidVersionFault", "INVALID_WS_VERSION", "no such version", Turn.UNSUPPORTED),
    ("unexpectedErrorFault", "UNEXPECTED_ERROR", "An unexpected error occurred.", Turn.BROKEN),
    ("", "", "Ambiguous authentication", Turn.BROKEN),
    ("", "", "org.xml.sax.SAXException: _none is not a legal value", Turn.MALFORMED),
]


@pytest.mark.fault("F15")
@pytest.mark.parametrize(("kind", "code", "message", "turn"), FAULTS)
def test_soap_faults(kind: str, code: str, message: str, turn: Turn) -> None:
    refusal = open_soap(answers.soap(answers.fault(kind, code, message), 500))
    assert refusal == Refusal(turn=turn, said=message, codes=(code,) if code else ())


def document(code: str, detail: str) -> bytes:
    return json.dumps(
        {"title": "Bad Request", "status": 400, "o:errorDetails": [{"detail": detail, "o:errorCode": code}]}
    ).encode()


PROBLEMS = [
    (401, "INVALID_LOGIN", "Invalid login attempt.", Turn.LOGIN),
    (429, "CONCURRENCY_LIMIT_EXCEEDED", "Concurrent request limit exceeded. Request blocked.", Turn.THROTTLED),
    (429, "USER_ERROR", "Concurrent request limit exceeded. Request blocked.", Turn.THROTTLED),
    (400, "SSS_REQUEST_LIMIT_EXCEEDED", "limit", Turn.THROTTLED),
    (403, "INSUFFICIENT_PERMISSION", "no", Turn.PERMISSION),
    (400, "USER_ERROR", "Your current role does not have permission to perform this action.", Turn.PERMISSION),
    (400, "INVALID_PARAMETER", "Invalid search query. … Record 'timebill' was not found.", Turn.PERMISSION),
    (400, "INVALID_PARAMETER", "Search error occurred: Field 'x' for record 'y' was not found.", Turn.MALFORMED),
    (404, "NONEXISTENT_ID", "Record does not exist.", Turn.MALFORMED),
    (500, "UNEXPECTED_ERROR", "An unexpected error occurred. Error ID: x", Turn.BROKEN),
    (503, "UNKNOWN", "regularly scheduled maintenance", Turn.MAINTENANCE),
]


@pytest.mark.fault("F15")
@pytest.mark.parametrize(("status", "code", "detail", "turn"), PROBLEMS)
def test_rest_problems(status: int, code: str, detail: str, turn: Turn) -> None:
    headers = {"content-type": "application/vnd.oracle.resource+json; type=error"}
    refusal = rest_refusal(Response(status=status, headers=headers, body=document(code, detail)))
    assert refusal == Refusal(turn=turn, said=f"{detail} (HTTP {status})", codes=(code,), status=status)


@pytest.mark.fault("F07")
@pytest.mark.parametrize(
    ("status", "turn"),
    [
        (301, Turn.REDIRECTED),
        (302, Turn.REDIRECTED),
        (401, Turn.LOGIN),
        (400, Turn.STRANGER),
        (403, Turn.STRANGER),
        (407, Turn.STRANGER),
        (429, Turn.THROTTLED),
        (500, Turn.BROKEN),
        (502, Turn.BROKEN),
        (503, Turn.BROKEN),
        (504, Turn.BROKEN),
    ],
)
def test_pages_instead_of_answers(status: int, turn: Turn) -> None:
    page = Response(
        status=status, headers={"content-type": "text/html", "location": "https://evil"}, body=b"<html></html>"
    )
    opened, refusal = open_soap(page), rest_refusal(page)
    assert isinstance(opened, Refusal)
    assert refusal is not None
    assert opened.turn is refusal.turn is turn


@pytest.mark.parametrize("status", [status for status in range(300, 600) if status != 304])
def test_every_status_without_a_word_is_classed_safely(status: int) -> None:
    """Only what NetSuite is known to refuse unseen counts as not carried out; the rest is doubt for a write, and a read is tried again."""
    certain = {400, 401, 403, 404, 405, 406, 409, 410, 411, 412, 413, 414, 415, 422, 428, 429, 431}
    refusal = rest_refusal(Response(status=status))
    assert refusal is not None
    assert (refusal.turn not in UNSETTLED) is (status in certain)
    assert str(status) in refusal.said


@needs_schemas
def test_every_fault_code_that_netsuite_documents_has_its_class() -> None:
    """Walk the enumeration of fault codes and the names of faults: none is guessed, and what is not known stays doubt."""
    (path,) = (Path(os.environ["NETSUITE_SCHEMAS"]) / "xsd").glob("*faultTypes.xsd")
    schema = {"xsd": "http://www.w3.org/2001/XMLSchema"}
    found = etree.parse(path).iterfind(".//xsd:simpleType[@name='FaultCodeType']//xsd:enumeration", schema)
    codes = {str(one.get("value")) for one in found}
    assert "WS_REQUEST_BLOCKED" in codes
    assert len(codes) >= 25
    doubted = {
        "USER_ERROR",
        "UNEXPECTED_ERROR",
        "EMAIL_ADDRS_REQD",
        "PSWD_REQD",
        "INVALID_JOB_ID",
        "INVALID_PAGE_INDEX",
        "JOB_NOT_COMPLETE",
    }
    for code in codes:
        refusal = open_soap(answers.soap(answers.fault("unexpectedErrorFault", code, "some words"), 500))
        assert isinstance(refusal, Refusal)
        assert (refusal.turn is Turn.BROKEN) is (code in doubted), f"{code}: {refusal.turn}"
        assert refusal.said in {"some words", f"{code}: some words"}
        assert refusal.codes == (code,)


@pytest.mark.fault("F07")
@pytest.mark.parametrize(
    "body", [b"", b"<html><body>Maintenance</body></html>", b"<!DOCTYPE html><html/>", b"<soapenv:Enve"]
)
def test_a_page_with_status_200_is_unreadable(body: bytes) -> None:
    refusal = open_soap(Response(status=200, headers={"content-type": "text/html"}, body=body))
    assert isinstance(refusal, Refusal)
    assert refusal.turn is Turn.UNREADABLE
    assert refusal.turn in UNSETTLED
    assert "text/html" in refusal.said


def test_an_ordinary_answer_with_an_error_status_is_not_believed() -> None:
    refusal = open_soap(answers.soap(answers.upsert_list_response(), 502))
    assert isinstance(refusal, Refusal)
    assert refusal.turn is Turn.BROKEN


@pytest.mark.parametrize("turn", list(Turn))
def test_every_turn_is_told_with_its_facts(turn: Turn) -> None:
    purpose = Purpose(account="TSTDRV1", host="host", what="Time", permission="Track Time")
    problem = problem_of_refusal(Refusal(turn=turn, said="these words"), purpose)
    told = f"{problem.title} {problem.cause} {problem.remedy}"
    assert "not known)" not in told
    assert "these words" in told


def test_the_permission_that_netsuite_names_is_named() -> None:
    said = "Permission Violation: You need a higher level of the 'Lists -> Projects' permission to access this page."
    assert permission_named(said, "x") == "Lists -> Projects"
    assert permission_named("no", "x") == "x"


def failed(code: str, *, after_submit: bool = False) -> Status:
    return Status(is_success=False, details=(StatusDetail(code=code, message="m", is_after_submit=after_submit),))


@pytest.mark.fault("F34")
@pytest.mark.parametrize(
    ("code", "house_code"),
    [
        ("INVALID_KEY_OR_REF", "NS-REF-001"),
        ("INVALID_RCRD_REF", "NS-REF-001"),
        ("RCRD_DSNT_EXIST", "NS-REF-001"),
        ("DUP_RCRD", "NS-DUP-001"),
        ("DUP_VENDOR_NAME", "NS-DUP-001"),
        ("INSUFFICIENT_PERMISSION", "NS-PERM-001"),
        ("USER_ERROR", "NS-DATA-001"),
        ("TRAN_PRD_CLOSED", "NS-PERIOD-001"),
    ],
)
def test_refused_records(code: str, house_code: str) -> None:
    assert record_turn(failed(code)) is RecordTurn.REFUSED
    assert record_code(failed(code)) == house_code


def test_records_that_may_be_stored_all_the_same() -> None:
    assert record_turn(failed("UNEXPECTED_ERROR")) is RecordTurn.DOUBTFUL
    assert record_turn(failed("CODE_OF_TOMORROW")) is RecordTurn.DOUBTFUL
    assert record_turn(failed("USER_ERROR", after_submit=True)) is RecordTurn.DOUBTFUL
    assert record_turn(Status(is_success=False)) is RecordTurn.DOUBTFUL
    assert record_turn(failed("WS_REQUEST_BLOCKED")) is RecordTurn.THROTTLED
