"""Faults of answers and of single records: what arrives cannot be read, is too much, or is not what was done."""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterator

import pytest
import requests
from lxml import etree
from simulator.tests.firms import Firm, RestClient
from simulator.tests.oracles import Answers
from simulator.tests.rest.test_rest_jobs import ASYNC, KEY, at
from simulator.tests.soap.conftest import Client
from simulator.tests.weather.conftest import vendors

from netsuite_simulator.faults import (
    AfterSubmitFailed,
    CompressedBomb,
    DeepBody,
    EndlessJob,
    Fault,
    FieldsDropped,
    ForgetSearches,
    HugeBody,
    LongAnswers,
    MalformedBody,
    NoIdentity,
    RejectedRecords,
    ReorderedAnswers,
    ShortAnswers,
    Throttle,
    TruncatedBody,
)
from netsuite_simulator.faults.answers import Malformation

TIME = "<msgs:getServerTime/>"
QUERY = "/services/rest/query/v1/suiteql"


@pytest.fixture(autouse=True)
def answers_keep_to_their_schemas(all_answers: Answers) -> Iterator[None]:
    """Forget what was answered here: spoiled answers keep to nothing."""
    yield
    all_answers.soap.clear()
    all_answers.rest.clear()


def raw(client: Client, body: str = TIME) -> bytes:
    return client.raw(client.envelope(body, client.passport()))[1]


@pytest.mark.parametrize("how", ["cut", "empty", "encoding", "namespace", "nan"])
def test_json_that_cannot_be_read(firm: Firm, client: RestClient, how: Malformation) -> None:
    whole = client.records("GET", f"customer/{firm.customer}")
    firm.account.fail_next(MalformedBody(how=how))
    spoiled = client.records("GET", f"customer/{firm.customer}")
    assert spoiled.status_code == 200
    assert int(spoiled.headers["Content-Length"]) == len(spoiled.content)
    assert spoiled.content != whole.content
    if how == "nan":
        document = json.loads(spoiled.content)
        assert any(isinstance(one, float) and math.isnan(one) for one in document.values())
    else:
        with pytest.raises(ValueError, match=r"."):
            json.loads(spoiled.content)
    assert firm.account.journal.requests[-1].outcome == "200, MalformedBody"


def test_json_that_says_something_twice_or_something_else(firm: Firm, client: RestClient) -> None:
    firm.account.fail_next(MalformedBody(how="duplicate keys"))
    pairs = json.loads(client.records("GET", f"customer/{firm.customer}").content, object_pairs_hook=list)
    names = [name for name, _ in pairs]
    assert len(names) == len(set(names)) + 1
    firm.account.fail_next(MalformedBody(how="wrong shape"))
    assert client.records("GET", "customer").json() == {"answer": {"status": "OK"}}


@pytest.mark.parametrize("how", ["cut", "empty", "encoding", "nan"])
def test_xml_that_cannot_be_read(firm: Firm, soap: Client, how: Malformation) -> None:
    firm.account.fail_next(MalformedBody(how=how))
    answer = raw(soap, vendors(firm, soap, "v-1"))
    with pytest.raises(etree.XMLSyntaxError):
        etree.fromstring(answer)
    assert firm.account.get("vendor", external_id="v-1") is not None


def test_xml_that_is_hostile_or_foreign(firm: Firm, soap: Client) -> None:
    firm.account.fail_next(MalformedBody(how="doctype"))
    hostile = raw(soap)
    assert b"<!ENTITY g SYSTEM" in hostile
    assert b"&f;&g;" in hostile
    with pytest.raises(etree.XMLSyntaxError, match="amplification"):
        etree.fromstring(hostile, etree.XMLParser(resolve_entities=False, no_network=True))
    firm.account.fail_next(MalformedBody(how="namespace"))
    assert b"urn:messages_1999_1.platform" in raw(soap)
    firm.account.fail_next(MalformedBody(how="wrong shape"))
    assert etree.fromstring(raw(soap)).tag == "{urn:other}answer"
    firm.account.fail_next(DeepBody(depth=2_000))
    assert raw(soap).count(b"<a>") == 2_000


