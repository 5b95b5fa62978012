"""Applied credits (Credit Memo Applications): how much each credit takes away from which invoice of the workspace (netsuite-connector.md §5.4).

Credits that the workspace sent are among them."""

from suitebridge.domain.conditions import AllOf, Compare, Comparison
from suitebridge.domain.expressions import Counterpart, Field
from suitebridge.domain.phrases import BY_NETSUITE_ID, NETSUITE_ID
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import MappingGroup, Row, Workflow

WORKFLOW = Workflow(
    name="import_applied_credits",
    title="Applied credits (Credit Memo Applications)",
    direction=Direction.IMPORT,
    source_type="creditMemoApplication",
    target_type="applied_credit",
    title_fields=("nextDoc.tranId", "previousDoc.tranId"),
    needs=("import_credits",),
    reads=AllOf(
        conditions=(
            Compare(path="linkType", comparison=Comparison.EQUAL, value="Payment"),
            Compare(path="nextType", comparison=Comparison.EQUAL, value="CustCred"),
            Compare(path="previousType", comparison=Comparison.EQUAL, value="CustInvc"),
        )
    ),
    match_keys=(BY_NETSUITE_ID,),
    groups=(
        MappingGroup(
            name="CREDIT_MEMO_APPLY",
            title="Credit line",
            rows=(
                NETSUITE_ID,
                Row(target="number", source=Field(path="nextDoc.tranId")),
                Row(
                    target="invoice",
                    source=Counterpart(of=Field(path="previousDoc"), record_type="invoice", or_skip=True),
                    is_required=True,
                ),
                Row(
                    target="credit",
                    source=Counterpart(of=Field(path="nextDoc"), record_type="invoice", or_skip=True),
                    is_required=True,
                ),
                Row(target="date", source=Field(path="nextDate"), is_required=True),
                Row(target="currency", source=Field(path="nextDoc.currency.symbol")),
                Row(target="total", source=Field(path="amount"), is_required=True),
            ),
        ),
    ),
    is_active=False,
)
