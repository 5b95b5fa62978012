"""Customers (Customers): leads and prospects stay outside unless an option lets them in (netsuite-connector.md §5.4)."""

from suitebridge.domain.conditions import Compare, Comparison
from suitebridge.domain.expressions import Constant, Field
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Guard, MappingGroup, MatchKey, Row, Workflow

WORKFLOW = Workflow(
    name="import_customers",
    title="Customers (Customers)",
    direction=Direction.IMPORT,
    source_type="customer",
    target_type="customer",
    title_fields=("entityId",),
    match_keys=(
        MatchKey(source="id", target="netsuite_id", label="NetSuite ID"),
        MatchKey(source="entityId", target="name", label="name", ignores_case=True),
    ),
    guards=(
        Guard(
            condition=Compare(path="stage", comparison=Comparison.EQUAL, value="Customer"),
            reason="It is a lead or a prospect in NetSuite, not yet a customer.",
        ),
        Guard(
            condition=Compare(path="isInactive", comparison=Comparison.NOT_EQUAL, value=True),
            reason="It is inactive in NetSuite.",
        ),
        Guard(
            condition=Compare(path="custentity_oa_export_to_openair", comparison=Comparison.EQUAL, value=True),
            reason="It is not marked “Export to SuiteProjects Pro” in NetSuite.",
        ),
    ),
    groups=(
        MappingGroup(
            name="CUSTOMER_TO_CUSTOMER",
            title="Customer",
            rows=(
                Row(target="netsuite_id", source=Field(path="id"), is_required=True),
                Row(target="name", source=Field(path="entityId"), is_required=True),
                Row(target="company", source=Field(path="companyName")),
                Row(target="email", source=Field(path="email")),
                Row(target="phone", source=Field(path="phone")),
                Row(target="currency", source=Field(path="currency.symbol")),
                Row(target="active", source=Constant(value=True)),
            ),
        ),
    ),
)
