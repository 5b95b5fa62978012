"""The description of the API: it is the one that is kept, it is complete, and the running API keeps to it (quality.md E02)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from hypothesis import HealthCheck, Phase, given, settings
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi import checks

from suitebridge.api.access import Guard
from suitebridge.api.document import document, patterns, written
from suitebridge.api.endpoints import ENDPOINTS
from tests.scenarios.api.conftest import Program, Programs

KEPT = Path(__file__).parents[3] / "docs" / "reference" / "openapi.json"


def no_accident(context: Any, response: Any, case: Any) -> bool | None:
    """Take no server error, but the word that NetSuite cannot be reached: nobody answers in its place here."""
    if response.status_code == HTTPStatus.SERVICE_UNAVAILABLE and response.json()["class"] == "network":
        return None
    return not_a_server_error(context, response, case)


CONFORMANCE = [
    no_accident,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]
CHECKS = {
    GenerationMode.POSITIVE: CONFORMANCE,
    GenerationMode.NEGATIVE: [*CONFORMANCE, checks.negative_data_rejection],
}

REFUSALS = ["400", "401", "403", "404", "405", "406", "409", "413", "415", "422", "428", "429"]
TERMS = {"checks": {"negative_data_rejection": {"expected-statuses": REFUSALS}}}
"""A text that is too long in the query is refused with 413 before anybody looks at what it says."""


def operations() -> Iterator[tuple[str, dict[str, Any]]]:
    """Give each operation of the document with its name for people."""
    for path, methods in document()["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def test_the_kept_description_is_the_served_one(programs: Programs) -> None:
    assert KEPT.read_text(encoding="utf-8") == written(), "Run tools/write_openapi.py."
    assert programs.of("grace").ask("/openapi.json") == json.loads(written())


def test_the_description_is_for_administrators(programs: Programs) -> None:
    assert programs.of("omar").call("GET", "/openapi.json").status_code == 403
    assert Program(token="").call("GET", "/openapi.json").status_code == 401


def test_no_document_that_is_sent_takes_fields_that_nobody_asked_for() -> None:
    """Nobody becomes mightier by a field that a form does not show (quality.md S30); what is inside of a document is closed as well."""
    shapes = document()["components"]["schemas"]

    def closed(schema: dict[str, Any]) -> bool:
        schema = shapes[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
        inner = [
            *schema.get("properties", {}).values(),
            *schema.get("anyOf", []),
            *([schema["items"]] if "items" in schema else []),
        ]
        return (schema.get("type") != "object" or schema.get("additionalProperties") is not True) and all(
            map(closed, inner)
        )

    sent = {name: one["requestBody"]["content"] for name, one in operations() if "requestBody" in one}
    assert len(sent) > 10
    for name, contents in sent.items():
        (schema,) = [one["schema"] for one in contents.values()]
        top = shapes[schema["$ref"].rpartition("/")[2]]
        assert top["additionalProperties"] is False, name
        assert closed(schema), name


def test_the_description_is_openapi_and_holds_every_endpoint() -> None:
    assert document()["openapi"].startswith("3.1.")
    assert len(list(operations())) == len(ENDPOINTS)
    OpenAPIV31SpecValidator(document()).validate()


def test_no_route_is_undocumented() -> None:
    documented = {
        (path.removeprefix("/"), method.upper()) for path, methods in document()["paths"].items() for method in methods
    }
    served = {
        (re.sub(r"<\w+:(\w+)>", r"{\1}", str(pattern.pattern)), method)
        for pattern in patterns()
        if isinstance(pattern.callback, Guard)
        for method in pattern.callback.demands
    }
    assert served == documented | {("api/v1/openapi.json", "GET")}


def test_every_operation_says_everything() -> None:
    """Hold the document to the rules of the house: whoever reads an operation knows what it does, needs, takes and answers."""
    scopes = {endpoint.name: endpoint.scope.value for endpoint in ENDPOINTS}
    headers = {endpoint.name: endpoint.headers for endpoint in ENDPOINTS}
    for name, operation in operations():
        own = operation["operationId"]
        assert operation["summary"], name
        assert "Needs " in operation["description"], name
        assert operation["security"] == [{"ApiToken": [scopes[own]]}], name
        assert {"401", "403", "422", "429", "500"} <= operation["responses"].keys(), name
        assert any(code.startswith("2") for code in operation["responses"]), name
        for parameter in operation.get("parameters", []):
            assert parameter["in"] == "path" or parameter.get("description"), f"{name}: {parameter['name']}"
        sent = {one["name"] for one in operation.get("parameters", []) if one["in"] == "header"}
        assert sent == set(headers[own]), name
    for name, schema in document()["components"]["schemas"].items():
        assert schema.get("description"), name
        if name.endswith("Input") or name == "RoleChoice":
            assert schema["additionalProperties"] is False, name


def test_operations_have_names_of_their_own() -> None:
    names = [operation["operationId"] for _, operation in operations()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("tag", sorted({endpoint.tag for endpoint in ENDPOINTS}))
def test_the_running_api_keeps_to_its_description(programs: Programs, tag: str) -> None:
    """Send what the description allows and what it forbids, and compare each answer with it.

    The examples are not the same every time: the library mixes texts in from whatever modules other tests have loaded by then.
    """
    names = [endpoint.name for endpoint in ENDPOINTS if endpoint.tag == tag]
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
        # A token for each way: what is sent to one's own tokens may withdraw it.
        headers = {"Authorization": f"Bearer {programs.of('grace').token}"}
        schema = schemathesis.openapi.from_wsgi(
            "/api/v1/openapi.json", WSGIHandler(), headers=headers, config=SchemathesisConfig.from_dict(TERMS)
        )
        for name in names:
            operation = schema.find_operation_by_id(name)
            if mode is GenerationMode.POSITIVE or takes_anything(operation.definition.raw):
                fuzz(operation, mode, headers)


def takes_anything(operation: dict[str, Any]) -> bool:
    """Say whether something wrong can be sent: a body, or values in the query."""
    return "requestBody" in operation or any(one["in"] == "query" for one in operation.get("parameters", []))


def fuzz(operation: Any, mode: GenerationMode, headers: dict[str, str]) -> None:
    """Send a few cases of one way to one operation."""

    @settings(max_examples=4, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode))
    def call(case: Any) -> None:
        case.call_and_validate(headers=headers, checks=CHECKS[mode])

    call()
