"""The lines of a record on their way: merged by key, numbered, and stored in the line table with its main line.

Refuses to know rules and values.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from netsuite_simulator.drafts import Draft
from netsuite_simulator.shelves import Line, Sublist
from netsuite_simulator.storage import Storage
from netsuite_simulator.tables import HIDDEN, LINE_TABLE, quoted
from netsuite_simulator.values import Scalar


def merged(sublist: Sublist, before: Sequence[Line], given: Sequence[Line]) -> list[Line]:
    """Merge lines into a keyed list by key, append where there is no key (reference §4.12)."""
    key = sublist.lines.key
    lines = [dict(line) for line in before]
    for line in given:
        known = next((one for one in lines if key and key in line and one.get(key) == line[key]), None)
        if known is None:
            lines.append(dict(line))
        else:
            known.update({**line, **_merged_parts(sublist, known, line)})
    return lines


def _merged_parts(sublist: Sublist, before: Line, given: Line) -> Line:
    """Lay what a row gives of a record inside it over what the record holds."""
    parts: Line = {}
    for one in sublist.lines.fields:
        old, new = before.get(one.name), given.get(one.name)
        if one.subrecord is not None and isinstance(old, dict) and isinstance(new, dict):
            parts[one.name] = {**old, **new}
    return parts


def drop_cleared(sublist: Sublist, lines: Sequence[Line]) -> None:
    """Leave out the fields of records inside rows that were sent to be cleared."""
    names = [one.name for one in sublist.lines.fields if one.subrecord is not None]
    for line in lines if names else ():
        for name in names:
            parts = line.get(name)
            if isinstance(parts, dict):
                line[name] = {key: value for key, value in parts.items() if value is not None}


def keep_computed(sublist: Sublist, before: Sequence[Line], lines: Sequence[Line]) -> None:
    """Keep what the account computed for a line that stays: a caller cannot send it."""
    key = sublist.lines.key
    computed = [one.name for one in sublist.lines.fields if one.read_only]
    if key is None or not computed:
        return
    known = {line.get(key): line for line in before}
    for line in lines:
        earlier = known.get(line.get(key), {})
        line.update({name: earlier[name] for name in computed if name in earlier and name not in line})


def number_lines(sublist: Sublist, lines: Sequence[Line]) -> None:
    """Give each line without one a line number."""
    if sublist.lines.key != "line":
        return
    taken = {line["line"] for line in lines if "line" in line}
    last = max((number for number in taken if isinstance(number, int)), default=0)
    for line in lines:
        if "line" not in line:
            last += 1
            line["line"] = last


def store_lines(storage: Storage, draft: Draft, number: int) -> None:
    """Store the lines a draft changes, and keep the main line true."""
    modified = draft.world.second_text()
    if draft.current is None:
        _insert(storage, number, 0, None, {"mainline": "T"}, modified)
    for name, lines in draft.lists.items():
        sublist = draft.shelf.sublists[name]
        statement = f'DELETE FROM {LINE_TABLE} WHERE "transaction" = ? AND {HIDDEN}list = ?'  # noqa: S608
        storage.connection.execute(statement, (number, name))
        for position, line in enumerate(lines, start=1):
            _insert(storage, number, position, name, _row(sublist, line, draft), modified)
    _store_main_line(storage, draft, number)


def _row(sublist: Sublist, line: Line, draft: Draft) -> dict[str, Scalar]:
    encoded = sublist.encode(line)
    row = {sublist.columns[field]: value for field, value in encoded.items()}
    row["mainline"] = "F"
    if "debitforeignamount" in row or "creditforeignamount" in row:  # journals: SuiteQL shows one signed amount
        amounts = (Decimal(str(row.get(name) or 0)) for name in ("debitforeignamount", "creditforeignamount"))
        debit, credit = amounts
        row["foreignamount"] = float(debit - credit)
    if "netamount" not in row and "foreignamount" in row:
        rate = draft.values.get("exchangeRate") or 1
        row["netamount"] = round(float(row["foreignamount"] or 0) * float(str(rate)), 2)
    return row


def _store_main_line(storage: Storage, draft: Draft, number: int) -> None:
    total = draft.row.get("foreigntotal")
    columns: dict[str, Scalar] = {"entity": draft.row.get("entity"), "foreignamount": total}
    changed = {name: value for name, value in columns.items() if value is not None}
    subsidiary = draft.row.get(f"{HIDDEN}subsidiary")
    if subsidiary is not None:
        storage.connection.execute(
            f'UPDATE {LINE_TABLE} SET subsidiary = ? WHERE "transaction" = ?',  # noqa: S608
            (subsidiary, number),
        )
    if changed:
        names = ", ".join(f"{name} = ?" for name in changed)
        storage.connection.execute(
            f"UPDATE {LINE_TABLE} SET {names} WHERE \"transaction\" = ? AND mainline = 'T'",  # noqa: S608
            (*changed.values(), number),
        )


def _insert(
    storage: Storage, number: int, position: int, name: str | None, row: dict[str, Scalar], modified: str
) -> None:
    row = {
        **row,
        "uniquekey": storage.next_number("transaction line"),
        "transaction": number,
        "id": position,
        "linesequencenumber": position,
        "taxline": "F",
        "linelastmodifieddate": modified,
        f"{HIDDEN}list": name,
    }
    names, marks = ", ".join(map(quoted, row)), ", ".join("?" * len(row))
    statement = f"INSERT INTO {LINE_TABLE} ({names}) VALUES ({marks})"  # noqa: S608 - the schema's own names
    storage.connection.execute(statement, tuple(row.values()))
