"""Projects (Projects): active ones that are marked “Export to NetSuite” are created below their customer, once (netsuite-connector.md §5.3)."""

from suitebridge.domain.conditions import AllOf, Blank, Compare, Comparison
from suitebridge.domain.expressions import Constant, Counterpart, Field, Lookup
from suitebridge.domain.phrases import NETSUITE_ID_BACK, ONLY_MARKED_HERE
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import MappingGroup, Row, Workflow

WORKFLOW = Workflow(
    name="export_projects",
    title="Projects (Projects)",
    direction=Direction.EXPORT,
    source_type="project",
    target_type="job",
    title_fields=("name",),
    needs=("import_customers",),
    match_keys=(),
    reads=AllOf(
        conditions=(
            Compare(path="export_to_netsuite", comparison=Comparison.EQUAL, value=True),
            Compare(path="active", comparison=Comparison.EQUAL, value=True),
            Blank(path="netsuite_id"),
        )
    ),
    guards=(ONLY_MARKED_HERE,),
    groups=(
        MappingGroup(
            name="PROJECT_TO_JOB",
            title="Project",
            rows=(
                Row(target="companyName", source=Field(path="name"), is_required=True),
                Row(
                    target="parent",
                    source=Counterpart(of=Field(path="customer"), record_type="customer"),
                    is_required=True,
                ),
                Row(
                    target="subsidiary",
                    source=Counterpart(of=Field(path="subsidiary"), record_type="subsidiary", or_leave=True),
                ),
                Row(target="currency", source=Lookup(of=Field(path="currency"), record_type="currency", by="symbol")),
                Row(target="startDate", source=Field(path="start_date")),
                Row(target="projectedEndDate", source=Field(path="finish_date")),
                Row(
                    target="projectManager",
                    source=Counterpart(of=Field(path="project_manager"), record_type="employee", or_leave=True),
                ),
                Row(target="custentity_oa_export_to_openair", source=Constant(value=True)),
            ),
        ),
    ),
    pull_backs=(NETSUITE_ID_BACK,),
    is_active=False,
)
