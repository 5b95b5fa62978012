"""Vendors (Vendors): whom the firm buys from (netsuite-connector.md §5.4)."""

from suitebridge.domain.conditions import Compare, Comparison
from suitebridge.domain.expressions import Constant, Field
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Guard, MappingGroup, MatchKey, Row, Setting, Workflow

WORKFLOW = Workflow(
    name="import_vendors",
    title="Vendors (Vendors)",
    direction=Direction.IMPORT,
    source_type="vendor",
    target_type="vendor",
    title_fields=("entityId",),
    match_keys=(
        MatchKey(source="id", target="netsuite_id", label="NetSuite ID"),
        MatchKey(source="entityId", target="name", label="name", ignores_case=True),
    ),
    guards=(
        Guard(
            condition=Compare(path="isInactive", comparison=Comparison.NOT_EQUAL, value=True),
            reason="It is inactive in NetSuite.",
        ),
        Guard(
            condition=Compare(path="custentity_oa_export_to_openair", comparison=Comparison.EQUAL, value=True),
            reason="It is not marked “Export to SuiteProjects Pro” in NetSuite.",
            unless="ignore_mark",
        ),
    ),
    settings=(
        Setting(
            name="ignore_mark",
            label="Import vendors that are not marked, too",
            sentence="Takes every active vendor of NetSuite, whether or not “Export to SuiteProjects Pro” is ticked there.",
        ),
    ),
    groups=(
        MappingGroup(
            name="VENDOR_TO_VENDOR",
            title="Vendor",
            rows=(
                Row(target="netsuite_id", source=Field(path="id"), is_required=True),
                Row(target="name", source=Field(path="entityId"), is_required=True),
                Row(target="company", source=Field(path="companyName")),
                Row(target="email", source=Field(path="email")),
                Row(target="phone", source=Field(path="phone")),
                Row(target="web", source=Field(path="url")),
                Row(target="currency", source=Field(path="currency.symbol")),
                Row(target="active", source=Constant(value=True)),
            ),
        ),
    ),
    is_active=False,
)
