"""The door itself: credentials, versions, concurrency, injected faults, and XML that means harm."""

from __future__ import annotations

import concurrent.futures
import http.client
from pathlib import Path
from typing import Any

import pytest

from netsuite_simulator.account import Account
from netsuite_simulator.faces.server import serving
from netsuite_simulator.faces.soap import door
from netsuite_simulator.faces.soap.namespaces import VERSIONS
from netsuite_simulator.faces.soap.operations import OPERATIONS
from netsuite_simulator.faults import (
    AfterSubmitFailed,
    ConnectionReset,
    Fault,
    HtmlPage,
    InvalidLogin,
    LateCommit,
    Latency,
    Maintenance,
    ReorderedAnswers,
    ServerError,
    ShortAnswers,
    SlowDrip,
    Throttle,
    TimeoutAfterCommit,
    TruncatedBody,
)

TIME = "<msgs:getServerTime/>"
INVALID_LOGIN = ("invalidCredentialsFault", "USER_ERROR")


def vendors(client: Any, *ids: str) -> str:
    fields = '<listRel:companyName>{}</listRel:companyName><listRel:subsidiary internalId="1"/>'
    records = "".join(client.record("listRel:Vendor", fields.format(one), externalId=one) for one in ids)
    return f"<msgs:upsertList>{records}</msgs:upsertList>"


# --- credentials ---


def test_a_signed_request_is_let_in_and_audited(client: Any, account: Any) -> None:
    assert client.send(TIME).status == 200
    entry = account.logins[-1]
    assert entry.success
    assert entry.door == "soap"
    assert account.journal.requests[-1].user == "integration@example.com"


@pytest.mark.parametrize(
    ("changes", "detail"),
    [
        ({"consumerKey": "unknown"}, "consumer_key_unknown"),
        ({"token": "unknown"}, "token_rejected"),
        ({"signature": "c2lnbmF0dXJl"}, "InvalidSignature"),
        ({"algorithm": "HMAC-SHA1"}, "UnknownAlgorithm"),
        ({"nonce": "ab"}, "nonce_rejected"),
        ({"nonce": ""}, "MissingTokenPassportRequiredFields"),
        ({"timestamp": "1700000000"}, "InvalidTimestamp"),
    ],
)
def test_bad_credentials_get_one_answer_and_an_honest_audit_trail(
    client: Any, account: Any, changes: dict[str, str], detail: str
) -> None:
    reply = client.send(TIME, passport=client.passport(**changes))
    assert reply.status == 500
    assert reply.fault == INVALID_LOGIN
    assert reply.text("faultstring") == "Invalid login attempt."
    assert account.logins[-1].detail == detail


@pytest.mark.parametrize("account_id", ["1234567", "tstdrv1000001", ""])
def test_another_account_is_an_invalid_login(client: Any, account_id: str) -> None:
    assert client.send(TIME, passport=client.passport(account=account_id)).fault == INVALID_LOGIN


def test_a_passport_is_used_once(client: Any, account: Any) -> None:
    passport = client.passport()
    assert client.send(TIME, passport=passport).status == 200
    assert client.send(TIME, passport=passport).fault == INVALID_LOGIN
    assert account.logins[-1].detail == "nonce_used"


def test_a_clock_within_five_minutes_is_let_in(client: Any, account: Any) -> None:
    now = int(account.clock.timestamp())
    assert client.send(TIME, passport=client.passport(timestamp=str(now - 299))).status == 200
    assert client.send(TIME, passport=client.passport(timestamp=str(now + 301))).fault == INVALID_LOGIN


def test_passport_children_may_stand_in_the_messages_namespace(client: Any) -> None:
    assert client.send(TIME, passport=client.passport().replace("core:", "msgs:")).status == 200


def test_no_passport_and_doubled_logins(client: Any) -> None:
    assert client.send(TIME, passport="").fault == ("invalidSessionFault", "WS_LOG_IN_REQD")
    application = "<msgs:applicationInfo><msgs:applicationId>X</msgs:applicationId></msgs:applicationInfo>"
    ambiguous = client.send(TIME, headers=application)
    assert ambiguous.fault == INVALID_LOGIN
    assert ambiguous.text("faultstring") == "Ambiguous authentication"
    old = client.send(TIME, headers="<msgs:passport><core:email>a@example.com</core:email></msgs:passport>")
    assert old.fault == ("", None)


