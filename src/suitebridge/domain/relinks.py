"""What another NetSuite account is to the one before it: whoever confirms it says so, because an id alone does not tell (design §4)."""

from __future__ import annotations

import enum


class Relink(enum.Enum):
    """What becomes of the NetSuite IDs on the company's records. The value is what programs and the command line write."""

    COPY = "copy"
    OTHER = "other"


LABELS = {Relink.COPY: "a copy of the account before", Relink.OTHER: "another account"}

MEANINGS = {
    Relink.COPY: "A copy of the account before: its records have the same internal ids, so NetSuite IDs and bindings go on counting.",
    Relink.OTHER: "Another account: NetSuite IDs of the account before stay on the records and count for nothing here.",
}
