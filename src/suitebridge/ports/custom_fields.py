"""What the use cases need to keep the custom fields of a company: those found in NetSuite and those defined in the workspace, one list per record type."""

from __future__ import annotations

from typing import Protocol

from suitebridge.domain.custom_fields import TypeFields
from suitebridge.domain.events import Event
from suitebridge.domain.people import Stamp


class CustomFieldLists(Protocol):
    """The custom fields of one company."""

    def load(self) -> tuple[TypeFields, ...]:
        """Give every list as it stands now, in order of system and record type."""
        ...

    def save(self, wanted: TypeFields, *, stamp: Stamp, told: Event | None) -> TypeFields:
        """Store a list in place of the one of the version that `wanted` names, and tell it in the trail; give it with its new version.

        Values in records stay, also those of a field that is not in the list any more. Raise `RecordRefusedError` SB-CFG-014 where somebody was
        faster.
        """
        ...
