"""Revenue recognition schedules and their templates as data: reference §9.12, names and order as in the SOAP schema."""

from __future__ import annotations

from netsuite_simulator.schemas.fields import LineType, RecordType
from netsuite_simulator.schemas.shorthand import (
    boolean,
    choice,
    decimal,
    instant,
    integer,
    lines,
    names,
    reference,
    text,
)

_MODIFIED = instant("lastModifiedDate", soap=False, read_only=True)

SCHEDULE_RECURRENCES = LineType(
    name="recurrence",
    soap_list="recurrenceList",
    soap_line="revRecScheduleRecurrence",
    soap_type="RevRecScheduleRecurrence",
    key="recurrenceId",
    fields=(
        reference("incomeaccount"),
        integer("periodOffset"),
        text("recamount"),
    ),
)

TEMPLATE_RECURRENCES = LineType(
    name="recurrence",
    soap_list="recurrenceList",
    soap_line="revRecTemplateRecurrence",
    soap_type="RevRecTemplateRecurrence",
    key="recurrenceId",
    fields=(
        reference("incomeaccount"),
        integer("periodOffset"),
        text("recamount"),
    ),
)

_FIELDS = (
    text("name", required=True),
    choice("amortizationType", names("_standard", "_variable")),
    choice(
        "recurrenceType",
        names(
            "_custom",
            "_straightLineByEvenPeriods",
            "_straightLineProrateFirstAndLastPeriod",
            "_straightLineProrateFirstAndLastPeriodPeriodRate",
            "_straightLineUsingExactDays",
        ),
    ),
    choice(
        "recogIntervalSrc",
        names(
            "_revRecDatesSpecifiedOnTransaction",
            "_billingScheduleTranDateOnSalesOrder",
            "_billingScheduleRevRecDateOnSalesOrder",
            "_revRecDatesSpecifiedOnSalesOrder",
        ),
    ),
    integer("amortizationPeriod"),
    integer("periodOffset"),
    integer("revRecOffset"),
    decimal("initialAmount"),
    boolean("isInactive"),
)

REV_REC_SCHEDULE = RecordType(
    name="revRecSchedule",
    label="Revenue Recognition Schedule",
    soap_type="RevRecSchedule",
    soap_prefix="listAcct",
    soap_search="RevRecScheduleSearch",
    table="revrecschedule",
    external_id_group="revRecSchedule",
    permission="LIST_REVRECSCHEDULE",
    in_deleted=False,
    fields=(
        *_FIELDS,
        lines("recurrence", SCHEDULE_RECURRENCES),
        _MODIFIED,
    ),
)

REV_REC_TEMPLATE = RecordType(
    name="revRecTemplate",
    label="Revenue Recognition Template",
    soap_type="RevRecTemplate",
    soap_prefix="listAcct",
    soap_search="RevRecTemplateSearch",
    table="revrectemplate",
    external_id_group="revRecTemplate",
    permission="LIST_REVRECSCHEDULE",
    in_deleted=False,
    fields=(
        *_FIELDS,
        lines("recurrence", TEMPLATE_RECURRENCES),
        _MODIFIED,
    ),
)
