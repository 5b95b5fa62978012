"""Reimbursements (Expense Report Reimbursements): what was paid of expense reports that the workspace sent (netsuite-connector.md §5.4).

A report may have become an expense report or a vendor bill there: both carry its NetSuite ID."""

from suitebridge.domain.conditions import AllOf, Compare, Comparison, OneOf
from suitebridge.domain.expressions import Counterpart, Field
from suitebridge.domain.phrases import BY_NETSUITE_ID, NETSUITE_ID
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import MappingGroup, Row, Workflow

WORKFLOW = Workflow(
    name="import_reimbursements",
    title="Reimbursements (Expense Report Reimbursements)",
    direction=Direction.IMPORT,
    source_type="billPaymentApplication",
    target_type="reimbursement",
    title_fields=("nextDoc.tranId", "previousDoc.memo"),
    needs=("export_expense_reports",),
    reads=AllOf(
        conditions=(
            Compare(path="linkType", comparison=Comparison.EQUAL, value="Payment"),
            Compare(path="nextType", comparison=Comparison.EQUAL, value="VendPymt"),
            OneOf(path="previousType", values=("ExpRept", "VendBill")),
        )
    ),
    match_keys=(BY_NETSUITE_ID,),
    groups=(
        MappingGroup(
            name="BILLPAYMENT_TO_REIMBURSEMENT",
            title="Reimbursement",
            rows=(
                NETSUITE_ID,
                Row(target="number", source=Field(path="nextDoc.tranId")),
                Row(
                    target="expense_report",
                    source=Counterpart(of=Field(path="previousDoc"), record_type="expense_report", or_skip=True),
                    is_required=True,
                ),
                Row(
                    target="employee",
                    source=Counterpart(of=Field(path="previousDoc.entity"), record_type="employee", or_leave=True),
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
