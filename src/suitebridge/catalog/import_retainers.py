"""Retainers (Applied Customer Deposits): the applied part of deposits, for each invoice that the workspace knows (netsuite-connector.md §5.4)."""

from suitebridge.domain.conditions import AllOf, Compare, Comparison
from suitebridge.domain.expressions import Counterpart, Field
from suitebridge.domain.phrases import BY_NETSUITE_ID, NETSUITE_ID
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import MappingGroup, Row, Workflow

WORKFLOW = Workflow(
    name="import_retainers",
    title="Retainers (Applied Customer Deposits)",
    direction=Direction.IMPORT,
    source_type="customerDepositApplication",
    target_type="retainer",
    title_fields=("nextDoc.tranId", "previousDoc.tranId"),
    needs=("export_invoices",),
    reads=AllOf(
        conditions=(
            Compare(path="linkType", comparison=Comparison.EQUAL, value="DepAppl"),
            Compare(path="nextType", comparison=Comparison.EQUAL, value="DepAppl"),
            Compare(path="previousType", comparison=Comparison.EQUAL, value="CustInvc"),
        )
    ),
    match_keys=(BY_NETSUITE_ID,),
    groups=(
        MappingGroup(
            name="DEPOSIT_TO_RETAINER",
            title="Retainer",
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
