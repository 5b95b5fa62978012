"""Invoices (Invoices): one line for each charge, on the list that its type belongs to (netsuite-connector.md §5.5).

Time, fees and other charges are items; charges of receipts bill the expenses of reports and bills that went to NetSuite before; products
are items, and those of billable lines of vendor bills bill these lines. What the original leaves out, an expense without receipt and service, fails its invoice here."""

from suitebridge.domain.conditions import AllOf, AnyOf, Blank, Compare, Comparison, Not, OneOf
from suitebridge.domain.expressions import Constant, Counterpart, Field
from suitebridge.domain.phrases import APPROVED_AND_NOT_SENT, CURRENCY, NETSUITE_ID_BACK
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Guard, MappingGroup, PullBack, Row, Setting, Sum, Workflow

OF_RECEIPTS = AllOf(conditions=(OneOf(path="type", values=("E", "M")), Not(condition=Blank(path="receipt"))))
OF_BILL_LINES = AllOf(
    conditions=(
        Compare(path="type", comparison=Comparison.EQUAL, value="P"),
        Compare(path="purchase_item.billable", comparison=Comparison.EQUAL, value=True),
    )
)
OF_PRODUCTS = AllOf(
    conditions=(Compare(path="type", comparison=Comparison.EQUAL, value="P"), Not(condition=Blank(path="product")))
)
NOT_OF_BILL_LINES = AllOf(conditions=(OF_PRODUCTS, Not(condition=OF_BILL_LINES)))
WITHOUT_SERVICE = AllOf(conditions=(OF_PRODUCTS, Blank(path="service")))
WITH_SERVICE = AllOf(conditions=(OF_PRODUCTS, Not(condition=Blank(path="service"))))

BY_SERVICE = Row(target="item", source=Counterpart(of=Field(path="service"), record_type="service"), is_required=True)
BY_PRODUCT = Row(target="item", source=Field(path="product.netsuite_id"), is_required=True)
QUANTITY = Row(target="quantity", source=Field(path="quantity"))
DESCRIPTION = Row(target="description", source=Field(path="description"))
RATE = Row(target="rate", source=Field(path="rate"))
AMOUNT = Row(target="amount", source=Field(path="total"), is_required=True)
PROJECT = Row(target="job", source=Counterpart(of=Field(path="project"), record_type="project"))
SERVICE_ROWS = (BY_SERVICE, QUANTITY, DESCRIPTION, RATE, AMOUNT, PROJECT)
PRODUCT_ROWS = (BY_PRODUCT, QUANTITY, DESCRIPTION, RATE, AMOUNT, PROJECT)

