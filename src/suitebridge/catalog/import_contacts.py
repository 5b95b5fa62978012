"""Contacts (Contacts): people at customers that are in the workspace (netsuite-connector.md §5.4)."""

from suitebridge.domain.conditions import AllOf, Compare, Comparison
from suitebridge.domain.expressions import Counterpart, Field
from suitebridge.domain.phrases import BY_NETSUITE_ID, NETSUITE_ID, ONLY_ACTIVE
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Guard, MappingGroup, MatchKey, Row, Setting, Workflow

WORKFLOW = Workflow(
    name="import_contacts",
    title="Contacts (Contacts)",
    direction=Direction.IMPORT,
    source_type="contact",
    target_type="contact",
    title_fields=("entityId",),
    needs=("import_customers",),
    match_keys=(
        BY_NETSUITE_ID,
        MatchKey(
            source="entityId",
            target="name",
            label="name at its customer",
            ignores_case=True,
            also=(("company", "customer.netsuite_id"),),
        ),
    ),
    guards=(
        ONLY_ACTIVE,
        Guard(
            condition=AllOf(
                conditions=(
                    Compare(path="company.stage", comparison=Comparison.EQUAL, value="Customer"),
                    Compare(path="company.isInactive", comparison=Comparison.NOT_EQUAL, value=True),
                )
            ),
            reason="It belongs to no active customer: to a lead, a vendor or nobody.",
        ),
        Guard(
            condition=Compare(path="company.custentity_oa_export_to_openair", comparison=Comparison.EQUAL, value=True),
            reason="Its customer is not marked “Export to SuiteProjects Pro” in NetSuite.",
            unless="ignore_mark",
        ),
    ),
    settings=(
        Setting(
            name="ignore_mark",
            label="Import contacts of customers that are not marked, too",
            sentence="Takes every contact of customers that the workspace has, whether or not “Export to SuiteProjects Pro” is ticked in NetSuite.",
        ),
    ),
    groups=(
        MappingGroup(
            name="CONTACT_TO_CONTACT",
            title="Contact",
            rows=(
                NETSUITE_ID,
                Row(target="name", source=Field(path="entityId"), is_required=True),
                Row(target="first", source=Field(path="firstName")),
                Row(target="last", source=Field(path="lastName")),
                Row(target="title", source=Field(path="title")),
                Row(target="email", source=Field(path="email")),
                Row(target="phone", source=Field(path="phone")),
                Row(
                    target="customer",
                    source=Counterpart(of=Field(path="company"), record_type="customer"),
                    is_required=True,
                ),
            ),
        ),
    ),
    is_active=False,
)
