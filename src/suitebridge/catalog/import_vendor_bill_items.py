"""Purchase items (Vendor Bill Lines): one for each line with an item of a bill that was imported (netsuite-connector.md §5.4).

Beside each stand a purchase request, its item and a fulfillment."""

from suitebridge.domain.conditions import AllOf, AnyOf, Blank, Compare, Comparison, Not
from suitebridge.domain.expressions import Counterpart, Field, FirstOf
from suitebridge.domain.phrases import BY_NETSUITE_ID, NETSUITE_ID
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Companion, Guard, MappingGroup, Row, Setting, Workflow

WORKFLOW = Workflow(
    name="import_vendor_bill_items",
    title="Purchase items (Vendor Bill Lines)",
    direction=Direction.IMPORT,
    source_type="purchaseBillLine",
    target_type="purchase_item",
    title_fields=("transaction.tranId", "memo"),
    needs=("import_vendor_bills", "import_products"),
    excludes=("import_purchase_items",),
    reads=AllOf(
        conditions=(
            Compare(path="transaction.type", comparison=Comparison.EQUAL, value="VendBill"),
            Compare(path="mainLine", comparison=Comparison.NOT_EQUAL, value=True),
            Compare(path="taxLine", comparison=Comparison.NOT_EQUAL, value=True),
            Not(condition=Blank(path="item")),
        )
    ),
    match_keys=(BY_NETSUITE_ID,),
    guards=(
        Guard(
            condition=Compare(
                path="transaction.entity.custentity_oa_export_to_openair", comparison=Comparison.EQUAL, value=True
            ),
            reason="Its vendor is not marked “Export to SuiteProjects Pro” in NetSuite.",
            unless="ignore_mark",
        ),
        Guard(
            condition=AnyOf(
                conditions=(
                    Blank(path="transaction.externalId"),
                    Compare(path="transaction.externalId", comparison=Comparison.LESS, value="sb_"),
                    Compare(path="transaction.externalId", comparison=Comparison.GREATER_OR_EQUAL, value="sb`"),
                )
            ),
            reason="The workspace sent it, as the expenses of a subcontractor.",
        ),
    ),
    settings=(
        Setting(
            name="ignore_mark",
            label="Import lines of vendors that are not marked, too",
            sentence="Takes every line of vendors that the workspace has, whether or not “Export to SuiteProjects Pro” is ticked in NetSuite.",
        ),
    ),
    groups=(
        MappingGroup(
            name="BILL_ITEM",
            title="Purchase item",
            rows=(
                NETSUITE_ID,
                Row(
                    target="purchase_order",
                    source=Counterpart(of=Field(path="transaction"), record_type="purchase_order", or_skip=True),
                    is_required=True,
                ),
                Row(target="product", source=Counterpart(of=Field(path="item"), record_type="product", or_leave=True)),
                Row(
                    target="project", source=Counterpart(of=Field(path="entity"), record_type="project", or_leave=True)
                ),
                Row(target="description", source=FirstOf(options=(Field(path="memo"), Field(path="item.itemId")))),
                Row(target="quantity", source=Field(path="quantity")),
                Row(target="cost", source=Field(path="rate")),
                Row(target="total", source=Field(path="amount")),
                # An invoice that bills the line again names it.
                Row(target="billable", source=Field(path="isBillable")),
                Row(target="netsuite_bill_id", source=Field(path="transaction")),
                Row(target="netsuite_bill_line", source=Field(path="lineNumber")),
            ),
        ),
    ),
    companions=(Companion.REQUEST, Companion.REQUEST_ITEM, Companion.FULFILLMENT),
    is_active=False,
)
