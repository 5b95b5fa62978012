"""Update NetSuite Tasks (Project Tasks): what was edited here in linked, open tasks goes to NetSuite (netsuite-connector.md §5.3).

The original has no rows of its own; these are our choice, and administrators add others.
"""

from suitebridge.domain.conditions import Compare, Comparison
from suitebridge.domain.expressions import Field
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import MappingGroup, Method, Row, Workflow

WORKFLOW = Workflow(
    name="update_tasks",
    title="Update NetSuite Tasks (Project Tasks)",
    direction=Direction.EXPORT,
    source_type="project_task",
    target_type="projectTask",
    title_fields=("name",),
    needs=("import_projects",),
    match_keys=(),
    method=Method.UPDATE,
    updates=Compare(path="closed", comparison=Comparison.NOT_EQUAL, value=True),
    groups=(
        MappingGroup(
            name="UPDATE_PROJECT_TASK_TO_PROJECT_TASK",
            title="Task",
            rows=(
                Row(target="title", source=Field(path="name"), is_required=True),
                Row(target="estimatedWork", source=Field(path="planned_hours")),
                Row(target="nonBillableTask", source=Field(path="non_billable")),
            ),
        ),
    ),
    is_active=False,
)
