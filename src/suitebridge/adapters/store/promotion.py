"""Which fields of a record become columns of their own, so that searches need not open its JSON. Driven by the schema alone."""

from __future__ import annotations

from typing import Final

from suitebridge.adapters.store.databases import Row
from suitebridge.adapters.store.encoding import Stored
from suitebridge.adapters.store.texts import number_of
from suitebridge.domain.schemas import Kind, RecordSchema

TITLE_LENGTH: Final = 200
"""Longer titles are cut in the column, because an index entry has a limit; the whole text stays in the record."""

COLUMNS: Final = (
    "title",
    "title_key",
    "netsuite_id",
    "parent_id",
    "status",
    "day",
    "active",
    "exported_at",
    "awaits_export",
    "load_key",
    "second_key",
)
"""The columns `promoted` fills, in its order."""

_FIXED: Final = {"netsuite_id": "netsuite_id", "load_key": "load_key", "active": "active", "exported": "exported_at"}


def promoted(schema: RecordSchema, stored: Stored) -> Row:
    """Give the values of the promoted columns; a blank field gives NULL, a blank title an empty text."""
    text = {name: value for name, value in stored.items() if type(value) is str and value}.get
    title = text(schema.title, "")
    parent = text(schema.parent)
    active = stored.get("active")
    exported = text("exported")
    return (
        title[:TITLE_LENGTH],
        title.casefold()[:TITLE_LENGTH],
        text("netsuite_id"),
        number_of(parent) if parent else None,
        text(schema.status),
        text(schema.day),
        active if isinstance(active, bool) else None,
        exported,
        True if exported is None and "exported" in schema.by_name else None,
        text("load_key"),
        text(schema.second_key, "").casefold()[:TITLE_LENGTH] or None,
    )


def column_of(schema: RecordSchema, field: str) -> str:
    """Name the column that repeats a field whole, or "": the title may be cut, so it has none."""
    if field == schema.status:
        return "status"
    if field == schema.day:
        return "day"
    if field == schema.parent and schema.by_name[field].kind is Kind.REFERENCE:
        return "parent_id"
    return _FIXED.get(field, "") if field in schema.by_name else ""
