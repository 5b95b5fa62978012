"""REST: SuiteQL requests and pages, problem documents, governance limits."""

from __future__ import annotations

import contextlib
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suitebridge.wire.http import Request, Response
from suitebridge.wire.rest import jobs, problems, suiteql, system
from suitebridge.wire.rest.json import UnreadableJsonError, refuse_duplicate_keys


def test_query_is_posted_with_its_parameters() -> None:
    query = suiteql.Query(text="SELECT id FROM job WHERE id > ?", parameters=("5",))
    url = suiteql.address("https://1.suitetalk.api.netsuite.com", 1000)
    request = suiteql.request(url=url, query=query, authorization="OAuth secret")
    assert request.url.endswith("/services/rest/query/v1/suiteql?limit=1000&offset=0")
    assert request.headers["Prefer"] == "transient"
    assert json.loads(request.body) == {"q": query.text, "params": ["5"]}
    assert "secret" not in repr(request)


@pytest.mark.parametrize("limit", [0, 1001])
def test_page_size_has_bounds(limit: int) -> None:
    with pytest.raises(ValueError, match="1 to 1000 rows"):
        suiteql.address("https://x", limit)


def test_page_gives_rows_and_whether_there_are_more() -> None:
    body = b'{"links":[],"count":1,"hasMore":true,"items":[{"links":[],"id":"7","c0":"Zo\xc3\xab"}],"offset":0,"totalResults":9}'
    page = suiteql.read_page(body)
    assert page.has_more
    assert page.rows[0]["id"] == "7"
    assert page.rows[0]["c0"] == "Zoë"
    assert page.rows[0].get("c1") is None


BROKEN = {
    "a page of HTML": b"<html><body>Maintenance</body></html>",
    "nothing": b"",
    "cut off": b'{"items":[{"id":"1"}],"hasMo',
    "cut off in a text": b'{"items":[{"id":"1',
    "no items": b'{"hasMore":false}',
    "no end mark": b'{"items":[]}',
    "NaN": b'{"items":[{"id":NaN}],"hasMore":false}',
    "a list": b"[]",
    "deep": b'{"x":' + b"[" * 100_000 + b"]" * 100_000 + b',"items":[],"hasMore":false}',
    "endless": b"[" * 100_000,
    "wrong bytes": b'{"items":[{"id":"\xff"}],"hasMore":false}',
    "a key twice": b'{"items":[{"id":"1","id":"2"}],"hasMore":false}',
    "a key twice beside colons in a text": b'{"items":[{"id":"1","c0":"\\":","c0":"x"}],"hasMore":false}',
    "a key twice in the frame": b'{"items":[],"hasMore":false,"hasMore":true}',
    "rows twice": b'{"items":[{"id":"1"}],"items":[],"hasMore":false}',
    "trailing": b'{"items":[],"hasMore":false}{}',
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_page_is_refused(name: str) -> None:
    with pytest.raises(UnreadableJsonError, match="the JSON cannot be read"):
        suiteql.read_page(BROKEN[name])


CELLS = st.dictionaries(st.text(max_size=5), st.one_of(st.text(max_size=8), st.none()), max_size=4)


@given(st.lists(CELLS, max_size=4), st.data())
def test_a_page_is_read_as_json_says_or_refused(rows: list[dict[str, str | None]], data: st.DataObject) -> None:
    body = json.dumps({"items": rows, "hasMore": True}, ensure_ascii=data.draw(st.booleans())).encode()
    assert [dict(row) for row in suiteql.read_page(body).rows] == rows
    at = data.draw(st.integers(0, len(body)))
    hostile = body[:at] + data.draw(st.binary(max_size=4)) + body[at + data.draw(st.integers(0, 3)) :]
    try:
        page = suiteql.read_page(hostile)
    except UnreadableJsonError:
        return
    assert [dict(row) for row in page.rows] == json.loads(hostile)["items"]


@pytest.mark.fault("F06")
@given(st.dictionaries(st.text(max_size=4), st.integers(), min_size=1, max_size=4))
def test_a_key_twice_is_refused_wherever_it_stands(given_: dict[str, int]) -> None:
    inside = ",".join(f"{json.dumps(name)}:{value}" for name, value in given_.items())
    again = json.dumps(next(iter(given_)))
    for body in (f"{{{inside},{again}:0}}", f'{{"x":[{{{inside},{again}:0}}]}}'):
        with pytest.raises(UnreadableJsonError, match="comes twice"):
            refuse_duplicate_keys(body.encode())
    refuse_duplicate_keys(f"[{{{inside}}},{{{inside}}}]".encode())


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["items", "links", "href", "completed", "hasMore"]), inner, max_size=3),
)  # fmt: skip


