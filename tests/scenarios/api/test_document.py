"""The description of the API: it is the one that is kept, it is complete, and the running API keeps to it (quality.md E02)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from suitebridge.api.document import document, written
from suitebridge.api.endpoints import ENDPOINTS
from tests.scenarios.api.conftest import Program, Programs

KEPT = Path(__file__).parents[3] / "docs" / "reference" / "openapi.json"
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]


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


def test_the_description_is_openapi_and_holds_every_endpoint() -> None:
    assert document()["openapi"].startswith("3.1.")
    assert len(list(operations())) == len(ENDPOINTS)
    schemathesis.openapi.from_dict(document()).validate()


@pytest.mark.parametrize(
    ("name", "operation"), tuple(operations()), ids=lambda part: part if isinstance(part, str) else ""
)
def test_every_operation_says_everything(name: str, operation: dict[str, Any]) -> None:
    assert operation["operationId"]
    assert operation["summary"]
    assert "Needs " in operation["description"]
    assert operation["security"] == [{"ApiToken": []}]
    assert {"401", "403", "422", "500"} <= operation["responses"].keys()
    assert any(code.startswith("2") for code in operation["responses"])
    for parameter in operation.get("parameters", []):
        if parameter["in"] != "path":
            assert parameter.get("description"), f"{name}: {parameter['name']}"


def test_operations_have_names_of_their_own() -> None:
    names = [operation["operationId"] for _, operation in operations()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.name)
def test_the_running_api_keeps_to_its_description(programs: Programs, endpoint: Any) -> None:
    program = programs.of("grace")
    headers = {"Authorization": f"Bearer {program.token}"}
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler(), headers=headers)
    operation = schema.find_operation_by_id(endpoint.name)

    @settings(max_examples=4, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(case=operation.as_strategy())
    def call(case: Any) -> None:
        case.call_and_validate(headers=headers, checks=CHECKS)

    call()
