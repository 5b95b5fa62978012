"""The REST records door, driven by a client nobody here wrote."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
import requests
from simulator.tests.firms import Firm, RestClient

from netsuite_simulator.account import Account
from netsuite_simulator.results import VIEW
from netsuite_simulator.schemas.fields import Kind
from netsuite_simulator.schemas.shorthand import declare

TIME = {
    "employee": {"externalId": "e-1"},
    "tranDate": "2026-03-03",
    "hours": "7:30",
    "isBillable": True,
    "memo": "Zażółć 名前",
}


def problem(response: requests.Response, status: int, code: str) -> dict[str, Any]:
    """Check a problem document and return its one detail."""
    assert response.status_code == status, response.text
    assert response.headers["Content-Type"].startswith("application/vnd.oracle.resource+json; type=error")
    document = response.json()
    assert document["status"] == status
    assert document["title"]
    (detail,) = document["o:errorDetails"]
    assert detail["o:errorCode"] == code, detail
    return dict(detail)


def time_bill(firm: Firm) -> dict[str, Any]:
    return TIME | {"customer": {"id": firm.project}, "item": {"id": firm.item}}


def test_a_record_is_created_read_changed_and_deleted(firm: Firm, client: RestClient) -> None:
    created = client.records("POST", "timeBill", time_bill(firm) | {"externalId": "sb_1"})
    assert (created.status_code, created.content) == (204, b"")
    location = created.headers["Location"]
    assert location == f"{client.url}/services/rest/record/v1/timeBill/1"

    read = client.send("GET", location.removeprefix(client.url))
    assert read.headers["Content-Type"].startswith("application/vnd.oracle.resource+json; type=singular")
    document = read.json()
    assert document["links"] == [{"rel": "self", "href": location}]
    assert (document["id"], document["externalId"]) == ("1", "sb_1")
    assert (document["hours"], document["tranDate"], document["isBillable"]) == ("7:30", "2026-03-03", True)
    assert document["memo"] == "Zażółć 名前"
    assert document["employee"] == {
        "links": [{"rel": "self", "href": f"{client.url}/services/rest/record/v1/employee/{firm.employee}"}],
        "id": firm.employee,
        "refName": "Ann Lee",
    }
    assert document["approvalStatus"] == {"id": "1", "refName": "Open"}
    assert document["lastModifiedDate"] == "2026-05-18T17:00:00Z"
    assert "department" not in document

    changed = client.records("PATCH", "timebill/1", {"memo": None, "hours": "0:15"})
    assert (changed.status_code, changed.headers["Location"]) == (204, location)
    document = client.records("GET", "timeBill/eid:SB_1").json()
    assert document["hours"] == "0:15"
    assert "memo" not in document
    assert document["isBillable"] is True

    assert client.records("DELETE", "timeBill/1").status_code == 204
    problem(client.records("GET", "timeBill/1"), 404, "NONEXISTENT_ID")
    problem(client.records("DELETE", "timeBill/1"), 404, "NONEXISTENT_ID")


def test_put_writes_by_external_id_only(firm: Firm, client: RestClient) -> None:
    path = "customer/eid:c-77"
    first = client.records("PUT", path, {"companyName": "New"})
    second = client.records("PUT", path, {"companyName": "Newer"})
    assert (first.status_code, second.status_code) == (204, 204)
    assert first.headers["Location"] == second.headers["Location"]
    answer = client.records("PUT", f"customer/{firm.customer}", {"companyName": "X"})
    problem(answer, 405, "METHOD_NOT_ALLOWED")
    assert "PUT" not in answer.headers["Allow"]
    problem(client.records("PUT", "employee/eid:C-77", {"firstName": "A", "lastName": "B"}), 400, "USER_ERROR")


def test_an_external_id_may_be_given_later(firm: Firm, client: RestClient) -> None:
    assert client.records("PATCH", f"customer/{firm.customer}", {"externalId": "later"}).status_code == 204
    assert client.records("GET", "customer/eid:LATER").json()["id"] == firm.customer


@pytest.mark.usefixtures("firm")
@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code", "words"),
    [
        ("GET", "spaceship", None, 404, "NONEXISTENT_ID", "Record type 'spaceship' does not exist."),
        ("GET", "spaceship/1", None, 404, "NONEXISTENT_ID", "spaceship"),
        ("GET", "customer/999", None, 404, "NONEXISTENT_ID", "does not exist"),
        ("GET", "customer/99999999999999999999999", None, 404, "NONEXISTENT_ID", "does not exist"),
        ("GET", "customer/eid:nobody", None, 404, "NONEXISTENT_ID", "does not exist"),
        ("GET", "customer/eid:a|b", None, 400, "INVALID_VALUE", "use q=externalId IS"),
        ("PATCH", "customer/999", {}, 404, "NONEXISTENT_ID", "does not exist"),
        ("POST", "customer", {}, 400, "USER_ERROR", "Please enter value(s) for: Company Name"),
        ("POST", "customer", [], 400, "INVALID_CONTENT", "an object is expected"),
        ("POST", "customer/1", {}, 400, "INVALID_REQUEST", "POST creates"),
        ("POST", "invoice/1/!transform/creditMemo", {}, 404, "NONEXISTENT_ID", "not exist"),
        ("POST", "invoice/1/!transform/nothing", {}, 404, "NONEXISTENT_ID", "nothing"),
        ("POST", "customer/1/!transform/vendorBill", {}, 400, "USER_ERROR", "cannot be made"),
        ("POST", "invoice/1/!merge", {}, 400, "INVALID_REQUEST", "!transform"),
        ("PATCH", "customer", {}, 405, "METHOD_NOT_ALLOWED", "PATCH"),
        ("POST", "accountingPeriod", {"periodName": "X"}, 400, "USER_ERROR", "cannot be changed"),
    ],
)
def test_refusals_are_problem_documents(
    client: RestClient, method: str, path: str, body: object, status: int, code: str, words: str
) -> None:
    assert words in problem(client.records(method, path, body), status, code)["detail"]


@pytest.mark.usefixtures("firm")
@pytest.mark.parametrize(
    ("body", "path", "shown"),
    [
        ({"subsidiary": {"id": "9999"}}, "subsidiary", "9999"),
        ({"subsidiary": {"externalId": "nope"}}, "subsidiary", "nope"),
        ({"subsidiary": {}}, "subsidiary", "{}"),
        ({"terms": {"id": "99"}}, "terms", "99"),
        ({"isInactive": "T"}, "isInactive", "T"),
        ({"creditLimit": "much"}, "creditLimit", "much"),
        ({"startDate": "3/3/2026"}, "startDate", "3/3/2026"),
        ({"email": 5}, "email", "5"),
        ({"reminderDays": 1.5}, "reminderDays", "1.5"),
    ],
)
def test_a_wrong_value_is_named_with_its_path(client: RestClient, body: dict[str, Any], path: str, shown: str) -> None:
    detail = problem(client.records("POST", "customer", {"companyName": "A", **body}), 400, "INVALID_CONTENT")
    assert detail["o:errorPath"] == path
    assert detail["detail"].startswith("Error while accessing resource: You have entered an Invalid Field Value")
    assert shown in detail["detail"]


def test_a_wrong_line_is_named_with_its_path(firm: Firm, client: RestClient) -> None:
    lines = [{"item": {"id": firm.item}, "amount": 1}, {"item": {"id": "9999"}, "amount": 1}]
    body = {"entity": {"id": firm.customer}, "tranDate": "2026-03-03", "item": {"items": lines}}
    detail = problem(client.records("POST", "invoice", body), 400, "INVALID_CONTENT")
    assert detail["o:errorPath"] == "item.items[1].item"
    assert detail["detail"].endswith("Invalid Field Value 9999 for the following field: item")


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[" * 100_000])
def test_a_body_that_is_no_json_is_refused(client: RestClient, content: bytes) -> None:
    path = "/services/rest/record/v1/customer"
    response = client.session.post(client.url + path, data=content, headers=client.headers("POST", path), timeout=20)
    problem(response, 400, "INVALID_CONTENT")


@pytest.mark.usefixtures("firm")
def test_unknown_properties_are_judged_as_asked(client: RestClient) -> None:
    header = "X-NetSuite-PropertyNameValidation"
    body = {"companyName": "A", "nonsense": 1}
    assert "nonsense" in client.records("POST", "customer", body).headers["Warning"]
    body["companyName"] = "B"
    ignored = client.records("POST", "customer", body, headers={header: "ignore"})
    assert ignored.status_code == 204
    assert "Warning" not in ignored.headers
    body["companyName"] = "C"
    detail = problem(client.records("POST", "customer", body, headers={header: "error"}), 400, "INVALID_CONTENT")
    assert detail["o:errorPath"] == "nonsense"
    detail = problem(client.records("POST", "customer", body, headers={header: "strict"}), 400, "INVALID_HEADER")
    assert detail["o:errorHeader"] == header


def test_fields_and_enumerations_are_shown_as_asked(firm: Firm, client: RestClient) -> None:
    path = f"customer/{firm.customer}"
    document = client.records("GET", f"{path}?fields=companyName,TERMS").json()
    assert set(document) == {"links", "id", "companyName", "terms"}
    assert (document["terms"]["id"], document["terms"]["refName"]) == ("2", "Net 30")
    assert client.records("GET", f"{path}?simpleEnumFormat=true").json()["emailPreference"] == "DEFAULT"
    detail = problem(client.records("GET", f"{path}?fields=companyName,nonsense"), 400, "INVALID_PARAMETER")
    assert detail["o:errorQueryParam"] == "fields"


def invoice(firm: Firm, client: RestClient) -> str:
    lines = [{"item": {"id": firm.item}, "quantity": 2, "rate": "150.00"}, {"item": {"id": firm.item}, "amount": 10.5}]
    body = {"entity": {"id": firm.customer}, "tranDate": "2026-03-03", "item": {"items": lines}}
    response = client.records("POST", "invoice", body)
    assert response.status_code == 204, response.text
    return response.headers["Location"].rpartition("/")[2]


def test_sublists_are_links_until_they_are_wanted(firm: Firm, client: RestClient) -> None:
    number = invoice(firm, client)
    address = f"{client.url}/services/rest/record/v1/invoice/{number}/item"
    document = client.records("GET", f"invoice/{number}").json()
    assert document["item"] == {"links": [{"rel": "self", "href": address}]}
    assert document["total"] == 310.5
    expanded = client.records("GET", f"invoice/{number}?expandSubResources=true").json()["item"]
    assert (expanded["totalResults"], expanded["count"], expanded["hasMore"], expanded["offset"]) == (2, 2, False, 0)
    assert [line["amount"] for line in expanded["items"]] == [300, 10.5]
    assert client.records("GET", f"invoice/{number}/item").json() == expanded
    assert client.records("GET", f"invoice/{number}/item/2").json() == expanded["items"][1]
    problem(client.records("GET", f"invoice/{number}/item/3"), 404, "NONEXISTENT_ID")
    problem(client.records("GET", f"invoice/{number}/nonsense"), 404, "NONEXISTENT_ID")
    assert client.records("GET", f"invoice/{number}/time").json()["items"] == []


def test_lines_merge_by_number_unless_their_list_is_replaced(firm: Firm, client: RestClient) -> None:
    number = invoice(firm, client)
    assert (
        client.records("PATCH", f"invoice/{number}", {"item": {"items": [{"line": 2, "amount": 1}]}}).status_code == 204
    )
    assert client.records("GET", f"invoice/{number}").json()["total"] == 301
    body = {"item": {"items": [{"item": {"id": firm.item}, "amount": 7}]}}
    assert client.records("PATCH", f"invoice/{number}?replace=item", body).status_code == 204
    assert client.records("GET", f"invoice/{number}").json()["total"] == 7
    problem(client.records("PATCH", f"invoice/{number}", {"item": None}), 400, "USER_ERROR")


def test_expense_reports_keep_their_lower_case_names(firm: Firm, client: RestClient) -> None:
    line = {
        "category": {"id": firm.category},
        "expensedate": "2026-03-02",
        "foreignamount": 99.9,
        "isnonreimbursable": True,
    }
    body = {"entity": {"id": firm.employee}, "trandate": "2026-03-03", "expense": {"items": [line]}}
    response = client.records("POST", "expenseReport", body)
    assert response.status_code == 204, response.text
    number = response.headers["Location"].rpartition("/")[2]
    document = client.records("GET", f"expenseReport/{number}?expandSubResources=true").json()
    assert document["trandate"] == "2026-03-03"
    assert document["expensereportcurrency"]["refName"] == "US Dollar"
    (kept,) = document["expense"]["items"]
    assert (kept["expensedate"], kept["foreignamount"], kept["isnonreimbursable"]) == ("2026-03-02", 99.9, True)


def test_custom_fields_stand_beside_the_others(firm: Firm, client: RestClient) -> None:
    firm.account.add_custom_field(["customer"], declare(Kind.DECIMAL, "custentity_margin", label="Margin"))
    path = f"customer/{firm.customer}"
    body = {"custentity_margin": 0.25, "custentity_oa_export_to_openair": True}
    assert client.records("PATCH", path, body).status_code == 204
    document = client.records("GET", path).json()
    assert (document["custentity_margin"], document["custentity_oa_export_to_openair"]) == (0.25, True)
    found = client.records("GET", "customer?q=custentity_margin GREATER 0.2").json()
    assert found["totalResults"] == 1


def test_amounts_keep_their_digits(firm: Firm, client: RestClient) -> None:
    body = '{"creditLimit": 123456789012.34}'
    path = f"/services/rest/record/v1/customer/{firm.customer}"
    response = client.session.patch(client.url + path, data=body, headers=client.headers("PATCH", path), timeout=20)
    assert response.status_code == 204
    text = client.records("GET", f"customer/{firm.customer}?fields=creditLimit").text
    assert json.loads(text, parse_float=Decimal)["creditLimit"] == Decimal("123456789012.34")


# --- collections ---


def ids(response: requests.Response) -> list[str]:
    assert response.status_code == 200, response.text
    return [item["id"] for item in response.json()["items"]]


def departments(account: Account, count: int) -> None:
    for number in range(count):
        account.add("department", name=f"D{number}", isInactive=number % 2 == 0)


def test_a_collection_is_read_page_by_page(firm: Firm, client: RestClient) -> None:
    departments(firm.account, 5)
    path, seen = "/services/rest/record/v1/department?limit=2", []
    while path:
        response = client.send("GET", path)
        document = response.json()
        seen += ids(response)
        assert document["totalResults"] == 5
        assert document["count"] == len(document["items"])
        links = {link["rel"]: link["href"].removeprefix(client.url) for link in document["links"]}
        assert document["hasMore"] is ("next" in links)
        path = links.get("next", "")
    assert seen == ["1", "2", "3", "4", "5"]
    assert {"self", "first", "previous"} <= set(links)
    assert response.headers["Content-Type"].startswith("application/vnd.oracle.resource+json; type=collection")


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=1001", "limit=3&offset=2", "limit=x", "offset=-1", "limit=1&offset=1000"]
)
def test_impossible_pages_are_refused(client: RestClient, query: str) -> None:
    detail = problem(client.records("GET", f"department?{query}"), 400, "INVALID_PARAMETER")
    assert detail["o:errorQueryParam"] in ("limit", "offset")


def test_records_may_be_asked_by_id_and_whole(firm: Firm, client: RestClient) -> None:
    departments(firm.account, 3)
    assert ids(client.records("GET", "department?ids=3,1,77")) == ["1", "3"]
    (item,) = client.records("GET", "department?ids=2&expandRecords=true").json()["items"]
    assert item["name"] == "D1"
    problem(client.records("GET", "department?ids=x"), 400, "INVALID_PARAMETER")


def test_a_page_keeps_its_filter_in_its_links(firm: Firm, client: RestClient) -> None:
    departments(firm.account, 6)
    response = client.records("GET", 'department?q=name START_WITH "D" AND isInactive IS true&limit=2')
    following = next(link["href"] for link in response.json()["links"] if link["rel"] == "next")
    assert ids(response) == ["1", "3"]
    assert ids(client.send("GET", following.removeprefix(client.url))) == ["5"]


# --- roles ---


def test_a_role_sees_and_does_what_it_may(firm: Firm, client: RestClient) -> None:
    role = firm.account.roles.connector
    role.permissions["LIST_CUSTJOB"] = VIEW
    assert client.records("GET", f"customer/{firm.customer}").status_code == 200
    problem(client.records("PATCH", f"customer/{firm.customer}", {}), 403, "INSUFFICIENT_PERMISSION")
    del role.permissions["LIST_CUSTJOB"]
    detail = problem(client.records("GET", "customer"), 403, "INSUFFICIENT_PERMISSION")
    assert "'Lists -> Customers'" in detail["detail"]
    names = {item["name"] for item in client.records("GET", "metadata-catalog").json()["items"]}
    assert "employee" in names
    assert not {"customer", "job"} & names
    del role.permissions["ADMI_RESTWEBSERVICES"]
    detail = problem(client.records("GET", "employee"), 400, "USER_ERROR")
    assert detail["detail"] == "Your current role does not have permission to perform this action."


# --- catalog, system, discovery ---


def test_the_catalog_describes_records(client: RestClient) -> None:
    items = client.records("GET", "metadata-catalog").json()["items"]
    assert {"customer", "timeBill", "invoice"} <= {item["name"] for item in items}
    assert len(client.records("GET", "metadata-catalog?select=job,customer").json()["items"]) == 2
    schema = client.records("GET", "metadata-catalog/invoice", headers={"Accept": "application/schema+json"}).json()
    properties = schema["properties"]
    assert properties["entity"]["properties"]["id"]["type"] == "string"
    assert properties["tranDate"]["x-ns-filterable"] is True
    assert properties["total"]["readOnly"] is True
    assert "amount" in properties["item"]["properties"]["items"]["items"]["properties"]
    problem(client.records("GET", "metadata-catalog/spaceship"), 404, "NONEXISTENT_ID")
    problem(client.records("DELETE", "metadata-catalog"), 405, "METHOD_NOT_ALLOWED")


def test_governance_limits_are_told_to_administrators(client: RestClient) -> None:
    problem(client.send("GET", "/services/rest/system/v1/governanceLimits"), 403, "INSUFFICIENT_PERMISSION")
    client.account.roles.connector.is_administrator = True
    document = client.send("GET", "/services/rest/system/v1/governanceLimits").json()
    assert document["accountConcurrencyLimit"] == 5
    assert document["integrationLimitType"] == "accountLimit"


@pytest.mark.parametrize(
    ("account_id", "status"), [("TSTDRV1000001", 200), ("1234567_SB1", 200), ("1234567-sb1", 400), ("", 400)]
)
def test_discovery_knows_the_account_by_its_id(client: RestClient, account_id: str, status: int) -> None:
    response = client.session.get(f"{client.url}/rest/datacenterurls", params={"account": account_id}, timeout=20)
    assert response.status_code == status
    if status == 400:
        assert problem(response, 400, "INVALID_PARAMETER")["detail"] == "Company Id is invalid"
    else:
        known = account_id == client.account.id
        assert (response.json()["webservicesDomain"] == client.url) is known
        assert set(response.json()) == {"restDomain", "systemDomain", "webservicesDomain"}


def test_every_answer_is_dated_by_the_accounts_clock(client: RestClient) -> None:
    assert client.records("GET", "customer").headers["Date"] == "Mon, 18 May 2026 17:00:00 GMT"
    client.account.clock.advance(600)
    assert client.session.get(f"{client.url}/nowhere", timeout=20).headers["Date"] == "Mon, 18 May 2026 17:10:00 GMT"


def test_there_is_nothing_elsewhere(client: RestClient) -> None:
    problem(client.session.get(f"{client.url}/nowhere", timeout=20), 404, "NONEXISTENT_ID")
    problem(client.session.delete(f"{client.url}/rest/datacenterurls", timeout=20), 405, "METHOD_NOT_ALLOWED")


def test_a_collections_address_may_end_with_a_slash(client: RestClient) -> None:
    """As netsuite-rest asks for it, a client from the npm registry."""
    assert client.records("GET", "customer/").json()["items"] == client.records("GET", "customer").json()["items"]
