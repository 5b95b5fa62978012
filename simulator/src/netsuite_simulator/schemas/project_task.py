"""The project task record as data: reference §9.4, names and order as in the SOAP schema."""

from __future__ import annotations

from netsuite_simulator.schemas.fields import Choice, LineType, RecordType
from netsuite_simulator.schemas.shorthand import (
    boolean,
    choice,
    date,
    decimal,
    duration,
    instant,
    integer,
    lines,
    names,
    reference,
    text,
)

STATUS = (
    Choice(id="NOTSTART", label="Not Started", soap="_notStarted"),
    Choice(id="PROGRESS", label="In Progress", soap="_inProgress"),
    Choice(id="COMPLETE", label="Completed", soap="_completed"),
)
CONSTRAINT = (
    Choice(id="ASAP", label="As Soon As Possible", soap="_asSoonAsPossible"),
    Choice(id="FIXEDSTART", label="Fixed Start", soap="_fixedStart"),
)
PRIORITY = (
    Choice(id="HIGH", label="High"),
    Choice(id="MEDIUM", label="Medium"),
    Choice(id="LOW", label="Low"),
)

ASSIGNEES = LineType(
    name="assignee",
    soap_list="assigneeList",
    soap_line="projectTaskAssignee",
    soap_type="ProjectTaskAssignee",
    key="resource",
    fields=(
        reference("resource", "employee", "vendor"),
        decimal("units"),
        reference("serviceItem", "serviceSaleItem", "servicePurchaseItem", "serviceResaleItem"),
        decimal("estimatedWork"),
        decimal("unitCost"),
        decimal("unitPrice"),
        decimal("cost"),
        decimal("price"),
        decimal("plannedWork"),
    ),
)

PREDECESSORS = LineType(
    name="predecessor",
    soap_list="predecessorList",
    soap_line="projectTaskPredecessor",
    soap_type="ProjectTaskPredecessor",
    key="task",
    fields=(
        reference("task", "projectTask"),
        choice("type", names("_finishToFinish", "_finishToStart", "_startToFinish", "_startToStart")),
        decimal("lagDays"),
        date("startDate"),
        date("endDate"),
    ),
)

PROJECT_TASK = RecordType(
    name="projectTask",
    label="Project Task",
    soap_type="ProjectTask",
    soap_prefix="actSched",
    soap_search="ProjectTaskSearch",
    table="projecttask",
    external_id_group="event",
    permission="LIST_PROJECTTASK",
    name_field="title",
    fields=(
        integer("eventNumber", "eventid", soap=False, read_only=True),
        decimal("percentTimeComplete", read_only=True),
        text("title", label="Name", required=True),
        reference("company", "job", column="project", label="Project", required=True, rest_name="project"),
        reference("order", column=None),
        reference("owner", "employee"),
        reference("parent", "projectTask", label="Parent Task"),
        choice("priority", PRIORITY),
        decimal("estimatedWork"),
        decimal("estimatedWorkBaseline", read_only=True),
        choice("constraintType", CONSTRAINT),
        date("startDate"),
        date("startDateBaseline", read_only=True),
        date("endDate", read_only=True),
        date("finishByDate"),
        date("endDateBaseline", read_only=True),
        duration("actualWork", read_only=True),
        duration("remainingWork", read_only=True),
        text("message", None, label="Notes"),
        boolean("isMilestone", label="Milestone"),
        choice("status", STATUS),
        boolean("nonBillableTask", label="Non-Billable Task"),
        lines("assignee", ASSIGNEES),
        lines("predecessor", PREDECESSORS),
        decimal("plannedWork"),
        decimal("plannedWorkBaseline", None, read_only=True),
        boolean("isSummaryTask", soap=False, read_only=True),
        instant("createdDate", soap=False, read_only=True),
        instant("lastModifiedDate", soap=False, read_only=True),
    ),
)
