"""Records as JSON and back, reference §5.4.

Knows shapes and names of the REST API; refuses to know requests and rules.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import assert_never

from netsuite_simulator.account import Account, Reference, Stored
from netsuite_simulator.faces.rest.problems import ProblemError
from netsuite_simulator.schemas.fields import Field, Kind, RecordType
from netsuite_simulator.shelves import Line

Document = dict[str, object]
_PRICES = frozenset({"rate"})  # texts in SOAP, where "5%" is one; Oracle's REST samples give numbers, reference §9.9
_IGNORED = frozenset({"links", "id", "refName", "totalResults", "count", "hasMore", "offset"})


def rest_name(of: Field) -> str:
    """Return a field's property name."""
    return of.rest_name or of.name


def link(rel: str, href: str) -> Document:
    """Build a link."""
    return {"rel": rel, "href": href}


def hours_text(hours: Decimal) -> str:
    """Write hours as h:mm."""
    minutes = int((hours * 60).to_integral_value())
    return f"{minutes // 60}:{minutes % 60:02d}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Writes records of one account as JSON; `href` is the address of the records service."""

    account: Account
    href: str
    expands: bool = False
    expanded: frozenset[str] = frozenset()
    has_simple_enums: bool = False
    only: frozenset[str] | None = None

    def record(self, record: Stored) -> Document:
        """Write a record; fields without a value are absent."""
        own = f"{self.href}/{record.type.name}/{record.id}"
        document: Document = {"links": [link("self", own)], "id": record.id}
        if record.external_id is not None and self._wants("externalId"):
            document["externalId"] = record.external_id
        for one in record.type.fields:
            value = record.values.get(one.name)
            if value is not None and self._wants(rest_name(one)):
                document[rest_name(one)] = self._value(one, value, f"{own}/{rest_name(one)}")
        return document

    def _wants(self, name: str) -> bool:
        return self.only is None or name in self.only

    def _value(self, of: Field, value: object, address: str) -> object:
        match of.kind:
            case Kind.REFERENCE:
                return self._reference(of, str(value))
            case Kind.REFERENCES:
                return self._references(of, value if isinstance(value, tuple) else (), address)
            case Kind.CHOICE:
                return self._choice(of, str(value))
            case Kind.DURATION:
                return hours_text(Decimal(str(value)))
            case Kind.INSTANT:
                return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if isinstance(value, datetime) else None
            case Kind.DATE:
                return value.isoformat() if isinstance(value, date) else None
            case Kind.LINES:
                return self.sublist(of, value if isinstance(value, list) else [], address)
            case Kind.SUBRECORD:
                return self._subrecord(of, value if isinstance(value, dict) else {}, address)
            case Kind.TEXT | Kind.INTEGER | Kind.DECIMAL | Kind.BOOLEAN:
                return value
            case _:
                assert_never(of.kind)

    def _reference(self, of: Field, internal_id: str) -> Document:
        document: Document = {"links": [], "id": internal_id}
        for name in of.refers_to:
            shown = self.account.names_of(name, [internal_id]).get(internal_id)
            if shown is not None:
                document["links"] = [link("self", f"{self.href}/{name}/{internal_id}")]
                document["refName"] = shown
                break
        return document

    def _references(self, of: Field, internal_ids: Collection[str], address: str) -> Document:
        if not self._shows(of):
            return {"links": [link("self", address)]}
        return collection([self._reference(of, internal_id) for internal_id in internal_ids], address)

    def _choice(self, of: Field, value: str) -> object:
        if self.has_simple_enums:
            return value
        label = next((one.label for one in of.choices if one.id == value), value)
        return {"id": value, "refName": label}

    def sublist(self, of: Field, lines: list[Line], address: str) -> Document:
        """Write a sublist: its address, or all of its lines where they are wanted."""
        if not self._shows(of):
            return {"links": [link("self", address)]}
        addressed = ((line, f"{address}/{line_id(of, line, place)}") for place, line in enumerate(lines))
        return collection([self.line(of, line, at) for line, at in addressed], address)

    def _subrecord(self, of: Field, parts: Line, address: str) -> Document:
        document: Document = {"links": [link("self", address)]}
        for one in () if of.subrecord is None else of.subrecord.fields:
            value = parts.get(one.name)
            if value is not None:
                document[rest_name(one)] = self._value(one, value, f"{address}/{rest_name(one)}")
        return document

    def _shows(self, of: Field) -> bool:
        return self.expands or rest_name(of) in self.expanded

    def line(self, of: Field, line: Line, address: str) -> Document:
        """Write one line of a sublist."""
        document: Document = {"links": [link("self", address)]}
        for one in () if of.lines is None else of.lines.fields:
            value = line.get(one.name)
            if value is not None:
                document[rest_name(one)] = self._value(one, value, f"{address}/{rest_name(one)}")
        return document


def line_id(of: Field, line: Line, place: int) -> str:
    """Return what a line's address ends with: its number or own ID, or its place counted from one."""
    number = line.get(of.lines.key or "") if of.lines is not None and of.lines.is_numbered else None
    return str(place + 1 if number is None else number)


def collection(items: list[Document], address: str) -> Document:
    """Write a collection that fits on one page."""
    return {
        "links": [link("self", address)],
        "items": items,
        "totalResults": len(items),
        "count": len(items),
        "hasMore": False,
        "offset": 0,
    }


