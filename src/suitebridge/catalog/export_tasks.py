"""Tasks (Project Tasks): open tasks that are marked “Export to NetSuite” are created in their project, once (netsuite-connector.md §5.3)."""

from suitebridge.domain.conditions import AllOf, Blank, Compare, Comparison
from suitebridge.domain.expressions import Constant, Counterpart, Field, When
from suitebridge.domain.phrases import NETSUITE_ID_BACK, ONLY_MARKED_HERE
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import MappingGroup, Row, Workflow

WORKFLOW = Workflow(
    name="export_tasks",
    title="Tasks (Project Tasks)",
    direction=Direction.EXPORT,
    source_type="project_task",
    target_type="projectTask",
    title_fields=("name",),
    needs=("import_projects",),
    match_keys=(),
    reads=AllOf(
        conditions=(
            Compare(path="export_to_netsuite", comparison=Comparison.EQUAL, value=True),
            Compare(path="closed", comparison=Comparison.NOT_EQUAL, value=True),
            Blank(path="netsuite_id"),
        )
    ),
    guards=(ONLY_MARKED_HERE,),
    groups=(
        MappingGroup(
            name="PROJECT_TASK_TO_NS_PROJECT_TASK",
            title="Task",
            rows=(
                Row(target="title", source=Field(path="name"), is_required=True),
                Row(
                    target="company",
                    source=Counterpart(of=Field(path="project"), record_type="project"),
                    is_required=True,
                ),
                Row(target="estimatedWork", source=Field(path="planned_hours")),
                Row(
                    target="constraintType",
                    source=When(
                        condition=Blank(path="starts"),
                        then=Constant(value="_asSoonAsPossible"),
                        otherwise=Constant(value="_fixedStart"),
                    ),
                ),
                Row(target="startDate", source=Field(path="starts")),
                Row(target="nonBillableTask", source=Field(path="non_billable")),
            ),
        ),
    ),
    pull_backs=(NETSUITE_ID_BACK,),
    is_active=False,
)
