"""What of a database's settings could cost a commit that was answered, when the power fails or a server is replaced. It changes none of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from suitebridge.adapters.store.databases import OPEN, Cell, Database

_SYNCHRONOUS_FULL: Final = 2
_LOSES: Final = "Work that was reported as done may be lost when the power fails"

# Each setting, how it has to stand, and what is to be done where it does not (design §9, quality.md F66).
_SQLITE: Final[Mapping[str, tuple[Callable[[Cell], bool], str]]] = {
    "journal_mode": (
        lambda value: value == "wal",
        "The file system of the data directory keeps no write-ahead log, as drives of a network do: put the data directory on a local disk.",
    ),
    "synchronous": (
        lambda value: isinstance(value, int) and value >= _SYNCHRONOUS_FULL,
        f"{_LOSES}: something in this process has changed the setting, please report it.",
    ),
}
_POSTGRESQL: Final[Mapping[str, tuple[Callable[[Cell], bool], str]]] = {
    "fsync": (
        lambda value: value == "on",
        f"{_LOSES}: set fsync = on at the server, unless whoever runs it promises the same by other means.",
    ),
    "full_page_writes": (
        lambda value: value == "on",
        "A power failure may damage the database: set full_page_writes = on at the server, unless its disks write whole pages.",
    ),
    "synchronous_commit": (
        lambda value: value not in {"off", "local"},
        f"{_LOSES}, or a standby takes over: take synchronous_commit out of the options in database_url.",
    ),
}


def weaknesses() -> Sequence[str]:
    """Name each setting of the database that was opened last which does not keep what was committed, with what to do."""
    database = OPEN.last()
    wanted, asks = (_SQLITE, "PRAGMA") if database.is_sqlite else (_POSTGRESQL, "SHOW")
    found = {name: _value(database, f"{asks} {name}") for name in wanted}
    return [
        f"The database {database.place} has {name} = {found[name]}. {said}"
        for name, (is_kept, said) in wanted.items()
        if not is_kept(found[name])
    ]


def _value(database: Database, question: str) -> Cell:
    ((value,),) = database.fetch(question)
    return value
