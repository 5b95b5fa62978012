"""The permissions a role may hold, as data: ids, the names NetSuite shows, levels, and what a level lets one do.

Ids and names as Oracle's permission list publishes them (reference §7.5 and SDK permissions.json); a part of the list:
those of the account's record types, of its doors, and of its setup pages. Refuses to know roles and logins.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass

NONE, VIEW, CREATE, EDIT, FULL = 0, 1, 2, 3, 4  # reference §7.4
LEVEL_NAMES = {NONE: "None", VIEW: "View", CREATE: "Create", EDIT: "Edit", FULL: "Full"}


class Category(enum.Enum):
    """The subtabs of a role's permissions, in NetSuite's order."""

    TRANSACTIONS = "Transactions"
    REPORTS = "Reports"
    LISTS = "Lists"
    SETUP = "Setup"
    CUSTOM_RECORD = "Custom Record"


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """One permission; `levels` are those a role's page offers beside None."""

    id: str
    name: str
    category: Category
    levels: tuple[int, ...] = (VIEW, CREATE, EDIT, FULL)

    @property
    def label(self) -> str:
        """Name it as NetSuite's refusals do: "Lists -> Customers"."""
        return f"{self.category.value} -> {self.name}"


_TRANSACTIONS = {
    "TRAN_CASHSALE": "Cash Sale",
    "TRAN_CHARGE": "Charge",
    "TRAN_CHARGERULE": "Charge Rule",
    "TRAN_CHECK": "Check",
    "TRAN_CUSTCRED": "Credit Memo",
    "TRAN_CUSTDEP": "Customer Deposit",
    "TRAN_CUSTPYMT": "Customer Payment",
    "TRAN_CUSTRFND": "Customer Refund",
    "TRAN_DEPOSIT": "Deposit",
    "TRAN_DEPAPPL": "Deposit Application",
    "TRAN_ESTIMATE": "Estimate",
    "TRAN_EXPREPT": "Expense Report",
    "TRAN_FIND": "Find Transaction",
    "TRAN_CUSTINVC": "Invoice",
    "TRAN_CUSTINVCAPPRV": "Invoice Approval",
    "TRAN_ITEMRCPT": "Item Receipt",
    "TRAN_ITEMSHIP": "Item Fulfillment",
    "TRAN_JOURNAL": "Make Journal Entry",
    "TRAN_JOURNALAPPRV": "Journal Approval",
    "TRAN_OPPRTNTY": "Opportunity",
    "TRAN_POSTPERIODS": "Posting Period on Transactions",
    "TRAN_PURCHORD": "Purchase Order",
    "TRAN_PURCHREQ": "Requisition",
    "TRAN_REVARRNG": "Revenue Arrangement",
    "TRAN_RTNAUTH": "Return Authorization",
    "TRAN_SALESORD": "Sales Order",
    "TRAN_SALESORDAPPRV": "Sales Order Approval",
    "TRAN_TIMEBILL": "Track Time",
    "TRAN_TIMECALC": "Calculate Time",
    "TRAN_VENDBILL": "Bills",
    "TRAN_VENDCRED": "Enter Vendor Credits",
    "TRAN_VENDPYMT": "Pay Bills",
    "TRAN_BUDGET": "Set Up Budgets",
    "TRAN_FXREVAL": "Currency Revaluation",
}
_LISTS = {
    "LIST_ACCOUNT": "Accounts",
    "LIST_BILLINGSCHEDULE": "Billing Schedules",
    "LIST_CALENDAR": "Calendar",
    "LIST_CALL": "Phone Calls",
    "LIST_CAMPAIGN": "Marketing Campaigns",
    "LIST_CASE": "Cases",
    "LIST_CATEGORY": "Expense Categories",
    "LIST_CLASS": "Classes",
    "LIST_CONTACT": "Contacts",
    "LIST_CONTACTROLE": "Contact Roles",
    "LIST_CRMMESSAGE": "Track Messages",
    "LIST_CURRENCY": "Currency",
    "LIST_CUSTJOB": "Customers",
    "LIST_CUSTRECORDENTRY": "Custom Record Entries",
    "LIST_DEPARTMENT": "Departments",
    "LIST_EMPLOYEE": "Employees",
    "LIST_EMPLOYEE_RECORD": "Employee Record",
    "LIST_EVENT": "Events",
    "LIST_EXPORT": "Export Lists",
    "LIST_FILECABINET": "Documents and Files",
    "LIST_FIND": "Perform Search",
    "LIST_GENERICRESOURCE": "Generic Resources",
    "LIST_HISTORY": "Notes Tab",
    "LIST_ITEM": "Items",
    "LIST_JOB": "Projects",
    "LIST_LOCATION": "Locations",
    "LIST_OTHERNAME": "Other Names",
    "LIST_PARTNER": "Partners",
    "LIST_PAYMETH": "Payment Methods",
    "LIST_PAYROLLITEM": "Payroll Items",
    "LIST_PROJECTREVENUERULE": "Project Revenue Rules",
    "LIST_PROJECTTASK": "Project Tasks",
    "LIST_PROJECTTEMPLATE": "Project Templates",
    "LIST_REVENUEELEMENT": "Revenue Element",
    "LIST_REVENUEPLAN": "Revenue Recognition Plan",
    "LIST_REVRECSCHEDULE": "Revenue Recognition Schedules",
    "LIST_RSRCALLOCATION": "Resource Allocations",
    "LIST_SALESROLE": "Sales Roles",
    "LIST_SHIPITEM": "Shipping Items",
    "LIST_SUBSIDIARY": "Subsidiaries",
    "LIST_SYSTEMNOTES": "System Notes for Analytics and REST",
    "LIST_TASK": "Tasks",
    "LIST_TAXITEM": "Tax Records",
    "LIST_TAXSCHEDULE": "Tax Schedules",
    "LIST_UNIT": "Units",
    "LIST_VENDOR": "Vendors",
    "LIST_WORKCALENDAR": "Work Calendar",
}
_SETUP = {
    "ADMI_ACCOUNTINGLIST": "Accounting Lists",
    "ADMI_ACCTPERIODS": "Manage Accounting Periods",
    "ADMI_ACCTSETUP": "Accounting Preferences",
    "ADMI_CRMLIST": "CRM Lists",
    "ADMI_CUSTBODYFIELD": "Custom Body Fields",
    "ADMI_CUSTCOLUMNFIELD": "Custom Column Fields",
    "ADMI_CUSTENTITYFIELD": "Custom Entity Fields",
    "ADMI_CUSTEVENTFIELD": "Custom Event Fields",
    "ADMI_CUSTFIELD": "Custom Fields",
    "ADMI_CUSTITEMFIELD": "Custom Item Fields",
    "ADMI_CUSTLIST": "Custom Lists",
    "ADMI_CUSTOTHERFIELD": "Other Custom Fields",
    "ADMI_CUSTRECORD": "Custom Record Types",
    "ADMI_CUSTOMSCRIPT": "SuiteScript",
    "ADMI_EMPLOYEELIST": "Other Lists",
    "ADMI_ENTITYSTATUS": "Customer Status",
    "ADMI_TAXPERIODS": "Manage Tax Reporting Periods",
}
# Permissions that are held or not: their one level is Full.
_SETUP_SWITCHES = {
    "ADMI_AUDITLOGIN": "View Login Audit Trail",
    "ADMI_CERTIFICATES": "Certificate Management",
    "ADMI_COMPANY": "Company Information",
    "ADMI_DELETEDRECORD": "Deleted Records",
    "ADMI_ENABLEFEATURES": "Enable Features",
    "ADMI_IMPORTCSVFILE": "Import CSV File",
    "ADMI_INTEGRAPP": "Integration Application",
    "ADMI_KERNEL": "Core Administration Permissions",
    "ADMI_LOGIN_OAUTH": "Log in using Access Tokens",
    "ADMI_LOGIN_OAUTH2": "Log in using OAuth 2.0 Access Tokens",
    "ADMI_MANAGE_OAUTH2": "OAuth 2.0 Authorized Applications Management",
    "ADMI_MANAGE_OAUTH_TOKENS": "Access Token Management",
    "ADMI_MANAGE_OWN_OAUTH_TOKENS": "User Access Token",
    "ADMI_MANAGE_OWN_OAUTH2_CERTS": "Manage Own OAuth 2.0 Client Credentials Certificates",
    "ADMI_MANAGEROLES": "Bulk Manage Roles",
    "ADMI_MANAGEUSERS": "Manage Users",
    "ADMI_NSASOIDCPROVIDER": "OIDC Provider Setup",
    "ADMI_PERIODOVERRIDE": "Override Period Restrictions",
    "ADMI_RESTWEBSERVICES": "REST Web Services",
    "ADMI_SETUPCOMPANY": "Set Up Company",
    "ADMI_SUITESIGNON": "SuiteSignOn",
    "ADMI_WEBSERVICES": "SOAP Web Services",
    "ADMI_WEBSERVICESLOG": "View SOAP Web Services Logs",
    "ADMI_WEBSERVICESSETUP": "Set Up SOAP Web Services",
}
_REPORTS = {
    "REPO_ANALYTICS": "SuiteAnalytics Workbook",
    "REPO_FINANCIALS": "Financial Statements",
    "REPO_SALES": "Sales",
    "REPO_TIME": "Time Tracking",
    "REPO_TRAN": "Transaction Detail",
}


