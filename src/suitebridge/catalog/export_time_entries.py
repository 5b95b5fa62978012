"""Time entries (Time): the entries of approved timesheets become NetSuite time (netsuite-connector.md §5.5).

The original's own rows are not public; these follow the fields that NetSuite requires (netsuite-api.md §9.7).
"""

from suitebridge.domain.conditions import AllOf, Blank, Compare, Comparison
from suitebridge.domain.expressions import Constant, Counterpart, Field
from suitebridge.domain.phrases import NETSUITE_ID_BACK
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import MappingGroup, Row, Setting, Sum, Workflow

WORKFLOW = Workflow(
    name="export_time_entries",
    title="Time entries (Time)",
    direction=Direction.EXPORT,
    source_type="time_entry",
    target_type="timeBill",
    title_fields=("employee.nickname", "date"),
    needs=("import_employees", "import_projects", "import_services"),
    match_keys=(),
    reads=AllOf(
        conditions=(
            Compare(path="timesheet.status", comparison=Comparison.EQUAL, value="A"),
            Blank(path="exported"),
            Blank(path="netsuite_id"),
        )
    ),
    sends_linked_when="export_linked",
    updates=Compare(path="timesheet.status", comparison=Comparison.EQUAL, value="A"),
    updates_when="update_exported",
    settings=(
        Setting(
            name="update_exported",
            label="Change exported time when it is edited here",
            sentence="Sends what was edited here after its export. What was edited in NetSuite, too, waits for somebody to decide.",
        ),
    ),
    groups=(
        MappingGroup(
            name="TIME_ENTRY_TO_TIME_BILL",
            title="Time",
            rows=(
                Row(
                    target="employee",
                    source=Counterpart(of=Field(path="employee"), record_type="employee"),
                    is_required=True,
                ),
                Row(target="tranDate", source=Field(path="date"), is_required=True),
                # 3 is Approved in NetSuite's list of time approval states.
                Row(target="approvalStatus", source=Constant(value="3")),
                Row(target="customer", source=Counterpart(of=Field(path="project"), record_type="project")),
                Row(target="isBillable", source=Field(path="billable")),
                Row(target="item", source=Counterpart(of=Field(path="service"), record_type="service")),
                Row(target="hours", source=Field(path="hours"), is_required=True),
                Row(target="timeType", source=Constant(value="_actualTime")),
                Row(target="memo", source=Field(path="notes")),
            ),
        ),
    ),
    pull_backs=(NETSUITE_ID_BACK,),
    exported_field="exported",
    sum=Sum(amount="hours", written="hours", unit="hours"),
)
