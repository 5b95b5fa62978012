"""What an account remembers between requests: searches to page through and asynchronous jobs, each for its time.

Kept in the account's database, so that they outlive a restart of whoever serves a state file, and go with a snapshot.
Refuses to know what they hold: the doors that keep them read them again.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from netsuite_simulator.storage import Storage

ROOM = 10_000  # of a kind; those used longest ago are forgotten first
_TRIMMED_EVERY = 256  # the room may be overdrawn by as many


class Errands:
    """The errands of one account, by kind and id."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._kept = 0

    def keep(self, kind: str, identity: str, content: bytes, now: datetime) -> None:
        """Remember one, in the place of an older one of that id."""
        with self._storage.transaction():
            self._storage.connection.execute(
                "INSERT OR REPLACE INTO x_errand (kind, id, used_at, content) VALUES (?, ?, ?, ?)",
                (kind, identity, now.timestamp(), content),
            )
            self._kept += 1
            if self._kept % _TRIMMED_EVERY == 0:
                self._storage.connection.execute(
                    "DELETE FROM x_errand WHERE kind = ? AND id IN"
                    " (SELECT id FROM x_errand WHERE kind = ? ORDER BY used_at DESC, rowid DESC LIMIT -1 OFFSET ?)",
                    (kind, kind, ROOM),
                )

    def use(self, kind: str, identity: str, now: datetime, *, life: timedelta | None = None) -> bytes | None:
        """Return one that lives, and let it live on for as long again; no life is for good."""
        row = self._storage.connection.execute(
            "SELECT used_at, content FROM x_errand WHERE kind = ? AND id = ?", (kind, identity)
        ).fetchone()
        if row is None or (life is not None and now.timestamp() - float(row[0]) > life.total_seconds()):
            return None
        if life is not None:
            with self._storage.transaction():
                self._storage.connection.execute(
                    "UPDATE x_errand SET used_at = ? WHERE kind = ? AND id = ?", (now.timestamp(), kind, identity)
                )
        return bytes(row[1])

    def next_number(self, kind: str) -> int:
        """Return the next number of a kind, from 1."""
        with self._storage.transaction():
            return self._storage.next_number(f"errand {kind}")

    def clear(self) -> None:
        """Forget them all."""
        with self._storage.transaction():
            self._storage.connection.execute("DELETE FROM x_errand")
