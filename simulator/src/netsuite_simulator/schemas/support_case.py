"""The support case and its lists as data: reference §5.1 of the connector reference, names and order as in the SOAP schema."""

from __future__ import annotations

from netsuite_simulator.schemas.fields import RecordType
from netsuite_simulator.schemas.shorthand import (
    boolean,
    choice,
    instant,
    names,
    reference,
    text,
)
from netsuite_simulator.schemas.targets import CUSTOMERS, ITEMS

_MODIFIED = instant("lastModifiedDate", soap=False, read_only=True)

SUPPORT_CASE_STATUS = RecordType(
    name="supportCaseStatus",
    label="Case Status",
    soap_type="SupportCaseStatus",
    soap_prefix="listSupport",
    soap_search=None,
    table="supportcasestatus",
    external_id_group="supportCaseStatus",
    permission="ADMI_CRMLIST",
    fields=(
        text("name", required=True),
        choice("stage", names("_closed", "_escalated", "_open")),
        boolean("caseOnHold"),
        boolean("autoCloseCase"),
        text("description"),
        boolean("isInactive"),
        _MODIFIED,
    ),
)

SUPPORT_CASE_PRIORITY = RecordType(
    name="supportCasePriority",
    label="Case Priority",
    soap_type="SupportCasePriority",
    soap_prefix="listSupport",
    soap_search=None,
    table="supportcasepriority",
    external_id_group="supportCasePriority",
    permission="ADMI_CRMLIST",
    fields=(
        text("name", required=True),
        text("description"),
        boolean("isInactive"),
        _MODIFIED,
    ),
)

SUPPORT_CASE_TYPE = RecordType(
    name="supportCaseType",
    label="Case Type",
    soap_type="SupportCaseType",
    soap_prefix="listSupport",
    soap_search=None,
    table="supportcasetype",
    external_id_group="supportCaseType",
    permission="ADMI_CRMLIST",
    fields=(
        text("name", required=True),
        text("description"),
        boolean("isInactive"),
        _MODIFIED,
    ),
)

SUPPORT_CASE_ORIGIN = RecordType(
    name="supportCaseOrigin",
    label="Case Origin",
    soap_type="SupportCaseOrigin",
    soap_prefix="listSupport",
    soap_search=None,
    table="supportcaseorigin",
    external_id_group="supportCaseOrigin",
    permission="ADMI_CRMLIST",
    fields=(
        text("name", required=True),
        text("description"),
        boolean("isInactive"),
        _MODIFIED,
    ),
)

SUPPORT_CASE = RecordType(
    name="supportCase",
    label="Case",
    soap_type="SupportCase",
    soap_prefix="listSupport",
    soap_search="SupportCaseSearch",
    table="supportcase",
    external_id_group="supportCase",
    permission="LIST_CASE",
    name_field="title",
    fields=(
        instant("lastReopenedDate", read_only=True),
        instant("endDate", read_only=True),
        text("incomingMessage"),
        text("outgoingMessage"),
        boolean("internalOnly"),
        text("title", required=True, label="Subject"),
        text("caseNumber", read_only=True, label="Number"),
        instant("startDate", label="Incident Date"),
        instant("createdDate", read_only=True),
        instant("lastModifiedDate", read_only=True),
        instant("lastMessageDate", read_only=True),
        reference("company", *CUSTOMERS, required=True),
        reference("subsidiary", "subsidiary"),
        reference("contact", "contact"),
        text("email"),
        text("phone"),
        reference("item", *ITEMS),
        text("inboundEmail"),
        reference("status", "supportCaseStatus"),
        boolean("isInactive"),
        reference("priority", "supportCasePriority"),
        reference("origin", "supportCaseOrigin"),
        reference("category", "supportCaseType"),
        reference("assigned", "employee"),
        boolean("helpDesk"),
    ),
)
