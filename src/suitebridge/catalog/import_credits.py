"""Credits (Applied Credit Memos): memos that are applied to an invoice of the workspace become invoices below zero (netsuite-connector.md §5.8).

What the workspace sent bears an external ID that begins with “sb_”, and does not come back: a backtick is what follows an underscore.
"""

from suitebridge.domain.conditions import AnyOf, Blank, Compare, Comparison, Not
from suitebridge.domain.expressions import Constant, Counterpart, Field, Formula, Join
from suitebridge.domain.phrases import BY_NETSUITE_ID, NETSUITE_ID
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Guard, MappingGroup, Row, Workflow

WORKFLOW = Workflow(
    name="import_credits",
    title="Credits (Applied Credit Memos)",
    direction=Direction.IMPORT,
    source_type="appliedCreditMemo",
    target_type="invoice",
    title_fields=("tranId",),
    needs=("import_customers", "export_invoices"),
    reads=Not(condition=Blank(path="appliedTo")),
    match_keys=(BY_NETSUITE_ID,),
    guards=(
        Guard(
            condition=AnyOf(
                conditions=(
                    Blank(path="externalId"),
                    Compare(path="externalId", comparison=Comparison.LESS, value="sb_"),
                    Compare(path="externalId", comparison=Comparison.GREATER_OR_EQUAL, value="sb`"),
                )
            ),
            reason="The workspace sent it: it has it as a credit of its own.",
        ),
    ),
    groups=(
        MappingGroup(
            name="CREDIT_MEMO_TO_CREDIT",
            title="Credit memo",
            rows=(
                NETSUITE_ID,
                Row(
                    target="original_invoice",
                    source=Counterpart(of=Field(path="appliedTo"), record_type="invoice", or_skip=True),
                    is_initial_only=True,
                ),
                Row(target="number", source=Field(path="tranId"), is_required=True, is_initial_only=True),
                Row(
                    target="customer",
                    source=Counterpart(of=Field(path="entity"), record_type="customer"),
                    is_required=True,
                    is_initial_only=True,
                ),
                Row(target="date", source=Field(path="tranDate"), is_required=True, is_initial_only=True),
                Row(target="currency", source=Field(path="currency.symbol"), is_required=True, is_initial_only=True),
                Row(target="status", source=Constant(value="A"), is_initial_only=True),
                Row(target="total", source=Formula(text="-abs(total)")),
                Row(
                    target="credit_reason",
                    source=Join(parts=(Constant(value="NetSuite credit memo "), Field(path="tranId"))),
                    is_initial_only=True,
                ),
                Row(target="notes", source=Field(path="memo")),
            ),
        ),
    ),
    is_active=False,
)
