"""The Python package `netsuite`, unmodified: REST, SuiteQL, metadata, RESTlets and SOAP at its hard-wired hosts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from simulator.tests.clients.conftest import World
from simulator.tests.clients.strangers import SCRIPTS, Stranger, StrangerError, python_of, running

HOST = "https://tstdrv1000001.suitetalk.api.netsuite.com"


@pytest.fixture(scope="module")
def process(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stranger]:
    """The client's process, which reads the WSDL once."""
    command = [python_of("netsuite"), SCRIPTS / "netsuite_calls.py"]
    with running(command, world.served.environment, tmp_path_factory.mktemp("netsuite")) as process:
        yield process


@pytest.fixture
def client(world: World, process: Stranger) -> Stranger:
    """The client, signed in."""
    process.ask("sign_in", account=world.served.account.id, **world.auth)
    return process


def rest(client: Stranger, method: str, path: str, **arguments: Any) -> Any:
    return client.ask("rest", method=method, first=f"/record/v1/{path}", **arguments)


def soap(client: Stranger, method: str, first: Any = (), **arguments: Any) -> Any:
    given = {} if first == () else {"first": first}
    return client.ask("soap", method=method, **given, **arguments)["body"]


def new(name: str, **fields: Any) -> dict[str, Any]:
    return {"new": name, **fields}


def test_records_live_their_life_by_rest(client: Stranger, world: World) -> None:
    assert rest(client, "post", "department", json={"name": "Pflege & Care"}) is None
    found = rest(client, "get", "department", params={"q": 'name CONTAIN "Care"'})
    assert (found["count"], found["items"][0]["links"][0]["href"].startswith(f"{HOST}/services/rest/")) == (1, True)
    own = "customer/eid:r-1"
    assert rest(client, "put", own, json={"companyName": "R", "subsidiary": {"id": world.firm.subsidiary}}) is None
    assert rest(client, "patch", own, json={"companyName": "R 2"}) is None
    assert rest(client, "get", own, params={"fields": "companyName"})["companyName"] == "R 2"
    assert rest(client, "delete", own) is None
    with pytest.raises(StrangerError, match="NONEXISTENT_ID") as gone:
        rest(client, "get", own)
    assert gone.value.kind == "NetsuiteAPIRequestError"
    with pytest.raises(StrangerError, match=r"HTTP400.*colour"):
        rest(client, "post", "customer", json={"colour": "red"})


def test_suiteql_pages_to_the_end(client: Stranger) -> None:
    pages = client.ask("suiteql_pages", q="SELECT symbol FROM currency ORDER BY id", limit=1)
    assert [[row["symbol"] for row in page] for page in pages] == [["USD"], ["JPY"]]
    with pytest.raises(StrangerError, match="HTTP400"):
        client.ask("rest", method="suiteql", first="SELECT nothing FROM nowhere")


def test_metadata_describes_the_records(client: Stranger) -> None:
    schema = client.ask("rest", method="jsonschema", first="customer")
    assert schema["properties"]["companyName"]["type"] == "string"
    document = client.ask("rest", method="openapi", first=["customer", "job"])
    assert {"/customer", "/customer/{id}", "/job"} <= set(document["paths"])
    assert document["servers"][0]["url"] == f"{HOST}/services/rest/record/v1"


def test_the_token_tells_whose_it_is(client: Stranger, world: World) -> None:
    told = client.ask("rest", method="token_info")
    role = world.served.account.roles.connector
    assert (told["companyId"], told["roleId"], told["roleName"]) == (world.served.account.id, role.id, role.name)


def test_restlets_are_called_by_script_and_deployment(client: Stranger, world: World) -> None:
    world.served.account.restlet("7", "2", lambda call: {"method": call.method, "body": call.body})
    assert client.ask("restlet", method="get", script_id=7, deploy=2) == {"method": "GET", "body": None}
    posted = client.ask("restlet", method="post", script_id=7, deploy=2, json={"hours": 1.5})
    assert posted == {"method": "POST", "body": {"hours": 1.5}}
    with pytest.raises(StrangerError, match="SSS_INVALID_SCRIPTLET_ID"):
        client.ask("restlet", method="get", script_id=8)


