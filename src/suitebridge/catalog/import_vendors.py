"""Vendors (Vendors): whom the firm buys from (netsuite-connector.md §5.4)."""

from suitebridge.domain.expressions import Constant, Field
from suitebridge.domain.phrases import BY_NETSUITE_ID, NETSUITE_ID, ONLY_ACTIVE, ONLY_MARKED_THERE
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import MappingGroup, MatchKey, Row, Setting, Workflow

WORKFLOW = Workflow(
    name="import_vendors",
    title="Vendors (Vendors)",
    direction=Direction.IMPORT,
    source_type="vendor",
    target_type="vendor",
    title_fields=("entityId",),
    match_keys=(
        BY_NETSUITE_ID,
        MatchKey(source="entityId", target="name", label="name", ignores_case=True),
    ),
    guards=(
        ONLY_ACTIVE,
        ONLY_MARKED_THERE,
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
                NETSUITE_ID,
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
