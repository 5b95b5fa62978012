"""Choice lists that several record types share, as data.

Ids come from the reference where it names them (§9.7 approval status); lists that are records of their own have their
rows in `standard`.
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

EXPORT_FLAG = "custentity_oa_export_to_openair"
EXPORT_FLAG_LABEL = "Export to OpenAir"
