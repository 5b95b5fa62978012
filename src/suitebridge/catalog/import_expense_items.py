"""Expense items (Expense Categories): every active category, since categories carry no mark (netsuite-connector.md §5.8)."""

from suitebridge.domain.expressions import Constant, Field
from suitebridge.domain.phrases import ACTIVE_UNLESS_INACTIVE, BY_NETSUITE_ID, NETSUITE_ID, ONLY_ACTIVE_BY_DEFAULT
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import MappingGroup, MatchKey, Row, Setting, Workflow

WORKFLOW = Workflow(
    name="import_expense_items",
    title="Expense items (Expense Categories)",
    direction=Direction.IMPORT,
    source_type="expenseCategory",
    target_type="expense_item",
    title_fields=("name",),
    match_keys=(
        BY_NETSUITE_ID,
        MatchKey(source="name", target="name", label="name", ignores_case=True),
    ),
    guards=(ONLY_ACTIVE_BY_DEFAULT,),
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
                NETSUITE_ID,
                Row(target="name", source=Field(path="name"), is_required=True),
                Row(target="type", source=Constant(value="R"), is_initial_only=True),
                ACTIVE_UNLESS_INACTIVE,
            ),
        ),
    ),
)
