"""The SOAP library `suds`, told nothing but the address of a WSDL: it loads the generated one and calls by it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from simulator.tests.clients.conftest import World
from simulator.tests.clients.strangers import SCRIPTS, Stranger, StrangerError, python_of, running


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stranger]:
    """The client's process; it is led nowhere, because suds takes a plain address."""
    with running([python_of("suds"), SCRIPTS / "suds_calls.py"], {}, tmp_path_factory.mktemp("suds")) as process:
        yield process


def reference(**attributes: str) -> dict[str, str]:
    return {"new": "core.platform.RecordRef", **{f"@{name}": value for name, value in attributes.items()}}


@pytest.mark.parametrize("version", ["2023_2", "2025_2"])
def test_records_live_their_life_by_the_wsdl_alone(process: Stranger, world: World, version: str) -> None:
    operations = process.ask("load", wsdl=f"{world.served.url}/wsdl/v{version}_0/netsuite.wsdl")
    assert len(operations) == 42

    def call(operation: str, *arguments: Any) -> Any:
        return process.ask("call", credentials=world.credentials, operation=operation, arguments=list(arguments))

    own = f"u-{version}"
    subsidiary = reference(internalId=world.firm.subsidiary)
    customer = {"new": "relationships.lists.Customer", "@externalId": own, "companyName": f"Über {version}"}
    added = call("upsert", {**customer, "subsidiary": subsidiary})
    assert (added["status"]["_isSuccess"], added["baseRef"]["_externalId"]) == (True, own)
    assert call("update", {**customer, "email": "u@example.com"})["status"]["_isSuccess"] is True
    found = call("getList", [reference(type="customer", externalId=one) for one in (own, "nobody")])["readResponse"]
    assert [one["status"]["_isSuccess"] for one in found] == [True, False]
    assert (found[0]["record"]["companyName"], found[0]["record"]["email"]) == (f"Über {version}", "u@example.com")
    named = {"new": "core.platform.SearchStringField", "@operator": "is", "searchValue": f"Über {version}"}
    result = call("search", {"new": "common.platform.CustomerSearchBasic", "companyName": named})
    assert [record["_externalId"] for record in result["recordList"]["record"]] == [own]
    assert call("delete", reference(type="customer", externalId=own))["status"]["_isSuccess"] is True
    assert call("getServerTime")["status"]["_isSuccess"] is True


def test_a_fault_is_the_clients_own_exception(process: Stranger, world: World) -> None:
    process.ask("load", wsdl=f"{world.served.url}/wsdl/v2025_2_0/netsuite.wsdl")
    wrong = {**world.credentials, "token_secret": "wrong"}
    with pytest.raises(StrangerError, match="Invalid login attempt") as refused:
        process.ask("call", credentials=wrong, operation="getServerTime", arguments=[])
    assert refused.value.kind == "WebFault"
    world.served.account.tokens.unlock(world.credentials["token_id"])
