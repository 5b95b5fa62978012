"""Records made from others and saved at once (reference §5.3): `account.transform(source type, type, values, internal_id=…)`.

Refuses to know what may be made from what and what travels (`transforms`), and doors.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from netsuite_simulator.results import Grants, Rejection, Written
from netsuite_simulator.shelves import Stored
from netsuite_simulator.storage import Storage
from netsuite_simulator.transforms import with_changes


class Maker(Protocol):
    """What makes and keeps the records of an account."""

    storage: Storage

    def initialize(
        self,
        type_name: str,
        source_type: str,
        *,
        internal_id: str | None = None,
        external_id: str | None = None,
        role: Grants | None = None,
    ) -> Stored | Rejection:
        """Make a record from another one, without saving it."""

    def create(
        self,
        type_name: str,
        values: Mapping[str, object],
        *,
        external_id: str | None = None,
        role: Grants | None = None,
    ) -> Written | Rejection:
        """Create a record."""


class Transforming:
    """Makes records of one account from others."""

    def __init__(self, account: Maker) -> None:
        self._account = account

    def __call__(
        self,
        source_type: str,
        type_name: str,
        values: Mapping[str, object],
        *,
        internal_id: str | None = None,
        external_id: str | None = None,
        new_external_id: str | None = None,
        role: Grants | None = None,
    ) -> Written | Rejection:
        """Make a record of `type_name` from another one and save it, with the caller's values laid over it."""
        account = self._account
        made = account.initialize(type_name, source_type, internal_id=internal_id, external_id=external_id, role=role)
        if isinstance(made, Rejection):
            return made
        changed = with_changes(account.storage.shelves[type_name], made, values)
        return account.create(type_name, changed, external_id=new_external_id, role=role)
