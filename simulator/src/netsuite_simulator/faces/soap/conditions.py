"""What each criterion of a search means on the account's records: SOAP criteria in, the account's criteria out.

Operators and their meaning: reference §4.15.

Knows the search names that differ from the record's field names, and the operators of each kind of search field. Runs
no query and knows no column.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar, assert_never

from netsuite_simulator.criteria import AllOf, Among, AnyOf, Condition, Not
from netsuite_simulator.faces.soap.aliases import field_of
from netsuite_simulator.faces.soap.criteria import Criterion
from netsuite_simulator.faces.soap.periods import predefined_span
from netsuite_simulator.faces.soap.readers import decimal_of
from netsuite_simulator.faces.soap.times import read_day, read_instant
from netsuite_simulator.schemas.fields import Field, Kind, RecordType
from netsuite_simulator.tables import LINE_TABLE, column_name, quoted

NONE = "@NONE@"  # the internal id that stands for "no value" in multi-select criteria
NOBODY = "0"  # no record has this id: what an unknown external id becomes

ID_CRITERIA = frozenset({"internalId", "externalId", "internalIdNumber", "id", "externalIdString"})

_Time = TypeVar("_Time", datetime.date, datetime.datetime)


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionRefusedError(Exception):
    """A criterion the account cannot answer, with the code of StatusDetailCodeType that says why."""

    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What a meaning depends on beside the criterion: the account's zone, its today, its external ids."""

    zone: datetime.tzinfo
    today: datetime.date
    id_of_external: Callable[[str, str], str | None]  # record type name, external id -> internal id


def condition_of(record_type: RecordType, search_type: str, criterion: Criterion, grounds: Grounds) -> Condition | None:
    """Return the condition of one criterion on one record type; None where the type has no such field."""
    match criterion.name:
        case "internalId":
            return _among("id", [target.internal_id for target in criterion.targets], criterion)
        case "externalId":
            given = (target.external_id or "" for target in criterion.targets)
            return _among("id", [grounds.id_of_external(record_type.name, one) or NOBODY for one in given], criterion)
        case "internalIdNumber" | "id":
            return _compared("id", criterion, [str(_whole(criterion, text)) for text in _operands(criterion)])
        case "externalIdString":
            return _text("externalId", criterion)
    field = _field_of(record_type, search_type, criterion)
    if field is not None:
        return _field_condition(record_type, field, criterion, grounds)
    column = _line_field(record_type, criterion)
    return None if column is None else _line_condition(column, criterion, grounds)


def is_known(record_type: RecordType, search_type: str, criterion: Criterion) -> bool:
    """Tell whether records of the type can be searched by a criterion."""
    if criterion.name in ID_CRITERIA or _field_of(record_type, search_type, criterion) is not None:
        return True
    return _line_field(record_type, criterion) is not None


def _field_of(record_type: RecordType, search_type: str, criterion: Criterion) -> Field | None:
    if not criterion.is_custom:
        return field_of(record_type, search_type, criterion.name)
    return next((one for one in record_type.fields if one.name == criterion.name and one.is_custom), None)


def _line_field(record_type: RecordType, criterion: Criterion) -> Field | None:
    """Return the reference of a transaction's lines that has the criterion's name: "item"."""
    sublists = (one.lines for one in record_type.fields if one.lines is not None and one.column == LINE_TABLE)
    entries = (entry for lines in sublists for entry in lines.fields)
    return next((one for one in entries if one.name == criterion.name and one.kind is Kind.REFERENCE), None)


def _line_condition(field: Field, criterion: Criterion, grounds: Grounds) -> Condition:
    """Return that some line of a transaction refers to one of the records, or none does."""
    ids = [one for one in _internal_ids(field, criterion, grounds) if one is not None]
    marks = ", ".join("?" * len(ids))
    query = f'SELECT "transaction" FROM {LINE_TABLE} WHERE {quoted(column_name(field))} IN ({marks})'  # noqa: S608
    found = Among("id", query, tuple(ids))
    match criterion.operator:
        case "anyOf":
            return found
        case "noneOf":
            return Not(found)
        case _:
            raise _refuse_operator(criterion)


