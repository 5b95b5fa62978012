"""The page on fidelity: fresh, and silent about nothing that the account does."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from tools.fidelity_checklist import CHECKLIST
from tools.write_fidelity import PAGE, SOURCE, marks, page

from netsuite_simulator.faces.soap.operations import OPERATIONS
from netsuite_simulator.faults import FAULTS
from netsuite_simulator.permissions import PERMISSIONS
from netsuite_simulator.rules import rules_of
from netsuite_simulator.schemas import RECORD_TYPES

# What does nothing that NetSuite does: how the account is kept, run, served and edited.
PLUMBING = frozenset(
    [
        "__init__",
        "access",
        "account",
        "authorities",
        "books",
        "cli",
        "criteria",
        "errands",
        "journal",
        "keeping",
        "lookups",
        "opening",
        "pytest_plugin",
        "served",
        "shelves",
        "snapshots",
        "faces/__init__",
        "faces/admission",
        "faces/answers",
        "faces/listening",
        "faces/sending",
        "faces/spoiling",
        "faces/upheavals",
        "faces/uploads",
        "faces/admin",
        "faces/tls",
        "faces/setup/__init__",
        "faces/setup/pieces",
        "faces/setup/rendering",
        "faces/soap/__init__",
        "faces/soap/catalogs",
        "faces/soap/tampering",
        "faces/soap/texts",
        "faces/soap/wsdl/__init__",
        "faces/soap/wsdl/declarations",
        "faces/rest/__init__",
        "faults",
        "loading",
        "rules/__init__",
        "schemas/shorthand",
        "suiteql/__init__",
        "suitescript/engine",
        "suitescript/installing",
    ]
)


def test_the_page_is_what_the_code_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python tools/write_fidelity.py"


def test_every_module_that_acts_as_netsuite_says_by_what_source() -> None:
    marked = {one.module for one in marks()}
    modules = {path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.py")} - marked
    silent = {one for one in modules if not any(one == f"{two}.py" or one.startswith(f"{two}/") for two in PLUMBING)}
    assert silent == set(), "cite the reference (reference §4.8) or say that it is assumed, in the module's docstring"


@pytest.mark.parametrize("names", [OPERATIONS, RECORD_TYPES, FAULTS, PERMISSIONS], ids=lambda _: "")
def test_every_name_has_its_place(names: Iterable[str]) -> None:
    written = page()
    assert [name for name in names if f"`{name}`" not in written] == []


def test_every_rule_is_told() -> None:
    written = page()
    for record_type in RECORD_TYPES.values():
        rules = rules_of(record_type)
        if rules.completions:
            for one in (*rules.completions, *rules.checks):
                assert (one.__doc__ or "").split(".")[0].split(":")[0].split("\n")[0][:60].replace(
                    "|", "\\|"
                ) in written


def test_the_checklist_names_modules_and_tests_there_are() -> None:
    tests = Path(__file__).parents[1].rglob("test_*.py")
    known = {name for path in tests for name in re.findall(r"^def (test_\w+)", path.read_text("utf-8"), re.MULTILINE)}
    assert [name for line in CHECKLIST for name in line.tests if name not in known] == []
    assert [name for line in CHECKLIST for name in line.modules if not (SOURCE / f"{name}.py").exists()] == []
    assert all(line.missing or (line.modules and line.tests) for line in CHECKLIST)
