"""Update NetSuite Projects (Projects): what was edited here in linked, active projects goes to NetSuite (netsuite-connector.md §5.3).

The original has no rows of its own; these are our choice, and administrators add others. A project that has a stage is changed only
if the stage is linked to a status of NetSuite and allows it; the status follows the stage.
"""

from suitebridge.domain.conditions import AllOf, AnyOf, Blank, Compare, Comparison, Not
from suitebridge.domain.expressions import Counterpart, Field, Leave, When
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Guard, MappingGroup, Method, Row, Workflow

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
    guards=(
        Guard(
            condition=AnyOf(
                conditions=(
                    Blank(path="stage"),
                    AllOf(
                        conditions=(
                            Compare(path="stage.updates_netsuite", comparison=Comparison.EQUAL, value=True),
                            Not(condition=Blank(path="stage.netsuite_id")),
                        )
                    ),
                )
            ),
            reason="Its stage is not linked to a project status of NetSuite, or does not allow its projects to be updated there.",
        ),
    ),
    groups=(
        MappingGroup(
            name="UPDATE_PROJECT_TO_JOB",
            title="Project",
            rows=(
                Row(target="companyName", source=Field(path="name"), is_required=True),
                Row(
                    target="entityStatus",
                    source=When(condition=Blank(path="stage"), then=Leave(), otherwise=Field(path="stage.netsuite_id")),
                ),
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
