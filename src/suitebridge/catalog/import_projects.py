"""Projects (Projects): each belongs to an imported customer (netsuite-connector.md §5.4)."""

from suitebridge.domain.expressions import Counterpart, Field, FirstOf, Lookup
from suitebridge.domain.phrases import (
    ACTIVE_UNLESS_INACTIVE,
    BY_NETSUITE_ID,
    NETSUITE_ID,
    ONLY_ACTIVE_BY_DEFAULT,
    ONLY_MARKED_THERE,
)
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import MappingGroup, MatchKey, Row, Setting, SyncRule, Workflow

WORKFLOW = Workflow(
    name="import_projects",
    title="Projects (Projects)",
    direction=Direction.IMPORT,
    source_type="job",
    target_type="project",
    title_fields=("entityId", "companyName"),
    needs=("import_customers",),
    match_keys=(
        BY_NETSUITE_ID,
        # Names such as “Annual support” recur from customer to customer.
        MatchKey(
            source="companyName",
            target="name",
            label="name within its customer",
            ignores_case=True,
            also=(("parent", "customer.netsuite_id"),),
        ),
    ),
    guards=(
        ONLY_ACTIVE_BY_DEFAULT,
        ONLY_MARKED_THERE,
    ),
    settings=(
        Setting(
            name="include_inactive",
            label="Import inactive projects",
            sentence="Takes inactive projects, too. “Active” in the workspace follows “Inactive” in NetSuite, so every one that was ever inactive comes.",
        ),
        Setting(
            name="ignore_mark",
            label="Import projects that are not marked, too",
            sentence="Takes every project of NetSuite, whether or not “Export to SuiteProjects Pro” is ticked there.",
        ),
        Setting(
            name="map_stage",
            label="Map the project stage from the NetSuite project",
            sentence="Sets the stage that the project names in NetSuite (custentity_oa_project_stage). A stage of that name has to be here, or the project waits; one that names none keeps its stage.",
        ),
        Setting(
            name="subsidiary_hierarchy",
            label="Map NetSuite subsidiary to the hierarchy Subsidiaries",
            sentence="Sets the subsidiary node of each project, that of its customer in NetSuite. Import the hierarchy Subsidiaries first: a node that is not there is left out.",
        ),
    ),
    groups=(
        MappingGroup(
            name="JOB_TO_PROJECT",
            title="Project",
            rows=(
                NETSUITE_ID,
                Row(target="name", source=Field(path="companyName"), is_required=True),
                Row(
                    target="customer",
                    source=Counterpart(of=Field(path="parent"), record_type="customer"),
                    is_required=True,
                ),
                Row(target="currency", source=Field(path="currency.symbol")),
                Row(target="start_date", source=Field(path="startDate")),
                Row(
                    target="finish_date",
                    source=FirstOf(options=(Field(path="projectedEndDate"), Field(path="endDate"))),
                ),
                Row(
                    target="project_manager",
                    source=Counterpart(of=Field(path="projectManager"), record_type="employee", or_leave=True),
                ),
                Row(
                    target="stage",
                    source=Lookup(of=Field(path="custentity_oa_project_stage"), record_type="project_stage", by="name"),
                    when="map_stage",
                    sync=SyncRule.KEEP_FILLED,
                ),
                # SuiteQL does not show a project's own: it is one of its customer's.
                Row(
                    target="subsidiary",
                    source=Counterpart(of=Field(path="parent.subsidiary"), record_type="subsidiary", or_leave=True),
                    when="subsidiary_hierarchy",
                ),
                ACTIVE_UNLESS_INACTIVE,
            ),
        ),
    ),
)
