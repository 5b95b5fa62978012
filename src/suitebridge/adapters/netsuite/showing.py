"""Shows whole records with their sublists, as REST tells them: what SuiteQL has no columns for is compared this way.

As texts by path for people, and as values of the field catalog for those who compare.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import assert_never

from suitebridge.adapters.netsuite.asking import ask_for, unreadable_answer
from suitebridge.adapters.netsuite.conversing import Line
from suitebridge.adapters.netsuite.properties import properties_of
from suitebridge.adapters.netsuite.tables import place_of
from suitebridge.adapters.netsuite.telling import Purpose
from suitebridge.domain.records import Record
from suitebridge.domain.values import Scalar, Value
from suitebridge.wire.rest import documents
from suitebridge.wire.rest.record_writing import PropertyKind, PropertyShape

_LINE = re.compile(r"([A-Za-z_0-9]+)\[([0-9]+)\]\.([A-Za-z_0-9]+)")


def show(line: Line, record_type: str, ids: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
    """Give records by id, each value as a text by its path; ids that do not exist are left out."""
    plural = place_of(record_type).schema.plural
    parts = [ids[start : start + documents.ID_LIMIT] for start in range(0, len(ids), documents.ID_LIMIT)]
    makers = [line.read(documents.address(record_type, part)) for part in parts]
    purpose = Purpose(
        account=line.credentials.account.value,
        host=line.host,
        what=f"{plural} through REST web services",
        permission=f"View for {plural} and REST Web Services",
    )
    pages = ask_for(line, makers, documents.read_documents, purpose)
    return {id_: document for page in pages for id_, document in page.items()}


def read_back(line: Line, record_type: str, ids: Sequence[str], fields: Sequence[str]) -> Sequence[Record]:
    """Give records with the named fields as values, those of sublists as "itemList.amount"; ids that do not exist are left out."""
    shapes = _Shapes(properties_of(place_of(record_type, line.types).schema, to_read=True), frozenset(fields))
    found = show(line, record_type, ids)
    try:
        return [
            Record(type=record_type, id=id_, version="", fields=shapes.read(found[id_])) for id_ in ids if id_ in found
        ]
    except (ValueError, InvalidOperation) as error:
        raise unreadable_answer(line, f"A field of {record_type} cannot be read: {str(error)[:80]}") from error


class _Shapes:
    """Reads documents of one record type."""

    def __init__(self, shapes: Sequence[PropertyShape], fields: frozenset[str]) -> None:
        self._header = {one.spelled: one for one in shapes if one.name in fields}
        self._lists = {
            one.spelled: (
                one.name,
                {inner.spelled: inner for inner in one.lines if f"{one.name}.{inner.name}" in fields},
            )
            for one in shapes
            if any(name.startswith(f"{one.name}.") for name in fields)
        }

    def read(self, document: Mapping[str, str]) -> dict[str, Value]:
        """Read one document; fields that it does not show are None."""
        fields: dict[str, Value] = {one.name: None for one in self._header.values()}
        lines: dict[str, dict[int, dict[str, Scalar]]] = {name: {} for name, _ in self._lists.values()}
        for path, text in document.items():
            one = self._header.get(path)
            if one is not None:
                fields[one.name] = _value(one, text)
                continue
            matched = _LINE.fullmatch(path)
            if matched is None or matched.group(1) not in self._lists:
                continue
            name, inner = self._lists[matched.group(1)]
            row = lines[name].setdefault(int(matched.group(2)), {})
            shape = inner.get(matched.group(3))
            if shape is not None:
                row[shape.name] = _value(shape, text)
        fields.update({name: tuple(rows[number] for number in sorted(rows)) for name, rows in lines.items()})
        return fields


def _value(shape: PropertyShape, text: str) -> Scalar:
    match shape.kind:
        case PropertyKind.TEXT | PropertyKind.REFERENCE:
            return text
        case PropertyKind.NUMBER:
            return Decimal(text)
        case PropertyKind.BOOLEAN:
            return text == "true"
        case PropertyKind.DAY:
            return date.fromisoformat(text[:10])
        case PropertyKind.INSTANT:
            return datetime.fromisoformat(text)
        case PropertyKind.CHOICE:
            return next((name for name, id_ in shape.choices.items() if id_ == text), text)
        case PropertyKind.HOURS:
            hours, _, minutes = text.partition(":")
            return Decimal(hours) + Decimal(minutes or "0") / 60
        case PropertyKind.LINES:
            raise ValueError(f"{shape.name} holds lines")
        case _:
            assert_never(shape.kind)