def _table() -> Iterator[Permission]:
    for names, category, levels in (
        (_TRANSACTIONS, Category.TRANSACTIONS, (VIEW, CREATE, EDIT, FULL)),
        (_REPORTS, Category.REPORTS, (VIEW, EDIT)),
        (_LISTS, Category.LISTS, (VIEW, CREATE, EDIT, FULL)),
        (_SETUP, Category.SETUP, (VIEW, CREATE, EDIT, FULL)),
        (_SETUP_SWITCHES, Category.SETUP, (FULL,)),
    ):
        for permission_id, name in names.items():
            yield Permission(id=permission_id, name=name, category=category, levels=levels)


PERMISSIONS = {one.id: one for one in _table()}

# What the doors ask of a role beside the record's own permission; reference §2.1, §3.3, §5.1.
LOGIN_BY_TOKEN = "ADMI_LOGIN_OAUTH"  # noqa: S105 - a permission's name
LOGIN_BY_OAUTH2 = "ADMI_LOGIN_OAUTH2"
OWN_TOKENS = "ADMI_MANAGE_OWN_OAUTH_TOKENS"
ALL_TOKENS = "ADMI_MANAGE_OAUTH_TOKENS"
OWN_CERTIFICATES = "ADMI_MANAGE_OWN_OAUTH2_CERTS"
INTEGRATIONS = "ADMI_INTEGRAPP"
DOOR_PERMISSIONS = (
    LOGIN_BY_TOKEN,
    LOGIN_BY_OAUTH2,
    "ADMI_WEBSERVICES",
    "ADMI_RESTWEBSERVICES",
    "REPO_ANALYTICS",
    "LIST_FIND",
)

# Held by a connector's role for its own ends: not the permissions that administer people, roles and the account.
_NOT_FOR_CONNECTORS = {*_SETUP_SWITCHES} - {*DOOR_PERMISSIONS, "ADMI_DELETEDRECORD", OWN_CERTIFICATES}


def connector_permissions() -> dict[str, int]:
    """Return what a connector's role holds: every record type and every door, nothing that administers the account."""
    return {one.id: max(one.levels) for one in PERMISSIONS.values() if one.id not in _NOT_FOR_CONNECTORS}


def label_of(permission: str) -> str:
    """Name a permission as refusals do; one of a custom record type is named by its script id."""
    known = PERMISSIONS.get(permission)
    return known.label if known is not None else permission
