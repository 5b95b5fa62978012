"""An account's state kept aside and put back, and kept in its database between processes.

Keeps records, sequences, custom fields, who may come in (`access`) and the clock's offset; journal and audit trail go on.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import Protocol

from netsuite_simulator.access import Access
from netsuite_simulator.clock import Clock
from netsuite_simulator.storage import Storage

_ACCOUNT, _OFFSET, _ACCESS = "account", "clock offset", "tokens"


class StateError(ValueError):
    """A state file or snapshot cannot be used as asked."""


class Kept(Protocol):
    """What of an account is kept."""

    id: str
    clock: Clock
    storage: Storage
    access: Access

    def renew_writer(self) -> None:
        """Forget what writing has learned about the tables, after they changed."""


@dataclass(frozen=True, slots=True)
class _Snapshot:
    database: bytes
    access: str
    offset_seconds: float


class Snapshots:
    """Snapshots of one account by name, in memory."""

    def __init__(self, account: Kept) -> None:
        self._account = account
        self._kept: dict[str, _Snapshot] = {}

    @property
    def names(self) -> list[str]:
        """The snapshots there are."""
        return list(self._kept)

    def take(self, name: str) -> None:
        """Keep the account's state aside under a name."""
        account = self._account
        self._kept[name] = _Snapshot(account.storage.snapshot(), account.access.dump(), account.clock.offset_seconds)

    def restore(self, name: str) -> None:
        """Put a kept state in the place of the present one."""
        kept = self._kept.get(name)
        if kept is None:
            raise StateError(f"there is no snapshot {name}; there are {', '.join(self._kept) or 'none'}")
        account = self._account
        account.storage.restore(kept.database)
        account.access.load(kept.access)
        account.clock.offset_seconds = kept.offset_seconds
        account.renew_writer()


def save(account: Kept) -> None:
    """Keep the clock and who may come in in the account's database, so that a state file brings them back."""
    storage = account.storage
    with storage.transaction():
        storage.set_setting(_ACCOUNT, account.id)
        storage.set_setting(_OFFSET, str(account.clock.offset_seconds))
        storage.set_setting(_ACCESS, account.access.dump())


def load(account: Kept) -> None:
    """Bring back what `save` kept, where there is something."""
    storage = account.storage
    known = storage.setting(_ACCOUNT)
    if known is not None and known != account.id:
        raise StateError(
            f"the state file {storage.path} holds account {known}, not {account.id}: give that account id, or another file"
        )
    offset = storage.setting(_OFFSET)
    if offset is not None:
        account.clock.offset_seconds = float(offset)
    access = storage.setting(_ACCESS)
    if access is not None:
        account.access.load(access)


def account_id_in(path: str) -> str | None:
    """Return the account id a state file holds; it raises `sqlite3.DatabaseError` where the file is none."""
    with closing(sqlite3.connect(path)) as connection:
        try:
            row = connection.execute("SELECT value FROM x_setting WHERE name = ?", (_ACCOUNT,)).fetchone()
        except sqlite3.OperationalError:  # an empty file has no tables yet
            return None
    return None if row is None else str(row[0])
