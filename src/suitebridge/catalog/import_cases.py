"""Tasks (Support Cases): cases of projects that are marked become tasks of theirs (netsuite-connector.md §5.4).

A case keeps its ID in a field of its own: NetSuite numbers cases and project tasks apart. The original asks for a check box of its bundle
on the case; here the mark of its project decides."""

from suitebridge.domain.conditions import Blank, Compare, Comparison
from suitebridge.domain.expressions import Constant, Counterpart, Field, When
from suitebridge.domain.phrases import ONLY_ACTIVE
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Guard, MappingGroup, MatchKey, Row, Setting, Workflow

WORKFLOW = Workflow(
    name="import_cases",
    title="Tasks (Support Cases)",
    direction=Direction.IMPORT,
    source_type="supportCase",
    target_type="project_task",
    title_fields=("caseNumber", "title"),
    needs=("import_projects",),
    id_field="netsuite_case_id",
    match_keys=(MatchKey(source="id", target="netsuite_case_id", label="NetSuite case ID"),),
    guards=(
        ONLY_ACTIVE,
        Guard(
            condition=Compare(path="company.custentity_oa_export_to_openair", comparison=Comparison.EQUAL, value=True),
            reason="It belongs to no project that is marked “Export to SuiteProjects Pro” in NetSuite.",
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
            label="Import cases of projects that are not marked, too",
            sentence="Takes every case of projects that the workspace has, whether or not “Export to SuiteProjects Pro” is ticked in NetSuite.",
        ),
    ),
    groups=(
        MappingGroup(
            name="SUPPORTCASE_TO_PR_TASK",
            title="Task",
            rows=(
                Row(target="netsuite_case_id", source=Field(path="id"), is_required=True),
                Row(target="name", source=Field(path="title"), is_required=True),
                Row(
                    target="project",
                    source=Counterpart(of=Field(path="company"), record_type="project"),
                    is_required=True,
                ),
                Row(target="starts", source=Field(path="startDate")),
                Row(
                    target="closed",
                    source=When(
                        condition=Blank(path="endDate"), then=Constant(value=False), otherwise=Constant(value=True)
                    ),
                ),
            ),
        ),
    ),
    is_active=False,
)
