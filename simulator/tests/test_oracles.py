"""The oracles see every answer, and a wrong one fails the test that met it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from simulator.tests.firms import Firm, RestClient
from simulator.tests.oracles import Answers, netsuite_schema, soap_problems

ANSWER = (
    '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>'
    '<m:getServerTimeResponse xmlns:m="urn:messages_{version}.platform.webservices.netsuite.com"'
    ' xmlns:c="urn:core_{version}.platform.webservices.netsuite.com"><c:getServerTimeResult>'
    '<c:status isSuccess="true"/><c:serverTime>{time}</c:serverTime></c:getServerTimeResult>'
    "</m:getServerTimeResponse></soapenv:Body></soapenv:Envelope>"
)


def test_a_rest_answer_that_its_catalog_forbids_is_found(client: RestClient, firm: Firm, all_answers: Answers) -> None:
    client.records("GET", f"customer/{firm.customer}")
    client.records("GET", "customer/999")
    client.records("GET", "customer")
    seen = {answer.name: answer for answer in all_answers.rest.values()}
    assert set(seen) == {"customer", "nsError", "nsResourceCollection"}
    assert all_answers.problems() == []
    wrong = json.loads(seen["customer"].body) | {"isPerson": "no", "colour": "red"}
    found = all_answers.catalogs.problems(replace(seen["customer"], body=json.dumps(wrong).encode()))
    assert [problem.partition(": ")[2] for problem in found] == [
        "$.isPerson: 'no' is not of type 'boolean'",
        "the catalog does not know colour",
    ]


@pytest.mark.parametrize("version", ["2019_2", "2025_2"])
def test_a_soap_answer_that_its_schemas_forbid_is_found(version: str) -> None:
    assert soap_problems(ANSWER.format(version=version, time="2026-05-18T10:00:00.000-07:00").encode()) == []
    found = soap_problems(ANSWER.format(version=version, time="noon").encode())
    assert len(found) == (1 if netsuite_schema() is None else 2)
    assert all("noon" in problem for problem in found)
