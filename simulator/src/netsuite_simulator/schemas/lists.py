"""Choice lists that several record types share, as data.

Ids come from the reference where it names them (§9.7 approval status, §9.9 terms are the account's own list); the
others are the defaults of a new account and marked assumed.
"""

from __future__ import annotations

from netsuite_simulator.schemas.fields import Choice
from netsuite_simulator.schemas.shorthand import numbered

EMAIL_PREFERENCE = (
    Choice(id="DEFAULT", label="Default", soap="_default"),
    Choice(id="HTML", label="HTML", soap="_hTML"),
    Choice(id="PDF", label="PDF", soap="_pDF"),
)
SUBSCRIPTION_STATUS = numbered(
    ("Soft Opt-In", "_softOptIn"),
    ("Soft Opt-Out", "_softOptOut"),
    ("Confirmed Opt-In", "_confirmedOptIn"),
    ("Confirmed Opt-Out", "_confirmedOptOut"),
)

TIME_APPROVAL = numbered("Open", "Pending Approval", "Approved", "Rejected")  # reference §9.7
TRANSACTION_APPROVAL = numbered("Pending Approval", "Approved", "Rejected")  # §9.14: 2 is approved on transactions

TERMS = numbered("Net 15", "Net 30", "Net 60", "Due on receipt", "1% 10 Net 30", "2% 10, Net 30", "Net 45", "Net 90")
TERM_DAYS = {"1": 15, "2": 30, "3": 60, "4": 0, "5": 30, "6": 30, "7": 45, "8": 90}

CUSTOMER_STATUS = tuple(
    Choice(id=number, label=label)
    for number, label in (
        ("6", "LEAD-Unqualified"),
        ("7", "LEAD-Qualified"),
        ("8", "PROSPECT-In Discussion"),
        ("9", "PROSPECT-Identified Decision Makers"),
        ("10", "PROSPECT-Proposal"),
        ("11", "PROSPECT-In Negotiation"),
        ("12", "PROSPECT-Purchasing"),
        ("13", "CUSTOMER-Closed Won"),
        ("14", "PROSPECT-Closed Lost"),
        ("15", "CUSTOMER-Renewal"),
        ("16", "CUSTOMER-Lost Customer"),
    )
)
JOB_STATUS = numbered("Closed", "In Progress", "Not Awarded", "Pending", "Awarded")

EXPORT_FLAG = "custentity_oa_export_to_openair"
EXPORT_FLAG_LABEL = "Export to OpenAir"
