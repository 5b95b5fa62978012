"""Update NetSuite Projects (Projects): what was edited here in linked, active projects goes to NetSuite (netsuite-connector.md §5.3).

The original has no rows of its own; these are our choice, and administrators add others.
"""

from suitebridge.domain.conditions import Compare, Comparison
from suitebridge.domain.expressions import Counterpart, Field
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import MappingGroup, Method, Row, Workflow

WORKFLOW = Workflow(
    name="update_projects",
    title="Update NetSuite Projects (Projects)",
    direction=Direction.EXPORT,
    source_type="project",
    target_type="job",
    title_fields=("name",),
    needs=("import_customers",),
    match_keys=(),
    method=Method.UPDATE,
    updates=Compare(path="active", comparison=Comparison.EQUAL, value=True),
    groups=(
        MappingGroup(
            name="UPDATE_PROJECT_TO_JOB",
            title="Project",
            rows=(
                Row(target="companyName", source=Field(path="name"), is_required=True),
                Row(target="startDate", source=Field(path="start_date")),
                Row(target="projectedEndDate", source=Field(path="finish_date")),
                Row(
                    target="projectManager",
                    source=Counterpart(of=Field(path="project_manager"), record_type="employee", or_leave=True),
                ),
            ),
        ),
    ),
    is_active=False,
)
