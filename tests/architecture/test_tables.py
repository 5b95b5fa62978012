"""The families that users read: error codes and audit events. Each member is complete and used (design §8)."""

from __future__ import annotations

import ast
import re

import pytest

from suitebridge.domain.errors import ERRORS
from suitebridge.domain.events import SENTENCES, EventName
from tests.architecture.source import Module, modules_in, report, texts

# A gateway does not know how the workspace calls a record; the use case adds it to the gateway's problem.
ADDED_BY_USE_CASES = frozenset({"record"})
CODE = re.compile(r"(NS|SB)-[A-Z]+-\d{3}")


@pytest.mark.parametrize("code", sorted(ERRORS))
def test_error_says_what_happened_why_and_what_to_do(code: str) -> None:
    row = ERRORS[code]
    assert CODE.fullmatch(code), f"Write the code as NS-AREA-001 (NetSuite's side) or SB-AREA-001 (ours), not {code}"
    for part in ("title", "cause", "remedy"):
        assert getattr(row, part).strip(), f"{code}: write its {part}"
    assert not row.title.endswith("."), f"{code}: the title is a headline, without a full stop"
    assert row.remedy.endswith((".", "}")), f"{code}: the remedy is made of whole sentences"


def test_every_error_code_in_the_code_is_in_the_table() -> None:
    breaches = [f"{module.at(node)}: {code}" for module, node, code in codes_used() if code not in ERRORS]
    assert not breaches, report(
        "Add these codes to domain/netsuite_errors.py or domain/house_errors.py with title, cause and remedy", breaches
    )


def test_every_error_code_in_the_table_is_used() -> None:
    unused = sorted(ERRORS.keys() - {code for _, _, code in codes_used()})
    assert not unused, report(
        "Nothing raises these codes: raise them where they happen, or take them out of domain/netsuite_errors.py or domain/house_errors.py",
        unused,
    )


ERROR_ROWS = frozenset(
    f"suitebridge.domain.{side}_errors" for side in ("netsuite", "house", "machine", "automation", "api")
)


def codes_used() -> list[tuple[Module, ast.Constant, str]]:
    """Find every error code outside the table."""
    places = [module for module in modules_in("suitebridge") if module.name not in ERROR_ROWS]
    return [(module, node, text) for module in places for node, text in texts(module.tree) if CODE.fullmatch(text)]


def test_every_fact_of_an_error_is_given() -> None:
    breaches = [
        f"{module.at(node)}: {code} needs {', '.join(sorted(missing))}"
        for module in modules_in("suitebridge")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        for code, given in problem_made(node)
        if (missing := facts_of(code) - given - (ADDED_BY_USE_CASES if module.is_in("suitebridge.adapters") else set()))
    ]
    assert not breaches, report("Give these facts, or the user reads “(… not known)”", breaches)


def problem_made(call: ast.Call) -> list[tuple[str, set[str]]]:
    """Read Problem(code="…", facts={…}) where both are literal; otherwise nothing can be said."""
    if not ast.unparse(call.func).endswith("Problem"):
        return []
    arguments = {keyword.arg: keyword.value for keyword in call.keywords}
    match arguments.get("code"), arguments.get("facts"):
        case ast.Constant(value=str(code)), ast.Dict(keys=keys) if code in ERRORS and all(
            isinstance(key, ast.Constant) for key in keys
        ):
            return [(code, {str(key.value) for key in keys if isinstance(key, ast.Constant)})]
        case ast.Constant(value=str(code)), None if code in ERRORS:
            return [(code, set())]
        case _:
            return []


def facts_of(code: str) -> set[str]:
    """Name the facts in braces of a row's three sentences."""
    row = ERRORS[code]
    return set(re.findall(r"{(\w+)}", f"{row.title} {row.cause} {row.remedy}"))


@pytest.mark.parametrize("event", list(EventName), ids=lambda event: str(event.value))
def test_event_has_a_sentence(event: EventName) -> None:
    subject, _, action = event.value.partition(":")
    assert subject, f"Call the event subject:action, not {event.value}"
    assert action, f"Call the event subject:action, not {event.value}"
    assert SENTENCES.get(event, "").strip(), f"Write the sentence of {event.value} in domain/events.py"


def test_every_event_happens() -> None:
    used = {
        node.attr
        for module in modules_in("suitebridge")
        if module.name != "suitebridge.domain.events"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node.value).endswith("EventName")
    }
    unused = [f"EventName.{event.name}" for event in EventName if event.name not in used]
    assert not unused, report(
        "Nothing records these events: record them where they happen, or take them out of domain/events.py", unused
    )