def test_too_much_of_an_answer(firm: Firm, client: RestClient) -> None:
    path = f"customer/{firm.customer}"
    whole = client.records("GET", path)
    firm.account.fail_next(HugeBody(mebibytes=3))
    huge = client.records("GET", path)
    assert (len(huge.content), "Content-Length" in huge.headers) == (len(whole.content) + 3 * 2**20, False)
    firm.account.fail_next(CompressedBomb(mebibytes=8))
    signed = client.headers("GET", f"/services/rest/record/v1/{path}")
    address = f"{client.url}/services/rest/record/v1/{path}"
    with requests.get(address, headers=signed, stream=True, timeout=20) as bomb:
        packed = bomb.raw.read(decode_content=False)
    assert bomb.headers["Content-Encoding"] == "gzip"
    assert len(packed) < 2**16
    assert len(gzip.decompress(packed)) == len(whole.content) + 8 * 2**20
    firm.account.fail_next(DeepBody(depth=50_000))
    assert client.records("GET", path).text == "[" * 50_000 + "]" * 50_000


def test_successes_that_name_nothing(firm: Firm, client: RestClient, soap: Client) -> None:
    firm.account.fail_next(NoIdentity(), times=3)
    created = client.records("PUT", "customer/eid:fresh", {"companyName": "Fresh"})
    assert (created.status_code, "Location" in created.headers) == (204, False)
    lost = client.records("POST", "department", {"name": "New"}, headers={**ASYNC, "X-NetSuite-Idempotency-Key": KEY})
    assert (lost.status_code, "Location" in lost.headers) == (202, False)
    reply = soap.send(vendors(firm, soap, "v-1", "v-2"))
    assert (reply.codes, reply.all("msgs:baseRef")) == ([None, None], [])
    again = client.records("POST", "department", {"name": "New"}, headers={**ASYNC, "X-NetSuite-Idempotency-Key": KEY})
    assert (again.status_code, again.headers["Location"].rpartition("/")[2]) == (400, "1")


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (ReorderedAnswers(), ["c", "b", "a"]),
        (ShortAnswers(missing=2), ["a"]),
        (ShortAnswers(missing=9), []),
        (LongAnswers(extra=2), ["a", "b", "c", "c", "c"]),
    ],
)
def test_lists_reordered_short_and_long(
    firm: Firm, client: RestClient, soap: Client, fault: Fault, expected: list[str]
) -> None:
    firm.account.fail_next(fault)
    reply = soap.send(vendors(firm, soap, "a", "b", "c"))
    assert [one.get("externalId") for one in reply.all("msgs:baseRef")] == expected
    for name in ("a", "b", "c"):
        firm.account.add("department", name=name)
    firm.account.fail_next(fault)
    query = {"q": "SELECT name FROM department WHERE name IN ('a', 'b', 'c') ORDER BY name"}
    page = client.send("POST", QUERY, query, headers={"Prefer": "transient"}).json()
    assert ([one["name"] for one in page["items"]], page["count"]) == (expected, 3)


def test_some_records_are_refused_and_the_others_written(firm: Firm, client: RestClient, soap: Client) -> None:
    firm.account.fail_next(RejectedRecords(every=2, code="USER_ERROR", message="No."))
    assert soap.send(vendors(firm, soap, "a", "b", "c")).codes == [None, "USER_ERROR", None]
    assert [firm.account.get("vendor", external_id=one) is None for one in "abc"] == [False, True, False]
    firm.account.fail_next(RejectedRecords(external_ids=("c",), code="UNEXPECTED_ERROR"))
    assert soap.send(vendors(firm, soap, "a", "b", "c")).codes == [None, None, "UNEXPECTED_ERROR"]
    firm.account.fail_next(RejectedRecords(message="Not today."))
    refused = client.records("PATCH", f"customer/{firm.customer}", {"phone": "1"})
    assert (refused.status_code, "Not today." in refused.text) == (400, True)
    assert soap.send(vendors(firm, soap, "b")).codes == [None]


def test_scripts_fail_after_the_commit_by_plan(firm: Firm, client: RestClient, soap: Client) -> None:
    firm.account.faults.plan(AfterSubmitFailed(), record_type="vendor", times=2)
    soap.send(TIME)
    assert soap.send(vendors(firm, soap, "a")).codes == ["UNEXPECTED_ERROR"]
    answer = client.records("PUT", "vendor/eid:b", {"companyName": "B"})
    assert (answer.status_code, "Location" in answer.headers) == (500, False)
    assert answer.json()["o:errorDetails"][0]["o:errorCode"] == "UNEXPECTED_ERROR"
    assert all(firm.account.get("vendor", external_id=one) is not None for one in "ab")


