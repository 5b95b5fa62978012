"""npm packages in Node, unmodified: `netsuite-rest` by NetSuite's own names and by a base address, `soap` by the WSDL alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from simulator.tests.clients.conftest import World
from simulator.tests.clients.strangers import PLACE, SCRIPTS, Stranger, StrangerError, node, running

# Node leads its requests by HTTPS_PROXY where it is told to.
BY_PROXY = {"NODE_USE_ENV_PROXY": "1"}


@pytest.fixture(scope="module")
def process(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stranger]:
    """The client's process."""
    command = [node(), SCRIPTS / "netsuite_rest.cjs", PLACE / "npm" / "node_modules"]
    with running(command, {**world.served.environment, **BY_PROXY}, tmp_path_factory.mktemp("npm")) as process:
        yield process


@pytest.fixture(params=["its own names", "a base address"])
def client(request: pytest.FixtureRequest, world: World, process: Stranger) -> Stranger:
    """The client, signed in either way."""
    by_address = {"base_url": world.served.url} if request.param == "a base address" else {}
    process.ask("sign_in", **options(world), **by_address)
    return process


def options(world: World, **changes: str) -> dict[str, str]:
    known = {**world.auth, **changes}
    named = {
        "consumer_secret_key": known["consumer_secret"],
        "token": known["token_id"],
        "realm": world.served.account.id,
    }
    return {"consumer_key": known["consumer_key"], "token_secret": known["token_secret"], **named}


def call(client: Stranger, method: str, path: str, body: Any = None, **heads: str) -> Any:
    given = {} if body is None else {"body": json.dumps(body)}
    return client.ask("request", method=method, path=path, heads=heads, **given)


def test_records_queries_and_metadata(client: Stranger, world: World) -> None:
    assert call(client, "OPTIONS", "*") == {"statusCode": 204, "data": None}
    own = "record/v1/customer/eid:n-1"
    assert call(client, "PUT", own, {"companyName": "Łoś", "subsidiary": {"id": world.firm.subsidiary}})["data"] is None
    assert call(client, "PATCH", own, {"email": "n@example.com"})["statusCode"] == 204
    record = call(client, "GET", own)["data"]
    assert (record["companyName"], record["email"]) == ("Łoś", "n@example.com")
    page = call(client, "POST", "query/v1/suiteql?limit=1&offset=1", {"q": "SELECT symbol FROM currency ORDER BY id"})
    assert ([row["symbol"] for row in page["data"]["items"]], page["data"]["totalResults"]) == (["JPY"], 2)
    schema = call(client, "GET", "record/v1/metadata-catalog/customer", Accept="application/schema+json")["data"]
    assert "companyName" in schema["properties"]
    assert call(client, "DELETE", own)["statusCode"] == 204
    with pytest.raises(StrangerError, match=r"404.*NONEXISTENT_ID") as gone:
        call(client, "GET", own)
    assert gone.value.kind == "HTTPError"


def test_refusals_are_the_clients_own_exceptions(process: Stranger, world: World) -> None:
    account = world.served.account
    process.ask("sign_in", **options(world, token_secret="wrong"))
    with pytest.raises(StrangerError, match=r"401.*INVALID_LOGIN") as refused:
        call(process, "GET", "record/v1/customer")
    assert refused.value.kind == "HTTPError"
    account.tokens.unlock(world.credentials["token_id"])
    process.ask("sign_in", **options(world))
    with pytest.raises(StrangerError, match=r"400.*USER_ERROR"):
        call(process, "POST", "record/v1/department", {})


# --- the package soap ---


@pytest.fixture(scope="module")
def soap(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stranger]:
    """Its process, led nowhere: it takes a plain address."""
    command = [node(), SCRIPTS / "soap_calls.cjs", PLACE / "npm" / "node_modules"]
    with running(command, {}, tmp_path_factory.mktemp("soap")) as process:
        yield process


def typed(kind: str, name: str, area: str, **fields: Any) -> dict[str, Any]:
    """Return a value of a type of the WSDL; attributes are written "@name"."""
    attributes = {one.removeprefix("@"): value for one, value in fields.items() if one.startswith("@")}
    xsi_type = {"type": kind, "xmlns": f"urn:{name}_2024_2.{area}.webservices.netsuite.com"}
    inner = {one: value for one, value in fields.items() if not one.startswith("@")}
    return {"attributes": {"xsi_type": xsi_type, **attributes}, **inner}


def test_a_wsdl_driven_client_of_node(soap: Stranger, world: World) -> None:
    assert len(soap.ask("load", wsdl=f"{world.served.url}/wsdl/v2024_2_0/netsuite.wsdl")) == 42

    def ask(operation: str, **body: Any) -> Any:
        return soap.ask("call", credentials=world.credentials, operation=operation, body=body)

    given = {
        "@externalId": "o-1",
        "companyName": "Ö & Co",
        "subsidiary": {"attributes": {"internalId": world.firm.subsidiary}},
    }
    written = ask("upsert", record=typed("Customer", "relationships", "lists", **given))["writeResponse"]
    assert written["baseRef"]["attributes"]["externalId"] == "o-1"
    reference = typed("RecordRef", "core", "platform", **{"@type": "customer", "@externalId": "o-1"})
    assert ask("get", baseRef=reference)["readResponse"]["record"]["companyName"] == "Ö & Co"
    named = {"attributes": {"operator": "is"}, "searchValue": "Ö & Co"}
    found = ask("search", searchRecord=typed("CustomerSearchBasic", "common", "platform", companyName=named))
    assert found["searchResult"]["totalRecords"] == 1
    assert ask("delete", baseRef=reference)["writeResponse"]["status"]["attributes"]["isSuccess"] == "true"
    wrong = {**world.credentials, "token_secret": "wrong"}
    with pytest.raises(StrangerError, match=r"Invalid login attempt\."):
        soap.ask("call", credentials=wrong, operation="getServerTime", body={})
    world.served.account.tokens.unlock(world.credentials["token_id"])
