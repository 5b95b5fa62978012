"""What a workflow needs of NetSuite: record types, fields, and the least role that may use them (quality.md U12, S21).

Permissions and their ids as netsuite-api.md §7.5 lists them. It knows no request and no answer.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from suitebridge.domain.doors import CUSTOM_RECORDS
from suitebridge.domain.expressions import LookupSide, lookups_in
from suitebridge.domain.records import Direction
from suitebridge.domain.schemas.netsuite import NETSUITE_TYPES
from suitebridge.domain.workflow import Workflow

_CUSTOM = ("custentity", "custbody", "custcol", "custevent", "custitem", "custrecord", "cseg")
"""How the script ids of custom fields and segments begin; “customer” is a field of NetSuite's own."""


class Level(enum.IntEnum):
    """How far a permission goes; NetSuite's words, each including those before it."""

    VIEW = 1
    CREATE = 2
    EDIT = 3
    FULL = 4

    @property
    def word(self) -> str:
        """The level as NetSuite's form shows it."""
        return self.name.capitalize()


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """A permission: the subtab of the role's form, its name there, its id, and the feature without which it is not offered."""

    subtab: str
    name: str
    key: str
    feature: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What a workflow asks of one NetSuite record type: the header fields that it reads there, and whether it writes."""

    workflow: str
    title: str
    record_type: str
    fields: tuple[str, ...] = ()
    is_written: bool = False
    also_read: tuple[str, ...] = ()

    @property
    def custom_fields(self) -> tuple[str, ...]:
        """The fields that somebody made in the account."""
        return tuple(dict.fromkeys(name for path in self.fields if (name := _head(path)).startswith(_CUSTOM)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Needed:
    """A permission of the least role: its level, for which record types, and the titles of the workflows that need it.

    `check` is the name of the part of a connection check that proves it, "" where nothing but a write could.
    """

    right: Right
    level: Level
    record_types: tuple[str, ...] = ()
    workflows: tuple[str, ...] = ()
    check: str = ""


_CUSTOMERS = Right(subtab="Lists", name="Customers", key="LIST_CUSTJOB")
_ITEMS = Right(subtab="Lists", name="Items", key="LIST_ITEM")
_CREDIT_MEMOS = Right(subtab="Transactions", name="Credit Memo", key="TRAN_CUSTCRED", feature="A/R")
_PAYMENTS = Right(subtab="Transactions", name="Customer Payment", key="TRAN_CUSTPYMT", feature="A/R")
_DEPOSITS = Right(subtab="Transactions", name="Deposit Application", key="TRAN_DEPAPPL", feature="A/R")
_BILLS = Right(subtab="Transactions", name="Bills", key="TRAN_VENDBILL", feature="A/P")
_BILL_CREDITS = Right(subtab="Transactions", name="Enter Vendor Credits", key="TRAN_VENDCRED", feature="A/P")
_BILL_PAYMENTS = Right(subtab="Transactions", name="Pay Bills", key="TRAN_VENDPYMT", feature="A/P")
_CUSTOM_RECORDS = Right(
    subtab="Lists", name="Custom Record Entries", key="LIST_CUSTRECORDENTRY", feature="Custom Records"
)
RIGHTS: Mapping[str, Right] = {
    "customer": _CUSTOMERS,
    "job": Right(subtab="Lists", name="Customers", key="LIST_CUSTJOB", feature="Projects"),
    "employee": Right(subtab="Lists", name="Employees", key="LIST_EMPLOYEE"),
    "item": _ITEMS,
    "contact": Right(subtab="Lists", name="Contacts", key="LIST_CONTACT"),
    "vendor": Right(subtab="Lists", name="Vendors", key="LIST_VENDOR"),
    "classification": Right(subtab="Lists", name="Classes", key="LIST_CLASS", feature="Classes"),
    "location": Right(subtab="Lists", name="Locations", key="LIST_LOCATION", feature="Locations"),
    "subsidiary": Right(subtab="Lists", name="Subsidiaries", key="LIST_SUBSIDIARY", feature="OneWorld"),
    "projectTask": Right(subtab="Lists", name="Project Tasks", key="LIST_PROJECTTASK", feature="Project Management"),
    "account": Right(subtab="Lists", name="Accounts", key="LIST_ACCOUNT", feature="Accounting"),
    "currencyRate": Right(subtab="Lists", name="Currency", key="LIST_CURRENCY", feature="Multiple Currencies"),
    "expenseCategory": Right(subtab="Lists", name="Expense Categories", key="LIST_CATEGORY", feature="Expense Reports"),
    "currency": Right(subtab="Lists", name="Currency", key="LIST_CURRENCY", feature="Multiple Currencies"),
    "department": Right(subtab="Lists", name="Departments", key="LIST_DEPARTMENT", feature="Departments"),
    "timeBill": Right(subtab="Transactions", name="Track Time", key="TRAN_TIMEBILL", feature="Time Tracking"),
    "expenseReport": Right(subtab="Transactions", name="Expense Report", key="TRAN_EXPREPT", feature="Expense Reports"),
    "invoice": Right(subtab="Transactions", name="Invoice", key="TRAN_CUSTINVC", feature="A/R"),
    "creditMemo": _CREDIT_MEMOS,
    "appliedCreditMemo": _CREDIT_MEMOS,
    "creditMemoLine": _CREDIT_MEMOS,
    "creditMemoApplication": _CREDIT_MEMOS,
    "salesOrder": Right(subtab="Transactions", name="Sales Order", key="TRAN_SALESORD", feature="Sales Orders"),
    "purchaseOrder": Right(
        subtab="Transactions", name="Purchase Order", key="TRAN_PURCHORD", feature="Purchase Orders"
    ),
    "purchaseOrderLine": Right(
        subtab="Transactions", name="Purchase Order", key="TRAN_PURCHORD", feature="Purchase Orders"
    ),
    "vendorBill": _BILLS,
    "purchaseBill": _BILLS,
    "purchaseBillLine": _BILLS,
    "purchaseCredit": _BILL_CREDITS,
    "purchaseCreditLine": _BILL_CREDITS,
    "purchaseRequisition": Right(
        subtab="Transactions", name="Requisition", key="TRAN_PURCHREQ", feature="Requisitions"
    ),
    "customerPayment": _PAYMENTS,
    "customerPaymentApplication": _PAYMENTS,
    "depositApplication": _DEPOSITS,
    "customerDepositApplication": _DEPOSITS,
    "vendorPayment": _BILL_PAYMENTS,
    "billPaymentApplication": _BILL_PAYMENTS,
    "supportCase": Right(subtab="Lists", name="Cases", key="LIST_CASE", feature="Customer Support"),
    "journalEntry": Right(subtab="Transactions", name="Make Journal Entry", key="TRAN_JOURNAL", feature="Accounting"),
    **{name: _CUSTOM_RECORDS for name in NETSUITE_TYPES if name.startswith(CUSTOM_RECORDS)},
}
"""The permission of each record type. One permission covers customers and projects."""

DOORS: tuple[Needed, ...] = (
    Needed(
        right=Right(subtab="Setup", name="Log in using Access Tokens", key="ADMI_LOGIN_OAUTH", feature="Token-based Authentication"),
        level=Level.FULL,
        check="authentication",
    ),
    Needed(
        right=Right(subtab="Setup", name="REST Web Services", key="ADMI_RESTWEBSERVICES", feature="REST Web Services"),
        level=Level.FULL,
        check="permissions:rest",
    ),
    Needed(
        right=Right(subtab="Setup", name="SOAP Web Services", key="ADMI_WEBSERVICES", feature="SOAP Web Services"),
        level=Level.FULL,
        check="permissions:soap",
    ),
    Needed(
        right=Right(subtab="Reports", name="SuiteAnalytics Workbook", key="REPO_ANALYTICS", feature="SuiteAnalytics Workbook"),
        level=Level.EDIT,
        check="permissions:suiteql",
    ),
    Needed(right=Right(subtab="Lists", name="Perform Search", key="LIST_FIND"), level=Level.VIEW),
)  # fmt: skip
"""What every connection with token-based authentication needs besides, whatever its workflows are."""

OAUTH_DOORS: tuple[Needed, ...] = (
    Needed(
        right=Right(subtab="Setup", name="Log in using OAuth 2.0 Access Tokens", key="ADMI_LOGIN_OAUTH2", feature="OAuth 2.0"),
        level=Level.FULL,
        check="authentication",
    ),
    *(door for door in DOORS if door.check not in {"authentication", "permissions:soap"}),
    Needed(
        right=Right(subtab="Setup", name="Manage Own OAuth 2.0 Client Credentials Certificates", key="ADMI_MANAGE_OWN_OAUTH2_CERTS", feature="OAuth 2.0"),
        level=Level.FULL,
    ),
)  # fmt: skip
"""What a connection with OAuth 2.0 client credentials needs instead: it opens no SOAP (netsuite-api.md §3.3)."""


def need_of(workflow: Workflow) -> Need:
    """Say what a workflow asks of NetSuite; of lines only that their record is read or written."""
    if workflow.direction is Direction.IMPORT:
        return Need(
            workflow=workflow.name,
            title=workflow.title,
            record_type=workflow.source_type,
            fields=workflow.source_paths(),
            also_read=tuple(
                dict.fromkeys(
                    (
                        *_referred(workflow.source_type, workflow.source_paths()),
                        *(name for name in _asked(workflow, LookupSide.SOURCE) if name in RIGHTS),
                    )
                )
            ),
        )
    written = (row.target for group in workflow.groups if not group.target_list for row in group.rows if row.is_active)
    pulled = (back.source for back in workflow.pull_backs)
    custom = (name for name in (*written, *pulled) if name.startswith(_CUSTOM))
    referred = (
        field.refers_to
        for group in workflow.groups
        for row in group.rows
        if not group.target_list and (field := NETSUITE_TYPES[workflow.target_type].by_name.get(row.target)) is not None
    )
    return Need(
        workflow=workflow.name,
        title=workflow.title,
        record_type=workflow.target_type,
        fields=tuple(dict.fromkeys(custom)),
        is_written=True,
        also_read=tuple(
            dict.fromkeys(name for name in (*_asked(workflow, LookupSide.TARGET), *referred) if name in RIGHTS)
        ),
    )


def types_read(needs: Iterable[Need]) -> tuple[str, ...]:
    """Name every record type that is read or written, or that a record points to, in a stable order."""
    found: dict[str, None] = {}
    listed = tuple(needs)
    found.update(dict.fromkeys(need.record_type for need in listed))
    found.update(dict.fromkeys(name for need in listed for name in need.also_read))
    return tuple(found)


def least_role(needs: Iterable[Need], *, is_oauth: bool = False) -> tuple[Needed, ...]:
    """Give the permissions that the workflows need and no more, the doors first; one permission comes once, with its highest level."""
    by_key: dict[str, Needed] = {}
    for need in needs:
        for name, level in _levels(need):
            right = RIGHTS.get(name)
            if right is not None:
                by_key[right.key] = _joined(by_key.get(right.key), right, level, name, need.title)
    return (*(OAUTH_DOORS if is_oauth else DOORS), *by_key.values())


def _joined(known: Needed | None, right: Right, level: Level, record_type: str, workflow: str) -> Needed:
    types, workflows = (known.record_types, known.workflows) if known is not None else ((), ())
    return Needed(
        right=known.right if known is not None else right,
        level=max(level, known.level) if known is not None else level,
        record_types=tuple(dict.fromkeys((*types, record_type))),
        workflows=tuple(dict.fromkeys((*workflows, workflow))),
        check=f"permissions:{types[0] if types else record_type}",
    )


def _levels(need: Need) -> Iterator[tuple[str, Level]]:
    yield need.record_type, Level.EDIT if need.is_written else Level.VIEW
    for name in need.also_read:
        yield name, Level.VIEW


def _asked(workflow: Workflow, side: LookupSide) -> Iterator[str]:
    rows = (row for group in workflow.groups for row in group.rows if row.is_active)
    return (lookup.record_type for row in rows for lookup in lookups_in(row.source, side))


def _referred(record_type: str, paths: Iterable[str]) -> Iterator[str]:
    """Name the types whose records a path leads through: a currency's symbol is read from the currency."""
    schema = NETSUITE_TYPES.get(record_type)
    for path in paths:
        head, _, rest = path.partition(".")
        field = schema.by_name.get(head) if schema is not None else None
        if rest and field is not None and field.refers_to in RIGHTS:
            yield field.refers_to


def _head(path: str) -> str:
    return path.partition(".")[0]
