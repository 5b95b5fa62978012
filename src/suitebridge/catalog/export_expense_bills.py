"""Expense reports (Vendor Bills): those of people who were imported from vendors (netsuite-connector.md §5.5).

One line for each receipt, never grouped. Tax lines have no place in them: the original has none for vendor bills either."""

from suitebridge.domain.conditions import Compare, Comparison
from suitebridge.domain.expressions import Counterpart, Field, FirstOf
from suitebridge.domain.phrases import APPROVED_AND_NOT_SENT, CURRENCY, NETSUITE_ID_BACK
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Guard, MappingGroup, PullBack, Row, Setting, Sum, Workflow

WORKFLOW = Workflow(
    name="export_expense_bills",
    title="Expense reports (Vendor Bills)",
    direction=Direction.EXPORT,
    source_type="expense_report",
    target_type="vendorBill",
    title_fields=("number",),
    needs=("import_vendor_employees", "import_projects", "import_expense_items"),
    match_keys=(),
    reads=APPROVED_AND_NOT_SENT,
    sends_linked_when="export_linked",
    guards=(
        Guard(
            condition=Compare(path="employee.is_vendor", comparison=Comparison.EQUAL, value=True),
            reason="Its employee is not paid by vendor bills.",
        ),
    ),
    updates=Compare(path="status", comparison=Comparison.EQUAL, value="A"),
    updates_when="update_exported",
    settings=(
        Setting(
            name="update_exported",
            label="Change exported vendor bills of expense reports when they are edited here",
            sentence="Sends what was edited here after its export. What was edited in NetSuite, too, waits for somebody to decide.",
        ),
    ),
    groups=(
        MappingGroup(
            name="EXPENSE_REP_TO_VENDORBILL",
            title="Vendor bill",
            rows=(
                Row(
                    target="entity",
                    source=Counterpart(of=Field(path="employee"), record_type="employee"),
                    is_required=True,
                ),
                Row(target="tranDate", source=Field(path="date"), is_required=True),
                Row(target="tranId", source=Field(path="number"), is_required=True),
                Row(target="memo", source=FirstOf(options=(Field(path="name"), Field(path="notes")))),
                CURRENCY,
            ),
        ),
        MappingGroup(
            name="VENDORBILL_LINE",
            title="Vendor bill line",
            source_list="receipts",
            target_list="expenseList",
            rows=(
                Row(
                    target="category",
                    source=Counterpart(of=Field(path="expense_item"), record_type="expense_item"),
                    is_required=True,
                ),
                Row(target="amount", source=Field(path="total"), is_required=True),
                Row(target="memo", source=Field(path="notes")),
                Row(target="customer", source=Counterpart(of=Field(path="project"), record_type="project")),
                Row(target="isBillable", source=Field(path="billable")),
            ),
        ),
    ),
    pull_backs=(
        NETSUITE_ID_BACK,
        # An invoice that bills the expense names the line.
        PullBack(source="expenseList.line", target="receipts.netsuite_line"),
    ),
    exported_field="exported",
    sum=Sum(amount="receipts.total", written="expenseList.amount", currency="currency"),
    is_active=False,
)