def test_a_role_without_soap_and_a_blocked_integration(client: Any, account: Any) -> None:
    role = account.roles.connector
    role.permissions.pop("ADMI_WEBSERVICES")
    assert client.send(TIME).fault == ("insufficientPermissionFault", "WS_PERMISSION_REQD")
    role.permissions["ADMI_WEBSERVICES"] = 4
    account.integrations.block(account.integrations.one(client.credentials.consumer_key))
    assert client.send(TIME).fault == INVALID_LOGIN


# --- versions and operations ---


@pytest.mark.parametrize("version", ["2023_2", "2024_1"])
def test_older_versions_answer_in_their_own_namespaces(client: Any, version: str) -> None:
    content = client.envelope(TIME, client.passport()).replace(b"2025_2", version.encode())
    status, answer = client.raw(content, version=version)
    assert status == 200
    assert f"urn:core_{version}.platform".encode() in answer
    assert b"2025_2" not in answer
    assert version in VERSIONS


@pytest.mark.parametrize(
    ("version", "code"),
    [
        ("2018_1", "UNSUPPORTED_WS_VERSION"),
        ("2031_1", "INVALID_WS_VERSION"),
        ("x", "INVALID_WS_VERSION"),
        ("%01", "INVALID_WS_VERSION"),
    ],
)
def test_versions_that_are_not_there(client: Any, version: str, code: str) -> None:
    reply = client.send(TIME, version=version)
    assert reply.status == 500
    assert reply.fault == ("invalidVersionFault", code)


def test_a_message_of_another_version_is_refused(client: Any) -> None:
    assert client.send(TIME, version="2024_2").fault == ("", None)


def test_every_operation_of_the_wsdl_is_accounted_for(client: Any) -> None:
    assert len(OPERATIONS) == 42
    assert client.send("<msgs:login/>").fault == ("", None)


# --- concurrency and injected faults ---


def test_requests_over_the_limit_are_blocked(client: Any, account: Any) -> None:
    account.governance.limit = 2
    account.fail_next(Latency(seconds=0.2), times=2)
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        passports = [client.passport() for _ in range(6)]
        replies = list(pool.map(lambda passport: client.send(TIME, passport=passport), passports))
    blocked = [reply for reply in replies if reply.status == 500]
    assert blocked
    assert all(reply.fault == ("exceededConcurrentRequestLimitFault", "WS_REQUEST_BLOCKED") for reply in blocked)
    assert any(reply.status == 200 for reply in replies)
    assert account.governance.running == 0


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Throttle(), ("exceededConcurrentRequestLimitFault", "WS_REQUEST_BLOCKED")),
        (Maintenance(), ("unexpectedErrorFault", "ACCT_TEMP_UNAVAILABLE")),
        (InvalidLogin(), INVALID_LOGIN),
    ],
)
def test_refusals_write_nothing(client: Any, account: Any, fault: Fault, expected: tuple[str, str]) -> None:
    account.fail_next(fault, door="soap")
    assert client.send(vendors(client, "v-1")).fault == expected
    assert account.get("vendor", external_id="v-1") is None
    assert client.send(vendors(client, "v-1")).codes == [None]


@pytest.mark.parametrize(
    ("fault", "is_written"),
    [
        (ConnectionReset(), False),
        (TimeoutAfterCommit(), True),
        (TruncatedBody(keep=0.6), True),
    ],
)
def test_broken_connections(client: Any, account: Any, fault: Fault, is_written: bool) -> None:
    account.fail_next(fault, door="soap")
    with pytest.raises((http.client.HTTPException, ConnectionError)):
        client.send(vendors(client, "v-1"))
    assert (account.get("vendor", external_id="v-1") is not None) == is_written