def test_requests_at_once_meet_the_limit(client: Stranger, world: World) -> None:
    governance = world.served.account.governance
    governance.limit = 20
    assert all(one["count"] > 0 for one in client.ask("at_once", paths=["/record/v1/customer"] * 12))
    governance.limit = 0
    try:
        with pytest.raises(StrangerError, match=r"HTTP429.*CONCURRENCY_LIMIT_EXCEEDED"):
            rest(client, "get", "customer")
        with pytest.raises(StrangerError, match="concurrent request limit exceeded") as blocked:
            soap(client, "get", "customer", externalId="c-1")
        assert blocked.value.kind == "Fault"
    finally:
        governance.limit = 5


def test_records_live_their_life_by_soap(client: Stranger, world: World) -> None:
    subsidiary = new("Core.RecordRef", internalId=world.firm.subsidiary)
    one = new("Relationships.Customer", externalId="s-1", companyName="Süd", subsidiary=subsidiary)
    added = soap(client, "add", one)["writeResponse"]
    assert (added["status"]["isSuccess"], added["baseRef"]["externalId"]) == (True, "s-1")
    two = {**one, "externalId": "s-2", "companyName": "Süd 2"}
    answers = soap(client, "upsertList", [{**one, "email": "s@example.com"}, two])["writeResponseList"]
    assert [answer["status"]["isSuccess"] for answer in answers["writeResponse"]] == [True, True]
    for method in ("update", "upsert"):
        changed = new("Relationships.Customer", externalId="s-1", companyName=f"Süd {method}")
        assert soap(client, method, changed)["writeResponse"]["status"]["isSuccess"] is True
    record = soap(client, "get", "customer", externalId="s-1")["readResponse"]["record"]
    assert (record["companyName"], record["email"]) == ("Süd upsert", "s@example.com")
    listed = soap(client, "getList", "customer", internalIds=[world.firm.customer], externalIds=["s-2", "nobody"])
    found = [answer["status"]["isSuccess"] for answer in listed["readResponseList"]["readResponse"]]
    assert found == [True, True, False]
    named = new("Core.SearchStringField", searchValue="Süd", operator="startsWith")
    search = new("Common.CustomerSearchBasic", companyName=named)
    page_size = {"searchPreferences": {"pageSize": 5}}
    first = soap(client, "search", search, additionalHeaders=page_size)["searchResult"]
    assert (first["totalRecords"], first["pageSize"]) == (2, 5)
    again = soap(client, "searchMoreWithId", searchId=first["searchId"], pageIndex=1)["searchResult"]
    assert [row["companyName"] for row in again["recordList"]["record"]] == ["Süd upsert", "Süd 2"]
    reference = new("Core.RecordRef", type="customer", externalId="s-2")
    assert soap(client, "request", "delete", baseRef=reference)["writeResponse"]["status"]["isSuccess"] is True
    unknown = soap(client, "get", "customer", externalId="s-2")["readResponse"]["status"]
    assert unknown["statusDetail"][0]["code"] == "RCRD_DSNT_EXIST"
    currencies = soap(client, "getAll", "currency")["getAllResult"]["recordList"]["record"]
    assert {currency["symbol"] for currency in currencies} == {"USD", "JPY"}
    assert soap(client, "getItemAvailability", internalIds=["1"])["getItemAvailabilityResult"]["status"]["isSuccess"]


def test_a_wrong_secret_is_the_clients_own_exception(client: Stranger, world: World) -> None:
    wrong = {**world.auth, "token_secret": "wrong"}
    client.ask("sign_in", account=world.served.account.id, **wrong)
    with pytest.raises(StrangerError, match=r"HTTP401.*INVALID_LOGIN") as refused:
        rest(client, "get", "customer")
    assert refused.value.kind == "NetsuiteAPIRequestError"
    with pytest.raises(StrangerError, match=r"Invalid login attempt\."):
        soap(client, "get", "customer", externalId="c-1")
    with pytest.raises(StrangerError, match="HTTP401"):
        client.ask("rest", method="token_info")
    assert world.served.account.logins[-1].detail == "InvalidSignature"
    world.served.account.tokens.unlock(world.credentials["token_id"])


def test_an_older_end_point_answers_in_its_own_namespaces(process: Stranger, world: World) -> None:
    process.ask("sign_in", account=world.served.account.id, version="2019.2.0", **world.auth)
    assert soap(process, "get", "customer", externalId="c-1")["readResponse"]["record"]["externalId"] == "c-1"
