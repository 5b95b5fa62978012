"""Recorded answers differ from written ones: marks, blanks, prefixes, comments, other end points. They say the same, or are refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import pytest

from suitebridge.wire.rest.json import UnreadableJsonError
from suitebridge.wire.rest.problems import ProblemDocument, read_problem
from suitebridge.wire.rest.suiteql import read_page
from suitebridge.wire.soap import envelopes, names
from suitebridge.wire.soap.faults import read_fault
from suitebridge.wire.soap.write_responses import read_write_response
from tests.wire import envelopes as answers

ANSWER = answers.upsert_list_response(
    answers.write_response(answers.status(), internal_id="7", external_id="a"),
    answers.write_response(answers.status(code="USER_ERROR", message="Please enter value(s) for: Item")),
)
FAULT = answers.fault("exceededConcurrentRequestLimitFault", "WS_REQUEST_BLOCKED", "Request blocked.")
_SPACES = {"core": names.CORE, "msgs": names.MESSAGES, "faults": names.FAULTS}
DIALECTS: dict[str, Callable[[str], str]] = {
    "a mark before it": lambda text: "\ufeff" + text,
    "blanks around it": lambda text: f"\n \t{text}\r\n\n",
    "line ends of another system": lambda text: text.replace("><", ">\r\n<"),
    "no declaration": lambda text: re.sub(r"^<\?xml.*?\?>", "", text),
    "other prefixes": lambda text: re.sub(r"(</?|xmlns:)(soapenv|core|msgs)\b", r"\1n\2", text).replace('"core:', '"ncore:'),
    "single quotes": lambda text: re.sub(r'="([^"]*)"', r"='\1'", text),
    "comments and instructions": lambda text: text.replace("Body>", "Body><!-- a --><?b c?>", 1),
    "a comment within a word": lambda text: text.replace("USER_ERROR", "USER_<!-- a -->ERROR"),
    "CDATA": lambda text: re.sub(r">(\w[^<]*)<", r"><![CDATA[\1]]><", text),
    "padded values": lambda text: re.sub(r">([A-Z_]{4,})<", r">\n  \1\n<", text),
    "attributes in another order": lambda text: text.replace('internalId="7" externalId="a" type="timeBill"', 'type="timeBill" externalId="a" internalId="7"'),
    "namespaces without prefixes": lambda text: re.sub(r"<(/?)(core|msgs|faults):", r"<\1", re.sub(r"<(core|msgs|faults):([\w]+)", lambda found: f'<{found[0][1:]} xmlns="{_SPACES[found[1]]}"', text)),
    "namespaces declared where they are used": lambda text: re.sub(r"<(msgs:writeResponse|core:status|faults:\w+)([ />])", lambda found: f'<{found[1]} xmlns:{found[1][:found[1].index(":")]}="{_SPACES[found[1][:found[1].index(":")]]}"{found[2]}', text),
    "elements that nobody asked for": lambda text: text.replace("</core:status", "<core:hint xsi:nil=\"true\"/></core:status").replace("</msgs:writeResponse>", "<extra/></msgs:writeResponse>").replace("</detail>", "<later/></detail>"),
    "another end point": lambda text: text.replace(names.VERSION, "2023_2"),
}  # fmt: skip


@pytest.mark.parametrize("dialect", DIALECTS)
def test_soap_says_the_same_in_every_dialect(dialect: str) -> None:
    def read(body: bytes) -> list[object]:
        element = envelopes.open_answer(body)
        return [read_write_response(one) for one in element.iter(names.messages("writeResponse"))]

    spoken = DIALECTS[dialect](ANSWER.decode()).encode()
    assert spoken != ANSWER
    assert read(spoken) == read(ANSWER)
    fault = DIALECTS[dialect](FAULT.decode()).encode()
    assert read_fault(envelopes.open_answer(fault)) == read_fault(envelopes.open_answer(FAULT))


PAGE = '{"links":[],"count":2,"hasMore":false,"items":[{"links":[],"id":"1","name":"a : b"},{"links":[],"id":"2"}],"offset":0,"totalResults":2}'


def test_a_page_says_the_same_in_every_dialect() -> None:
    expected = read_page(PAGE.encode())
    for spoken in (
        "\ufeff" + PAGE,
        f"\r\n {PAGE}\n",
        PAGE.replace('":', '" : ').replace(",", " ,\n\t"),
        PAGE.replace('"1"', "1").replace('"2"', "2"),
    ):
        assert read_page(spoken.encode()) == expected
    odd = read_page(b'{"hasMore":true,"items":[{"a":12.50,"b":true,"c":false,"d":null,"e":"x"}]}')
    assert odd.rows == [{"a": "12.50", "b": "T", "c": "F", "d": None, "e": "x"}]


def test_rows_without_a_column_are_rows_all_the_same() -> None:
    read = read_page(
        b'{"hasMore":false,"items":[{"id":"1"},{"id":2,"name":null},{"id":"3","name":"","rate":1.5e-3},{}]}'
    )
    assert [row.get("id") for row in read.rows] == ["1", "2", "3", None]
    assert [row.get("name") for row in read.rows] == [None, None, "", None]
    assert Decimal(str(read.rows[2]["rate"])) == Decimal("0.0015")


@pytest.mark.parametrize(
    "row",
    ['{"a":"1","a":"2"}', '{"a":"1","a" :"2"}', '{"a":"1","a"\n:"2"}', '{"a":1,"a"\t:2}', '{"a":"\\":","a" :"2"}'],
)
def test_a_key_that_comes_twice_is_refused_however_it_is_written(row: str) -> None:
    with pytest.raises(UnreadableJsonError, match="twice"):
        read_page(f'{{"hasMore":false,"items":[{row}]}}'.encode())
    with pytest.raises(UnreadableJsonError):
        read_page(b'{"hasMore":false,"items":[{"a":{"b":1}}]}')


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            '{"status":"400","o:errorDetails":[{"detail":"d","o:errorCode":"INVALID_CONTENT","o:errorPath":null}]}',
            ProblemDocument(status=0, codes=("INVALID_CONTENT",), said="d"),
        ),
        (
            '{"title":"Bad","status":400,"o:errorDetails":null,"detail":"D","o:errorCode":"USER_ERROR"}',
            ProblemDocument(status=400, codes=("USER_ERROR",), said="D"),
        ),
        (
            '{"error":{"code":"SSS_REQUEST_LIMIT_EXCEEDED","message":"Request Limit Exceeded"}}',
            ProblemDocument(status=0, codes=("SSS_REQUEST_LIMIT_EXCEEDED",), said="Request Limit Exceeded"),
        ),
        (
            '\ufeff{"error" : {"code" : "UNEXPECTED_ERROR", "message" : {"type": "error"}}}',
            ProblemDocument(status=0, codes=("UNEXPECTED_ERROR",), said="UNEXPECTED_ERROR"),
        ),
        (
            '{"type":"about:blank","title":"Unauthorized","status":401}',
            ProblemDocument(status=401, codes=(), said="Unauthorized"),
        ),
        (
            '{"status":400,"o:errorDetails":[{"detail":"one","o:errorCode":"A_B"},{"detail":"","o:errorCode":"C_D","o:errorPath":"item"},{}]}',
            ProblemDocument(status=400, codes=("A_B", "C_D"), said="one", paths=("item",)),
        ),
        (
            '{"title":"Bad Request","status":400,"o:errorDetails":[]}',
            ProblemDocument(status=400, codes=(), said="Bad Request"),
        ),
        ('{"o:errorDetails":{"detail":"d"}}', None),
        ('{"error":"invalid_grant"}', None),
        ("[]", None),
    ],
)
def test_refusals_are_read_as_they_come(body: str, expected: ProblemDocument | None) -> None:
    assert read_problem(body.encode()) == expected
