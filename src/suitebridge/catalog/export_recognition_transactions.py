"""Recognition transactions (Journal Entries): what was deferred becomes income, a debit and a credit for each (netsuite-connector.md §5.5).

The original finds the accounts on the items; here each transaction names them by their numbers."""

from suitebridge.domain.conditions import AllOf, Blank, Compare, Comparison
from suitebridge.domain.expressions import Counterpart, Field, Lookup
from suitebridge.domain.phrases import CURRENCY, NETSUITE_ID_BACK
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Guard, MappingGroup, Row, Sum, Workflow

WORKFLOW = Workflow(
    name="export_recognition_transactions",
    title="Recognition transactions (Journal Entries)",
    direction=Direction.EXPORT,
    source_type="recognition_transaction",
    target_type="journalEntry",
    title_fields=("number",),
    needs=("import_projects",),
    match_keys=(),
    reads=AllOf(conditions=(Blank(path="exported"), Blank(path="netsuite_id"))),
    sends_linked_when="export_linked",
    guards=(
        Guard(
            condition=Compare(path="total", comparison=Comparison.GREATER, value=0),
            reason="Its amount is not above zero: NetSuite takes no negative debit. Reverse the earlier entry there.",
        ),
    ),
    groups=(
        MappingGroup(
            name="REVENUE_TO_JOURNAL",
            title="Journal entry",
            rows=(
                Row(target="tranDate", source=Field(path="date"), is_required=True),
                CURRENCY,
                Row(target="tranId", source=Field(path="number"), is_required=True),
                Row(
                    target="subsidiary",
                    source=Counterpart(of=Field(path="project.subsidiary"), record_type="subsidiary", or_leave=True),
                ),
                Row(target="memo", source=Field(path="notes")),
            ),
        ),
        MappingGroup(
            name="REVENUE_DEBIT",
            title="Debit of deferred revenue",
            target_list="lineList",
            rows=(
                Row(
                    target="account",
                    source=Lookup(of=Field(path="deferred_account"), record_type="account", by="acctNumber"),
                    is_required=True,
                ),
                Row(target="debit", source=Field(path="total"), is_required=True),
                Row(target="memo", source=Field(path="number")),
                Row(
                    target="entity",
                    source=Counterpart(of=Field(path="project"), record_type="project"),
                    is_required=True,
                ),
            ),
        ),
        MappingGroup(
            name="REVENUE_CREDIT",
            title="Credit of income",
            target_list="lineList",
            rows=(
                Row(
                    target="account",
                    source=Lookup(of=Field(path="income_account"), record_type="account", by="acctNumber"),
                    is_required=True,
                ),
                Row(target="credit", source=Field(path="total"), is_required=True),
                Row(target="memo", source=Field(path="number")),
                Row(
                    target="entity",
                    source=Counterpart(of=Field(path="project"), record_type="project"),
                    is_required=True,
                ),
            ),
        ),
    ),
    pull_backs=(NETSUITE_ID_BACK,),
    exported_field="exported",
    sum=Sum(amount="total", written="lineList.debit", currency="currency"),
    is_active=False,
)
