"""An account's state kept aside and put back, kept in its database between processes, and copied into a sandbox.

Keeps records, sequences, customizations, searches and jobs, who may come in (`access`) and the clock; journal and audit
trail go on. Snapshots of an account with a state file lie in a folder beside it, others in memory.
"""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Protocol

import msgspec

from netsuite_simulator.access import Access
from netsuite_simulator.clock import Clock
from netsuite_simulator.errands import Errands
from netsuite_simulator.storage import Storage

_ACCOUNT, _OFFSET, _ACCESS = "account", "clock offset", "tokens"
_SUFFIX = ".snapshot"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


class StateError(ValueError):
    """A state file or snapshot cannot be used as asked."""


class Kept(Protocol):
    """What of an account is kept."""

    id: str
    clock: Clock
    storage: Storage
    access: Access
    errands: Errands

    def renew_writer(self) -> None:
        """Forget what writing has learned about the tables, after they changed."""


class Snapshot(msgspec.Struct, frozen=True, kw_only=True):
    """An account's whole state at an instant; it holds secrets."""

    database: bytes
    access: str
    offset_seconds: float
    frozen_at: float | None = None

    def __repr__(self) -> str:
        return f"<snapshot of {len(self.database)} bytes>"


def snapshot_of(account: Kept) -> Snapshot:
    """Take an account's state."""
    return Snapshot(
        database=account.storage.snapshot(),
        access=account.access.dump(),
        offset_seconds=account.clock.offset_seconds,
        frozen_at=account.clock.frozen_at,
    )


def restore(account: Kept, snapshot: Snapshot) -> None:
    """Put a state in the place of an account's own."""
    account.storage.restore(snapshot.database)
    account.access.load(snapshot.access)
    account.clock.offset_seconds = snapshot.offset_seconds
    account.clock.frozen_at = snapshot.frozen_at
    account.renew_writer()


def refresh(sandbox: Kept, production: Kept | Snapshot) -> None:
    """Make a sandbox anew from its production account: records, setup, roles and people come along.

    Access tokens, OAuth 2.0 grants and certificates do not, nor searches and jobs under way; the sandbox keeps its id,
    clock and signing keys. Which parts of the setup a refresh takes along is assumed.
    """
    snapshot = production if isinstance(production, Snapshot) else snapshot_of(production)
    access, keys = sandbox.access, list(sandbox.access.keys)
    sandbox.storage.restore(snapshot.database)
    access.load(snapshot.access)
    access.tokens.clear()
    access.certificates.load([])
    access.authorizations.load([], [])
    access.keys.load(keys)
    sandbox.errands.clear()
    sandbox.renew_writer()
    if sandbox.storage.path is not None:
        save(sandbox)


class Snapshots:
    """Snapshots of one account by name."""

    def __init__(self, account: Kept) -> None:
        self._account = account
        self._in_memory: dict[str, Snapshot] = {}
        path = account.storage.path
        self._folder = None if path is None else Path(f"{path}.snapshots")

    @property
    def names(self) -> list[str]:
        """The snapshots there are."""
        if self._folder is None:
            return list(self._in_memory)
        return sorted(path.stem for path in self._folder.glob(f"*{_SUFFIX}"))

    def take(self, name: str) -> None:
        """Keep the account's state aside under a name, in the place of an older one of that name."""
        if _NAME.fullmatch(name) is None:
            raise StateError(f"{name[:80]} is no name for a snapshot: use up to 64 letters, digits, - and _")
        snapshot = snapshot_of(self._account)
        if self._folder is None:
            self._in_memory[name] = snapshot
            return
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            beside = self._folder / f".{name}.{os.getpid()}"
            with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(msgspec.msgpack.encode(snapshot))
            beside.replace(self._folder / f"{name}{_SUFFIX}")
        except OSError as error:
            raise StateError(f"the snapshot {name} cannot be written ({error})") from error

    def one(self, name: str) -> Snapshot:
        """Return a snapshot that has to be there."""
        if name not in self.names:
            raise StateError(f"there is no snapshot {name}; there are {', '.join(self.names) or 'none'}")
        if self._folder is None:
            return self._in_memory[name]
        try:
            return msgspec.msgpack.decode((self._folder / f"{name}{_SUFFIX}").read_bytes(), type=Snapshot)
        except (OSError, msgspec.DecodeError) as error:
            raise StateError(f"the snapshot {name} cannot be read ({error}); take it again") from error

    def restore(self, name: str) -> None:
        """Put a kept state in the place of the present one."""
        restore(self._account, self.one(name))

    def remove(self, name: str) -> None:
        """Forget a snapshot."""
        if name not in self.names:
            raise StateError(f"there is no snapshot {name}; there are {', '.join(self.names) or 'none'}")
        if self._folder is None:
            del self._in_memory[name]
        else:
            (self._folder / f"{name}{_SUFFIX}").unlink()


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
