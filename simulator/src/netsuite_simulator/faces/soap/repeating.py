"""Records that a search finds more than once: by their lines, and by the records that refer to them (reference §4.15).

A search that leaves out mainLine finds a transaction once per line. The main line is a line too, so a transaction of two
lines is found three times; mainLine true finds it once, false as often as it has lines below the main one. An advanced
search with columns of a join that leads to several records finds a record once for each of them that the join's criteria
let in, and once without any where there is none; of two such joins each follower meets each (assumed, as a database joins).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from netsuite_simulator.account import Account
from netsuite_simulator.criteria import Condition, where_clause
from netsuite_simulator.faces.soap.joins import Followed, followers
from netsuite_simulator.schemas.fields import RecordType
from netsuite_simulator.shelves import Line, Stored
from netsuite_simulator.tables import HIDDEN, LINE_TABLE, quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One result of a search: a record, and the line it was found by; None for a main line or a record without lines.

    `followers` holds the record shown behind each backward join.
    """

    record: Stored
    line: Line | None = None
    line_number: int = 0
    followers: Mapping[str, Stored] = field(default_factory=dict)


def find_by_line(
    account: Account,
    record_type: RecordType,
    where: Sequence[Condition],
    *,
    main_line: bool | None,
    limit: int,
    offset: int,
) -> tuple[list[Found], int]:
    """Return one page of transactions, repeated per line, and the number of lines in all."""
    shelf = account.storage.shelves[record_type.name]
    condition, values = where_clause(shelf, where)
    lines = "" if main_line is None else f" AND mainline = '{'T' if main_line else 'F'}'"
    found = (
        f'FROM {LINE_TABLE} WHERE "transaction" IN (SELECT id FROM {quoted(record_type.table)}'  # noqa: S608
        f" WHERE {shelf.restriction or '1 = 1'} AND ({condition})){lines}"
    )
    (total,) = account.connection.execute(f"SELECT COUNT(*) {found}", values).fetchone()
    page = account.connection.execute(
        f'SELECT "transaction", {HIDDEN}list, linesequencenumber {found} ORDER BY "transaction", id, uniquekey'
        " LIMIT ? OFFSET ?",
        (*values, limit, offset),
    ).fetchall()
    ids = list(dict.fromkeys(str(number) for number, _, _ in page))
    by_id = {one.id: one for one in account.get_many(record_type.name, internal_ids=ids) if one}
    return [_found(by_id[str(number)], name, position) for number, name, position in page], int(total)


def find_with_followers(
    account: Account,
    record_type: RecordType,
    where: Sequence[Condition],
    followed: Sequence[Followed],
    *,
    limit: int,
    offset: int,
) -> tuple[list[Found], int]:
    """Return one page of records, repeated for all that refer to them by these joins, and the number of results in all."""
    shelf = account.storage.shelves[record_type.name]
    condition, bound = where_clause(shelf, where)
    found = (
        f"FROM (SELECT id FROM {quoted(record_type.table)} WHERE {shelf.restriction or '1 = 1'} AND ({condition})) AS o"  # noqa: S608
    )
    columns = ["o.id"]
    for place, (join, theirs) in enumerate(followed):
        query, values = followers(join, record_type, theirs)
        found += f" LEFT JOIN ({query}) AS f{place} ON f{place}.whose = o.id"
        columns += [f"f{place}.kind", f"f{place}.id"]
        bound += values
    (total,) = account.connection.execute(f"SELECT COUNT(*) {found}", bound).fetchone()
    order = ", ".join(columns)
    page = account.connection.execute(
        f"SELECT {order} {found} ORDER BY {order} LIMIT ? OFFSET ?",
        (*bound, limit, offset),
    ).fetchall()
    results = []
    for number, *pairs in page:
        record = shelf.read(account.connection, number)
        if record is not None:
            results.append(Found(record=record, followers=_read_followers(account, followed, pairs)))
    return results, int(total)


def _read_followers(account: Account, followed: Sequence[Followed], pairs: Sequence[int | None]) -> dict[str, Stored]:
    """Read the record behind each join; `pairs` holds the place of its type and its id, twice None where there is none."""
    shown: dict[str, Stored] = {}
    for (join, theirs), kind, number in zip(followed, pairs[::2], pairs[1::2], strict=True):
        record = None if kind is None or number is None else theirs[kind][0].read(account.connection, number)
        if record is not None:
            shown[join.name] = record
    return shown


def _found(record: Stored, sublist: str | None, position: int) -> Found:
    lines = record.values.get(sublist) if sublist is not None else None
    if not isinstance(lines, list) or not 0 < position <= len(lines):
        return Found(record=record)
    return Found(record=record, line=lines[position - 1], line_number=position)
