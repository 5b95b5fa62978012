"""The features of Setup > Company > Enable Features: which there are, which are on, and which record types need one.

Ids as SuiteScript and SDF name them. Refuses to know doors and records: `lacking` answers whoever asks.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator


class Feature(enum.Enum):
    """A feature; the value is its id."""

    SOAP_WEB_SERVICES = "WEBSERVICESEXTERNAL"
    REST_WEB_SERVICES = "RESTWEBSERVICES"
    TOKEN_BASED_AUTHENTICATION = "TBA"  # noqa: S105 - a feature's id
    OAUTH2 = "OAUTH2"
    OIDC_PROVIDER = "NSASOIDCPROVIDER"
    SERVER_SUITESCRIPT = "SERVERSIDESCRIPTING"
    CUSTOM_RECORDS = "CUSTOMRECORDS"
    ANALYTICS = "SUITEANALYTICS"
    MULTI_CURRENCY = "MULTICURRENCY"
    SUBSIDIARIES = "SUBSIDIARIES"
    DEPARTMENTS = "DEPARTMENTS"
    CLASSES = "CLASSES"
    LOCATIONS = "LOCATIONS"
    ACCOUNTING_PERIODS = "ACCOUNTINGPERIODS"
    EXPENSE_REPORTS = "EXPREPORTS"
    TIME_TRACKING = "TIMETRACKING"
    PROJECTS = "JOBS"
    PROJECT_MANAGEMENT = "ADVANCEDJOBS"
    RESOURCE_ALLOCATIONS = "RESOURCEALLOCATIONS"
    CHARGE_BASED_BILLING = "CHARGEBASEDBILLING"
    ESTIMATES = "ESTIMATES"
    SALES_ORDERS = "SALESORDERS"
    OPPORTUNITIES = "OPPORTUNITIES"
    PURCHASE_ORDERS = "PURCHASEORDERS"
    ACCOUNTS_RECEIVABLE = "RECEIVABLES"
    ACCOUNTS_PAYABLE = "PAYABLES"
    CUSTOMER_SUPPORT = "SUPPORT"

    @property
    def label(self) -> str:
        """The feature as Enable Features shows it."""
        return LABELS[self]

    @property
    def subtab(self) -> str:
        """The subtab of Enable Features it stands on."""
        return _SUBTAB_OF[self]


LABELS = {
    Feature.SOAP_WEB_SERVICES: "SOAP Web Services",
    Feature.REST_WEB_SERVICES: "REST Web Services",
    Feature.TOKEN_BASED_AUTHENTICATION: "Token-Based Authentication",
    Feature.OAUTH2: "OAuth 2.0",
    Feature.OIDC_PROVIDER: "NetSuite as OIDC Provider",
    Feature.SERVER_SUITESCRIPT: "Server SuiteScript",
    Feature.CUSTOM_RECORDS: "Custom Records",
    Feature.ANALYTICS: "SuiteAnalytics Workbook",
    Feature.MULTI_CURRENCY: "Multiple Currencies",
    Feature.SUBSIDIARIES: "Subsidiaries",
    Feature.DEPARTMENTS: "Departments",
    Feature.CLASSES: "Classes",
    Feature.LOCATIONS: "Locations",
    Feature.ACCOUNTING_PERIODS: "Accounting Periods",
    Feature.EXPENSE_REPORTS: "Expense Reports",
    Feature.TIME_TRACKING: "Time Tracking",
    Feature.PROJECTS: "Projects",
    Feature.PROJECT_MANAGEMENT: "Project Management",
    Feature.RESOURCE_ALLOCATIONS: "Resource Allocations",
    Feature.CHARGE_BASED_BILLING: "Charge-Based Billing",
    Feature.ESTIMATES: "Estimates",
    Feature.SALES_ORDERS: "Sales Orders",
    Feature.OPPORTUNITIES: "Opportunities",
    Feature.PURCHASE_ORDERS: "Purchase Orders",
    Feature.ACCOUNTS_RECEIVABLE: "A/R",
    Feature.ACCOUNTS_PAYABLE: "A/P",
    Feature.CUSTOMER_SUPPORT: "Customer Support and Service",
}
SUBTABS = {
    "Company": (
        Feature.SUBSIDIARIES,
        Feature.DEPARTMENTS,
        Feature.CLASSES,
        Feature.LOCATIONS,
        Feature.MULTI_CURRENCY,
        Feature.PROJECTS,
        Feature.PROJECT_MANAGEMENT,
        Feature.RESOURCE_ALLOCATIONS,
        Feature.CHARGE_BASED_BILLING,
    ),
    "Accounting": (Feature.ACCOUNTING_PERIODS, Feature.ACCOUNTS_RECEIVABLE, Feature.ACCOUNTS_PAYABLE),
    "Transactions": (Feature.ESTIMATES, Feature.SALES_ORDERS, Feature.PURCHASE_ORDERS),
    "CRM": (Feature.OPPORTUNITIES, Feature.CUSTOMER_SUPPORT),
    "Employees": (Feature.TIME_TRACKING, Feature.EXPENSE_REPORTS),
    "Analytics": (Feature.ANALYTICS,),
    "SuiteCloud": (
        Feature.CUSTOM_RECORDS,
        Feature.SERVER_SUITESCRIPT,
        Feature.SOAP_WEB_SERVICES,
        Feature.REST_WEB_SERVICES,
        Feature.TOKEN_BASED_AUTHENTICATION,
        Feature.OAUTH2,
        Feature.OIDC_PROVIDER,
    ),
}
_SUBTAB_OF = {feature: name for name, features in SUBTABS.items() for feature in features}

# The feature a record type needs; which ones NetSuite asks for is assumed from the features' own descriptions.
NEEDED_BY_TYPE = {
    "timeBill": Feature.TIME_TRACKING,
    "timeSheet": Feature.TIME_TRACKING,
    "expenseReport": Feature.EXPENSE_REPORTS,
    "expenseCategory": Feature.EXPENSE_REPORTS,
    "job": Feature.PROJECTS,
    "jobType": Feature.PROJECTS,
    "jobStatus": Feature.PROJECTS,
    "projectTask": Feature.PROJECT_MANAGEMENT,
    "resourceAllocation": Feature.RESOURCE_ALLOCATIONS,
    "charge": Feature.CHARGE_BASED_BILLING,
    "chargeRule": Feature.CHARGE_BASED_BILLING,
    "currencyRate": Feature.MULTI_CURRENCY,
    "subsidiary": Feature.SUBSIDIARIES,
    "department": Feature.DEPARTMENTS,
    "classification": Feature.CLASSES,
    "location": Feature.LOCATIONS,
    "accountingPeriod": Feature.ACCOUNTING_PERIODS,
    "estimate": Feature.ESTIMATES,
    "salesOrder": Feature.SALES_ORDERS,
    "opportunity": Feature.OPPORTUNITIES,
    "purchaseOrder": Feature.PURCHASE_ORDERS,
    "invoice": Feature.ACCOUNTS_RECEIVABLE,
    "creditMemo": Feature.ACCOUNTS_RECEIVABLE,
    "customerPayment": Feature.ACCOUNTS_RECEIVABLE,
    "vendorBill": Feature.ACCOUNTS_PAYABLE,
    "vendorCredit": Feature.ACCOUNTS_PAYABLE,
    "vendorPayment": Feature.ACCOUNTS_PAYABLE,
    "supportCase": Feature.CUSTOMER_SUPPORT,
}
# What a feature rests on: NetSuite turns none on without these, nor these off before it.
RESTS_ON = {
    Feature.PROJECT_MANAGEMENT: (Feature.PROJECTS,),
    Feature.RESOURCE_ALLOCATIONS: (Feature.PROJECT_MANAGEMENT,),
    Feature.CHARGE_BASED_BILLING: (Feature.PROJECT_MANAGEMENT,),
    Feature.OIDC_PROVIDER: (Feature.OAUTH2,),
}


class FeatureError(ValueError):
    """A feature cannot be turned on or off as asked."""


class Features:
    """The features of one account; all are on in a new one."""

    def __init__(self) -> None:
        self._disabled: set[Feature] = set()

    def __iter__(self) -> Iterator[Feature]:
        return (one for one in Feature if one not in self._disabled)

    def __contains__(self, feature: Feature) -> bool:
        return feature not in self._disabled

    @property
    def disabled(self) -> list[Feature]:
        """The features that are off."""
        return [one for one in Feature if one in self._disabled]

    def enable(self, *features: Feature) -> None:
        """Turn features on; those they rest on have to be on, or among them."""
        self._set(self._disabled - set(features))

    def disable(self, *features: Feature) -> None:
        """Turn features off; none that is on may rest on them."""
        self._set(self._disabled | set(features))

    def choose(self, features: Iterable[Feature]) -> None:
        """Turn exactly these features on, as the page does when it is saved."""
        self._set(set(Feature) - set(features))

    def lacking(self, type_name: str) -> Feature | None:
        """Return the feature that a record type needs and that is off."""
        needed = NEEDED_BY_TYPE.get(type_name)
        return needed if needed in self._disabled else None

    def _set(self, disabled: set[Feature]) -> None:
        for feature, needed in RESTS_ON.items():
            missing = [one.label for one in needed if one in disabled]
            if feature not in disabled and missing:
                raise FeatureError(f"{feature.label} needs {', '.join(missing)}: enable both, or disable both.")
        self._disabled = disabled
