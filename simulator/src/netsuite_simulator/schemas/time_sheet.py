"""The weekly time sheet, whose grid is the time bills of its week, as data: reference §9.7, names and order as in the SOAP schema."""

from __future__ import annotations

from netsuite_simulator.schemas.fields import RecordType
from netsuite_simulator.schemas.lists import TIME_APPROVAL
from netsuite_simulator.schemas.shorthand import (
    choice,
    date,
    duration,
    instant,
    reference,
)

_MODIFIED = instant("lastModifiedDate", soap=False, read_only=True)

TIME_SHEET = RecordType(
    name="timeSheet",
    label="Weekly Timesheet",
    soap_type="TimeSheet",
    soap_prefix="tranEmp",
    soap_search="TimeSheetSearch",
    table="timesheet",
    external_id_group="timeline",
    permission="TRAN_TIMEBILL",
    name_field="id",
    fields=(
        reference("employee", "employee", required=True),
        date("startDate"),
        date("endDate", read_only=True),
        duration("totalHours", read_only=True),
        choice("approvalStatus", TIME_APPROVAL),
        reference("subsidiary", "subsidiary"),
        date("tranDate", None, soap=False, label="Date"),
        _MODIFIED,
    ),
)
