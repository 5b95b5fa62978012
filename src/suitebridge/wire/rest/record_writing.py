"""Writes records as the JSON of the REST records service, by shapes that the caller derives from whatever it knows of records.

Refuses values that do not fit their kind: nothing is cut, rounded or guessed (netsuite-api.md §5.4).
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TypeAlias, assert_never

import msgspec

from suitebridge.wire.unwritable import BY_EXTERNAL_ID, UnwritableValueError, checked_text, kind_of

Scalar: TypeAlias = str | int | Decimal | bool | date | datetime | None
RestValue: TypeAlias = Scalar | Sequence[Mapping[str, Scalar]]
Json: TypeAlias = "str | int | Decimal | bool | dict[str, Json] | list[Json] | None"

_BODIES = msgspec.json.Encoder(decimal_format="number")
_MINUTES_PER_HOUR = 60


class PropertyKind(enum.Enum):
    """The form of a property's value."""

    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DAY = "day"  # YYYY-MM-DD: a civil day, of no zone
    INSTANT = "instant"  # UTC
    REFERENCE = "reference"  # {"id": …} or {"externalId": …}
    CHOICE = "choice"  # {"id": …}, spelled as `choices` says
    HOURS = "hours"  # h:mm
    LINES = "lines"  # a sublist


@dataclass(frozen=True, slots=True, kw_only=True)
class PropertyShape:
    """One property: `name` as the caller calls it, `spelled` as REST does. `choices` gives REST's id of a choice."""

    name: str
    spelled: str
    kind: PropertyKind
    choices: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[PropertyShape, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenRecord:
    """A record's JSON object, and the sublists that it replaces as a whole."""

    content: dict[str, Json]
    replaces: tuple[str, ...]

    @property
    def body(self) -> bytes:
        """The object as a request's body."""
        return _BODIES.encode(self.content)

    def body_with(self, external_id: str) -> bytes:
        """Give the object under an external id, for an address that does not name it."""
        return _BODIES.encode({"externalId": external_id, **self.content})


class RecordWriter:
    """Writes records of one shape."""

    def __init__(self, shape: Sequence[PropertyShape]) -> None:
        self._shape = {one.name: one for one in shape}
        self.references = frozenset(
            one.spelled.lower()
            for outer in shape
            for one in (outer, *outer.lines)
            if one.kind is PropertyKind.REFERENCE
        )

    def write(self, values: Mapping[str, RestValue], nulls: Iterable[str] = ()) -> WrittenRecord:
        """Give one record's object; raise `UnwritableValueError` for a value that cannot go out. `nulls` are cleared in NetSuite."""
        content: dict[str, Json] = {}
        replaces: list[str] = []
        for name, value in values.items():
            one = self._known(name)
            if value is None:
                continue
            content[one.spelled] = _lines(one, value) if one.kind is PropertyKind.LINES else _scalar(one, value)
            if one.kind is PropertyKind.LINES:
                replaces.append(one.spelled)
        for name in nulls:
            content[self._known(name).spelled] = None
        return WrittenRecord(content=content, replaces=tuple(replaces))

    def _known(self, name: str) -> PropertyShape:
        one = self._shape.get(name)
        if one is None:
            raise UnwritableValueError(name, "NetSuite's record has no such field")
        return one


def collection_body(records: Sequence[tuple[str, WrittenRecord]]) -> bytes:
    """Give the body of a batch: records with the external ids that name them (netsuite-api.md §5.10)."""
    items = [{"externalId": key, **record.content} for key, record in records]
    return _BODIES.encode({"items": items})


def _lines(of: PropertyShape, value: RestValue) -> Json:
    if not isinstance(value, list | tuple):
        raise UnwritableValueError(of.name, f"it takes lines, and got {kind_of(value)}")
    shapes = {one.name: one for one in of.lines}
    items: list[Json] = []
    for number, line in enumerate(value, start=1):
        try:
            items.append(_line(shapes, line))
        except UnwritableValueError as error:
            raise UnwritableValueError(f"{of.name} line {number}, {error.field}", error.reason) from error
    return {"items": items}


def _line(shapes: Mapping[str, PropertyShape], line: Mapping[str, Scalar]) -> dict[str, Json]:
    item: dict[str, Json] = {}
    for name, value in line.items():
        one = shapes.get(name)
        if one is None:
            raise UnwritableValueError(name, "NetSuite's record has no such field")
        if value is not None:
            item[one.spelled] = _scalar(one, value)
    return item


def _scalar(of: PropertyShape, value: RestValue) -> Json:
    match of.kind:
        case PropertyKind.TEXT:
            return checked_text(of.name, value)
        case PropertyKind.NUMBER:
            return _number(of.name, value)
        case PropertyKind.BOOLEAN:
            return _boolean(of.name, value)
        case PropertyKind.DAY:
            return _day(of.name, value)
        case PropertyKind.INSTANT:
            return _instant(of.name, value)
        case PropertyKind.REFERENCE:
            return _reference(of.name, value)
        case PropertyKind.CHOICE:
            return _choice(of, value)
        case PropertyKind.HOURS:
            return _hours(of.name, value)
        case PropertyKind.LINES:
            raise UnwritableValueError(of.name, "lines cannot hold lines")
        case _:
            assert_never(of.kind)


def _boolean(name: str, value: RestValue) -> bool:
    if not isinstance(value, bool):
        raise UnwritableValueError(name, f"it takes yes or no, and got {kind_of(value)}")
    return value


def _day(name: str, value: RestValue) -> str:
    if isinstance(value, datetime) or not isinstance(value, date):
        raise UnwritableValueError(name, f"it takes a day, and got {kind_of(value)}")
    return value.isoformat()


def _instant(name: str, value: RestValue) -> str:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise UnwritableValueError(name, f"it takes a moment with its zone, and got {kind_of(value)}")
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _number(name: str, value: RestValue) -> int | Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise UnwritableValueError(name, f"it takes a number, and got {kind_of(value)}")
    if isinstance(value, Decimal) and not value.is_finite():
        raise UnwritableValueError(name, f"{value} is no number that NetSuite can keep")
    return value


def _reference(name: str, value: RestValue) -> Json:
    text = checked_text(name, value)
    if text.startswith(BY_EXTERNAL_ID):
        return {"externalId": text.removeprefix(BY_EXTERNAL_ID)}
    return {"id": text}


def _choice(of: PropertyShape, value: RestValue) -> Json:
    text = checked_text(of.name, value)
    if text not in of.choices:
        known = ", ".join(of.choices)
        raise UnwritableValueError(of.name, f"it takes one of {known}, and got {text[:40]!r}")
    return {"id": of.choices[text]}


def _hours(name: str, value: RestValue) -> str:
    hours = _number(name, value)
    minutes = hours * _MINUTES_PER_HOUR
    if minutes < 0 or minutes != int(minutes):
        raise UnwritableValueError(
            name,
            f"NetSuite's REST services take hours in whole minutes, and {hours} hours are {Decimal(minutes):f} minutes; "
            "round the hours in the mapping",
        )
    return f"{int(minutes) // _MINUTES_PER_HOUR}:{int(minutes) % _MINUTES_PER_HOUR:02d}"
