"""How long the texts of a record may be, by the names of their fields (reference §9).

No published schema tells the lengths (the XSDs of §10.1 have none), so all are assumed: from the error messages that users
quote (state 30, addr1 150), from lists that importers keep, and at the upper end where those differ. A text without a length
of its own may be as long as NetSuite's database keeps one in a row.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

LONGEST = 4_000
LENGTHS: Mapping[str, int] = MappingProxyType(
    {
        **dict.fromkeys(("entityId", "companyName", "altName", "legalName", "attention", "addressee"), 83),
        **dict.fromkeys(("firstName", "middleName", "lastName"), 32),
        "salutation": 30,
        **dict.fromkeys(("phone", "altPhone", "fax", "homePhone", "mobilePhone", "officePhone", "addrPhone"), 32),
        **dict.fromkeys(("email", "altEmail"), 254),
        **dict.fromkeys(("addr1", "addr2", "addr3"), 150),
        **dict.fromkeys(("city", "zip"), 50),
        "state": 30,
        **dict.fromkeys(("tranId", "otherRefNum", "checkNum", "refNum", "transactionNumber"), 45),
        **dict.fromkeys(("itemId", "displayName", "vendorName"), 250),
        "title": 256,
        "url": 999,
    }
)
