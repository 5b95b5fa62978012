"""A record's form as texts by the names of its inputs: as it is stored, and as it was typed.

A body field is "f.companyName", a line's field "f.item.0.quantity", the number of lines "n.item" (all assumed).
Refuses to know HTML and
rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from netsuite_simulator.account import Stored
from netsuite_simulator.faces.setup.fieldtexts import Texts, texts_of
from netsuite_simulator.faces.setup.targets import id_in
from netsuite_simulator.faces.setup.visits import Entries
from netsuite_simulator.schemas.fields import Field, Kind, LineType, RecordType

EXTERNAL_ID = "external"
MOST_LINES = 1_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """What every input holds; `counts` are the lines of each sublist, removed ones too."""

    texts: Mapping[str, Texts] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    removed: frozenset[str] = frozenset()  # lines to leave out, "item.0"

    def of(self, name: str) -> Texts:
        """Return what an input holds."""
        return self.texts.get(name, ())

    def row(self, of: Field, number: int) -> dict[str, Texts]:
        """Return the set inputs of a line by field."""
        fields = () if of.lines is None else columns_of(of.lines)
        found = {one.name: self.of(line_name(of, number, one)) for one in fields if not one.read_only}
        return {name: texts for name, texts in found.items() if texts}

    def rows(self, of: Field) -> Iterator[int]:
        """Return the numbers of the lines that stay and say something."""
        key = None if of.lines is None else of.lines.key
        for number in range(self.counts.get(of.name, 0)):
            if f"{of.name}.{number}" not in self.removed and self.row(of, number).keys() - {key}:
                yield number


def columns_of(lines: LineType) -> tuple[Field, ...]:
    """List the fields of a line's form: those of a record inside the line by dotted names, "addressbookAddress.city"."""
    columns: list[Field] = []
    for one in lines.fields:
        parts = () if one.subrecord is None else one.subrecord.fields
        columns += [replace(part, name=f"{one.name}.{part.name}") for part in parts] or [one]
    return tuple(columns)


def value_at(line: Mapping[str, object], name: str) -> object:
    """Return what a line holds under a name, a dotted one too."""
    outer, _, inner = name.partition(".")
    value = line.get(outer)
    return value.get(inner) if inner and isinstance(value, dict) else None if inner else value


def set_value(line: dict[str, object], name: str, value: object) -> None:
    """Set what a line holds under a name, a dotted one too."""
    outer, _, inner = name.partition(".")
    if not inner:
        line[outer] = value
        return
    parts = line.setdefault(outer, {})
    if isinstance(parts, dict):
        parts[inner] = value


def body_name(of: Field) -> str:
    """Name the input of a body field."""
    return f"f.{of.name}"


def line_name(of: Field, number: int, column: Field) -> str:
    """Name the input of a line's field."""
    return f"f.{of.name}.{number}.{column.name}"


def stored_sheet(record_type: RecordType, record: Stored | None, zone: ZoneInfo) -> Sheet:
    """Write a record; a new one's sheet is empty."""
    if record is None:
        return Sheet()
    texts: dict[str, Texts] = {} if record.external_id is None else {EXTERNAL_ID: (record.external_id,)}
    counts: dict[str, int] = {}
    for one in record_type.fields:
        value = record.values.get(one.name)
        if one.lines is None:
            texts[body_name(one)] = texts_of(one, value, zone)
            continue
        lines = value if isinstance(value, list) else []
        counts[one.name] = len(lines)
        for number, line in enumerate(lines):
            for column in columns_of(one.lines):
                texts[line_name(one, number, column)] = texts_of(column, value_at(line, column.name), zone)
    return Sheet(texts, counts)


def typed_sheet(record_type: RecordType, entries: Entries) -> Sheet:
    """Read what was sent; it names ids where it can."""
    texts: dict[str, Texts] = {EXTERNAL_ID: entries.every(EXTERNAL_ID)}
    counts: dict[str, int] = {}
    removed = set()
    for one in record_type.fields:
        if one.lines is None:
            texts[body_name(one)] = _typed(one, entries, body_name(one))
            continue
        counts[one.name] = _count(entries.text(f"n.{one.name}"))
        for number in range(counts[one.name]):
            if entries.ticked(f"remove.{one.name}.{number}"):
                removed.add(f"{one.name}.{number}")
            texts |= _typed_line(one, one.lines, number, entries)
    return Sheet(texts, counts, frozenset(removed))


def _typed_line(of: Field, lines: LineType, number: int, entries: Entries) -> dict[str, Texts]:
    names = {line_name(of, number, column): column for column in columns_of(lines)}
    return {name: _typed(column, entries, name) for name, column in names.items()}


def _typed(of: Field, entries: Entries, name: str) -> Texts:
    match of.kind:
        case Kind.REFERENCE:
            return tuple(id_in(one) for one in entries.every(name))
        case Kind.REFERENCES:
            return tuple(sorted(id_in(part) for one in entries.every(name) for part in one.split(";") if part.strip()))
        case _:
            text = entries.text(name)
            return (text,) if text else ()


def _count(text: str) -> int:
    return min(int(text), MOST_LINES) if text.isascii() and text.isdecimal() and len(text) < 6 else 0