def test_a_late_commit_is_there_in_the_end(client: Any, account: Any) -> None:
    account.fail_next(LateCommit(delay_seconds=0.05), door="soap")
    with pytest.raises((http.client.HTTPException, ConnectionError)):
        client.send(vendors(client, "v-1"))
    account.fail_next(Latency(seconds=0.2))
    client.send(TIME)
    assert account.get("vendor", external_id="v-1") is not None


@pytest.mark.parametrize(("fault", "is_written"), [(ServerError(after_commit=True), True), (ServerError(), False)])
def test_a_gateways_page_instead_of_an_answer(client: Any, account: Any, fault: Fault, is_written: bool) -> None:
    account.fail_next(fault, door="soap")
    status, page = client.raw(client.envelope(vendors(client, "v-1"), client.passport()))
    assert status == 502
    assert page.startswith(b"<!DOCTYPE html>")
    assert (account.get("vendor", external_id="v-1") is not None) == is_written


def test_a_login_page_with_status_200(client: Any, account: Any) -> None:
    account.fail_next(HtmlPage(), door="soap")
    status, page = client.raw(client.envelope(TIME, client.passport()))
    assert status == 200
    assert b"<html>" in page


def test_a_slow_answer_is_whole(client: Any, account: Any) -> None:
    account.fail_next(SlowDrip(seconds=0.1, pieces=5), door="soap")
    assert client.send(TIME).status == 200


def test_reordered_and_short_answers(client: Any, account: Any) -> None:
    account.fail_next(ReorderedAnswers(), door="soap")
    reordered = client.send(vendors(client, "a", "b", "c"))
    assert [ref.get("externalId") for ref in reordered.all("msgs:baseRef")] == ["c", "b", "a"]
    account.fail_next(ShortAnswers(missing=2), door="soap")
    short = client.send(vendors(client, "d", "e", "f"))
    assert [ref.get("externalId") for ref in short.all("msgs:baseRef")] == ["d"]
    assert account.get("vendor", external_id="f") is not None
    account.fail_next(ReorderedAnswers(), door="soap")
    read = client.send(f"<msgs:getList>{client.ref('job', internalId='40')}{client.ref('bin')}</msgs:getList>")
    assert read.codes == ["INVALID_RCRD_TYPE", None]


def test_after_submit_failed_saves_the_records(client: Any, account: Any) -> None:
    account.fail_next(AfterSubmitFailed(), door="soap")
    reply = client.send(vendors(client, "a", "b"))
    assert reply.codes == ["UNEXPECTED_ERROR", "UNEXPECTED_ERROR"]
    assert reply.texts("core:afterSubmitFailed") == ["true", "true"]
    ids = [ref.get("internalId") for ref in reply.all("msgs:baseRef")]
    assert [account.get("vendor", external_id=one).id for one in ("a", "b")] == ids


# --- XML that means harm ---


def with_doctype(client: Any, doctype: str, text: str) -> bytes:
    content = client.envelope(TIME, client.passport()).decode()
    return content.replace("?>", f"?>{doctype}", 1).replace("<msgs:getServerTime/>", text).encode()


def test_a_doctype_is_refused_and_nothing_is_read(client: Any, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("top secret")
    for doctype, text in (
        ("<!DOCTYPE a>", TIME),
        (f'<!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}">]>', "<msgs:getServerTime>&x;</msgs:getServerTime>"),
        ('<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">', TIME),
    ):
        status, answer = client.raw(with_doctype(client, doctype, text))
        assert status == 500
        assert b"top secret" not in answer
        assert b"DOCTYPE is not allowed" in answer


def test_nested_entities_do_not_explode(client: Any) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    doctype = f'<!DOCTYPE a [<!ENTITY e0 "ha">{entities}]>'
    status, answer = client.raw(with_doctype(client, doctype, "<msgs:getServerTime>&e11;</msgs:getServerTime>"))
    assert status == 500
    assert len(answer) < 5_000


@pytest.mark.parametrize("depth", [60, 100_000])
def test_deep_nesting_is_refused(client: Any, depth: int) -> None:
    body = f"<msgs:search>{'<a>' * depth}{'</a>' * depth}</msgs:search>"
    assert client.send(body).fault == ("", None)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"<a/>",
        b"<a>",
        b'<Envelope xmlns="http://www.w3.org/2003/05/soap-envelope"><Body/></Envelope>',
        b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"/>',
        b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body/></s:Envelope>',
        b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><x/></s:Body></s:Envelope>',
        b"\xff\xfe\x00",
    ],
)
def test_what_is_no_request_gets_a_fault(client: Any, content: bytes) -> None:
    reply = client.post(content)
    assert reply.status == 500
    assert reply.text("faultcode")


