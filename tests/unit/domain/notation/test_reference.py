"""The reference of the mapping language: its examples can be read, and its functions are those that there are."""

from __future__ import annotations

import re
from pathlib import Path

from suitebridge.domain.expressions import MacroName
from suitebridge.domain.formulas import FUNCTIONS
from suitebridge.domain.notation.advanced import parse_group, write_group
from tests.architecture.source import ROOT

PAGE = Path(ROOT) / "docs" / "reference" / "mapping-language.md"


def function_table() -> str:
    lines = ["| Function | What it gives |", "| --- | --- |"]
    lines += [f"| `{one.name}({one.arguments})` | {one.sentence} |" for one in FUNCTIONS.values()]
    return "\n".join(lines)


def test_every_example_can_be_read() -> None:
    page = PAGE.read_text(encoding="utf-8")
    blocks = re.findall(r"```notation\n(.*?)```", page, re.DOTALL)
    rows = [
        row
        for line in re.findall(r"^\| [^|]+ \| (`.*?`) \| ", page, re.MULTILINE)
        for row in re.findall(r"`([^`]+)`", line)
    ]
    examples = [
        *blocks,
        *(row.replace("\\|", "|") for row in rows if " " in row and "<<" not in row and "(" not in row),
    ]
    assert len(examples) >= 14
    for example in examples:
        group = parse_group(example)
        assert parse_group(write_group(group)) == group


def test_every_macro_is_named_or_built_as_the_page_says() -> None:
    page = PAGE.read_text(encoding="utf-8")
    built = re.compile(r"(first|last)_day_of_(this|previous|next)_(week|month|quarter|year)")
    assert [one for one in MacroName if not built.fullmatch(one.value) and f"`_{one.value.upper()}`" not in page] == []


def test_the_table_of_functions_is_complete() -> None:
    assert f"<!-- functions -->\n{function_table()}\n<!-- end -->" in PAGE.read_text(encoding="utf-8")