@dataclass(slots=True)
class Body:
    """A request body read against a record type.

    `unknown` are the paths no field answers to, `wrong` those whose value was left out because reading was lenient.
    """

    is_lenient: bool = False
    values: dict[str, object] = field(default_factory=dict)
    external_id: str | None = None
    unknown: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def read(self, fields: Iterable[Field], document: Mapping[str, object], path: str) -> dict[str, object]:
        """Read an object's properties into values by field name."""
        values: dict[str, object] = {}
        known = {one.name: one for one in fields}
        known.update({one.rest_name: one for one in fields if one.rest_name})
        for name, value in document.items():
            found = known.get(name)
            if found is None and (name in _IGNORED or (name == "externalId" and not path)):
                continue
            if found is None:
                self.unknown.append(f"{path}{name}")
                continue
            try:
                values[found.name] = None if value is None else self._value(found, value, f"{path}{name}")
            except ProblemError:
                if not self.is_lenient:
                    raise
                self.wrong.append(f"{path}{name}")
        return values

    def _value(self, of: Field, value: object, path: str) -> object:
        if of.kind is Kind.TEXT and of.name in _PRICES and isinstance(value, int | Decimal):
            return str(_number_of(value, path))
        if of.subrecord is not None:
            if not isinstance(value, Mapping):
                raise _wrong(value, path)
            return self.read(of.subrecord.fields, value, f"{path}.")
        if of.kind is not Kind.LINES:
            return _READERS[of.kind](value, path)
        items = value.get("items") if isinstance(value, Mapping) else None
        if not isinstance(items, list) or of.lines is None:
            raise _wrong(value, path)
        rows = []
        for index, item in enumerate(items):
            if not isinstance(item, Mapping):
                raise _wrong(item, f"{path}.items[{index}]")
            rows.append(self.read(of.lines.fields, item, f"{path}.items[{index}]."))
        return rows


def read_body(record_type: RecordType, document: object, *, is_lenient: bool = False) -> Body:
    """Read a record's JSON; it raises the 400 that names a wrong value's path, unless reading is lenient."""
    if not isinstance(document, dict):
        raise ProblemError(400, "INVALID_CONTENT", "Invalid content in the request body: an object is expected.")
    body = Body(is_lenient=is_lenient)
    body.values = body.read(record_type.fields, document, "")
    external_id = document.get("externalId")
    if external_id is not None:
        if not isinstance(external_id, str):
            raise _wrong(external_id, "externalId")
        body.external_id = external_id
    return body


def _wrong(value: object, path: str) -> ProblemError:
    name = path.rpartition(".")[2]
    detail = f"Error while accessing resource: You have entered an Invalid Field Value {value} for the following field: {name}"
    return ProblemError(400, "INVALID_CONTENT", detail, path=path)


def _reference_of(value: object, path: str) -> Reference:
    if isinstance(value, Mapping):
        internal_id, external_id = value.get("id"), value.get("externalId")
        if internal_id is not None:
            return Reference(internal_id=str(internal_id))
        if isinstance(external_id, str):
            return Reference(external_id=external_id)
    elif isinstance(value, str | int) and not isinstance(value, bool):
        return Reference(internal_id=str(value))
    raise _wrong(value, path)


def _references_of(value: object, path: str) -> object:
    items = value.get("items") if isinstance(value, Mapping) else value
    if not isinstance(items, list):
        raise _wrong(value, path)
    return [_reference_of(item, path) for item in items]


def _choice_of(value: object, path: str) -> object:
    found = value.get("id") if isinstance(value, Mapping) else value
    if isinstance(found, str | int) and not isinstance(found, bool):
        return str(found)
    raise _wrong(value, path)


def _number_of(value: object, path: str) -> object:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise _wrong(value, path)
    return Decimal(value)


def _integer_of(value: object, path: str) -> object:
    if isinstance(value, bool) or not isinstance(value, int):
        raise _wrong(value, path)
    return value


def _text_of(value: object, path: str) -> object:
    if not isinstance(value, str):
        raise _wrong(value, path)
    return value


def _boolean_of(value: object, path: str) -> object:
    if not isinstance(value, bool):
        raise _wrong(value, path)
    return value


def _date_of(value: object, path: str) -> object:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise _wrong(value, path) from None


def _instant_of(value: object, path: str) -> object:
    try:
        instant = datetime.fromisoformat(str(value))
    except ValueError:
        raise _wrong(value, path) from None
    return instant if instant.tzinfo is not None else instant.replace(tzinfo=UTC)


def _duration_of(value: object, path: str) -> object:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Decimal(value)
    hours, colon, minutes = str(value).partition(":")
    if not isinstance(value, str) or not hours.isdecimal() or (colon and not minutes.isdecimal()):
        raise _wrong(value, path)
    return Decimal(hours) + (Decimal(minutes) / 60 if colon else 0)


_READERS: Mapping[Kind, Callable[[object, str], object]] = {
    Kind.REFERENCE: _reference_of,
    Kind.REFERENCES: _references_of,
    Kind.CHOICE: _choice_of,
    Kind.DECIMAL: _number_of,
    Kind.INTEGER: _integer_of,
    Kind.TEXT: _text_of,
    Kind.BOOLEAN: _boolean_of,
    Kind.DATE: _date_of,
    Kind.INSTANT: _instant_of,
    Kind.DURATION: _duration_of,
}
