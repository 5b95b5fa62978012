"""Customer POs (Sales Orders): orders of customers that are marked, with their gross total (netsuite-connector.md §5.4)."""

from suitebridge.domain.conditions import Compare, Comparison
from suitebridge.domain.expressions import Constant, Counterpart, Field, FirstOf
from suitebridge.domain.phrases import BY_NETSUITE_ID, NETSUITE_ID
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Guard, MappingGroup, Row, Setting, Workflow

WORKFLOW = Workflow(
    name="import_customer_pos",
    title="Customer POs (Sales Orders)",
    direction=Direction.IMPORT,
    source_type="salesOrder",
    target_type="customer_po",
    title_fields=("tranId",),
    needs=("import_customers",),
    match_keys=(BY_NETSUITE_ID,),
    guards=(
        Guard(
            condition=Compare(path="entity.custentity_oa_export_to_openair", comparison=Comparison.EQUAL, value=True),
            reason="Its customer is not marked “Export to SuiteProjects Pro” in NetSuite.",
            unless="ignore_mark",
        ),
    ),
    settings=(
        Setting(
            name="ignore_mark",
            label="Import sales orders of customers that are not marked, too",
            sentence="Takes every sales order of customers that the workspace has, whether or not “Export to SuiteProjects Pro” is ticked in NetSuite.",
        ),
    ),
    groups=(
        MappingGroup(
            name="SO_TO_CUSTOMERPO",
            title="Customer PO",
            rows=(
                NETSUITE_ID,
                Row(target="number", source=Field(path="tranId"), is_required=True),
                Row(target="name", source=FirstOf(options=(Field(path="otherRefNum"), Field(path="tranId")))),
                Row(
                    target="customer",
                    source=Counterpart(of=Field(path="entity"), record_type="customer"),
                    is_required=True,
                ),
                Row(target="date", source=Field(path="tranDate"), is_required=True),
                Row(target="currency", source=Field(path="currency.symbol")),
                Row(target="total", source=Field(path="total")),
                Row(target="notes", source=Field(path="memo")),
                Row(target="active", source=Constant(value=True), is_initial_only=True),
            ),
        ),
    ),
    is_active=False,
)
