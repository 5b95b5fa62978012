"""The documents keep their form and their links."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from tests.architecture.source import ROOT, modules, report, tracked_files, tracked_texts

RECORDS = PurePosixPath("docs/adr")
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


def decision_records() -> list[PurePosixPath]:
    """List the decision records in order."""
    return [path for path in tracked_files() if path.parent == RECORDS]


def test_decision_records_are_numbered_without_gap() -> None:
    numbers = [path.name.partition("-")[0] for path in decision_records()]
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)], (
        f"Number the records in docs/adr one by one, four digits each: {numbers}"
    )


def test_decision_records_keep_their_form() -> None:
    parts = (
        r"^# \d+\. \S",
        r"^- Status: (accepted|superseded by \[)",
        r"^- Date: \d{4}-\d\d-\d\d$",
        r"^## Context$",
        r"^## Decision$",
        r"^## Consequences$",
    )
    breaches = [
        f"{path}: no line like {part}"
        for path in decision_records()
        for part in parts
        if not re.search(part, (ROOT / path).read_text(), re.MULTILINE)
    ]
    assert not breaches, report("Write decision records in the form of docs/adr/0001", breaches)


def test_decision_records_are_listed() -> None:
    index = (ROOT / "docs" / "README.md").read_text()
    missing = [str(path) for path in decision_records() if f"(adr/{path.name})" not in index]
    assert not missing, report("List these records in docs/README.md", missing)


def test_links_between_documents_lead_somewhere() -> None:
    breaches = [
        f"{path}: {target}"
        for path, text in tracked_texts()
        if path.suffix == ".md"
        for target in LINK.findall(text)
        if not (ROOT / path.parent / target).exists()
    ]
    assert not breaches, report("These links lead nowhere", breaches)


def test_changelog_has_an_open_section() -> None:
    assert "## [Unreleased]" in (ROOT / "CHANGELOG.md").read_text(), (
        "Keep a section “## [Unreleased]” at the top of CHANGELOG.md"
    )


def test_module_docstrings_are_sentences() -> None:
    breaches = []
    for module in modules():
        body = module.tree.body
        text = getattr(getattr(body[0], "value", None), "value", "") if body else ""
        if not isinstance(text, str) or len(text.split()) < 3:
            breaches.append(str(module.path))
    assert not breaches, report("Say at the top what the module is and what it refuses to know", breaches)
