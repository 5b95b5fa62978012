"""Credits (Credit Memos): invoices below zero, applied to the invoice that they correct where there is one (netsuite-connector.md §5.5).

What is negative here is positive there: a credit memo says by its kind that it takes away."""

from suitebridge.domain.conditions import Blank, Compare, Comparison, Not
from suitebridge.domain.expressions import Constant, Counterpart, Field, FirstOf, Formula
from suitebridge.domain.phrases import APPROVED_AND_NOT_SENT, CURRENCY, NETSUITE_ID_BACK
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Guard, MappingGroup, PullBack, Row, Setting, Sum, Workflow

WORKFLOW = Workflow(
    name="export_credits",
    title="Credits (Credit Memos)",
    direction=Direction.EXPORT,
    source_type="invoice",
    target_type="creditMemo",
    title_fields=("number",),
    needs=("import_customers", "import_projects", "import_services", "export_invoices"),
    match_keys=(),
    reads=APPROVED_AND_NOT_SENT,
    sends_linked_when="export_linked",
    guards=(
        Guard(
            condition=Compare(path="total", comparison=Comparison.LESS, value=0),
            reason="It is an invoice, not a credit: its total is not below zero.",
        ),
    ),
    settings=(
        Setting(
            name="import_taxes",
            label="Import taxes applied to exported credits",
            sentence="What NetSuite computes when it saves the document comes back: its tax, and its total with tax. A credit memo of NetSuite is above zero, and so is its tax here.",
        ),
    ),
    groups=(
        MappingGroup(
            name="CREDIT_TO_CREDIT_MEMO",
            title="Credit",
            rows=(
                CURRENCY,
                Row(
                    target="entity",
                    source=Counterpart(of=Field(path="customer"), record_type="customer"),
                    is_required=True,
                ),
                Row(target="tranDate", source=Field(path="date"), is_required=True),
                Row(target="tranId", source=Field(path="number"), is_required=True),
                Row(target="job", source=Counterpart(of=Field(path="project"), record_type="project")),
                Row(target="memo", source=FirstOf(options=(Field(path="credit_reason"), Field(path="notes")))),
            ),
        ),
        MappingGroup(
            name="CREDIT_LINE",
            title="Credit memo line",
            source_list="charges",
            target_list="itemList",
            rows=(
                Row(
                    target="item", source=Counterpart(of=Field(path="service"), record_type="service"), is_required=True
                ),
                Row(target="quantity", source=Formula(text="abs(quantity)")),
                Row(target="description", source=Field(path="description")),
                Row(target="rate", source=Formula(text="abs(rate)")),
                Row(target="amount", source=Formula(text="-total"), is_required=True),
                Row(target="job", source=Counterpart(of=Field(path="project"), record_type="project")),
            ),
        ),
        MappingGroup(
            name="CREDIT_MEMO_APPLY",
            title="Credit memo apply item",
            target_list="applyList",
            condition=Not(condition=Blank(path="original_invoice")),
            rows=(
                Row(target="apply", source=Constant(value=True)),
                Row(
                    target="doc",
                    source=Counterpart(of=Field(path="original_invoice"), record_type="invoice"),
                    is_required=True,
                ),
                Row(target="amount", source=Formula(text="-total")),
            ),
        ),
    ),
    pull_backs=(
        NETSUITE_ID_BACK,
        PullBack(source="taxTotal", target="tax", when="import_taxes"),
        PullBack(source="total", target="total_with_tax", when="import_taxes"),
    ),
    exported_field="exported",
    sum=Sum(amount="charges.total", written="itemList.amount", currency="currency", is_negated=True),
    is_active=False,
)
