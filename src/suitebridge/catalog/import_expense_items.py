"""Expense items (Expense Categories): every active category, since categories carry no mark (netsuite-connector.md §5.8)."""

from suitebridge.domain.conditions import Compare, Comparison
from suitebridge.domain.expressions import Constant, Field, When
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Guard, MappingGroup, MatchKey, Row, Setting, Workflow

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
            unless="include_inactive",
        ),
    ),
    settings=(
        Setting(
            name="include_inactive",
            label="Import inactive expense items",
            sentence="Takes inactive expense items, too. “Active” in the workspace follows “Inactive” in NetSuite, so every one that was ever inactive comes.",
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
                Row(
                    target="active",
                    source=When(
                        condition=Compare(path="isInactive", comparison=Comparison.EQUAL, value=True),
                        then=Constant(value=False),
                        otherwise=Constant(value=True),
                    ),
                ),
            ),
        ),
    ),
)