def test_a_request_beyond_a_hundred_megabytes_is_not_read(client: Any) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", client.port, timeout=10)
    connection.putrequest("POST", "/services/NetSuitePort_2025_2")
    connection.putheader("Content-Length", str(101 * 1024 * 1024))
    connection.endheaders()
    response = connection.getresponse()
    assert response.status == 500
    assert b"exceededRequestSizeFault" in response.read()
    connection.close()


def test_a_body_without_a_length_is_read_no_further_than_the_limit(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "REQUEST_LIMIT_BYTES", 100_000)
    connection = http.client.HTTPConnection("127.0.0.1", client.port, timeout=10)
    chunks = (b" " * 30_000 for _ in range(4))
    connection.request("POST", "/services/NetSuitePort_2025_2", chunks, encode_chunked=True)
    response = connection.getresponse()
    assert response.status == 500
    assert b"exceededRequestSizeFault" in response.read()
    connection.close()


def test_the_passport_names_the_account(client: Any, account: Any) -> None:
    other = Account("1234567_SB1")
    other.clock.freeze(account.clock.now())
    with serving(account, other) as running:
        client.port = int(running.url.rpartition(":")[2])
        assert client.send(TIME).status == 200
        client.account, client.credentials = other, other.tokens.issue(other.id)
        assert (client.send(TIME).text("msgs:nsId") or "").startswith("WEBSERVICES_1234567_SB1_")
        asked = "<msgs:getDataCenterUrls><msgs:account>1234567-sb1</msgs:account></msgs:getDataCenterUrls>"
        assert client.send(asked, passport="").text("core:systemDomain") == running.url
    other.close()


@pytest.mark.parametrize(
    "body",
    [
        "<msgs:add/>",
        "<msgs:addList/>",
        "<msgs:get/>",
        "<msgs:getList/>",
        "<msgs:delete/>",
        "<msgs:deleteList/>",
        "<msgs:search/>",
        "<msgs:add><msgs:record/></msgs:add>",
        '<msgs:add><msgs:record xsi:type="nowhere:Customer"/></msgs:add>',
        '<msgs:add><msgs:record xsi:type="listRel:Partner"/></msgs:add>',
        "<msgs:getDeleted><msgs:getDeletedFilter/><msgs:pageIndex>one</msgs:pageIndex></msgs:getDeleted>",
        "<msgs:getDeleted><msgs:getDeletedFilter/><msgs:pageIndex>--1</msgs:pageIndex></msgs:getDeleted>",
    ],
)
def test_incomplete_operations_get_a_fault_that_says_what_is_wrong(client: Any, body: str) -> None:
    reply = client.send(body)
    assert reply.status == 500
    assert reply.fault == ("", None)
    assert "Exception" in (reply.text("faultstring") or "")


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00"])
def test_moments_at_the_ends_of_the_calendar_are_refused(client: Any, moment: str) -> None:
    fields = f"<tranEmp:tranDate>{moment}</tranEmp:tranDate>"
    record = client.record("tranEmp:TimeBill", fields, externalId="t")
    assert client.send(f"<msgs:upsert>{record}</msgs:upsert>").fault == ("", None)


def test_preferences_must_be_readable(client: Any) -> None:
    known = "<msgs:preferences><msgs:warningAsError>{}</msgs:warningAsError></msgs:preferences>"
    assert client.send(TIME, headers=known.format("true")).status == 200
    assert client.send(TIME, headers=known.format("perhaps")).fault == ("", None)
