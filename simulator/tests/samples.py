"""One record of every type, with a value in every field that can have one: what tests of whole families work on."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from netsuite_simulator.account import Account
from netsuite_simulator.rules.relations import RELATIONS
from netsuite_simulator.schemas import RECORD_TYPES
from netsuite_simulator.schemas.fields import Field, Kind

DAY = date(2026, 5, 4)
_PLAIN: dict[Kind, object] = {
    Kind.TEXT: "1",
    Kind.INTEGER: 1,
    Kind.DECIMAL: Decimal("1.5"),
    Kind.BOOLEAN: False,
    Kind.DATE: DAY,
    Kind.INSTANT: datetime(2026, 5, 4, 8, 30, tzinfo=UTC),
    Kind.DURATION: Decimal("7.5"),
}


def one_of_each(account: Account, known: dict[str, str], *, without: Collection[str] = ()) -> dict[str, str]:
    """Add a record of every type that is not known yet; return the internal ids of all by type."""
    ids = dict(known)
    for name, record_type in RECORD_TYPES.items():
        if name not in ids and name not in without:
            rows, _ = account.search(name, []) if name in RELATIONS else ((), 0)  # an entity's first one came with it
            ids[name] = rows[0].id if rows else account.add(name, **_values(record_type.fields, ids)).id
    return ids


def _values(fields: tuple[Field, ...], ids: dict[str, str]) -> dict[str, Any]:
    found = {one.name: sample(one, ids) for one in fields if one.name != "lastModifiedDate"}
    return {name: value for name, value in found.items() if value is not None}


def sample(field: Field, ids: dict[str, str]) -> object:
    """Return a value for a field; None where it refers to what there is none of."""
    match field.kind:
        case Kind.CHOICE:
            return field.choices[0].id
        case Kind.REFERENCE:
            return _target(field, ids)
        case Kind.REFERENCES:
            target = _target(field, ids)
            return None if target is None else (target,)
        case Kind.LINES:
            assert field.lines is not None
            return [_values(field.lines.fields, ids)]
        case Kind.SUBRECORD:
            assert field.subrecord is not None
            return _values(field.subrecord.fields, ids)
        case Kind.TEXT if field.is_binary:
            return "aGVsbG8="
        case _:
            return _PLAIN[field.kind]


def _target(field: Field, ids: dict[str, str]) -> str | None:
    if not field.refers_to:
        return "1"
    return next((ids[name] for name in field.refers_to if name in ids), None)
