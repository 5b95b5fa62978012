"""Charges of credits (Credit Memo Lines): a charge below zero for each item of an imported credit (netsuite-connector.md §5.8).

Which sign SuiteQL gives the lines of a credit memo does not matter: a charge of a credit takes away.
"""

from suitebridge.domain.conditions import AllOf, AnyOf, Blank, Compare, Comparison, Not
from suitebridge.domain.expressions import Constant, Counterpart, Field, FirstOf, Formula, Join
from suitebridge.domain.phrases import BY_NETSUITE_ID, NETSUITE_ID
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Guard, MappingGroup, Row, Workflow

WORKFLOW = Workflow(
    name="import_credit_charges",
    title="Charges of credits (Credit Memo Lines)",
    direction=Direction.IMPORT,
    source_type="creditMemoLine",
    target_type="charge",
    title_fields=("transaction.tranId", "memo"),
    needs=("import_credits", "import_services", "import_projects"),
    reads=AllOf(
        conditions=(
            Compare(path="transaction.type", comparison=Comparison.EQUAL, value="CustCred"),
            Compare(path="mainLine", comparison=Comparison.NOT_EQUAL, value=True),
            Compare(path="taxLine", comparison=Comparison.NOT_EQUAL, value=True),
            Not(condition=Blank(path="item")),
        )
    ),
    match_keys=(BY_NETSUITE_ID,),
    guards=(
        Guard(
            condition=AnyOf(
                conditions=(
                    Blank(path="transaction.externalId"),
                    Compare(path="transaction.externalId", comparison=Comparison.LESS, value="sb_"),
                    Compare(path="transaction.externalId", comparison=Comparison.GREATER_OR_EQUAL, value="sb`"),
                )
            ),
            reason="The workspace sent it: it has it as a credit of its own.",
        ),
    ),
    groups=(
        MappingGroup(
            name="CREDIT_LINE",
            title="Negative charge",
            rows=(
                NETSUITE_ID,
                Row(
                    target="invoice",
                    source=Counterpart(of=Field(path="transaction"), record_type="invoice", or_skip=True),
                    is_required=True,
                ),
                Row(target="type", source=Constant(value="O"), is_initial_only=True),
                Row(target="service", source=Counterpart(of=Field(path="item"), record_type="service", or_leave=True)),
                Row(
                    target="project", source=Counterpart(of=Field(path="entity"), record_type="project", or_leave=True)
                ),
                Row(target="date", source=Field(path="transaction.tranDate")),
                Row(
                    target="description",
                    source=FirstOf(
                        options=(
                            Field(path="memo"),
                            Join(
                                parts=(
                                    Constant(value="Created from NetSuite credit memo "),
                                    Field(path="transaction.tranId"),
                                )
                            ),
                        )
                    ),
                ),
                Row(target="quantity", source=Formula(text="-abs(quantity)")),
                Row(target="rate", source=Formula(text="abs(rate)")),
                Row(target="total", source=Formula(text="-abs(amount)"), is_required=True),
            ),
        ),
    ),
    is_active=False,
)
