"""The npm package `netsuite-rest`, unmodified, in Node: by NetSuite's own names, and by the base address it can be given."""

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
