"""The metadata catalog against validators nobody here wrote."""

from __future__ import annotations

from typing import Any

import pytest
from openapi_schema_validator import OAS30Validator
from openapi_spec_validator import validate
from simulator.tests.firms import Firm, RestClient, bill, done

from netsuite_simulator.faces.rest.openapi import document
from netsuite_simulator.schemas import RECORD_TYPES
from netsuite_simulator.schemas.fields import Kind
from netsuite_simulator.schemas.shorthand import declare

SWAGGER = {"Accept": "application/swagger+json"}
SCHEMA = {"Accept": "application/schema+json"}


@pytest.mark.parametrize("type_name", RECORD_TYPES)
def test_every_record_type_is_described(type_name: str) -> None:
    described: Any = document([RECORD_TYPES[type_name]], "http://127.0.0.1")
    validate(described)
    assert {type_name, f"{type_name}Collection", "nsLink", "nsError"} <= set(described["components"]["schemas"])


def test_the_catalog_is_an_openapi_document(firm: Firm, client: RestClient) -> None:
    firm.account.add_custom_field(["customer"], declare(Kind.DECIMAL, "custentity_margin", label="Margin"))
    response = client.records("GET", "metadata-catalog?select=customer,invoice", headers=SWAGGER)
    assert response.headers["Content-Type"].startswith("application/swagger+json")
    described = response.json()
    validate(described)
    assert described["servers"] == [{"url": f"{client.url}/services/rest/record/v1"}]
    assert set(described["paths"]) == {"/customer", "/customer/{id}", "/invoice", "/invoice/{id}"}
    schemas = described["components"]["schemas"]
    assert schemas["customer"]["properties"]["custentity_margin"]["x-ns-filterable"] is True
    assert "amount" in schemas["invoice-itemElement"]["properties"]
    assert set(client.records("GET", "metadata-catalog/job", headers=SWAGGER).json()["paths"]) == {"/job", "/job/{id}"}


def test_records_are_as_their_schema_says(firm: Firm, client: RestClient) -> None:
    number = done(firm.account.create("invoice", bill(firm, {"item": firm.item, "amount": 10}))).id
    for name, internal_id in (("invoice", number), ("customer", firm.customer), ("employee", firm.employee)):
        answer = client.records("GET", f"metadata-catalog/{name}", headers=SCHEMA)
        assert answer.headers["Content-Type"].startswith("application/schema+json")
        OAS30Validator.check_schema(answer.json())
        record = client.records("GET", f"{name}/{internal_id}?expandSubResources=true").json()
        OAS30Validator(answer.json()).validate(record)
        assert set(record) - {"links"} <= set(answer.json()["properties"])
