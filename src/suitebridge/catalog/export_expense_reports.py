"""Expense reports (Expense Reports): one line for each receipt, never grouped (netsuite-connector.md §5.5).

Taxes are broken out where that is set, for people whose nexus is Canada or VAT, of receipts whose tax location has a tax code of NetSuite;
every other line has its tax in its amount."""

from suitebridge.domain.conditions import AllOf, Blank, Compare, Comparison, Not, OneOf
from suitebridge.domain.expressions import Constant, Counterpart, Field, FirstOf, Formula, Lookup, When
from suitebridge.domain.phrases import APPROVED_AND_NOT_SENT, NETSUITE_ID_BACK
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Guard, MappingGroup, PullBack, Row, Setting, Sum, Workflow

IS_MILEAGE = Compare(path="expense_item.type", comparison=Comparison.EQUAL, value="M")
IS_TAXED = AllOf(
    conditions=(
        OneOf(path="expense_report.employee.tax_nexus", values=("CA", "VAT")),
        Not(condition=Blank(path="tax")),
        Not(condition=Blank(path="tax_location.netsuite_id")),
    )
)
DATE = Row(target="expenseDate", source=Field(path="date"), is_required=True)
CATEGORY = Row(
    target="category",
    source=Counterpart(of=Field(path="expense_item"), record_type="expense_item"),
    is_required=True,
)
# Categories that require a rate, mileage above all, refuse a line without both (netsuite-api.md §9.8).
QUANTITY = Row(
    target="quantity",
    source=When(condition=IS_MILEAGE, then=Field(path="quantity"), otherwise=Constant(value=None)),
)
RATE = Row(
    target="rate",
    source=When(condition=IS_MILEAGE, then=Field(path="cost"), otherwise=Constant(value=None)),
)
MEMO = Row(target="memo", source=Field(path="notes"))
PROJECT = Row(target="customer", source=Counterpart(of=Field(path="project"), record_type="project"))
BILLABLE = Row(target="isBillable", source=Field(path="billable"))
NOT_REIMBURSABLE = Row(
    target="isNonReimbursable",
    source=When(
        condition=Compare(path="reimbursable", comparison=Comparison.EQUAL, value=False),
        then=Constant(value=True),
        otherwise=Constant(value=False),
    ),
)
BY_CARD = Row(target="corporateCreditCard", source=Field(path="corporate_card"))

WORKFLOW = Workflow(
    name="export_expense_reports",
    title="Expense reports (Expense Reports)",
    direction=Direction.EXPORT,
    source_type="expense_report",
    target_type="expenseReport",
    title_fields=("number",),
    needs=("import_employees", "import_projects", "import_expense_items"),
    match_keys=(),
    reads=APPROVED_AND_NOT_SENT,
    sends_linked_when="export_linked",
    guards=(
        Guard(
            condition=Compare(path="employee.is_vendor", comparison=Comparison.NOT_EQUAL, value=True),
            reason="Its employee is paid by vendor bills: the workflow Expense reports (Vendor Bills) takes it.",
        ),
    ),
    updates=Compare(path="status", comparison=Comparison.EQUAL, value="A"),
    updates_when="update_exported",
    settings=(
        Setting(
            name="export_taxes",
            label="Enable tax export on expense reports",
            sentence="Breaks taxes out for employees whose tax nexus is Canada or VAT: the tax code of the receipt's tax location, the tax, and the amount without it.",
        ),
        Setting(
            name="update_exported",
            label="Change exported expense reports when they are edited here",
            sentence="Sends what was edited here after its export. What was edited in NetSuite, too, waits for somebody to decide.",
        ),
    ),
    groups=(
        MappingGroup(
            name="EXPENSE_REP_TO_EXPENSE_REP",
            title="Expense report",
            rows=(
                Row(
                    target="entity",
                    source=Counterpart(of=Field(path="employee"), record_type="employee"),
                    is_required=True,
                ),
                Row(
                    target="expenseReportCurrency",
                    source=Lookup(of=Field(path="currency"), record_type="currency", by="symbol"),
                    is_required=True,
                ),
                Row(target="tranDate", source=Field(path="date"), is_required=True),
                Row(target="advance", source=Field(path="advance")),
                Row(target="memo", source=FirstOf(options=(Field(path="name"), Field(path="notes")))),
                Row(target="supervisorApproval", source=Constant(value=True)),
            ),
        ),
        MappingGroup(
            name="EXPENSE_REP_LINE",
            title="Expense line",
            source_list="receipts",
            target_list="expenseList",
            unless="export_taxes",
            rows=(
                DATE,
                CATEGORY,
                QUANTITY,
                RATE,
                Row(target="foreignAmount", source=Field(path="total"), is_required=True),
                MEMO,
                PROJECT,
                BILLABLE,
                NOT_REIMBURSABLE,
                BY_CARD,
            ),
        ),
        MappingGroup(
            name="EXPENSE_REP_LINE_TAX",
            title="Expense line with taxes",
            source_list="receipts",
            target_list="expenseList",
            when="export_taxes",
            rows=(
                DATE,
                CATEGORY,
                QUANTITY,
                RATE,
                Row(
                    target="foreignAmount",
                    source=When(condition=IS_TAXED, then=Formula(text="total - tax"), otherwise=Field(path="total")),
                    is_required=True,
                ),
                Row(
                    target="taxCode",
                    source=When(
                        condition=IS_TAXED, then=Field(path="tax_location.netsuite_id"), otherwise=Constant(value=None)
                    ),
                ),
                Row(
                    target="tax1Amt",
                    source=When(condition=IS_TAXED, then=Field(path="tax"), otherwise=Constant(value=None)),
                ),
                MEMO,
                PROJECT,
                BILLABLE,
                NOT_REIMBURSABLE,
                BY_CARD,
            ),
        ),
    ),
    pull_backs=(
        NETSUITE_ID_BACK,
        # An invoice that bills the expense names the line.
        PullBack(source="expenseList.line", target="receipts.netsuite_line"),
    ),
    exported_field="exported",
    sum=Sum(
        amount="receipts.total", written="expenseList.foreignAmount", also=("expenseList.tax1Amt",), currency="currency"
    ),
)
