"""Employees (Vendors): subcontractors, whose expense reports become vendor bills (netsuite-connector.md §5.4).

The original lets a list of its own bundle choose which vendors are employees; here the vendor's own check box “Project resource” does."""

from suitebridge.domain.conditions import Compare, Comparison
from suitebridge.domain.expressions import Constant, Field, FirstOf
from suitebridge.domain.phrases import BY_NETSUITE_ID, NETSUITE_ID, ONLY_ACTIVE, ONLY_MARKED_THERE
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Guard, MappingGroup, MatchKey, Row, Setting, Workflow

WORKFLOW = Workflow(
    name="import_vendor_employees",
    title="Employees (Vendors)",
    direction=Direction.IMPORT,
    source_type="vendor",
    target_type="employee",
    title_fields=("entityId",),
    match_keys=(
        BY_NETSUITE_ID,
        MatchKey(source="entityId", target="nickname", label="user id", ignores_case=True),
    ),
    guards=(
        ONLY_ACTIVE,
        ONLY_MARKED_THERE,
        Guard(
            condition=Compare(path="isJobResourceVend", comparison=Comparison.EQUAL, value=True),
            reason="It is no project resource in NetSuite.",
        ),
    ),
    settings=(
        Setting(
            name="ignore_mark",
            label="Import vendors that are not marked, too",
            sentence="Takes every active project resource among the vendors of NetSuite, whether or not “Export to SuiteProjects Pro” is ticked there.",
        ),
    ),
    groups=(
        MappingGroup(
            name="VENDOR_TO_USER",
            title="Employee",
            rows=(
                NETSUITE_ID,
                Row(target="nickname", source=Field(path="entityId"), is_required=True),
                Row(target="first", source=Field(path="firstName")),
                Row(target="last", source=FirstOf(options=(Field(path="lastName"), Field(path="companyName")))),
                Row(target="email", source=Field(path="email")),
                Row(target="currency", source=Field(path="currency.symbol")),
                Row(target="is_vendor", source=Constant(value=True)),
                Row(target="active", source=Constant(value=True)),
            ),
        ),
    ),
    is_active=False,
)