@given(st.one_of(st.binary(max_size=60), JSON.map(lambda value: json.dumps(value).encode())))
def test_hostile_jobs_are_read_or_refused_and_nothing_else(body: bytes) -> None:
    with contextlib.suppress(UnreadableJsonError):
        assert isinstance(jobs.is_completed(body), bool)
    with contextlib.suppress(UnreadableJsonError):
        assert all(number.isdecimal() for number in jobs.read_tasks(body).numbers)
    problem = problems.read_problem(body)
    assert problem is None or problem.said or problem.codes


def test_problem_document_gives_codes_and_words() -> None:
    body = json.dumps(
        {
            "type": "https://www.w3.org/Protocols/rfc2616/rfc2616-sec10.html",
            "title": "Unauthorized",
            "status": 401,
            "o:errorDetails": [{"detail": "Invalid login attempt.", "o:errorCode": "INVALID_LOGIN"}],
        }
    ).encode()
    problem = problems.read_problem(body)
    assert problem == problems.ProblemDocument(status=401, codes=("INVALID_LOGIN",), said="Invalid login attempt.")


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"{}", b'{"o:errorDetails": 5}'])
def test_what_is_no_problem_document_is_none(body: bytes) -> None:
    assert problems.read_problem(body) is None


def test_governance_limits() -> None:
    full = b'{"accountConcurrencyLimit":15,"accountUnallocatedConcurrencyLimit":9,"integrationConcurrencyLimit":6}'
    shared = b'{"accountConcurrencyLimit":15,"accountUnallocatedConcurrencyLimit":9,"integrationConcurrencyLimit":null}'
    assert system.read_governance(full) == system.GovernanceLimits(account=15, integration=6)
    assert system.read_governance(shared) == system.GovernanceLimits(account=15, integration=9)
    with pytest.raises(UnreadableJsonError):
        system.read_governance(b"{}")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Mon, 18 May 2026 17:00:00 GMT", datetime(2026, 5, 18, 17, tzinfo=UTC)),
        ("Mon, 18 May 2026 17:00:00 -0000", datetime(2026, 5, 18, 17, tzinfo=UTC)),
        ("soon", None),
        ("", None),
    ],
)
def test_date_header_is_the_servers_clock(text: str, moment: datetime | None) -> None:
    assert Response(status=200, headers={"date": text}).date == moment


def test_content_type_is_looked_at_without_its_parameters() -> None:
    assert Response(status=200, headers={"content-type": "Application/vnd.oracle.resource+json; type=singular"}).is_json
    assert Response(status=200, headers={"content-type": "text/xml;charset=utf-8"}).is_xml
    assert not Response(status=200, headers={"content-type": "text/html"}).is_json
    assert Response(status=200).media_type == ""


def test_requests_and_responses_show_no_content() -> None:
    shown = repr(Request(method="GET", url="https://x", headers={"Authorization": "hidden"}, body=b"hidden"))
    shown += repr(Response(status=200, headers={"set-cookie": "hidden"}, body=b"hidden"))
    assert "hidden" not in shown
