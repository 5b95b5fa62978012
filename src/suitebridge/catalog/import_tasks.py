"""Tasks (Project Tasks): tasks of projects that are marked (netsuite-connector.md §5.4).

The original asks for a check box of its bundle on the task; here the mark of its project decides."""

from suitebridge.domain.conditions import Compare, Comparison
from suitebridge.domain.expressions import Counterpart, Field
from suitebridge.domain.phrases import BY_NETSUITE_ID, NETSUITE_ID
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Guard, MappingGroup, MatchKey, Row, Setting, Workflow

WORKFLOW = Workflow(
    name="import_tasks",
    title="Tasks (Project Tasks)",
    direction=Direction.IMPORT,
    source_type="projectTask",
    target_type="project_task",
    title_fields=("title",),
    needs=("import_projects",),
    match_keys=(
        BY_NETSUITE_ID,
        MatchKey(
            source="title",
            target="name",
            label="name in its project",
            ignores_case=True,
            also=(("company", "project.netsuite_id"),),
        ),
    ),
    guards=(
        Guard(
            condition=Compare(path="company.custentity_oa_export_to_openair", comparison=Comparison.EQUAL, value=True),
            reason="Its project is not marked “Export to SuiteProjects Pro” in NetSuite.",
            unless="ignore_mark",
        ),
        Guard(
            condition=Compare(path="company.isInactive", comparison=Comparison.NOT_EQUAL, value=True),
            reason="Its project is inactive in NetSuite.",
        ),
    ),
    settings=(
        Setting(
            name="ignore_mark",
            label="Import tasks of projects that are not marked, too",
            sentence="Takes every task of projects that the workspace has, whether or not “Export to SuiteProjects Pro” is ticked in NetSuite.",
        ),
    ),
    groups=(
        MappingGroup(
            name="NS_PR_TASK_TO_OA_PR_TASK",
            title="Task",
            rows=(
                NETSUITE_ID,
                Row(target="name", source=Field(path="title"), is_required=True),
                Row(
                    target="project",
                    source=Counterpart(of=Field(path="company"), record_type="project"),
                    is_required=True,
                ),
                Row(target="starts", source=Field(path="startDate")),
                Row(target="planned_hours", source=Field(path="estimatedWork")),
                Row(target="non_billable", source=Field(path="nonBillableTask")),
            ),
        ),
    ),
    is_active=False,
)
