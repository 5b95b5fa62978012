"""What projects are staffed and billed by, known to REST and SuiteQL only: reference §9.1, §9.12 and §10.1.

Billing classes and rate cards, generic resources, expense types of projects, work calendars and charge rules. SOAP has
no such records; names as in Oracle's record list, SuiteQL tables assumed.
"""

from __future__ import annotations

from netsuite_simulator.schemas.fields import LineType, RecordType
from netsuite_simulator.schemas.shorthand import (
    boolean,
    choice,
    date,
    decimal,
    instant,
    lettered,
    lines,
    reference,
    references,
    text,
)
from netsuite_simulator.schemas.targets import ITEMS

_MODIFIED = instant("lastModifiedDate", read_only=True)
_INACTIVE = boolean("isInactive", label="Inactive")

BILLING_CLASS = RecordType(
    name="billingClass",
    label="Billing Class",
    soap_type="",
    soap_prefix="",
    soap_search=None,
    table="billingclass",
    external_id_group="billingClass",
    permission="ADMI_ACCOUNTINGLIST",
    fields=(text("name", required=True), text("description"), _INACTIVE, _MODIFIED),
)

CARD_RATES = LineType(
    name="billingRates",
    soap_list="",
    soap_line="",
    soap_type="",
    key="billingClass",
    fields=(
        reference("billingClass", "billingClass"),
        reference("serviceItem", *ITEMS),
        reference("currency", "currency"),
        decimal("rate"),
    ),
)

BILLING_RATE_CARD = RecordType(
    name="billingRateCard",
    label="Billing Rate Card",
    soap_type="",
    soap_prefix="",
    soap_search=None,
    table="billingratecard",
    external_id_group="billingRateCard",
    permission="ADMI_ACCOUNTINGLIST",
    fields=(text("name", required=True), _INACTIVE, lines("billingRates", CARD_RATES), _MODIFIED),
)

GENERIC_RESOURCE = RecordType(
    name="genericResource",
    label="Generic Resource",
    soap_type="",
    soap_prefix="",
    soap_search=None,
    table="genericresource",
    external_id_group="entity",
    permission="LIST_GENERICRESOURCE",
    name_field="entityId",
    fields=(
        text("entityId", label="Name", required=True),
        reference("billingClass", "billingClass"),
        decimal("laborCost"),
        decimal("price"),
        reference("workCalendar", "workCalendar"),
        references("subsidiary", "subsidiary"),
        text("email"),
        text("comments"),
        _INACTIVE,
        _MODIFIED,
    ),
)

PROJECT_EXPENSE_TYPE = RecordType(
    name="projectExpenseType",
    label="Project Expense Type",
    soap_type="",
    soap_prefix="",
    soap_search=None,
    table="projectexpensetype",
    external_id_group="projectExpenseType",
    permission="ADMI_ACCOUNTINGLIST",
    fields=(
        text("name", required=True),
        text("description"),
        reference("account", "account"),
        _INACTIVE,
        _MODIFIED,
    ),
)

WORK_CALENDAR = RecordType(
    name="workCalendar",
    label="Work Calendar",
    soap_type="",
    soap_prefix="",
    soap_search=None,
    table="workcalendar",
    external_id_group="workCalendar",
    permission="LIST_WORKCALENDAR",
    fields=(
        text("name", required=True),
        text("comments"),
        decimal("workHoursPerDay"),
        text("startHour"),
        *(boolean(day) for day in ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")),
        boolean("isDefault"),
        _INACTIVE,
        _MODIFIED,
    ),
)

CHARGE_RULE_TYPE = lettered(
    ("FIXED", "Fixed Date"),
    ("MILESTONE", "Milestone"),
    ("TIMEBASED", "Time-Based"),
    ("EXPENSE", "Expense-Based"),
    ("PROGRESS", "Project Progress"),
    ("PURCHASE", "Purchase"),
)

CHARGE_RULE = RecordType(
    name="chargeRule",
    label="Charge Rule",
    soap_type="",
    soap_prefix="",
    soap_search=None,
    table="chargerule",
    external_id_group="chargeRule",
    permission="TRAN_CHARGERULE",
    fields=(
        text("name", required=True),
        choice("chargeRuleType", CHARGE_RULE_TYPE, required=True),
        reference("project", "job", required=True),
        reference("billingItem", *ITEMS),
        reference("currency", "currency"),
        date("chargeDate"),
        decimal("amount"),
        decimal("rateMultiplier"),
        decimal("cap"),
        reference("projectTask", "projectTask"),
        text("description"),
        _INACTIVE,
        _MODIFIED,
    ),
)
