"""Payments (Invoice Payments): what customers paid of invoices that the workspace knows (netsuite-connector.md §5.4).

A payment of several invoices becomes one payment for each of them."""

from suitebridge.domain.conditions import AllOf, Compare, Comparison
from suitebridge.domain.expressions import Counterpart, Field
from suitebridge.domain.phrases import BY_NETSUITE_ID, NETSUITE_ID
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import MappingGroup, Row, Workflow

WORKFLOW = Workflow(
    name="import_payments",
    title="Payments (Invoice Payments)",
    direction=Direction.IMPORT,
    source_type="customerPaymentApplication",
    target_type="payment",
    title_fields=("nextDoc.tranId", "previousDoc.tranId"),
    needs=("export_invoices",),
    reads=AllOf(
        conditions=(
            Compare(path="linkType", comparison=Comparison.EQUAL, value="Payment"),
            Compare(path="nextType", comparison=Comparison.EQUAL, value="CustPymt"),
            Compare(path="previousType", comparison=Comparison.EQUAL, value="CustInvc"),
        )
    ),
    match_keys=(BY_NETSUITE_ID,),
    groups=(
        MappingGroup(
            name="PAYMENT_TO_PAYMENT",
            title="Payment",
            rows=(
                NETSUITE_ID,
                Row(target="number", source=Field(path="nextDoc.tranId")),
                Row(
                    target="invoice",
                    source=Counterpart(of=Field(path="previousDoc"), record_type="invoice", or_skip=True),
                    is_required=True,
                ),
                Row(
                    target="customer",
                    source=Counterpart(of=Field(path="nextDoc.entity"), record_type="customer", or_leave=True),
                ),
                Row(target="date", source=Field(path="nextDate"), is_required=True),
                Row(target="currency", source=Field(path="nextDoc.currency.symbol")),
                Row(target="total", source=Field(path="amount"), is_required=True),
                Row(target="notes", source=Field(path="nextDoc.memo")),
            ),
        ),
    ),
    is_active=False,
)
