"""What the use cases need to keep a company's real-time settings: what is exported when it is saved, and the key that pushes are signed with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from suitebridge.domain.credentials import Secret
from suitebridge.domain.people import Stamp
from suitebridge.ports.connections import SecretMark


@dataclass(frozen=True, slots=True, kw_only=True)
class RealTime:
    """The settings without the key. `exports` are workspace record types; `configured_by` is the record id of who saved them last."""

    exports: frozenset[str] = frozenset()
    configured_by: str = ""
    key: SecretMark | None = None
    version: int = 0


class RealTimeSettings(Protocol):
    """The real-time settings of one company. The key is sealed before it is stored; every change is told in the trail in the same transaction."""

    def get(self) -> RealTime:
        """Show the settings."""
        ...

    def save_exports(self, exports: frozenset[str], stamp: Stamp, *, version: int) -> None:
        """Store which record types are exported when they are saved. Raise `RecordRefusedError` SB-AUTO-002 where the settings are of another version."""
        ...

    def save_key(self, key: Secret | None, stamp: Stamp) -> None:
        """Store the key that pushes are signed with, in the place of an earlier one; None removes it."""
        ...

    def key(self) -> Secret | None:
        """Open the key. Raise `RunStoppedError` SB-KEY-001 if it cannot be opened."""
        ...
