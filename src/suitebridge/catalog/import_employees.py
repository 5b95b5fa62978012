"""Employees (Employees): NetSuite is the master of who works here (netsuite-connector.md §5.4)."""

from suitebridge.domain.expressions import Counterpart, Field
from suitebridge.domain.phrases import (
    ACTIVE_UNLESS_INACTIVE,
    BY_NETSUITE_ID,
    NETSUITE_ID,
    ONLY_ACTIVE_BY_DEFAULT,
    ONLY_MARKED_THERE,
)
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import MappingGroup, MatchKey, Row, Setting, Workflow

WORKFLOW = Workflow(
    name="import_employees",
    title="Employees (Employees)",
    direction=Direction.IMPORT,
    source_type="employee",
    target_type="employee",
    title_fields=("entityId",),
    match_keys=(
        BY_NETSUITE_ID,
        MatchKey(source="entityId", target="nickname", label="user id", ignores_case=True),
    ),
    guards=(
        ONLY_ACTIVE_BY_DEFAULT,
        ONLY_MARKED_THERE,
    ),
    settings=(
        Setting(
            name="include_inactive",
            label="Import inactive employees",
            sentence="Takes inactive employees, too. “Active” in the workspace follows “Inactive” in NetSuite, so every one that was ever inactive comes.",
        ),
        Setting(
            name="ignore_mark",
            label="Import employees that are not marked, too",
            sentence="Takes every employee of NetSuite, whether or not “Export to SuiteProjects Pro” is ticked there.",
        ),
        Setting(
            name="department_hierarchy",
            label="Map NetSuite department to the hierarchy Departments",
            sentence="Sets the department node of each employee. Import the hierarchy Departments first: a node that is not there is left out.",
        ),
        Setting(
            name="class_hierarchy",
            label="Map NetSuite class to the hierarchy Classes",
            sentence="Sets the class node of each employee. Import the hierarchy Classes first: a node that is not there is left out.",
        ),
        Setting(
            name="location_hierarchy",
            label="Map NetSuite location to the hierarchy Locations",
            sentence="Sets the location node of each employee. Import the hierarchy Locations first: a node that is not there is left out.",
        ),
        Setting(
            name="subsidiary_hierarchy",
            label="Map NetSuite subsidiary to the hierarchy Subsidiaries",
            sentence="Sets the subsidiary node of each employee. Import the hierarchy Subsidiaries first: a node that is not there is left out.",
        ),
    ),
    groups=(
        MappingGroup(
            name="EMPLOYEE_TO_USER",
            title="Employee",
            rows=(
                NETSUITE_ID,
                Row(target="nickname", source=Field(path="entityId"), is_required=True),
                Row(target="first", source=Field(path="firstName")),
                Row(target="last", source=Field(path="lastName")),
                Row(target="email", source=Field(path="email")),
                Row(target="department", source=Field(path="department.name")),
                Row(target="currency", source=Field(path="currency.symbol")),
                Row(
                    target="department_node",
                    source=Counterpart(of=Field(path="department"), record_type="department", or_leave=True),
                    when="department_hierarchy",
                ),
                Row(
                    target="classification",
                    source=Counterpart(of=Field(path="class"), record_type="classification", or_leave=True),
                    when="class_hierarchy",
                ),
                Row(
                    target="location",
                    source=Counterpart(of=Field(path="location"), record_type="location", or_leave=True),
                    when="location_hierarchy",
                ),
                Row(
                    target="subsidiary",
                    source=Counterpart(of=Field(path="subsidiary"), record_type="subsidiary", or_leave=True),
                    when="subsidiary_hierarchy",
                ),
                ACTIVE_UNLESS_INACTIVE,
            ),
        ),
    ),
)
