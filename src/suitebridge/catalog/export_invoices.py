"""Invoices (Invoices): one item line for each charge (netsuite-connector.md §5.5)."""

from suitebridge.domain.conditions import AllOf, Blank, Compare, Comparison, Not
from suitebridge.domain.expressions import Counterpart, Field, Lookup
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Guard, MappingGroup, PullBack, Row, Setting, Sum, Workflow

WORKFLOW = Workflow(
    name="export_invoices",
    title="Invoices (Invoices)",
    direction=Direction.EXPORT,
    source_type="invoice",
    target_type="invoice",
    title_fields=("number",),
    needs=("import_customers", "import_projects", "import_services"),
    match_keys=(),
    reads=AllOf(
        conditions=(
            Compare(path="status", comparison=Comparison.EQUAL, value="A"),
            Blank(path="exported"),
            Blank(path="netsuite_id"),
        )
    ),
    guards=(
        Guard(
            condition=Not(condition=Compare(path="total", comparison=Comparison.LESS, value=0)),
            reason="It is a credit: the workflow Credits (Credit Memos) takes it.",
        ),
    ),
    settings=(
        Setting(
            name="import_taxes",
            label="Import taxes applied to exported invoices",
            sentence="What NetSuite computes when it saves the document comes back: its tax, and its total with tax.",
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
                Row(
                    target="currency",
                    source=Lookup(of=Field(path="currency"), record_type="currency", by="symbol"),
                    is_required=True,
                ),
                Row(target="memo", source=Field(path="notes")),
                Row(target="job", source=Counterpart(of=Field(path="project"), record_type="project")),
            ),
        ),
        MappingGroup(
            name="INVOICE_LINE",
            title="Invoice line",
            source_list="charges",
            target_list="itemList",
            rows=(
                # A charge without a service fails its invoice: a line that silently stays behind would bill too little.
                Row(
                    target="item",
                    source=Counterpart(of=Field(path="service"), record_type="service"),
                    is_required=True,
                ),
                Row(target="quantity", source=Field(path="quantity")),
                Row(target="description", source=Field(path="description")),
                Row(target="rate", source=Field(path="rate")),
                Row(target="amount", source=Field(path="total"), is_required=True),
                Row(target="job", source=Counterpart(of=Field(path="project"), record_type="project")),
            ),
        ),
    ),
    pull_backs=(
        PullBack(source="internalId", target="netsuite_id"),
        PullBack(source="taxTotal", target="tax", when="import_taxes"),
        PullBack(source="total", target="total_with_tax", when="import_taxes"),
    ),
    exported_field="exported",
    sum=Sum(amount="charges.total", written="itemList.amount", currency="currency"),
)
