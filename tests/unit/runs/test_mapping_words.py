"""What an administrator's rows and filters do in runs: lookups on either side, rules of rows, filters that bound what is read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from suitebridge.catalog import CATALOG
from suitebridge.domain.conditions import Compare, Comparison
from suitebridge.domain.expressions import Constant, Expression, Field, Lookup, LookupSide
from suitebridge.domain.outcomes import OutcomeKind
from suitebridge.domain.workflow import Row, SyncRule
from tests.fakes.runs import Firm, enter_time, furnish, marked


@pytest.fixture
def firm() -> Firm:
    firm = Firm()
    furnish(firm)
    return firm


def lay(firm: Firm, workflow: str, *rows: Row) -> None:
    """Put rows in place of those of the same target in a workflow's first group."""
    known = CATALOG[workflow]
    targets = {row.target for row in rows}
    group = known.groups[0]
    kept = tuple(row for row in group.rows if row.target not in targets)
    changed = replace(known, groups=(replace(group, rows=kept + rows), *known.groups[1:]))
    firm.workflows = {**firm.workflows, workflow: changed}


def found(firm: Firm, record_type: str, field: str) -> list[object]:
    ids = [id_ for id_, _ in firm.store.records.select(record_type, None, after_id="", limit=9)]
    return [one.fields.get(field) for one in firm.store.records.fetch(record_type, ids, (field,))]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            Lookup(
                of=Field(path="currency.symbol"),
                record_type="currency",
                by="symbol",
                returns="name",
                side=LookupSide.SOURCE,
            ),
            "Euro",
        ),
        (Lookup(of=Field(path="entityId"), record_type="employee", by="nickname", returns="first"), "Ann"),
        (Lookup(of=Field(path="email"), record_type="employee", by="nickname", returns="first"), None),
    ],
)
def test_an_import_looks_up_on_either_side(firm: Firm, source: Expression, expected: str | None) -> None:
    firm.run("import_employees")
    firm.netsuite.add("customer", **marked(entityId="Ann Lee", stage="Customer", currency="1"))
    lay(firm, "import_customers", Row(target="phone", source=source))
    firm.run("import_customers")
    assert expected in found(firm, "customer", "phone")


def test_an_export_looks_up_on_either_side(firm: Firm) -> None:
    firm.run()
    enter_time(firm, 1)
    nickname = Lookup(
        of=Field(path="employee"), record_type="employee", by="id", returns="nickname", side=LookupSide.SOURCE
    )
    lay(firm, "export_time_entries", Row(target="memo", source=nickname))
    firm.run("export_time_entries")
    (stored,) = firm.netsuite.stored("timeBill")
    assert stored.fields["memo"] == "Ann Lee"
    enter_time(firm, 1)
    phone = Lookup(of=Constant(value="EUR"), record_type="currency", by="symbol", returns="name")
    lay(firm, "export_time_entries", Row(target="memo", source=phone))
    firm.run("export_time_entries")
    assert firm.netsuite.stored("timeBill")[-1].fields["memo"] == "Euro"


def test_a_value_that_stands_for_no_record_blocks(firm: Firm) -> None:
    lay(
        firm,
        "import_customers",
        Row(target="phone", source=Lookup(of=Field(path="entityId"), record_type="employee", by="nickname")),
    )
    report = firm.run("import_customers")
    (one,) = firm.store.runs.outcomes(report.run.id, limit=9)
    assert one.outcome.kind is OutcomeKind.BLOCKED


def test_a_row_that_fills_in_only_leaves_what_people_entered(firm: Firm) -> None:
    (customer,) = firm.netsuite.stored("customer")
    firm.netsuite.change("customer", customer.id, phone="1", email="a@example.com")
    lay(
        firm,
        "import_customers",
        Row(target="phone", source=Field(path="phone"), sync=SyncRule.IF_EMPTY),
        Row(target="email", source=Field(path="email"), sync=SyncRule.KEEP_FILLED),
    )
    firm.run("import_customers")
    firm.netsuite.pass_time(60)
    firm.netsuite.change("customer", customer.id, phone="2", email="")
    firm.run("import_customers")
    assert (found(firm, "customer", "phone"), found(firm, "customer", "email")) == (["1"], ["a@example.com"])


def test_a_filter_bounds_what_an_import_reads(firm: Firm) -> None:
    for number in range(99):
        firm.netsuite.add("customer", **marked(entityId=f"C{number}", stage="Customer", phone=str(number)))
    known = CATALOG["import_customers"]
    only = Compare(path="phone", comparison=Comparison.EQUAL, value="7")
    filtered = replace(known, groups=(replace(known.groups[0], condition=only),))
    firm.workflows = {**CATALOG, "import_customers": filtered}
    report = firm.run("import_customers")
    assert [one.outcome.kind for one in firm.store.runs.outcomes(report.run.id, limit=200)] == [OutcomeKind.CREATED]
