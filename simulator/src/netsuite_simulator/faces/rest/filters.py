"""The `q` parameter of record collections, reference §5.6: text in, criteria out.

Dates are in the user's format, M/D/YYYY with an optional time of day, in the account's zone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from netsuite_simulator.criteria import AllOf, AnyOf, Condition, Not
from netsuite_simulator.schemas.fields import Field, Kind, RecordType
from netsuite_simulator.values import choice_id, is_internal_id

DEEPEST = 20
LONGEST = 8_000
_TOKEN = re.compile(r'\s*(?:(?P<text>"(?:[^"\\]|\\.)*")|(?P<mark>[()\[\],])|(?P<word>[^\s()\[\],"]+))')
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:\s+(\d{1,2}):(\d{2})(?::\d{2})?\s*([AaPp][Mm])?)?")
_DATE_OPERATORS = ("AFTER", "BEFORE", "ON", "ON_OR_AFTER", "ON_OR_BEFORE")
_NUMBER_OPERATORS = {
    "EQUAL": "=",
    "GREATER": ">",
    "GREATER_OR_EQUAL": ">=",
    "LESS": "<",
    "LESS_OR_EQUAL": "<=",
    "ANY_OF": "in",
    "BETWEEN": "between",
    "WITHIN": "between",
}
_TEXT_OPERATORS = {"CONTAIN": "contains", "IS": "is", "START_WITH": "starts", "END_WITH": "ends"}
_SELECT_OPERATORS = {"ANY_OF": "in", "IS": "is", "EQUAL": "is"}
_MANY = ("ANY_OF", "BETWEEN", "WITHIN")


class FilterError(ValueError):
    """The filter cannot be understood; the message says where."""


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


def _tokens(text: str) -> Iterator[_Token]:
    position = 0
    text = text.rstrip()
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise FilterError(f"Invalid search query: unexpected character at position {position + 1}.")
        position = match.end()
        kind = match.lastgroup or ""
        value = match[kind]
        yield _Token(kind, re.sub(r"\\(.)", r"\1", value[1:-1]) if kind == "text" else value)


class _Reader:
    """Reads one filter from left to right."""

    def __init__(self, record_type: RecordType, text: str, zone: ZoneInfo) -> None:
        self._type = record_type
        self._zone = zone
        self._tokens = list(_tokens(text))
        self._next = 0

    def _peek(self) -> _Token | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def _take(self, what: str) -> _Token:
        token = self._peek()
        if token is None:
            raise FilterError(f"Invalid search query: {what} is missing at the end.")
        self._next += 1
        return token

    def _takes_word(self, word: str) -> bool:
        token = self._peek()
        if token is not None and token.kind == "word" and token.text.upper() == word:
            self._next += 1
            return True
        return False

    def whole(self) -> Condition:
        condition = self._any(0)
        token = self._peek()
        if token is not None:
            raise FilterError(f"Invalid search query: unexpected '{token.text}'.")
        return condition

    def _any(self, depth: int) -> Condition:
        parts = [self._all(depth)]
        while self._takes_word("OR"):
            parts.append(self._all(depth))
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def _all(self, depth: int) -> Condition:
        parts = [self._one(depth)]
        while self._takes_word("AND"):
            parts.append(self._one(depth))
        return parts[0] if len(parts) == 1 else AllOf(tuple(parts))

    def _one(self, depth: int) -> Condition:
        if depth > DEEPEST:
            raise FilterError("Invalid search query: too many parentheses.")
        token = self._take("a field")
        if token.kind == "mark" and token.text == "(":
            condition = self._any(depth + 1)
            if self._take("')'").text != ")":
                raise FilterError("Invalid search query: ')' is missing.")
            return condition
        if token.kind != "word":
            raise FilterError(f"Invalid search query: a field is expected instead of '{token.text}'.")
        operator = self._take("an operator").text.upper()
        return self._comparison(token.text, operator)

    def _comparison(self, name: str, operator: str) -> Condition:
        name, found = self._field(name)
        positive = operator.removesuffix("_NOT")
        is_negative = operator != positive
        if positive == "EMPTY":
            return (name, "not empty" if is_negative else "empty", None)
        condition = self._condition(name, found, positive)
        return Not(condition) if is_negative else condition

    def _field(self, name: str) -> tuple[str, Kind | Field]:
        if name.lower() == "id":
            return "id", Kind.INTEGER
        if name.lower() == "externalid":
            return "externalId", Kind.TEXT
        wanted = name.lower()
        for one in self._type.fields:
            if wanted in (one.name.lower(), (one.rest_name or "").lower()):
                if one.column is None or one.kind is Kind.LINES:
                    raise FilterError(f"Invalid search query: field '{name}' cannot be filtered by.")
                return one.name, one
        raise FilterError(f"Invalid search query: record '{self._type.name}' has no field '{name}'.")

    def _condition(self, name: str, found: Kind | Field, operator: str) -> Condition:
        kind = found.kind if isinstance(found, Field) else found
        values = self._values(operator)
        if kind in (Kind.DATE, Kind.INSTANT) and operator in _DATE_OPERATORS:
            return self._dated(name, kind, operator, values[0])
        if kind is Kind.BOOLEAN and operator == "IS" and values[0].lower() in ("true", "false"):
            return (name, "is", values[0].lower() == "true")
        if kind in (Kind.INTEGER, Kind.DECIMAL, Kind.DURATION) and operator in _NUMBER_OPERATORS:
            numbers = [_number(value, kind) for value in values]
            return (name, _NUMBER_OPERATORS[operator], numbers if operator in _MANY else numbers[0])
        if kind in (Kind.REFERENCE, Kind.REFERENCES, Kind.CHOICE) and operator in _SELECT_OPERATORS:
            ids = [self._id(found, value) for value in values]
            return (name, "in", ids)
        if kind in (Kind.TEXT, Kind.CHOICE) and operator in _TEXT_OPERATORS:
            return (name, _TEXT_OPERATORS[operator], values[0])
        raise FilterError(f"Invalid search query: operator {operator} does not fit field '{name}'.")

    @staticmethod
    def _id(found: Kind | Field, value: str) -> str:
        if isinstance(found, Field) and found.kind is Kind.CHOICE:
            return choice_id(found, value) or value
        if not is_internal_id(value):
            raise FilterError(f"Invalid search query: '{value}' is no internal id.")
        return value

    def _values(self, operator: str) -> list[str]:
        token = self._take("a value")
        if token.kind != "mark":
            return [token.text]
        if token.text not in "[(" or operator not in _MANY:
            raise FilterError(f"Invalid search query: a value is expected instead of '{token.text}'.")
        values = []
        while True:
            values.append(self._take("a value").text)
            mark = self._take("']'").text
            if mark in "])":
                break
            if mark != ",":
                raise FilterError(f"Invalid search query: ',' or ']' is expected instead of '{mark}'.")
        if operator in ("BETWEEN", "WITHIN") and len(values) != 2:
            raise FilterError(f"Invalid search query: {operator} takes two values.")
        return values

    def _dated(self, name: str, kind: Kind, operator: str, text: str) -> Condition:
        day, minute = _moment(text)
        if kind is Kind.DATE:
            comparison = {"AFTER": ">", "BEFORE": "<", "ON": "=", "ON_OR_AFTER": ">=", "ON_OR_BEFORE": "<="}
            return (name, comparison[operator], day)
        start = datetime(day.year, day.month, day.day, tzinfo=self._zone)
        if minute is None:
            after = datetime.combine(day + timedelta(days=1), start.timetz())
        else:
            start += minute
            after = start + timedelta(minutes=1)
        start, after = start.astimezone(UTC), after.astimezone(UTC)
        match operator:
            case "AFTER":
                return (name, ">=", after)
            case "BEFORE":
                return (name, "<", start)
            case "ON_OR_AFTER":
                return (name, ">=", start)
            case "ON_OR_BEFORE":
                return (name, "<", after)
            case _:
                return AllOf(((name, ">=", start), (name, "<", after)))


def _number(text: str, kind: Kind) -> object:
    try:
        number = Decimal(text)
    except ArithmeticError:
        raise FilterError(f"Invalid search query: '{text}' is no number.") from None
    if not number.is_finite():
        raise FilterError(f"Invalid search query: '{text}' is no number.")
    return int(number) if kind is Kind.INTEGER else number


def _moment(text: str) -> tuple[date, timedelta | None]:
    match = _DAY.fullmatch(text.strip())
    wrong = FilterError(f"Invalid search query: '{text}' is no date in the format M/D/YYYY.")
    if match is None:
        raise wrong
    month, day, year, hour, minute, half = match.groups()
    try:
        civil = date(int(year), int(month), int(day))
    except ValueError:
        raise wrong from None
    if hour is None:
        return civil, None
    hours = int(hour)
    if half is not None:
        hours = hours % 12 + (12 if half.upper() == "PM" else 0)
    return civil, timedelta(hours=hours, minutes=int(minute))


def read_filter(record_type: RecordType, text: str, zone: ZoneInfo) -> Condition:
    """Read a filter; it raises `FilterError`."""
    if len(text) > LONGEST:
        raise FilterError(f"Invalid search query: it is longer than {LONGEST:,} characters.")
    return _Reader(record_type, text, zone).whole()
