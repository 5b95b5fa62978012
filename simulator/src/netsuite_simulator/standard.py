"""What a new account holds before anybody works in it: the standard rows of its lists.

Ids of terms, customer and project statuses as the reference and its samples show them (§9.3, §9.9); the other rows are
the defaults of a new account and assumed. Refuses to know storage: `storage` writes these rows into an empty database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType

Rows = Mapping[int, Mapping[str, object]]


def _named(*names: str) -> Rows:
    return {number: {"name": name, "isInactive": False} for number, name in enumerate(names, start=1)}


def _terms(*terms: tuple[str, int, int, int]) -> Rows:
    """List terms: name, days until due, discount percent, days until it expires."""
    return {
        number: {
            "name": name,
            "daysUntilNetDue": days,
            "isInactive": False,
            "dateDriven": False,
            **({"discountPercent": Decimal(percent), "daysUntilExpiry": expiry} if percent else {}),
        }
        for number, (name, days, percent, expiry) in enumerate(terms, start=1)
    }


def _customer_statuses(stages: Iterable[tuple[int, str, str, int]]) -> Rows:
    return {
        number: {"name": f"{stage}-{name}", "stage": stage, "probability": Decimal(percent), "isInactive": False}
        for number, stage, name, percent in stages
    }


STANDARD_ROWS: Mapping[str, Rows] = MappingProxyType(
    {
        "term": _terms(
            ("Net 15", 15, 0, 0),
            ("Net 30", 30, 0, 0),
            ("Net 60", 60, 0, 0),
            ("Due on receipt", 0, 0, 0),
            ("1% 10 Net 30", 30, 1, 10),
            ("2% 10, Net 30", 30, 2, 10),
            ("Net 45", 45, 0, 0),
            ("Net 90", 90, 0, 0),
        ),
        "paymentMethod": _named(
            "Cash", "Check", "Discover", "Master Card", "VISA", "American Express", "Wire Transfer"
        ),
        "priceLevel": _named(
            "Base Price", "Alternate Price 1", "Alternate Price 2", "Alternate Price 3", "Online Price"
        ),
        "jobStatus": _named("Closed", "In Progress", "Not Awarded", "Pending", "Awarded"),
        "jobType": _named("External", "Internal"),
        "customerStatus": _customer_statuses(
            (
                (6, "LEAD", "Unqualified", 0),
                (7, "LEAD", "Qualified", 10),
                (8, "PROSPECT", "In Discussion", 40),
                (9, "PROSPECT", "Identified Decision Makers", 30),
                (10, "PROSPECT", "Proposal", 50),
                (11, "PROSPECT", "In Negotiation", 75),
                (12, "PROSPECT", "Purchasing", 90),
                (13, "CUSTOMER", "Closed Won", 100),
                (14, "PROSPECT", "Closed Lost", 0),
                (15, "CUSTOMER", "Renewal", 100),
                (16, "CUSTOMER", "Lost Customer", 0),
            )
        ),
        "customerCategory": _named("Corporate", "Individual"),
        "vendorCategory": _named("Consultant", "Contract labor", "Supplies", "Tax agency"),
        "supportCaseStatus": {
            1: {"name": "Not Started", "stage": "OPEN", "isInactive": False},
            2: {"name": "In Progress", "stage": "OPEN", "isInactive": False},
            3: {"name": "Escalated", "stage": "ESCALATED", "isInactive": False},
            4: {"name": "Re-Opened", "stage": "OPEN", "isInactive": False},
            5: {"name": "Closed", "stage": "CLOSED", "isInactive": False},
        },
        "supportCasePriority": _named("High", "Medium", "Low"),
        "supportCaseType": _named("Problem", "Question", "Request"),
        "supportCaseOrigin": _named("E-mail", "Phone", "Web"),
        "projectExpenseType": _named("Regular"),
        "workCalendar": {
            1: {
                "name": "Default Work Calendar",
                "workHoursPerDay": Decimal(8),
                "isDefault": True,
                "isInactive": False,
                **dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), True),
                **dict.fromkeys(("saturday", "sunday"), False),
            },
        },
    }
)
