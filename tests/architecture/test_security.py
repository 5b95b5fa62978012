"""The page on security lists every row of the checklist and names only tests that exist."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from tests.architecture.source import ROOT, report

PAGE = "docs/security.md"
ROW = re.compile(r"^\| (S\d\d) \| (shown|in part|waits) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
TEST = re.compile(r"`(tests/[\w/.]+\.py)::(test_\w+)`")
ROWS = 62


def rows() -> list[tuple[str, str, str]]:
    """Read the page: row, state, and what it says."""
    return [(row, state, said) for row, state, _, said in ROW.findall((ROOT / PAGE).read_text())]


def test_every_row_is_there_once_and_in_order() -> None:
    assert [row for row, _, _ in rows()] == [f"S{number:02}" for number in range(1, ROWS + 1)]


def test_every_test_that_is_named_exists() -> None:
    missing = [
        f"{row}: {path}::{name}"
        for row, _, said in rows()
        for path, name in TEST.findall(said)
        if not re.search(rf"^def {name}\(", text_of(path), re.MULTILINE)
    ]
    assert not missing, report(f"{PAGE} names tests that do not exist", missing)


def test_what_is_shown_names_tests_and_what_waits_names_the_part() -> None:
    breaches = [
        f"{row} ({state})"
        for row, state, said in rows()
        if (state == "waits") == bool(TEST.search(said)) or (state == "waits" and not said.startswith("Waits for "))
    ]
    assert not breaches, report(f"{PAGE}: name tests, or the part that these rows wait for", breaches)


def text_of(path: str) -> str:
    """Read a file of tests, "" for one that is not there."""
    file = ROOT / PurePosixPath(path)
    return file.read_text() if file.is_file() else ""
