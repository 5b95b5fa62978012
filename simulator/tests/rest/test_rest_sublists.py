"""Sublists and their lines at addresses of their own, and bodies judged as strictly as a request asks."""

from __future__ import annotations

from typing import Any

import pytest
from simulator.tests.firms import DAY, Firm, RestClient, bill, done
from simulator.tests.rest.test_rest_records import problem


@pytest.fixture
def invoice(firm: Firm) -> str:
    """An invoice of two lines."""
    lines = ({"item": firm.item, "amount": 10}, {"item": firm.item, "amount": 20})
    return done(firm.account.create("invoice", bill(firm, *lines))).id


def amounts(client: RestClient, path: str) -> list[Any]:
    response = client.records("GET", path)
    assert response.status_code == 200, response.text
    return [(line["line"], line["amount"]) for line in response.json()["items"]]


def test_lines_are_added_changed_replaced_and_deleted(firm: Firm, client: RestClient, invoice: str) -> None:
    path = f"invoice/{invoice}/item"
    added = client.records("POST", path, {"item": {"id": firm.item}, "amount": 5})
    assert added.status_code == 204, added.text
    assert added.headers["Location"] == f"{client.url}/services/rest/record/v1/{path}/3"
    assert client.records("PATCH", f"{path}/1", {"amount": 11, "description": "Day one"}).status_code == 204
    assert client.records("DELETE", f"{path}/2").status_code == 204
    assert amounts(client, path) == [(1, 11), (3, 5)]
    assert client.records("GET", f"{path}/3").json()["links"][0]["href"] == added.headers["Location"]
    assert client.records("PATCH", f"{path}/1", {"description": None}).status_code == 204
    assert "description" not in client.records("GET", f"{path}/1").json()
    assert client.records("PUT", f"{path}/3", {"item": {"id": firm.item}, "amount": 6}).status_code == 204
    assert client.records("GET", f"invoice/{invoice}").json()["total"] == 17
    assert client.records("PUT", path, {"items": [{"item": {"id": firm.item}, "amount": 1}]}).status_code == 204
    assert amounts(client, path) == [(1, 1)]
    assert client.records("PATCH", path, {"items": [{"line": 1, "amount": 2}]}).status_code == 204
    assert amounts(client, f"{path}?limit=1") == [(1, 2)]
    problem(client.records("DELETE", path), 400, "USER_ERROR")


def test_what_is_no_line_is_refused(firm: Firm, client: RestClient, invoice: str) -> None:
    path = f"invoice/{invoice}/item"
    problem(client.records("POST", path, {"line": 1, "item": {"id": firm.item}, "amount": 5}), 400, "INVALID_CONTENT")
    problem(client.records("PATCH", f"{path}/9", {"amount": 5}), 404, "NONEXISTENT_ID")
    problem(client.records("POST", f"{path}/1", {"amount": 5}), 405, "METHOD_NOT_ALLOWED")
    problem(client.records("GET", f"{path}?limit=1&offset=x"), 400, "INVALID_PARAMETER")
    wrong = problem(client.records("PATCH", f"{path}/1", {"item": {"id": "9999"}}), 400, "INVALID_CONTENT")
    assert wrong["o:errorPath"] == "item.items[0].item"
    closed = firm.account.add("invoice", entity=firm.customer, tranDate=DAY.replace(year=2025)).id
    problem(
        client.records("POST", f"invoice/{closed}/item", {"item": {"id": firm.item}, "amount": 1}), 400, "USER_ERROR"
    )


def test_single_sublists_are_expanded_by_name(firm: Firm, client: RestClient, invoice: str) -> None:
    document = client.records("GET", f"invoice/{invoice}?expand=item").json()
    assert [line["amount"] for line in document["item"]["items"]] == [10, 20]
    assert problem(client.records("GET", f"invoice/{invoice}?expand=x"), 400, "INVALID_PARAMETER")


def test_fields_named_for_replacing_are_cleared_where_no_value_is_given(firm: Firm, client: RestClient) -> None:
    path = f"customer/{firm.customer}"
    assert client.records("PATCH", path, {"comments": "old", "phone": "555-0100"}).status_code == 204
    query = "replace=comments&replaceSelectedFields=true"
    assert client.records("PATCH", f"{path}?{query}", {"email": "a@example.com"}).status_code == 204
    document = client.records("GET", path).json()
    assert (document.get("comments"), document["phone"], document["email"]) == (None, "555-0100", "a@example.com")
    problem(client.records("PATCH", f"{path}?replace=nonsense", {}), 400, "INVALID_PARAMETER")


def test_wrong_values_are_judged_as_asked(firm: Firm, client: RestClient) -> None:
    header = "X-NetSuite-PropertyValueValidation"
    path, body = f"customer/{firm.customer}", {"creditLimit": "much", "phone": "555-0100"}
    problem(client.records("PATCH", path, body), 400, "INVALID_CONTENT")
    warned = client.records("PATCH", path, body, headers={header: "warning"})
    assert (warned.status_code, "creditLimit" in warned.headers["Warning"]) == (204, True)
    assert "Warning" not in client.records("PATCH", path, body, headers={header: "ignore"}).headers
    assert client.records("GET", path).json()["phone"] == "555-0100"
    problem(client.records("PATCH", path, body, headers={header: "no"}), 400, "INVALID_HEADER")
