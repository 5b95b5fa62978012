"""Cells that a spreadsheet would calculate stay text; numbers stay numbers (quality.md S47, F59)."""

from __future__ import annotations

import csv
import io

import pytest

from suitebridge.domain.spreadsheets import neutral, write_csv

HARMFUL = (
    "=1+1", "=HYPERLINK(\"http://evil.example\")", "+SUM(A1)", "-2+3+cmd|' /C calc'!A0", "@SUM(1)", "\t=1", "\r=1", "\n=1", "  =1",
    "＝1+1", "＋1", "－1", "＠x", "-", "+", "=", "-1-1", "+49 30 1234", "--1",
)  # fmt: skip
HARMLESS = ("", "Kim", "1234", "-5", "-5.00", "+5", "a=b", "1+1", "Müller & Co", "'quoted'", "2026-11-23")


@pytest.mark.fault("F59")
@pytest.mark.parametrize("text", HARMFUL)
def test_a_formula_becomes_text(text: str) -> None:
    assert neutral(text) == f"'{text}"


@pytest.mark.parametrize("text", HARMLESS)
def test_anything_else_stays(text: str) -> None:
    assert neutral(text) == text


def test_a_table_is_read_back_as_it_was() -> None:
    rows = [["a,b", 'say "x"', "two\nlines"], ["=1", "-5", ""]]
    text = write_csv(("One", "Two", "Three"), rows)
    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        ["One", "Two", "Three"], ["a,b", 'say "x"', "two\nlines"], ["'=1", "-5", ""],
    ]  # fmt: skip
    assert text.startswith('"One","Two","Three"\r\n')
