"""What each filter means over filled-in, blank and missing fields."""

from datetime import date
from decimal import Decimal

import pytest

from suitebridge.domain.conditions import AllOf, AnyOf, Blank, Compare, Comparison, Condition, Not, OneOf, holds, paths
from suitebridge.domain.values import Fields

FIELDS: Fields = {"status": "A", "hours": Decimal("7.50"), "date": date(2026, 3, 1), "notes": "", "billable": False}


def compare(path: str, comparison: Comparison, value: object) -> Condition:
    return Compare(path=path, comparison=comparison, value=value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (compare("status", Comparison.EQUAL, "A"), True),
        (compare("status", Comparison.NOT_EQUAL, "A"), False),
        (compare("missing", Comparison.EQUAL, "A"), False),
        (compare("missing", Comparison.NOT_EQUAL, "A"), True),
        (compare("hours", Comparison.EQUAL, Decimal("7.5")), True),
        (compare("hours", Comparison.GREATER, 7), True),
        (compare("hours", Comparison.LESS_OR_EQUAL, Decimal("7.5")), True),
        (compare("missing", Comparison.GREATER, 0), False),
        (compare("missing", Comparison.LESS, 0), False),
        (compare("date", Comparison.LESS, date(2026, 3, 2)), True),
        (compare("date", Comparison.GREATER_OR_EQUAL, "2026-03-01"), False),
        (compare("billable", Comparison.LESS, 1), False),
        (OneOf(path="status", values=("A", "S")), True),
        (OneOf(path="missing", values=(None,)), True),
        (Blank(path="notes"), True),
        (Blank(path="missing"), True),
        (Blank(path="billable"), False),
        (AllOf(conditions=()), True),
        (AnyOf(conditions=()), False),
        (Not(condition=Blank(path="status")), True),
    ],
)
def test_holds(condition: Condition, expected: bool) -> None:
    assert holds(condition, FIELDS) is expected


def test_paths_names_every_field_inside() -> None:
    inner = AllOf(
        conditions=(Blank(path="a"), AnyOf(conditions=(OneOf(path="b", values=()), Not(condition=Blank(path="c")))))
    )

    assert list(paths(inner)) == ["a", "b", "c"]
