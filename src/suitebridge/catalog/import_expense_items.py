"""Expense items (Expense Categories): every active category, since categories carry no mark (netsuite-connector.md §5.8)."""

from suitebridge.domain.conditions import Compare, Comparison
from suitebridge.domain.expressions import Constant, Field
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Guard, MappingGroup, MatchKey, Row, Workflow

WORKFLOW = Workflow(
    name="import_expense_items",
    title="Expense items (Expense Categories)",
    direction=Direction.IMPORT,
    source_type="expenseCategory",
    target_type="expense_item",
    title_fields=("name",),
    match_keys=(
        MatchKey(source="id", target="netsuite_id", label="NetSuite ID"),
        MatchKey(source="name", target="name", label="name", ignores_case=True),
    ),
    guards=(
        Guard(
            condition=Compare(path="isInactive", comparison=Comparison.NOT_EQUAL, value=True),
            reason="It is inactive in NetSuite.",
        ),
    ),
    groups=(
        MappingGroup(
            name="EXPENSE_CATEGORY_TO_ITEM",
            title="Expense item",
            rows=(
                Row(target="netsuite_id", source=Field(path="id"), is_required=True),
                Row(target="name", source=Field(path="name"), is_required=True),
                Row(target="type", source=Constant(value="R"), is_initial_only=True),
                Row(target="active", source=Constant(value=True)),
            ),
        ),
    ),
)
