"""Transactions found line by line: a search that leaves out mainLine finds a transaction once per line (reference §4.15).

The main line is a line too, so a transaction of two lines is found three times; mainLine true finds it once, false as
often as it has lines below the main one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from netsuite_simulator.account import Account
from netsuite_simulator.criteria import Condition, where_clause
from netsuite_simulator.schemas.fields import RecordType
from netsuite_simulator.shelves import Line, Stored
from netsuite_simulator.tables import HIDDEN, LINE_TABLE, quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One result of a search: a record, and the line it was found by; None for a main line or a record without lines."""

    record: Stored
    line: Line | None = None
    line_number: int = 0


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


def _found(record: Stored, sublist: str | None, position: int) -> Found:
    lines = record.values.get(sublist) if sublist is not None else None
    if not isinstance(lines, list) or not 0 < position <= len(lines):
        return Found(record=record)
    return Found(record=record, line=lines[position - 1], line_number=position)
