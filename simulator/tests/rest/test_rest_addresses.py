"""Address books by REST and in SuiteQL's tables; every answer is held to the account's own catalog."""

from __future__ import annotations

from typing import Any

import pytest
from simulator.tests.firms import Firm, RestClient
from simulator.tests.rest.test_rest_records import problem

from netsuite_simulator.permissions import connector_permissions
from netsuite_simulator.roles import Subsidiaries

QUERY = "/services/rest/query/v1/suiteql"
OFFICE = {"addr1": "1 Main Street", "city": "Springfield", "country": {"id": "US"}}


def rows(client: RestClient, query: str) -> list[dict[str, Any]]:
    response = client.send("POST", QUERY, {"q": query}, headers={"Prefer": "transient"})
    assert response.status_code == 200, response.text
    return [{key: value for key, value in item.items() if key != "links"} for item in response.json()["items"]]


@pytest.fixture
def path(firm: Firm, client: RestClient) -> str:
    """The address book of a customer, with one address."""
    item = {"defaultBilling": True, "label": "Office", "addressBookAddress": OFFICE}
    assert client.records("PATCH", f"customer/{firm.customer}", {"addressBook": {"items": [item]}}).status_code == 204
    return f"customer/{firm.customer}/addressBook"


def test_an_address_is_a_record_inside_its_row(firm: Firm, client: RestClient, path: str) -> None:
    linked = client.records("GET", f"customer/{firm.customer}").json()["addressBook"]
    assert linked == {"links": [{"rel": "self", "href": f"{client.url}/services/rest/record/v1/{path}"}]}
    whole = client.records("GET", f"customer/{firm.customer}?expandSubResources=true").json()
    (item,) = whole["addressBook"]["items"]
    assert item["addressBookAddress"]["country"] == {"id": "US", "refName": "United States"}
    assert item["addressBookAddress_text"] == "1 Main Street\nSpringfield\nUnited States" == whole["defaultAddress"]
    number = item["internalId"]
    inside = client.records("GET", f"{path}/{number}/addressBookAddress")
    assert inside.json()["links"][0]["href"].endswith(f"{path}/{number}/addressBookAddress")
    assert client.records("PATCH", f"{path}/{number}/addressBookAddress", {"zip": "62701"}).status_code == 204
    assert client.records("PATCH", f"{path}/{number}", {"addressBookAddress": {"city": None}}).status_code == 204
    added = client.records("POST", path, {"defaultBilling": True, "addressBookAddress": {"addr1": "2 Elm"}})
    assert added.headers["Location"].endswith(f"{path}/{number + 1}")
    first, second = client.records("GET", path).json()["items"]
    assert (first["addressBookAddress"]["addrText"], first["defaultBilling"]) == (
        "1 Main Street\n62701\nUnited States",
        False,
    )
    assert (second["addressBookAddress"]["addrText"], second["defaultBilling"]) == ("2 Elm\nUnited States", True)
    assert client.records("DELETE", f"{path}/{number}").status_code == 204
    assert [one["internalId"] for one in client.records("GET", path).json()["items"]] == [number + 1]


def test_what_is_no_address_is_refused(client: RestClient, path: str) -> None:
    problem(client.records("GET", f"{path}/1/address"), 404, "NONEXISTENT_ID")
    problem(client.records("GET", f"{path}/9/addressBookAddress"), 404, "NONEXISTENT_ID")
    problem(client.records("DELETE", f"{path}/1/addressBookAddress"), 405, "METHOD_NOT_ALLOWED")
    problem(client.records("PATCH", f"{path}/1/addressBookAddress", {"city": 5}), 400, "INVALID_CONTENT")
    problem(client.records("PATCH", f"{path}/1", {"addressBookAddress": "Elm"}), 400, "INVALID_CONTENT")
    problem(client.records("POST", path, {"addressBookAddress": {"country": {"id": "ZZ"}}}), 400, "INVALID_CONTENT")
    problem(client.records("PATCH", path, {"items": [{"internalId": 99}]}), 400, "INVALID_CONTENT")


def test_suiteql_joins_a_customer_with_its_addresses(firm: Firm, client: RestClient, path: str) -> None:
    joined = (
        "SELECT b.label, b.defaultbilling, b.defaultshipping, a.city, a.country FROM customer c"
        " JOIN customeraddressbook b ON b.entity = c.id"
        " JOIN customeraddressbookentityaddress a ON a.nkey = b.addressbookaddress"
    )
    expected = {
        "label": "Office",
        "defaultbilling": "T",
        "defaultshipping": "F",
        "city": "Springfield",
        "country": "US",
    }
    assert rows(client, joined) == [expected]
    billed = "SELECT a.addr1 FROM customer c JOIN entityaddress a ON a.nkey = c.defaultbillingaddress"
    assert rows(client, billed) == [{"addr1": "1 Main Street"}]
    assert rows(client, "SELECT id FROM customer WHERE defaultshippingaddress IS NOT NULL") == []
    assert rows(client, "SELECT nkey FROM vendoraddressbookentityaddress") == []


def test_a_role_reads_addresses_of_entities_that_it_may_see(firm: Firm, client: RestClient, path: str) -> None:
    account = firm.account
    abroad = account.add("subsidiary", name="Abroad", country="DE", currency=firm.dollar).id
    account.add("customer", companyName="Fern", subsidiary=abroad, addressBook=[{"label": "Fern"}])
    account.add("employee", firstName="Bo", lastName="Ss", subsidiary=firm.subsidiary, email="bo@example.com")
    role = account.roles.add("Abroad only", connector_permissions(), subsidiaries=Subsidiaries.SELECTED)
    account.roles.edit(role, selected_subsidiaries=(abroad,))
    token = account.tokens.add(account.integrations.add("I"), role, user="bo@example.com")
    seeing = RestClient(account, client.url, account.tokens.credentials(account.id, token))
    assert rows(client, "SELECT COUNT(*) AS n FROM entityaddress") == [{"n": "2"}]
    assert rows(seeing, "SELECT label FROM customeraddressbook") == [{"label": "Fern"}]
    assert rows(seeing, "SELECT country FROM entityaddress") == [{"country": "DE"}]
    assert rows(seeing, "SELECT country FROM customeraddressbookentityaddress") == [{"country": "DE"}]
    seeing.session.close()
