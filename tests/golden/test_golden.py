"""Every workflow turns known records into known requests, byte for byte. `make golden` writes what they are; the diff says what changed."""

import json

import pytest

from suitebridge.catalog import CATALOG
from suitebridge.domain.records import Direction
from tests.golden.cases import CURRENT, FOLDER, INTENT, READ, REST, SOAP, SOURCE, Case, all_cases, kept, play

CASES = [pytest.param(case, id=case.name) for case in all_cases()]


@pytest.mark.parametrize("case", CASES)
def test_a_record_becomes_what_it_is_known_to_become(case: Case) -> None:
    assert play(case) == kept(case)


@pytest.mark.parametrize("name", CATALOG)
def test_a_workflow_has_a_case_that_writes_and_one_that_does_not(name: str) -> None:
    cases = [case for case in all_cases() if case.workflow.name == name]
    told = [json.loads(kept(case)[INTENT]) for case in cases]

    assert any("create" in one or "update" in one for one in told), f"{name} has no case that writes"
    assert any("create" not in one and "update" not in one for one in told), f"{name} has no case that writes nothing"


@pytest.mark.parametrize("name", CATALOG)
def test_its_requests_are_among_its_cases(name: str) -> None:
    files = {file for case in all_cases() if case.workflow.name == name for file in kept(case)}
    is_import = CATALOG[name].direction is Direction.IMPORT

    assert (READ in files) if is_import else (SOAP in files or REST in files)


def test_every_folder_belongs_to_a_workflow_and_is_complete() -> None:
    folders = {path for path in FOLDER.glob("*/*") if path.is_dir() and path.parent.name != "__pycache__"}

    assert {case.folder for case in all_cases()} == folders
    assert all((folder / CURRENT).is_file() and (folder / SOURCE).is_file() for folder in folders)
