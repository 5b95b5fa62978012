"""The advanced notation as administrators know it, and what it says about what it cannot read."""

from __future__ import annotations

import pytest

from suitebridge.domain.conditions import AllOf, AnyOf, Blank, Compare, Comparison, Not, OneOf
from suitebridge.domain.expressions import (
    Constant,
    Expression,
    Field,
    Formula,
    Join,
    Leave,
    Lookup,
    Macro,
    MacroName,
    Translate,
    When,
)
from suitebridge.domain.notation.advanced import advanced_of, parse_group, write_group
from suitebridge.domain.notation.words import NotationError
from suitebridge.domain.workflow import Row, SyncRule

TEXT = """# what the help shows
NS_FIELDS companyName, email, custentity_level
NS_CUSTOM_FIELDS custentity_level
OA_FIELDS_INITIAL_ONLY phone
NEVER_WITH_EMPTY notes

phone '555'
active ='1'
notes companyName,' / ',email,'\\\\n'
date _TODAY
due _TODAY+14
constraintType _fixedStart
amount = round(hours * rate, 2)
user_id lookup=email:lookup_table=user:lookup_by=email:lookup_return=id
<current custrecord_current> 'true' '1' 'false' '0' </current>
<stage entitystatus>
  'Open' '1'
  OTHERWISE '2'
</stage>
"""
A = Compare(path="level", comparison=Comparison.EQUAL, value="A")
B = Compare(path="level", comparison=Comparison.EQUAL, value="B")


def test_the_text_of_a_group_is_its_rows() -> None:
    rows = {row.target: row for row in parse_group(TEXT).as_rows()}
    sources: dict[str, Expression] = {
        "phone": Constant(value="555"),
        "active": Constant(value="1"),
        "notes": Join(
            parts=(Field(path="companyName"), Constant(value=" / "), Field(path="email"), Constant(value="\n"))
        ),
        "date": Macro(name=MacroName.TODAY),
        "due": Macro(name=MacroName.TODAY, days=14),
        "constraintType": Constant(value="_fixedStart"),
        "amount": Formula(text="round(hours * rate, 2)"),
        "user_id": Lookup(of=Field(path="email"), record_type="user", by="email"),
        "current": Translate(of=Field(path="custrecord_current"), pairs=(("true", "1"), ("false", "0"))),
        "stage": Translate(of=Field(path="entitystatus"), pairs=(("Open", "1"),), otherwise="2"),
    }
    assert {target: row.source for target, row in rows.items()} == sources
    assert [target for target, row in rows.items() if row.is_initial_only] == ["phone"]
    assert [target for target, row in rows.items() if row.sync is SyncRule.KEEP_FILLED] == ["notes"]
    assert "custentity_level" in parse_group(TEXT).declared()


def test_the_first_line_of_a_block_that_holds_decides_about_its_target() -> None:
    text = "IF <<END\nIF (level='A') THEN x 'a'\nIF (level='B') THEN y email\nELSE x 'z'\nEND\n"
    x, y = parse_group(text).as_rows()
    otherwise = When(condition=B, then=Leave(), otherwise=Constant(value="z"))
    assert x == Row(target="x", source=When(condition=A, then=Constant(value="a"), otherwise=otherwise))
    assert y == Row(target="y", source=When(condition=B, then=Field(path="email"), otherwise=Leave()))


def test_a_filter_joins_comparisons() -> None:
    text = "FILTER <<END\n(level = 'A') AND\n((n <> '1','2') OR (User.name IS NOT EMPTY))\nEND"
    n = Not(condition=OneOf(path="n", values=("1", "2")))
    name = Not(condition=Blank(path="User.name"))
    assert parse_group(text).filter == AllOf(conditions=(A, AnyOf(conditions=(n, name))))


def test_rows_that_are_switched_off_are_not_written() -> None:
    rows = (
        Row(target="a", source=Field(path="b"), is_active=False),
        Row(target="c", source=Constant(value=True), sync=SyncRule.IF_EMPTY),
    )
    assert (
        write_group(advanced_of(rows, A, is_import=False))
        == "ONLY_IF_EMPTY c\nc 'true'\nFILTER <<END\n(level = 'A')\nEND\n"
    )


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("name", (1, 5), "Expected a field, a text in quotes"),
        ("a b\nname 'x", (2, 6), "not closed on its line"),
        ("a b c", (1, 5), "Expected a comma"),
        ("x lokup=a:lookup_table=b", (1, 8), "Do you mean lookup=?"),
        ("x lookup=a:lookup_tabel=b:lookup_by=c", (1, 12), "Do you mean lookup_table=?"),
        ("x lookup=a:lookup_table=b:lookup_by=c:lookup_return=d:lookup_side=left", (1, 67), "lookup_side=source or"),
        ("IF <<END\nIF (a='b' THEN x 'y'\nEND", (2, 11), "Expected )"),
        ("IF <<END\nELSE a b\nEND", (1, 1), "holds no IF"),
        ("IF <<END\nIF (a='b') THEN c d\nELSE a b\nIF (a='c') THEN c d\nEND", (4, 1), "After ELSE"),
        ("IF <<END\nWENN (a='b') THEN c d\nEND", (2, 1), "Expected IF, ELSE or END"),
        ("FILTER <<END\n(a = 'x') ANDD (b = 'c')\nEND", (2, 11), "Do you mean AND?"),
        ("FILTER <<END\n(a = 'x')", (1, 1), "Expected END on a line of its own"),
        ("FILTER <<END\n(a='x')\nEND\nFILTER <<END\n(a='x')\nEND", (4, 1), "one filter"),
        ("FILTER <<END\n(a < '1','2')\nEND", (2, 10), "only be compared with = and <>"),
        ("FILTER <<END\n(a = 2026-02-30)\nEND", (2, 6), "no such day"),
        ("FILTER <<END\n(a = 2026-01-31T10:00:00)\nEND", (2, 6), "needs its zone"),
        ("<a b> 'c' </a>", (1, 11), "Expected a text in quotes"),
        ("<a b> 'c' 'd' </x>", (1, 1), "Expected </a>"),
        ("<a b> 'c' 'd'", (1, 1), "the end of the value map, </a>"),
        ("d _TODYA", (1, 3), "Do you mean _TODAY?"),
        ("NS_FIELD a, b", (1, 1), "Do you mean NS_FIELDS?"),
        ("NS_FIELDS a b, c", (1, 11), "with commas between them"),
        ("x = rond(1)", (1, 5), "Do you mean round?"),
        ("x formula='1 +'", (1, 11), "In the formula, column 4"),
        ("x shorten=a:length=-1", (1, 20), "whole number of characters"),
        ("x " + "a," * 20_000 + "a", (1, 1), "at most 20,000 characters"),
        ("x 'a'\n" * 40_000, (1, 1), "at most 200,000 characters"),
    ],
)
def test_what_cannot_be_read_is_told_with_place_and_cure(text: str, place: tuple[int, int], said: str) -> None:
    with pytest.raises(NotationError) as raised:
        parse_group(text)
    assert (raised.value.line, raised.value.column) == place
    assert said in str(raised.value)
