"""What is wrong with a mapping is told before anything runs: all at once, with place and cure."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from suitebridge.catalog import CATALOG
from suitebridge.domain.conditions import Compare, Comparison, Condition, OneOf
from suitebridge.domain.expressions import (
    Constant,
    Counterpart,
    Expression,
    Field,
    Formula,
    Lookup,
    LookupSide,
    Macro,
    MacroName,
    When,
)
from suitebridge.domain.overrides import UNTOUCHED, configured
from suitebridge.domain.schemas.registry import schema_of
from suitebridge.domain.validation import problems_of
from suitebridge.domain.workflow import LineOrder, MappingGroup, PullBack, Row, Workflow

CUSTOMERS = configured(CATALOG, UNTOUCHED)["import_customers"]
REPORTS = configured(CATALOG, UNTOUCHED)["export_expense_reports"]


def laid(workflow: Workflow, *rows: Row, condition: Condition | None = None, group: int = 0) -> Workflow:
    """Put rows in place of those of the same target, and a condition on their group."""
    own = workflow.groups[group]
    kept = tuple(row for row in own.rows if row.target not in {row.target for row in rows})
    groups = list(workflow.groups)
    groups[group] = replace(own, rows=kept + rows, condition=condition)
    return replace(workflow, groups=tuple(groups))


def found(workflow: Workflow, *, strict: bool = True) -> list[tuple[str, str]]:
    return [(one.problem.code, one.target) for one in problems_of(workflow, schema_of, strict=strict)]


@pytest.mark.parametrize("name", CATALOG)
def test_what_is_shipped_has_no_problems(name: str) -> None:
    assert found(configured(CATALOG, UNTOUCHED)[name]) == []


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (Field(path="phon"), "SB-VAL-001"),
        (Field(path="currency.simbol"), "SB-VAL-001"),
        (Field(path="phone.x"), "SB-VAL-001"),
        (Formula(text="upper(phon)"), "SB-VAL-001"),
        (Formula(text="rond(phone)"), "SB-VAL-005"),
        (
            When(condition=OneOf(path="x", values=("1",)), then=Field(path="phone"), otherwise=Field(path="id")),
            "SB-VAL-001",
        ),
        (Lookup(of=Field(path="phone"), record_type="usr", by="email"), "SB-VAL-004"),
        (Lookup(of=Field(path="phone"), record_type="employee", by="mail"), "SB-VAL-004"),
        (Lookup(of=Field(path="phone"), record_type="employee", by="email", returns="frst"), "SB-VAL-004"),
        (Lookup(of=Field(path="phone"), record_type="time_entry", by="id", side=LookupSide.SOURCE), "SB-VAL-004"),
        (
            Lookup(of=Counterpart(of=Field(path="id"), record_type="project"), record_type="employee", by="id"),
            "SB-VAL-004",
        ),
        (Counterpart(of=Field(path="phone"), record_type="projct"), "SB-VAL-004"),
        (Macro(name=MacroName.RUN, days=1), "SB-VAL-003"),
        (Macro(name=MacroName.TODAY, days=99_999), "SB-VAL-003"),
    ],
)
def test_a_source_that_leads_nowhere_is_named_with_its_row(source: Expression, code: str) -> None:
    assert found(laid(CUSTOMERS, Row(target="phone", source=source)), strict=False) == [(code, "phone")]


def test_a_problem_says_where_it_is_and_what_may_be_meant() -> None:
    (one,) = problems_of(laid(CUSTOMERS, Row(target="phone", source=Field(path="phon"))), schema_of)
    assert (one.workflow, one.group) == ("import_customers", CUSTOMERS.groups[0].name)
    assert one.problem.title.endswith("> phone names a field that is not there")
    assert one.problem.cause == "Customer has no field “phon”."
    assert one.problem.remedy.startswith("Do you mean phone? Correct the name")
    (formula,) = problems_of(laid(CUSTOMERS, Row(target="phone", source=Formula(text="1 + rond(2)"))), schema_of)
    assert (formula.column, formula.problem.cause) == (5, "Column 5: No function is called “rond”. Do you mean round?")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (Row(target="active", source=Constant(value="perhaps")), "neither yes nor no"),
        (Row(target="active", source=Field(path="lastModifiedDate")), "is of the kind instant"),
    ],
)
def test_a_value_that_can_never_fit_is_told_unless_validation_is_relaxed(row: Row, said: str) -> None:
    (one,) = problems_of(laid(CUSTOMERS, row), schema_of)
    assert (one.problem.code, said in one.problem.cause) == ("SB-VAL-003", True)
    assert found(laid(CUSTOMERS, row), strict=False) == []


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        (Compare(path="stge", comparison=Comparison.EQUAL, value="Customer"), "SB-VAL-001"),
        (Compare(path="isInactive", comparison=Comparison.LESS, value=True), "SB-VAL-003"),
        (Compare(path="currency", comparison=Comparison.GREATER, value="5"), "SB-VAL-003"),
        (Compare(path="isInactive", comparison=Comparison.EQUAL, value="T"), "SB-VAL-003"),
        (Compare(path="phone", comparison=Comparison.EQUAL, value=Decimal(5)), "SB-VAL-003"),
    ],
)
def test_a_filter_is_looked_at_too(condition: Condition, code: str) -> None:
    assert [one for one, _ in found(laid(CUSTOMERS, condition=condition))] == [code]


def test_targets_are_known_mapped_once_and_all_there() -> None:
    own = CUSTOMERS.groups[0]
    twice = replace(
        CUSTOMERS, groups=(replace(own, rows=(*own.rows, Row(target="phone", source=Field(path="phone")))),)
    )
    assert found(twice) == [("SB-VAL-002", "phone")]
    assert found(twice, strict=False) == []
    assert ("SB-VAL-001", "fone") in found(
        laid(CUSTOMERS, Row(target="fone", source=Field(path="phone"))), strict=False
    )
    name = next(row for row in own.rows if row.target == "name")
    assert found(laid(CUSTOMERS, replace(name, is_active=False))) == [("SB-VAL-006", "name")]


def test_lists_orders_and_pull_backs_are_looked_at() -> None:
    lost = MappingGroup(name="X", title="X", rows=(), source_list="recipts", target_list="expenseList")
    nowhere = replace(lost, source_list="receipts", target_list="expnses")
    listed = found(replace(REPORTS, groups=(*REPORTS.groups, lost, nowhere)), strict=False)
    assert listed == [("SB-VAL-007", "")] * 2
    lines = replace(REPORTS.groups[1], order=(LineOrder(path="dte"),))
    assert found(replace(REPORTS, groups=(REPORTS.groups[0], lines))) == [("SB-VAL-001", "dte")]
    assert found(replace(CUSTOMERS, pull_backs=(PullBack(source="id", target="name"),))) == [("SB-VAL-007", "name")]
    astray = replace(REPORTS, pull_backs=(PullBack(source="tranid", target="nowhere"),))
    assert found(astray) == [("SB-VAL-001", "nowhere")] * 2
    crossed = (PullBack(source="memo", target="date"), PullBack(source="expenseList.memo", target="employee.last"))
    assert found(
        replace(REPORTS, pull_backs=(*crossed, PullBack(source="expenseList.memo", target="receipts.notes")))
    ) == [("SB-VAL-001", "employee.last")]
    assert found(
        replace(
            REPORTS,
            pull_backs=(PullBack(source="memo", target="advance"), PullBack(source="tranDate", target="advance")),
        )
    ) == [("SB-VAL-003", "advance")]


def test_everything_is_told_at_once() -> None:
    broken = laid(
        CUSTOMERS,
        Row(target="phone", source=Field(path="phon")),
        Row(target="email", source=Formula(text="(")),
        condition=Compare(path="stge", comparison=Comparison.EQUAL, value="x"),
    )
    assert [code for code, _ in found(broken)] == ["SB-VAL-001", "SB-VAL-001", "SB-VAL-005"]
