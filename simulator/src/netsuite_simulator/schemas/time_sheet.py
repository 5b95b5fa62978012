"""The weekly time sheet, whose grid is the time bills of its week, as data: reference §9.7, names and order as in the SOAP schema."""

from __future__ import annotations

from collections.abc import Sequence

from netsuite_simulator.schemas.fields import Field, RecordType
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

# What a day of the grid holds: a time bill under another name, with part of its fields in an order of its own. The
# schema's billingClass, a text, has no place in a time bill.
_OF_ENTRY = (
    "hours", "createdDate", "lastModifiedDate", "customer", "caseTaskEvent", "item", "isBillable", "payrollItem",
    "paidExternally", "price", "rate", "overrideRate", "memo", "department", "class", "location", "subsidiary",
    "approvalStatus", "timeType",
)  # fmt: skip


def time_entry(fields: Sequence[Field]) -> RecordType:
    """Return what a day of the grid is made of, given the fields of the account's time bills, custom ones included."""
    by_name = {one.name: one for one in fields}
    custom = [one for one in fields if one.is_custom]
    return RecordType(
        name="timeEntry",
        label="Time Entry",
        soap_type="TimeEntry",
        soap_prefix="tranEmp",
        soap_search=None,
        table="timebill",
        fields=(*(by_name[name] for name in _OF_ENTRY), *custom),
        external_id_group="timeline",
    )
