"""What formulas can do, to the digit; and that nothing else can be done with them (quality.md S41)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from suitebridge.domain.expressions import MacroName
from suitebridge.domain.formulas import FUNCTIONS, FormulaError, compile_formula, fields_of, macros_of
from suitebridge.domain.formulas.functions import LONGEST_TEXT
from suitebridge.domain.formulas.reading import LONGEST, MOST_DIGITS
from suitebridge.domain.macros import Facts, facts_of
from suitebridge.domain.values import Fields, Scalar

HOSTILE = (Path(__file__).parent / "hostile.txt").read_text(encoding="utf-8").splitlines()
FACTS: Facts = facts_of(asked_at=datetime(2026, 11, 23, tzinfo=UTC), zone=UTC, run="r1", owner="7")
FIELDS: Fields = {
    "hours": Decimal("7.5"),
    "rate": Decimal("100.10"),
    "count": 3,
    "name": "Ann Lee",
    "class": "x",
    "day": date(2026, 1, 31),
    "moment": datetime(2026, 1, 31, tzinfo=UTC),
    "employee.number": "7",
    "nothing": None,
    "empty": "",
    "flag": True,
    "lines": ({"a": 1},),
}


def value_of(text: str, fields: Fields = FIELDS) -> Scalar:
    return compile_formula(text).compute(fields, FACTS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hours * rate", Decimal("750.75")),
        ("hours*rate\n + 0.1", Decimal("750.85")),
        ("-(count - 10) / 4", Decimal("1.75")),
        ("1/3", Decimal("0." + "3" * MOST_DIGITS)),
        ("0.1 + 0.2 == 0.3", True),
        ("name & '-' & class & employee.number", "Ann Lee-x7"),
        ("hours & ''", "7.5"),
        ("if(hours > 7, 'long', 'short')", "long"),
        ("IF(NOT flag OR blank(name), 1, 2)", Decimal(2)),
        ("'yes' if (flag) and hours >= 7.5 else 'no'", "yes"),
        ("name in ('Bob', 'Ann Lee')", True),
        ("name not in ('Bob')", True),
        ("count <> 3", False),
        ("nothing == empty", True),
        ("nothing < 5", False),
        ("nothing * 5", None),
        ("coalesce(nothing, empty, 'x')", "x"),
        ("coalesce(nothing)", None),
        ("lines", None),
        ("field('class')", "x"),
        ("if(count == 3, 0, 1 / (count - 3))", Decimal(0)),
        ("_TODAY", date(2026, 11, 23)),
        ("days_between(_FIRST_DAY_OF_THIS_YEAR, _today)", Decimal(326)),
        ("_RUN & _OWNER", "r17"),
        ("round(2.675, 2)", Decimal("2.68")),
        ("round(-0.4) & ''", "0"),
        ("round(1250, -2)", Decimal(1300)),
        ("round(nothing, 2)", None),
        ("round_up(1.21, 1)", Decimal("1.3")),
        ("round_down(-1.29, 1)", Decimal("-1.2")),
        ("floor(-1.5)", Decimal(-2)),
        ("ceiling(-1.5)", Decimal(-1)),
        ("abs(-1.2345678901234567890123456789)", Decimal("1.2345678901234567890123456789")),
        ("min(3, nothing, 1.5)", Decimal("1.5")),
        ("max(day, date(2026, 2, 1))", date(2026, 2, 1)),
        ("max(nothing)", None),
        ("sum(1.1, nothing, 2.2)", Decimal("3.3")),
        ("mod(-7, 3)", Decimal(-1)),
        ("number(' 12.50 ')", Decimal("12.50")),
        ("number(nothing)", None),
        ("text(rate) & text(flag) & text(day)", "100.10true2026-01-31"),
        ("upper(name)", "ANN LEE"),
        ("lower(name)", "ann lee"),
        ("trim('  a ')", "a"),
        ("left(name, 3)", "Ann"),
        ("right(name, 3)", "Lee"),
        ("right(name, 0)", ""),
        ("mid(name, 5, 9)", "Lee"),
        ("length(name)", Decimal(7)),
        ("replace(name, 'n', 'm')", "Amm Lee"),
        ("replace(name, '', 'm')", "Ann Lee"),
        ("concat(name, ', ', count, nothing)", "Ann Lee, 3"),
        ("contains(name, 'Lee')", True),
        ("starts_with(name, 'Lee')", False),
        ("ends_with(name, 'Lee')", True),
        ("pad_left(count, 5, '0')", "00003"),
        ("part(name, ' ', 2)", "Lee"),
        ("part(name, ' ', 3)", ""),
        ("line_break()", "\n"),
        ("blank(empty)", True),
        ("filled(empty)", False),
        ("date(2026, 2, 28)", date(2026, 2, 28)),
        ("date('2026-02-28')", date(2026, 2, 28)),
        ("date(nothing)", None),
        ("date(2026, nothing, 1)", None),
        ("year(day) * 100 + month(day)", Decimal(202601)),
        ("day(day)", Decimal(31)),
        ("quarter(day)", Decimal(1)),
        ("week(day)", Decimal(5)),
        ("weekday(day)", Decimal(6)),
        ("year(nothing)", None),
        ("add_days(day, -31)", date(2025, 12, 31)),
        ("add_days(nothing, 1)", None),
        ("add_months(day, 1)", date(2026, 2, 28)),
        ("add_months(day, -13)", date(2024, 12, 31)),
        ("first_of_month(day)", date(2026, 1, 1)),
        ("last_of_month(date(2024, 2, 1))", date(2024, 2, 29)),
    ],
)
def test_a_formula_gives_its_value(text: str, expected: Scalar) -> None:
    value = value_of(text)
    assert (type(value), value) == (type(expected), expected)


def test_every_function_has_an_example() -> None:
    examples = " ".join(
        mark.args[1][index][0]
        for mark in test_a_formula_gives_its_value.pytestmark  # type: ignore[attr-defined]
        for index in range(len(mark.args[1]))
    )
    assert [name for name in FUNCTIONS if f"{name}(" not in examples] == []


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        ("hours = 3", 7, "compared with =="),
        ("rate + name", 8, "A number is needed here, and this is a text"),
        ("1 + (2 / 0)", 10, "divided by zero"),
        ("rond(1)", 1, "Do you mean round?"),
        ("1 + _TODYA", 5, "Do you mean _TODAY?"),
        ("left(name)", 1, "left takes 2 values: left(text, count)"),
        ("left(name, 'a')", 12, "A number is needed here"),
        ("add_days(moment, 1)", 10, "depends on the zone"),
        ("name > 5", 8, "A text and a number cannot be compared"),
        ("2 ** 3", 6, "no powers"),
        ("(1 + 2", 1, "not closed"),
        ("1 < 2 < 3", 9, "joined with and"),
        ("'a\\n'", 1, "line_break()"),
        ("upper\x00(1)", 6, "cannot be seen"),
        ("\N{FULLWIDTH LATIN SMALL LETTER E}val('1')", 1, "has no meaning"),
        ("x" * (LONGEST + 1), LONGEST + 1, "at most 2000 characters"),
        ("+".join("x" * 250), 401, "at most 400 words"),
        (" ", 1, "empty"),
        ("if", 1, "if stands between two values"),
    ],
)
def test_an_error_names_the_column_and_the_cure(text: str, column: int, said: str) -> None:
    with pytest.raises(FormulaError) as raised:
        value_of(text)
    assert raised.value.column == column
    assert said in raised.value.said


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_else_can_be_done_with_a_formula(text: str) -> None:
    with pytest.raises(FormulaError) as raised:
        value_of(text, {"name": "Ann", "x": "7", "y": "9"})
    assert_place(raised.value, text)


def test_the_corpus_is_large_enough() -> None:
    assert len(set(HOSTILE)) >= 200


def test_a_formula_says_what_it_reads() -> None:
    text = "if(hours > 7, employee.number & field('in'), _TODAY)"
    assert fields_of(text) == ("hours", "employee.number", "in")
    assert macros_of(text) == (MacroName.TODAY,)
    assert (fields_of("("), macros_of("(")) == ((), ())


@pytest.mark.parametrize("fields", [{"a": "x" * LONGEST_TEXT}, {"a": Decimal("1E+999999")}, {"a": 10**5000}])
@pytest.mark.parametrize("text", ["a & a", "concat(a, 'x')", "replace(a, 'x', 'yy')", "upper(a & 'ß')", "a * 2 & ''"])
def test_no_value_grows_beyond_its_bounds(text: str, fields: Fields) -> None:
    with pytest.raises(FormulaError):
        value_of(text, fields)


def assert_place(error: FormulaError, text: str) -> None:
    assert 1 <= error.column <= len(text) + 1


words = st.sampled_from(
    [
        *[
            "+",
            "-",
            "*",
            "/",
            "&",
            "<",
            "<=",
            "==",
            "<>",
            "!=",
            "(",
            ")",
            ",",
            "and",
            "or",
            "not",
            "in",
            "if",
            "else",
            "true",
            "=",
            ".",
            "**",
            "\\",
            "'",
            "é",
        ],
        *[
            "hours",
            "name",
            "nothing",
            "flag",
            "day",
            "employee.number",
            "_TODAY",
            "_NOPE",
            "1",
            "0",
            "2.50",
            "'a'",
            "if(",
            "coalesce(",
            "field(",
        ],
        *(f"{name}(" for name in FUNCTIONS),
        " ",
        "\n",
    ]
)
trees = st.recursive(
    words,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-", "*", "/", "&", "<", "=="]), inner).map(" ".join),
        st.tuples(st.sampled_from([*FUNCTIONS, "if", "coalesce"]), st.lists(inner, max_size=3)).map(
            lambda call: f"{call[0]}({', '.join(call[1])})"
        ),
    ),
    max_leaves=20,
)


@given(st.one_of(st.text(max_size=60), st.lists(words, max_size=20).map(" ".join), trees))
@example("(" * 40 + "1" + ")" * 40)
@example("+".join(["1"] * 100))
def test_a_formula_ends_in_a_value_or_in_its_own_error(text: str) -> None:
    try:
        value = value_of(text)
    except FormulaError as error:
        assert_place(error, text)
        return
    assert not isinstance(value, str) or len(value) <= LONGEST_TEXT


amounts = st.decimals(-(10**12), 10**12, allow_nan=False, allow_infinity=False, places=4)


@given(amounts, amounts)
def test_arithmetic_is_exact(left: Decimal, right: Decimal) -> None:
    fields: Fields = {"l": left, "r": right}
    as_fractions = {
        "l + r": left.as_integer_ratio()[0] * right.as_integer_ratio()[1]
        + right.as_integer_ratio()[0] * left.as_integer_ratio()[1],
        "l * r": left.as_integer_ratio()[0] * right.as_integer_ratio()[0],
    }
    below = left.as_integer_ratio()[1] * right.as_integer_ratio()[1]
    for text, above in as_fractions.items():
        value = value_of(text, fields)
        assert isinstance(value, Decimal)
        assert value.as_integer_ratio()[0] * below == above * value.as_integer_ratio()[1]
    assert value_of("(l + r) - r == l", fields) is True