def _field_condition(record_type: RecordType, field: Field, criterion: Criterion, grounds: Grounds) -> Condition:
    match field.kind:
        case Kind.TEXT:
            return _text(field.name, criterion)
        case Kind.INTEGER:
            return _compared(field.name, criterion, [_whole(criterion, text) for text in _operands(criterion)])
        case Kind.DECIMAL | Kind.DURATION:
            return _compared(field.name, criterion, [_amount(criterion, text) for text in _operands(criterion)])
        case Kind.BOOLEAN:
            return field.name, "=" if truth_of(criterion) else "!=", True
        case Kind.DATE:
            return _between_times(field.name, criterion, *_days(criterion, grounds))
        case Kind.INSTANT:
            return _between_times(field.name, criterion, *_moments(criterion, grounds))
        case Kind.CHOICE:
            return _among(field.name, _chosen(record_type, field, criterion), criterion)
        case Kind.REFERENCE | Kind.REFERENCES:
            return _among(field.name, _internal_ids(field, criterion, grounds), criterion)
        case Kind.LINES | Kind.SUBRECORD:
            raise CriterionRefusedError(
                code="INVALID_SEARCH_FIELD_NAME", message=f"The sublist {field.name} cannot be searched."
            )
        case _:
            assert_never(field.kind)


def _refuse_operator(criterion: Criterion) -> CriterionRefusedError:
    return CriterionRefusedError(
        code="WS_INVALID_SEARCH_OPERATN",
        message=f"Invalid search operator {criterion.operator!r} for the field {criterion.name}.",
    )


def _refuse_value(criterion: Criterion, problem: str) -> CriterionRefusedError:
    return CriterionRefusedError(code="INVALID_SEARCH_VALUE", message=f"{criterion.name}: {problem}.")


def _value(criterion: Criterion) -> str:
    if not criterion.values:
        raise _refuse_value(criterion, "the search field has no searchValue")
    return criterion.values[0]


def _second(criterion: Criterion) -> str:
    if criterion.second is None:
        raise _refuse_value(criterion, f"the operator {criterion.operator} needs a searchValue2")
    return criterion.second


def _positive(criterion: Criterion) -> tuple[str, str]:
    """Split "notBetween" into "not " and "between"; "notEmpty" too."""
    operator = criterion.operator or ""
    rest = operator.removeprefix("not")
    return ("", operator) if rest == operator else ("not ", rest[:1].lower() + rest[1:])


_TEXT_OPERATORS = {
    "contains": "contains",
    "doesNotContain": "not contains",
    "startsWith": "starts",
    "doesNotStartWith": "not starts",
    "is": "=",
    "isNot": "!=",
    "hasKeywords": "hasKeywords",
}


def _text(name: str, criterion: Criterion) -> Condition:
    match criterion.operator:
        case "empty":
            return name, "empty", None
        case "notEmpty":
            return name, "not empty", None
        case operator if operator in _TEXT_OPERATORS:
            return name, _TEXT_OPERATORS[operator], _value(criterion)
        case _:
            raise _refuse_operator(criterion)


_COMPARISONS = {
    "equalTo": "=",
    "greaterThan": ">",
    "greaterThanOrEqualTo": ">=",
    "lessThan": "<",
    "lessThanOrEqualTo": "<=",
}


def _operands(criterion: Criterion) -> list[str]:
    """Return the texts that a number's operator works on: none, one or two."""
    _, positive = _positive(criterion)
    if positive == "empty":
        return []
    return [_value(criterion), _second(criterion)] if positive == "between" else [_value(criterion)]


def _compared(name: str, criterion: Criterion, operands: list[Decimal] | list[int] | list[str]) -> Condition:
    negation, positive = _positive(criterion)
    if positive == "empty":
        return name, f"{negation}empty", None
    if positive == "between":
        return name, f"{negation}between", operands
    if positive in _COMPARISONS:
        return name, f"{negation}{_COMPARISONS[positive]}", operands[0]
    raise _refuse_operator(criterion)


def _amount(criterion: Criterion, text: str) -> Decimal:
    try:
        return decimal_of(text)
    except ValueError as error:
        raise _refuse_value(criterion, str(error)) from error


def _whole(criterion: Criterion, text: str) -> int:
    amount = _amount(criterion, text)
    if amount != int(amount) or abs(amount) >= 2**63:
        raise _refuse_value(criterion, f"{text!r} is no xsd:long")
    return int(amount)


def truth_of(criterion: Criterion) -> bool:
    """Return what a boolean criterion asks for."""
    text = _value(criterion).strip()
    if text not in {"true", "1", "false", "0"}:
        raise _refuse_value(criterion, f"{text!r} is neither true nor false")
    return text in {"true", "1"}


def _span(criterion: Criterion, grounds: Grounds) -> tuple[datetime.date, datetime.date] | None:
    if criterion.predefined is None:
        return None
    span = predefined_span(criterion.predefined, grounds.today)
    if span is None:
        raise _refuse_value(
            criterion,
            f"the simulated account does not know the date {criterion.predefined!r}. Give searchValue and searchValue2 "
            "instead",
        )
    return span


