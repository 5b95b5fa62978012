"""The advanced notation: writing and reading are inverse, and whatever is typed is read or refused with its place."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import example, given, settings
from hypothesis import strategies as st

from suitebridge.domain import conditions as c
from suitebridge.domain import expressions as e
from suitebridge.domain.formulas import FUNCTIONS
from suitebridge.domain.notation.advanced import (
    AdvancedGroup,
    AdvancedRow,
    Declaration,
    DeclarationKind,
    IfBlock,
    IfBranch,
    advanced_of,
    parse_group,
    write_group,
)
from suitebridge.domain.notation.words import KEYWORDS, NotationError

text = st.text(max_size=8)
plain = st.sampled_from(["name", "custentity_x", "currency.symbol", "User.netsuite_user_id__c", "x1"])
names = st.one_of(plain, text, st.sampled_from([*KEYWORDS, "NS_FIELDS", "NEVER_WITH_EMPTY", "_TODAY"]))
scalars = st.one_of(
    st.none(),
    text,
    st.integers(-(10**9), 10**9),
    st.booleans(),
    st.decimals(-(10**9), 10**9, allow_nan=False, places=3),
    st.dates(date(1900, 1, 1)),
    st.datetimes(datetime(1900, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001  # Hypothesis adds the zone
)
conditions = st.recursive(
    st.one_of(
        st.builds(c.Compare, path=names, comparison=st.sampled_from(c.Comparison), value=scalars),
        st.builds(c.OneOf, path=names, values=st.lists(scalars, max_size=3).map(tuple)),
        st.builds(c.Blank, path=names),
        st.sampled_from([c.AllOf(conditions=()), c.AnyOf(conditions=())]),
    ),
    lambda inner: st.one_of(
        st.builds(c.AllOf, conditions=st.lists(inner, min_size=2, max_size=2).map(tuple)),
        st.builds(c.AnyOf, conditions=st.lists(inner, min_size=2, max_size=2).map(tuple)),
        st.builds(c.Not, condition=inner),
    ),
    max_leaves=3,
)
pairs = st.lists(st.tuples(text, text), max_size=2).map(tuple)
formulas = st.sampled_from(
    ["round(a * b, 2)", "'x'", "if(a == \"it's\", 'y', null)", "a\n + 1", " a ", "field('in') & '#'"]
)
sources = st.recursive(
    st.one_of(
        st.builds(e.Field, path=names),
        st.builds(e.Constant, value=text),
        st.builds(e.Macro, name=st.sampled_from(e.MacroName), days=st.integers(-999_999, 999_999)),
        st.builds(e.Formula, text=formulas),
        st.builds(e.Leave),
    ),
    lambda inner: st.one_of(
        st.builds(e.Join, parts=st.lists(inner, min_size=2, max_size=2).map(tuple)),
        st.builds(e.FirstOf, options=st.lists(inner, min_size=2, max_size=2).map(tuple)),
        st.builds(e.Translate, of=inner, pairs=pairs, otherwise=st.none() | text),
        st.builds(
            e.Lookup,
            of=inner,
            record_type=names,
            by=names,
            returns=names.map(lambda name: "" if name == "id" else name),
            side=st.sampled_from(e.LookupSide),
        ),
        st.builds(e.Counterpart, of=inner, record_type=names, or_leave=st.booleans(), or_skip=st.booleans()),
        st.builds(e.Shorten, of=inner, length=st.integers(0, 999_999)),
        st.builds(e.When, condition=conditions, then=inner, otherwise=inner),
    ),
    max_leaves=3,
)
rows = st.builds(AdvancedRow, target=names, source=sources)
blocks = st.builds(
    IfBlock,
    branches=st.lists(st.builds(IfBranch, condition=conditions, row=rows), min_size=1, max_size=2).map(tuple),
    otherwise=st.lists(rows, max_size=2).map(tuple),
)
groups = st.builds(
    AdvancedGroup,
    declarations=st.lists(
        st.builds(Declaration, kind=st.sampled_from(DeclarationKind), names=st.lists(names, max_size=3).map(tuple)),
        max_size=2,
    ).map(tuple),
    rows=st.lists(rows | blocks, max_size=2).map(tuple),
    filter=st.none() | conditions,
)


@settings(max_examples=40)
@given(groups)
def test_reading_undoes_writing(group: AdvancedGroup) -> None:
    assert parse_group(write_group(group)) == group


ONE_ELSE = AdvancedGroup(
    declarations=(),
    rows=(
        IfBlock(
            branches=(IfBranch(condition=c.AllOf(conditions=()), row=AdvancedRow(target="a", source=e.Leave())),),
            otherwise=(AdvancedRow(target="b", source=e.Leave()),),
        ),
    ),
    filter=None,
)


@settings(max_examples=40)
@given(groups)
@example(ONE_ELSE)
def test_writing_undoes_reading(group: AdvancedGroup) -> None:
    """What is written is the one way to write it; and a group that went through the rows of a mapping says the same rows."""
    written = write_group(group)
    assert write_group(parse_group(written)) == written
    mapped = advanced_of(group.as_rows(), group.filter, is_import=True)
    again = parse_group(write_group(mapped))
    assert (again.as_rows(), again.filter) == (mapped.as_rows(), group.filter)


words = st.sampled_from(
    [
        *[
            "a",
            "b",
            "IF",
            "<<END",
            "END",
            "FILTER",
            "ELSE",
            "THEN",
            "AND",
            "OR",
            "NOT",
            "IN",
            "IS",
            "EMPTY",
            "(",
            ")",
            "=",
            "<>",
            "<=",
            ",",
            "|",
            "[",
            "]",
            "<",
            ">",
            "</a>",
            "</>",
            "#",
            "'",
            "`",
            ":",
            "\\",
        ],
        *[
            "'x'",
            "1",
            "2026-01-31",
            "2026-02-30",
            "2026-01-31T00:00:00Z",
            "_TODAY",
            "_TODAY-7",
            "_NOPE",
            "NS_FIELDS",
            "lookup=",
            "lookup_table=",
        ],
        *["lookup_by=", "lookup_return=", "formula=", "shorten=", "length=", "counterpart=", "TRUE", "OTHERWISE"],
        *(f"{name}(" for name in list(FUNCTIONS)[:3]),
        "\n",
        "IF <<END\n",
        "FILTER <<END\n",
        "\nEND\n",
    ]
)


@settings(max_examples=40)
@given(st.one_of(st.text(max_size=80), st.lists(words, max_size=25).map(" ".join)))
@example("(" * 3000)
@example("a " + "(" * 3000 + "b" + ")" * 3000)
@example("FILTER <<END\n" + "NOT " * 4000 + "(a = 'b')\nEND")
def test_any_text_is_read_or_refused_with_its_place(typed: str) -> None:
    try:
        group = parse_group(typed)
    except NotationError as error:
        assert_place(error, typed)
    else:
        assert parse_group(write_group(group)) == group


def assert_place(error: NotationError, typed: str) -> None:
    lines = typed.replace("\r\n", "\n").split("\n")
    assert 1 <= error.line <= len(lines)
    assert 1 <= error.column <= len(lines[error.line - 1]) + 1
    assert error.said
