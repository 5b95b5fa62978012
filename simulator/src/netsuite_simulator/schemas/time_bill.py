"""The time bill (tracked time) record as data: reference §9.7, names and order as in the SOAP schema."""

from __future__ import annotations

from netsuite_simulator.schemas.fields import Choice, RecordType
from netsuite_simulator.schemas.lists import TIME_APPROVAL
from netsuite_simulator.schemas.shorthand import boolean, choice, date, decimal, duration, instant, reference, text

SERVICE_ITEMS = ("serviceSaleItem", "servicePurchaseItem", "serviceResaleItem")
TIME_TYPE = (
    Choice(id="A", label="Actual Time", soap="_actualTime"),
    Choice(id="B", label="Allocated Time", soap="_allocatedTime"),
    Choice(id="P", label="Planned Time", soap="_plannedTime"),
)

TIME_BILL = RecordType(
    name="timeBill",
    label="Track Time",
    soap_type="TimeBill",
    soap_prefix="tranEmp",
    soap_search="TimeBillSearch",
    table="timebill",
    external_id_group="timeline",
    permission="TRAN_TIMEBILL",
    in_deleted=False,
    name_field="id",
    fields=(
        reference("employee", "employee", "vendor", required=True),
        date("tranDate", label="Date", required=True),
        choice("approvalStatus", TIME_APPROVAL),
        reference("customer", "customer", "job", label="Customer:Project"),
        reference("caseTaskEvent", "projectTask", "supportCase", "task", "calendarEvent", label="Case/Task/Event"),
        boolean("isBillable", label="Billable"),
        reference("payrollItem"),
        boolean("paidExternally"),
        reference("item", *SERVICE_ITEMS, label="Service Item"),
        reference("department", "department"),
        reference("class", "classification"),
        reference("location", "location"),
        duration("hours", label="Duration", required=True),
        reference("price", "priceLevel"),
        choice("timeType", TIME_TYPE),
        decimal("rate"),
        boolean("overrideRate"),
        text("memo"),
        text("rejectionNote"),
        reference("subsidiary", "subsidiary"),
        boolean("supervisorApproval"),
        instant("createdDate", read_only=True),
        instant("lastModifiedDate", read_only=True),
        reference("timeSheet", "timeSheet", read_only=True),
        text("status", read_only=True),
        boolean("timeModified", read_only=True),
    ),
)