def test_fields_are_dropped_without_a_word(firm: Firm, client: RestClient) -> None:
    firm.account.fail_next(FieldsDropped(fields=("phone",)), times=2)
    values = {"companyName": "Fresh", "phone": "5550100", "email": "f@example.com"}
    assert client.records("PUT", "customer/eid:fresh", values).status_code == 204
    assert client.records("PATCH", f"customer/{firm.customer}", {"phone": "5550100"}).status_code == 204
    stored = client.records("GET", "customer/eid:fresh").json()
    assert ("phone" in stored, stored["email"]) == (False, "f@example.com")
    assert "phone" not in client.records("GET", f"customer/{firm.customer}").json()


def test_jobs_that_never_end_and_jobs_that_are_forgotten(firm: Firm, client: RestClient, soap: Client) -> None:
    account = firm.account
    account.fail_next(EndlessJob(), times=2)
    job = client.records("POST", "department", {"name": "New"}, headers=ASYNC).headers["Location"]
    content = vendors(firm, soap, "a").replace("upsertList", "asyncUpsertList")
    soap_job = soap.send(content).text("core:jobId")
    account.clock.advance(86_400)
    assert at(client, job).json()["completed"] is False
    ask = f"<msgs:checkAsyncStatus><msgs:jobId>{soap_job}</msgs:jobId></msgs:checkAsyncStatus>"
    assert soap.send(ask).text("core:status") == "processing"
    account.fail_next(ForgetSearches())
    assert at(client, job).status_code == 404
    assert soap.send(ask).fault == ("asyncFault", "INVALID_JOB_ID")


def test_an_expired_search_id_and_one_that_is_forgotten(firm: Firm, soap: Client) -> None:
    search = (
        '<msgs:search><msgs:searchRecord xsi:type="common:CustomerSearchBasic"'
        ' xmlns:common="urn:common_2025_2.platform.webservices.netsuite.com"/></msgs:search>'
    )
    for is_forgotten in (False, True):
        search_id = soap.send(search).text("core:searchId")
        asked = f"<msgs:searchId>{search_id}</msgs:searchId><msgs:pageIndex>1</msgs:pageIndex>"
        more = f"<msgs:searchMoreWithId>{asked}</msgs:searchMoreWithId>"
        assert soap.send(more).text("core:totalRecords") == "1"
        if is_forgotten:
            firm.account.fail_next(ForgetSearches())
        else:
            firm.account.clock.advance(901)
        assert soap.send(more).text("core:code") == "INVALID_JOB_ID"


def test_each_door_words_its_limit_and_when_to_come_again(firm: Firm, client: RestClient, soap: Client) -> None:
    firm.account.fail_next(Throttle(retry_after_seconds=7), times=2)
    limited = client.records("GET", "customer")
    assert (limited.status_code, limited.headers["Retry-After"]) == (429, "7")
    restlet = client.send("GET", "/app/site/hosting/restlet.nl?script=1&deploy=1")
    assert (restlet.status_code, restlet.json()["error"]["code"]) == (400, "SSS_REQUEST_LIMIT_EXCEEDED")
    assert restlet.headers["Retry-After"] == "7"
    firm.account.fail_next(Throttle())
    assert "Retry-After" not in client.records("GET", "customer").headers
    firm.account.fail_next(Throttle(), door="soap")
    firm.account.fail_next(Throttle(session=True), door="soap")
    assert soap.send(TIME).fault == ("exceededConcurrentRequestLimitFault", "WS_REQUEST_BLOCKED")
    assert soap.send(TIME).fault == ("exceededRequestLimitFault", "WS_CONCUR_SESSION_DISALLWD")


def test_an_answer_may_be_reset_in_the_middle(firm: Firm, client: RestClient) -> None:
    firm.account.fail_next(TruncatedBody(keep=0.5, resets=True))
    with pytest.raises(requests.exceptions.RequestException):
        client.records("GET", f"customer/{firm.customer}")
    assert firm.account.journal.requests[-1].outcome == "200, dropped"
