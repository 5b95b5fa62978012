"""Advanced revenue management, known to REST and SuiteQL only: arrangements, their elements and plans, §9.12.

SOAP has no such records; names as in Oracle's record list, fields and SuiteQL tables assumed.
"""

from __future__ import annotations

from netsuite_simulator.schemas.fields import RecordType
from netsuite_simulator.schemas.shorthand import choice, date, decimal, instant, lettered, reference, text
from netsuite_simulator.schemas.targets import CUSTOMERS, ITEMS

_MODIFIED = instant("lastModifiedDate", read_only=True)

REVENUE_ARRANGEMENT = RecordType(
    name="revenueArrangement",
    label="Revenue Arrangement",
    soap_type="",
    soap_prefix="",
    soap_search=None,
    table="transaction",
    discriminator=(("type", "RevArrng"),),
    external_id_group="transaction",
    permission="TRAN_REVARRNG",
    in_deleted=False,
    name_field="tranId",
    fields=(
        instant("createdDate", read_only=True),
        reference("entity", *CUSTOMERS, label="Customer", required=True),
        date("tranDate", label="Date", required=True),
        text("tranId", label="Arrangement #"),
        reference("currency", "currency"),
        decimal("exchangeRate"),
        reference("subsidiary", "subsidiary", column=None),
        text("memo"),
        reference("createdFrom", "salesOrder", "invoice", column=None),
        decimal("total", "foreigntotal", read_only=True),
        text("transactionNumber", read_only=True),
        _MODIFIED,
    ),
)

REVENUE_ELEMENT = RecordType(
    name="revenueElement",
    label="Revenue Element",
    soap_type="",
    soap_prefix="",
    soap_search=None,
    table="revenueelement",
    external_id_group="revenueElement",
    permission="LIST_REVENUEELEMENT",
    in_deleted=False,
    name_field="id",
    fields=(
        reference("revenueArrangement", "revenueArrangement", required=True),
        reference("item", *ITEMS),
        reference("entity", *CUSTOMERS),
        decimal("quantity"),
        decimal("salesAmount"),
        decimal("allocationAmount"),
        date("revRecStartDate"),
        date("revRecEndDate"),
        reference("source", "salesOrder", "invoice"),
        reference("revenueRecognitionRule"),
        _MODIFIED,
    ),
)

PLAN_STATUS = lettered(
    ("NOTSTARTED", "Not Started"), ("INPROGRESS", "In Progress"), ("COMPLETED", "Completed"), ("ONHOLD", "On Hold")
)

REVENUE_PLAN = RecordType(
    name="revenuePlan",
    label="Revenue Recognition Plan",
    soap_type="",
    soap_prefix="",
    soap_search=None,
    table="revenueplan",
    external_id_group="revenuePlan",
    permission="LIST_REVENUEPLAN",
    in_deleted=False,
    name_field="id",
    fields=(
        reference("createdFrom", "revenueElement", required=True),
        reference("revenueRecognitionRule"),
        reference("item", *ITEMS),
        decimal("amount"),
        date("revRecStartDate"),
        date("revRecEndDate"),
        choice("status", PLAN_STATUS),
        decimal("totalRecognized", read_only=True),
        decimal("remainingDeferredBalance", read_only=True),
        _MODIFIED,
    ),
)
