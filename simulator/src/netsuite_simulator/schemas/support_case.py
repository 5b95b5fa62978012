"""The support case and its lists as data: reference §5.1 of the connector reference, names and order as in the SOAP schema."""

from __future__ import annotations

from netsuite_simulator.schemas.fields import Field, RecordType
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


def _case_list(name: str, label: str, *between: Field) -> RecordType:
    """Declare a list that cases are sorted by; `between` stands after the name."""
    return RecordType(
        name=name,
        label=label,
        soap_type=name[0].upper() + name[1:],
        soap_prefix="listSupport",
        soap_search=None,
        table=name.lower(),
        external_id_group=name,
        permission="ADMI_CRMLIST",
        fields=(
            text("name", required=True),
            *between,
            text("description"),
            boolean("isInactive"),
            _MODIFIED,
        ),
    )


SUPPORT_CASE_STATUS = _case_list(
    "supportCaseStatus",
    "Case Status",
    choice("stage", names("_closed", "_escalated", "_open")),
    boolean("caseOnHold"),
    boolean("autoCloseCase"),
)
SUPPORT_CASE_PRIORITY = _case_list("supportCasePriority", "Case Priority")
SUPPORT_CASE_TYPE = _case_list("supportCaseType", "Case Type")
SUPPORT_CASE_ORIGIN = _case_list("supportCaseOrigin", "Case Origin")

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