WORKFLOW = Workflow(
    name="export_invoices",
    title="Invoices (Invoices)",
    direction=Direction.EXPORT,
    source_type="invoice",
    target_type="invoice",
    title_fields=("number",),
    needs=("import_customers", "import_projects", "import_services"),
    match_keys=(),
    reads=APPROVED_AND_NOT_SENT,
    sends_linked_when="export_linked",
    guards=(
        Guard(
            condition=Not(condition=Compare(path="total", comparison=Comparison.LESS, value=0)),
            reason="It is a credit: the workflow Credits (Credit Memos) takes it.",
        ),
    ),
    updates=Compare(path="status", comparison=Comparison.EQUAL, value="A"),
    updates_when="update_exported",
    settings=(
        Setting(
            name="import_taxes",
            label="Import taxes applied to exported invoices",
            sentence="What NetSuite computes when it saves the document comes back: its tax, and its total with tax.",
        ),
        Setting(
            name="expenses_as_items",
            label="Disable expense report references on invoices in NetSuite integration",
            sentence="Charges of receipts become items by their service, and the expenses in NetSuite stay unbilled there.",
        ),
        Setting(
            name="bill_lines_as_items",
            label="Disable vendor bill linkage on invoices in NetSuite integration",
            sentence="Charges of billable lines of vendor bills become items by their product, and the lines in NetSuite stay unbilled there.",
        ),
        Setting(
            name="services_for_products",
            label="Use Service item instead of Product item during invoices export for purchase charges",
            sentence="A charge of a product that names a service, too, is sent with the item of the service.",
            needs=("bill_lines_as_items",),
        ),
        Setting(
            name="update_exported",
            label="Change exported invoices when they are edited here",
            sentence="Sends what was edited here after its export. What was edited in NetSuite, too, waits for somebody to decide.",
        ),
    ),
    groups=(
        MappingGroup(
            name="INVOICE_TO_INVOICE",
            title="Invoice",
            rows=(
                Row(
                    target="entity",
                    source=Counterpart(of=Field(path="customer"), record_type="customer"),
                    is_required=True,
                ),
                Row(target="tranDate", source=Field(path="date"), is_required=True),
                Row(target="tranId", source=Field(path="number"), is_required=True),
                CURRENCY,
                Row(target="memo", source=Field(path="notes")),
                Row(target="job", source=Counterpart(of=Field(path="project"), record_type="project")),
            ),
        ),
        MappingGroup(
            name="INVOICE_LINE",
            title="Invoice line",
            source_list="charges",
            target_list="itemList",
            condition=Not(condition=AnyOf(conditions=(OF_RECEIPTS, OF_PRODUCTS, OF_BILL_LINES))),
            # A charge without a service fails its invoice: a line that silently stays behind would bill too little.
            rows=SERVICE_ROWS,
        ),
        MappingGroup(
            name="INVOICE_EXPENSE_LINE",
            title="Expense line",
            source_list="charges",
            target_list="expCostList",
            condition=OF_RECEIPTS,
            unless="expenses_as_items",
            rows=(
                Row(target="apply", source=Constant(value=True)),
                Row(target="doc", source=Field(path="receipt.expense_report.netsuite_id"), is_required=True),
                Row(target="line", source=Field(path="receipt.netsuite_line"), is_required=True),
                Row(target="amount", source=Field(path="total"), is_required=True),
            ),
        ),
        MappingGroup(
            name="INVOICE_EXPENSE_ITEM",
            title="Expense as item",
            source_list="charges",
            target_list="itemList",
            condition=OF_RECEIPTS,
            when="expenses_as_items",
            rows=SERVICE_ROWS,
        ),
        MappingGroup(
            name="INVOICE_BILLABLE_ITEM_LINE",
            title="Bill line",
            source_list="charges",
            target_list="itemCostList",
            condition=OF_BILL_LINES,
            unless="bill_lines_as_items",
            rows=(
                Row(target="apply", source=Constant(value=True)),
                Row(target="doc", source=Field(path="purchase_item.netsuite_bill_id"), is_required=True),
                Row(target="line", source=Field(path="purchase_item.netsuite_bill_line"), is_required=True),
                Row(target="amount", source=Field(path="total"), is_required=True),
            ),
        ),
        MappingGroup(
            name="INVOICE_PURCHASE_VB_LINE",
            title="Bill line as item",
            source_list="charges",
            target_list="itemList",
            condition=OF_BILL_LINES,
            when="bill_lines_as_items",
            unless="services_for_products",
            rows=PRODUCT_ROWS,
        ),
        MappingGroup(
            name="INVOICE_PURCHASE_LINE",
            title="Purchase line",
            source_list="charges",
            target_list="itemList",
            condition=NOT_OF_BILL_LINES,
            unless="services_for_products",
            rows=PRODUCT_ROWS,
        ),
        MappingGroup(
            name="INVOICE_PURCHASE_WITHOUT_SERVICE",
            title="Purchase line without service",
            source_list="charges",
            target_list="itemList",
            condition=WITHOUT_SERVICE,
            when="services_for_products",
            rows=PRODUCT_ROWS,
        ),
        MappingGroup(
            name="INVOICE_PURCHASE_WITH_SERVICE",
            title="Purchase line with service",
            source_list="charges",
            target_list="itemList",
            condition=WITH_SERVICE,
            when="services_for_products",
            rows=SERVICE_ROWS,
        ),
    ),
    pull_backs=(
        NETSUITE_ID_BACK,
        PullBack(source="taxTotal", target="tax", when="import_taxes"),
        PullBack(source="total", target="total_with_tax", when="import_taxes"),
    ),
    exported_field="exported",
    sum=Sum(
        amount="charges.total",
        written="itemList.amount",
        also=("expCostList.amount", "itemCostList.amount"),
        currency="currency",
    ),
)
