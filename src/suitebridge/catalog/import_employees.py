"""Employees (Employees): NetSuite is the master of who works here (netsuite-connector.md §5.4)."""

from suitebridge.domain.conditions import Compare, Comparison
from suitebridge.domain.expressions import Constant, Field
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Guard, MappingGroup, MatchKey, Row, Workflow

WORKFLOW = Workflow(
    name="import_employees",
    title="Employees (Employees)",
    direction=Direction.IMPORT,
    source_type="employee",
    target_type="employee",
    title_fields=("entityId",),
    match_keys=(
        MatchKey(source="id", target="netsuite_id", label="NetSuite ID"),
        MatchKey(source="entityId", target="nickname", label="user id", ignores_case=True),
    ),
    guards=(
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
            name="EMPLOYEE_TO_USER",
            title="Employee",
            rows=(
                Row(target="netsuite_id", source=Field(path="id"), is_required=True),
                Row(target="nickname", source=Field(path="entityId"), is_required=True),
                Row(target="first", source=Field(path="firstName")),
                Row(target="last", source=Field(path="lastName")),
                Row(target="email", source=Field(path="email")),
                Row(target="department", source=Field(path="department.name")),
                Row(target="currency", source=Field(path="currency.symbol")),
                Row(target="active", source=Constant(value=True)),
            ),
        ),
    ),
)
