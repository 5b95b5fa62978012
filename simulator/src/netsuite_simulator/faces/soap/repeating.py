"""Transactions found line by line: a search that leaves out mainLine finds a transaction once per line (reference §4.15).

The main line is a line too, so a transaction of two lines is found three times; mainLine true finds it once, false as
often as it has lines below the main one.
"""

from __future__ import annotations

from collections.abc import Sequence

from netsuite_simulator.account import Account
from netsuite_simulator.criteria import Condition, where_clause
from netsuite_simulator.schemas.fields import RecordType
from netsuite_simulator.shelves import Stored
from netsuite_simulator.tables import LINE_TABLE, quoted


def find_by_line(
    account: Account,
    record_type: RecordType,
    where: Sequence[Condition],
    *,
    main_line: bool | None,
    limit: int,
    offset: int,
) -> tuple[list[Stored], int]:
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
        f'SELECT "transaction" {found} ORDER BY "transaction", id LIMIT ? OFFSET ?', (*values, limit, offset)
    ).fetchall()
    ids = [str(number) for (number,) in page]
    by_id = {one.id: one for one in account.get_many(record_type.name, internal_ids=list(dict.fromkeys(ids))) if one}
    return [by_id[one] for one in ids], int(total)
