"""The SuiteQL door over loopback HTTP, asked by a client whose signatures nobody here wrote."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

import pytest
from oauthlib.oauth1 import SIGNATURE_HMAC_SHA256, Client

from netsuite_simulator.account import Account
from netsuite_simulator.faces.server import serving
from netsuite_simulator.faults import Throttle
from netsuite_simulator.permissions import DOOR_PERMISSIONS
from netsuite_simulator.suiteql import execution
from netsuite_simulator.tokens import Credentials

from .conftest import NOW, furnished

PATH = "/services/rest/query/v1/suiteql"
TRANSIENT = {"Prefer": "transient", "Content-Type": "application/json"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    status: int
    headers: dict[str, str]
    document: dict[str, object]

    @property
    def detail(self) -> tuple[object, object]:
        details = self.document["o:errorDetails"]
        assert isinstance(details, list)
        (detail,) = details
        return detail["o:errorCode"], detail["detail"]


@dataclass(slots=True, kw_only=True)
class Caller:
    """A signing HTTP client for one account."""

    url: str
    account: Account
    credentials: Credentials = field(repr=False)

    def ask(
        self,
        body: object,
        *,
        search: str = "",
        method: Literal["GET", "POST"] = "POST",
        headers: dict[str, str] = TRANSIENT,
        credentials: Credentials | None = None,
    ) -> Answer:
        keys = credentials or self.credentials
        signer = Client(
            keys.consumer_key,
            client_secret=keys.consumer_secret,
            resource_owner_key=keys.token_id,
            resource_owner_secret=keys.token_secret,
            signature_method=SIGNATURE_HMAC_SHA256,
            realm=keys.account_id,
            timestamp=str(int(NOW.timestamp())),
        )
        address = f"{self.url}{PATH}{search}"
        _, signed, _ = signer.sign(address, http_method=method)
        parts = urlsplit(address)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
        try:
            content = body if isinstance(body, str) else json.dumps(body)
            connection.request(
                method, f"{parts.path}?{parts.query}".rstrip("?"), content.encode(), {**headers, **signed}
            )
            response = connection.getresponse()
            return Answer(
                status=response.status, headers=dict(response.getheaders()), document=json.loads(response.read())
            )
        finally:
            connection.close()


@pytest.fixture(scope="module")
def caller() -> Iterator[Caller]:
    account = furnished()
    with serving(account) as running:
        yield Caller(url=running.url, account=account, credentials=account.tokens.issue(account.id))


def test_a_page_has_its_shape(caller: Caller) -> None:
    query = {"q": "SELECT id, entityid FROM customer WHERE id > ? ORDER BY id", "params": ["101"]}
    answer = caller.ask(query, search="?limit=2&offset=2")
    address = f"{caller.url}{PATH}"
    assert answer.status == 200
    assert answer.document == {
        "links": [
            {"rel": "self", "href": f"{address}?limit=2&offset=2"},
            {"rel": "first", "href": f"{address}?limit=2&offset=0"},
            {"rel": "previous", "href": f"{address}?limit=2&offset=0"},
        ],
        "count": 2,
        "hasMore": False,
        "items": [
            {"links": [], "id": "104", "entityid": "Größe 100%"},
            {"links": [], "id": "105", "entityid": "O'Brien_1"},
        ],
        "offset": 2,
        "totalResults": 4,
    }
    first = caller.ask(query, search="?limit=2").document
    assert first["hasMore"] is True
    assert {"rel": "next", "href": f"{address}?limit=2&offset=2"} in first["links"]  # type: ignore[operator]


def test_an_empty_answer(caller: Caller) -> None:
    document = caller.ask({"q": "SELECT id FROM customer WHERE id < 0"}).document
    assert (document["count"], document["items"], document["hasMore"], document["totalResults"]) == (0, [], False, 0)


QUERY = {"q": "SELECT id FROM customer"}
REFUSED = [
    ({"headers": {"Content-Type": "application/json"}}, QUERY, "INVALID_HEADER", "'Prefer'"),
    ({"search": "?limit=1001"}, QUERY, "INVALID_PARAMETER", "limit"),
    ({"search": "?limit=0"}, QUERY, "INVALID_PARAMETER", "limit"),
    ({"search": "?limit=10&offset=5"}, QUERY, "INVALID_PARAMETER", "offset"),
    ({"search": "?limit=1000&offset=100000"}, QUERY, "INVALID_PARAMETER", "SuiteAnalytics Connect"),
    ({}, "{", "INVALID_CONTENT", "not JSON"),
    ({}, ["q"], "INVALID_CONTENT", "'q'"),
    ({}, {"q": "  "}, "INVALID_CONTENT", "'q'"),
    ({}, {"q": "SELECT 1 FROM DUAL", "params": {"a": 1}}, "INVALID_CONTENT", "'params'"),
    ({}, {"q": "SELECT id FROM nope"}, "INVALID_PARAMETER", "Record 'nope' was not found."),
    ({}, {"q": "SELECT nope FROM customer"}, "INVALID_PARAMETER", "Field 'nope' for record 'customer' was not found."),
]


@pytest.mark.parametrize(("how", "body", "code", "text"), REFUSED)
def test_a_refusal_is_a_problem_document(
    caller: Caller, how: dict[str, object], body: object, code: str, text: str
) -> None:
    answer = caller.ask(body, **how)  # type: ignore[arg-type]
    assert (answer.status, answer.document["title"]) == (400, "Bad Request")
    assert answer.detail[0] == code
    assert text in str(answer.detail[1])


def test_only_post_is_allowed(caller: Caller) -> None:
    answer = caller.ask("", method="GET")
    assert (answer.status, answer.headers["Allow"]) == (405, "POST")


def test_prefer_may_say_more(caller: Caller) -> None:
    assert caller.ask(QUERY, headers={"Prefer": "respond-sync, Transient"}).status == 200


def test_a_role_sees_only_its_tables(caller: Caller) -> None:
    account = caller.account
    role = account.roles.add("Reader", {**dict.fromkeys(DOOR_PERMISSIONS, 4), "LIST_CURRENCY": 1})
    token = account.tokens.add(account.integrations.add("Other"), role, user="reader@example.com")
    credentials = account.tokens.credentials(account.id, token)
    assert caller.ask({"q": "SELECT id FROM currency"}, credentials=credentials).status == 200
    answer = caller.ask(QUERY, credentials=credentials)
    assert "Record 'customer' was not found." in str(answer.detail[1])
    assert (
        caller.ask(
            {"q": "SELECT id FROM currency c WHERE EXISTS (SELECT 1 FROM customer)"}, credentials=credentials
        ).status
        == 400
    )


def test_a_role_without_the_door_is_refused(caller: Caller) -> None:
    account = caller.account
    role = account.roles.add(
        "No analytics", {name: 4 for name in (*DOOR_PERMISSIONS, "LIST_CUSTJOB") if name != "REPO_ANALYTICS"}
    )
    token = account.tokens.add(account.integrations.add("Third"), role, user="reader@example.com")
    assert caller.ask(QUERY, credentials=account.tokens.credentials(account.id, token)).status == 400


def test_a_planned_fault_meets_the_door(caller: Caller) -> None:
    caller.account.fail_next(Throttle(), door="suiteql")
    answer = caller.ask(QUERY)
    assert (answer.status, answer.detail[0]) == (429, "CONCURRENCY_LIMIT_EXCEEDED")
    assert caller.ask(QUERY).status == 200


def test_the_ceiling_ends_the_pages(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(execution, "QUERY_ROWS", 4)
    document = caller.ask({"q": "SELECT id FROM customer ORDER BY id"}, search="?limit=2&offset=2").document
    assert (document["hasMore"], document["totalResults"], document["count"]) == (False, 4, 2)


def test_an_edit_shows_at_once(caller: Caller) -> None:
    query = {"q": "SELECT email FROM customer WHERE id = 102"}
    assert caller.ask(query).document["items"] == [{"links": []}]
    caller.account.bump("customer", "102", email="new@example.com")
    assert caller.ask(query).document["items"] == [{"links": [], "email": "new@example.com"}]


def test_two_accounts_answer_for_themselves() -> None:
    first, second = furnished(), Account("TSTDRV2000002")
    second.clock.freeze(NOW)
    with serving(first, second) as running:
        for account, count in ((first, 5), (second, 0)):
            caller = Caller(url=running.url, account=account, credentials=account.tokens.issue(account.id))
            assert caller.ask(QUERY).document["totalResults"] == count