def _days(criterion: Criterion, grounds: Grounds) -> tuple[object, object]:
    """Civil days: compared as days in the account's zone."""
    span = _span(criterion, grounds)
    if span is not None or _positive(criterion)[1] == "empty":
        return span or (None, None)
    start = _read(criterion, lambda text: read_day(text, grounds.zone), _value(criterion))
    if criterion.second is None:
        return start, start
    return start, _read(criterion, lambda text: read_day(text, grounds.zone), criterion.second)


def _moments(criterion: Criterion, grounds: Grounds) -> tuple[object, object]:
    """Instants: compared to the second; "on" means the civil day in the account's zone."""
    span = _span(criterion, grounds)
    positive = _positive(criterion)[1]
    if span is None and positive == "empty":
        return None, None
    if span is None:
        start = _read(criterion, read_instant, _value(criterion))
        if positive != "on":
            return start, start if criterion.second is None else _read(criterion, read_instant, criterion.second)
        day = start.astimezone(grounds.zone).date()
        span = day, day
    after = _first_second(span[1] + datetime.timedelta(days=1), grounds.zone)
    return _first_second(span[0], grounds.zone), after - datetime.timedelta(seconds=1)


def moment_bounds(criterion: Criterion, grounds: Grounds) -> Callable[[datetime.datetime], bool]:
    """Return the test a date criterion puts to an instant that lies in no record: a deletion's."""
    first, last = _moments(criterion, grounds)
    _, operator, _ = _between_times("", criterion, first, last)
    negation, positive = _positive(criterion)

    def test(moment: datetime.datetime) -> bool:
        if not isinstance(first, datetime.datetime) or not isinstance(last, datetime.datetime):
            return operator == "not empty"
        met = {
            "after": moment > last,
            "onOrAfter": moment >= first,
            "before": moment < first,
            "onOrBefore": moment <= last,
        }.get(positive, first <= moment <= last)
        return met != bool(negation)

    return test


def _first_second(day: datetime.date, zone: datetime.tzinfo) -> datetime.datetime:
    return datetime.datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(datetime.UTC)


def _between_times(name: str, criterion: Criterion, first: object, last: object) -> tuple[str, str, object]:
    negation, positive = _positive(criterion)
    match positive:
        case "after":
            return name, f"{negation}>", last
        case "onOrAfter":
            return name, f"{negation}>=", first
        case "before":
            return name, f"{negation}<", first
        case "onOrBefore":
            return name, f"{negation}<=", last
        case "on" | "within":
            return name, f"{negation}between", [first, last]
        case "empty":
            return name, f"{negation}empty", None
        case _:
            raise _refuse_operator(criterion)


def _read(criterion: Criterion, read: Callable[[str], _Time], text: str) -> _Time:
    try:
        return read(text)
    except ValueError as error:
        raise _refuse_value(criterion, str(error)) from error


def _plain(text: str) -> str:
    return "".join(character for character in text if character.isalnum()).casefold()


def _chosen(record_type: RecordType, field: Field, criterion: Criterion) -> list[str | None]:
    """Return choice ids: by internal id or XSD literal; transaction statuses carry their type: "_invoiceOpen"."""
    ids = [target.internal_id for target in criterion.targets]
    for literal in criterion.values if not criterion.targets else ():
        wanted = _plain(literal).removeprefix(_plain(record_type.name))
        chosen = next(
            (
                choice.id
                for choice in field.choices
                if choice.soap == literal or wanted in {_plain(choice.label), _plain(choice.soap or "")}
            ),
            None,
        )
        ids.append(chosen or literal)
    return ids


def _internal_ids(field: Field, criterion: Criterion, grounds: Grounds) -> list[str | None]:
    ids: list[str | None] = []
    for target in criterion.targets:
        if target.internal_id:
            ids.append(target.internal_id)
            continue
        found = (grounds.id_of_external(name, target.external_id or "") for name in field.refers_to)
        ids.append(next((internal for internal in found if internal is not None), NOBODY))
    return ids


def _among(name: str, ids: list[str | None], criterion: Criterion) -> Condition:
    known = [one for one in ids if one and one != NONE]
    has_none = NONE in ids
    match criterion.operator:
        case "anyOf":
            return AnyOf(((name, "in", known), (name, "empty", None))) if has_none else (name, "in", known)
        case "noneOf" if has_none:
            return AllOf(((name, "not in", known), (name, "not empty", None)))
        case "noneOf":
            return name, "not in", known
        case _:
            raise _refuse_operator(criterion)
