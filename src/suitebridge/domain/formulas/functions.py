"""The functions of formulas, as a table: pure, total but for their own error, each with its arguments and one sentence.

What only computes its arguments when they are needed (`if`, `coalesce`), and what names a field (`field`), is compiled in `compiling`.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, ROUND_UP, Decimal, InvalidOperation
from typing import Final, TypeAlias

from suitebridge.domain.formulas.numbers import CONTEXT, NumberError, combine, permitted
from suitebridge.domain.formulas.reading import MOST_DIGITS
from suitebridge.domain.values import Scalar, as_text, is_blank

LONGEST_TEXT: Final = 100_000
MOST_ARGUMENTS: Final = 50
_MOST_DAYS: Final = 4_000_000
_MOST_MONTHS: Final = 120_000

Apply: TypeAlias = Callable[[Sequence[Scalar]], Scalar]


class ArgumentError(ValueError):
    """A function cannot use one of its values: which one, counted from 0, and why."""

    def __init__(self, index: int, said: str) -> None:
        super().__init__(said)
        self.index = index
        self.said = said


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """One function: how it is written, how many values it takes, and what it gives."""

    name: str
    arguments: str
    sentence: str
    fewest: int
    most: int
    apply: Apply


def kind_of(value: Scalar) -> str:
    """Name what a value is, for sentences."""
    match value:
        case None | "":
            return "a blank"
        case bool():
            return "a yes or no"
        case int() | Decimal():
            return "a number"
        case datetime():
            return "a moment"
        case date():
            return "a day"
        case _:
            return "a text"


def short(text: str) -> str:
    """Give a text back unless it is longer than formulas may make one."""
    if len(text) > LONGEST_TEXT:
        raise ArgumentError(0, f"A text has at most {LONGEST_TEXT:,} characters.")
    return text


def number_at(values: Sequence[Scalar], index: int) -> Decimal | None:
    """Give a value as a number, None for a blank. Raise `ArgumentError` for anything else."""
    value = values[index]
    match value:
        case None | "":
            return None
        case int() | Decimal() if not isinstance(value, bool):
            try:
                return permitted(Decimal(value))
            except NumberError as error:
                raise ArgumentError(index, str(error)) from None
        case _:
            raise ArgumentError(index, f"A number is needed here, and this is {kind_of(value)}.")


def _whole_at(values: Sequence[Scalar], index: int, most: int) -> int | None:
    number = number_at(values, index)
    if number is None:
        return None
    if number != number.to_integral_value() or abs(number) > most:
        raise ArgumentError(index, f"A whole number up to {most:,} is needed here.")
    return int(number)


def _count_at(values: Sequence[Scalar], index: int) -> int:
    count = _whole_at(values, index, LONGEST_TEXT)
    if count is None or count < 0:
        raise ArgumentError(index, "A count is needed here: 0, 1, 2 and so on.")
    return count


def _day_at(values: Sequence[Scalar], index: int) -> date | None:
    value = values[index]
    match value:
        case None | "":
            return None
        case datetime():
            raise ArgumentError(
                index, "A day is needed here, and this is a moment; which day it is depends on the zone."
            )
        case date():
            return value
        case _:
            raise ArgumentError(
                index, f"A day is needed here, and this is {kind_of(value)}; date('2026-01-31') makes one."
            )


def _text_at(values: Sequence[Scalar], index: int) -> str:
    return text_of(values[index], index)


def text_of(value: Scalar, index: int = 0) -> str:
    """Write a value as a text. Raise `ArgumentError` for a number whose text would not end."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        try:
            permitted(Decimal(value))
        except NumberError as error:
            raise ArgumentError(index, str(error)) from None
    return as_text(value)


def _rounding(mode: str) -> Apply:
    def rounded(values: Sequence[Scalar]) -> Scalar:
        number = number_at(values, 0)
        places = _whole_at(values, 1, MOST_DIGITS) if len(values) > 1 else 0
        if number is None or places is None:
            return None
        try:
            return permitted(number.quantize(Decimal((0, (1,), -places)), rounding=mode, context=CONTEXT))
        except NumberError as error:
            raise ArgumentError(0, str(error)) from None

    return rounded


def _whole(mode: str) -> Apply:
    def whole(values: Sequence[Scalar]) -> Scalar:
        number = number_at(values, 0)
        return None if number is None else permitted(number.to_integral_value(rounding=mode, context=CONTEXT))

    return whole


def _abs(values: Sequence[Scalar]) -> Scalar:
    number = number_at(values, 0)
    return None if number is None else number.copy_abs()


def _numbers(values: Sequence[Scalar]) -> list[Decimal]:
    return [number for index in range(len(values)) if (number := number_at(values, index)) is not None]


def _extreme(choose: Callable[[Sequence[Decimal]], Decimal], choose_day: Callable[[Sequence[date]], date]) -> Apply:
    def extreme(values: Sequence[Scalar]) -> Scalar:
        if any(isinstance(value, date) for value in values):
            days = [day for index in range(len(values)) if (day := _day_at(values, index)) is not None]
            return choose_day(days)
        numbers = _numbers(values)
        return choose(numbers) if numbers else None

    return extreme


def _sum(values: Sequence[Scalar]) -> Scalar:
    total = Decimal(0)
    for number in _numbers(values):
        try:
            total = combine(CONTEXT.add, total, number)
        except NumberError as error:
            raise ArgumentError(0, str(error)) from None
    return total


def _mod(values: Sequence[Scalar]) -> Scalar:
    left, right = number_at(values, 0), number_at(values, 1)
    if left is None or right is None:
        return None
    try:
        return combine(CONTEXT.remainder, left, right)
    except NumberError as error:
        raise ArgumentError(1, str(error)) from None


def _number(values: Sequence[Scalar]) -> Scalar:
    value = values[0]
    if not isinstance(value, str) or value == "":
        return number_at(values, 0)
    text = value.strip()
    said = "This text is no number of the form 1250.5."
    if len(text) > 2 * MOST_DIGITS + 2 or not text.isascii() or "_" in text:
        raise ArgumentError(0, said)
    try:
        return permitted(Decimal(text))
    except (InvalidOperation, NumberError):
        raise ArgumentError(0, said) from None


def _left(values: Sequence[Scalar]) -> Scalar:
    return _text_at(values, 0)[: _count_at(values, 1)]


def _right(values: Sequence[Scalar]) -> Scalar:
    count, text = _count_at(values, 1), _text_at(values, 0)
    return text[-count:] if count else ""


def _mid(values: Sequence[Scalar]) -> Scalar:
    start, count = _count_at(values, 1), _count_at(values, 2)
    if start == 0:
        raise ArgumentError(1, "The first character has the number 1.")
    return _text_at(values, 0)[start - 1 : start - 1 + count]


def _replace(values: Sequence[Scalar]) -> Scalar:
    text, old, new = (_text_at(values, index) for index in range(3))
    if not old:
        return text
    if len(text) + text.count(old) * max(len(new) - len(old), 0) > LONGEST_TEXT:
        raise ArgumentError(2, f"A text has at most {LONGEST_TEXT:,} characters.")
    return text.replace(old, new)


def _pad_left(values: Sequence[Scalar]) -> Scalar:
    text, width, fill = _text_at(values, 0), _count_at(values, 1), _text_at(values, 2)
    if len(fill) != 1:
        raise ArgumentError(2, "One character is needed here, with which the text is filled up.")
    return text.rjust(width, fill)


def _part(values: Sequence[Scalar]) -> Scalar:
    text, separator, number = _text_at(values, 0), _text_at(values, 1), _count_at(values, 2)
    if not separator:
        raise ArgumentError(1, "The text that separates the parts is missing.")
    if number == 0:
        raise ArgumentError(2, "The first part has the number 1.")
    parts = text.split(separator)
    return parts[number - 1] if number <= len(parts) else ""


def _read_day(text: str) -> date:
    said = "This text is no day of the form 2026-01-31."
    if len(text) != len("2026-01-31") or text[4] != "-" or text[7] != "-":
        raise ArgumentError(0, said)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentError(0, said) from None


def _date(values: Sequence[Scalar]) -> Scalar:
    if len(values) == 1:
        value = values[0]
        if not isinstance(value, str) or value == "":
            return _day_at(values, 0)
        return _read_day(value)
    if len(values) == 2:
        raise ArgumentError(1, "A day is made of year, month and day, or of one text.")
    numbers = [_whole_at(values, index, 9999) for index in range(3)]
    year, month, day = numbers
    if year is None or month is None or day is None:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        raise ArgumentError(0, "The calendar has no such day.") from None


def _of_day(read: Callable[[date], int]) -> Apply:
    def part(values: Sequence[Scalar]) -> Scalar:
        day = _day_at(values, 0)
        return None if day is None else Decimal(read(day))

    return part


def _add_days(values: Sequence[Scalar]) -> Scalar:
    day, count = _day_at(values, 0), _whole_at(values, 1, _MOST_DAYS)
    if day is None or count is None:
        return None
    try:
        return day + timedelta(days=count)
    except OverflowError:
        raise ArgumentError(1, "The calendar has no such day.") from None


def _add_months(values: Sequence[Scalar]) -> Scalar:
    day, count = _day_at(values, 0), _whole_at(values, 1, _MOST_MONTHS)
    if day is None or count is None:
        return None
    number = day.year * 12 + day.month - 1 + count
    year, month = number // 12, number % 12 + 1
    if not 1 <= year <= 9999:
        raise ArgumentError(1, "The calendar has no such day.")
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _days_between(values: Sequence[Scalar]) -> Scalar:
    first, last = _day_at(values, 0), _day_at(values, 1)
    return None if first is None or last is None else Decimal((last - first).days)


def _first_of_month(values: Sequence[Scalar]) -> Scalar:
    day = _day_at(values, 0)
    return None if day is None else day.replace(day=1)


def _last_of_month(values: Sequence[Scalar]) -> Scalar:
    day = _day_at(values, 0)
    return None if day is None else day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _row(name: str, arguments: str, counts: tuple[int, int], sentence: str, apply: Apply) -> Function:
    return Function(name=name, arguments=arguments, sentence=sentence, fewest=counts[0], most=counts[1], apply=apply)


_TABLE: Final = (
    _row("round", "number, places", (1, 2), "Rounds half up, to whole numbers or to so many places.", _rounding(ROUND_HALF_UP)),
    _row("round_up", "number, places", (1, 2), "Rounds away from zero.", _rounding(ROUND_UP)),
    _row("round_down", "number, places", (1, 2), "Cuts off what is beyond the places.", _rounding(ROUND_DOWN)),
    _row("floor", "number", (1, 1), "The next whole number below.", _whole(ROUND_FLOOR)),
    _row("ceiling", "number", (1, 1), "The next whole number above.", _whole(ROUND_CEILING)),
    _row("abs", "number", (1, 1), "The number without its sign.", _abs),
    _row("min", "value, …", (1, MOST_ARGUMENTS), "The least of several numbers or days; blanks do not count.", _extreme(min, min)),
    _row("max", "value, …", (1, MOST_ARGUMENTS), "The greatest of several numbers or days; blanks do not count.", _extreme(max, max)),
    _row("sum", "number, …", (1, MOST_ARGUMENTS), "Adds several numbers; blanks count as nothing.", _sum),
    _row("mod", "number, divisor", (2, 2), "What a division leaves, with the sign of the number.", _mod),
    _row("number", "text", (1, 1), "Reads a number such as 1250.5 from a text.", _number),
    _row("text", "value", (1, 1), "The value as a text: 2026-01-31, 1250.50, true.", lambda values: _text_at(values, 0)),
    _row("upper", "text", (1, 1), "The text in capitals.", lambda values: short(_text_at(values, 0).upper())),
    _row("lower", "text", (1, 1), "The text in small letters.", lambda values: short(_text_at(values, 0).lower())),
    _row("trim", "text", (1, 1), "The text without the spaces around it.", lambda values: _text_at(values, 0).strip()),
    _row("left", "text, count", (2, 2), "The first characters of a text.", _left),
    _row("right", "text, count", (2, 2), "The last characters of a text.", _right),
    _row("mid", "text, first, count", (3, 3), "Characters of a text from a place on; the first place is 1.", _mid),
    _row("length", "text", (1, 1), "How many characters a text has.", lambda values: Decimal(len(_text_at(values, 0)))),
    _row("replace", "text, old, new", (3, 3), "The text with every occurrence of one text replaced by another.", _replace),
    _row("concat", "value, …", (1, MOST_ARGUMENTS), "Several values as one text.", lambda values: short("".join(_text_at(values, index) for index in range(len(values))))),
    _row("contains", "text, part", (2, 2), "Whether a text holds another one.", lambda values: _text_at(values, 1) in _text_at(values, 0)),
    _row("starts_with", "text, part", (2, 2), "Whether a text begins with another one.", lambda values: _text_at(values, 0).startswith(_text_at(values, 1))),
    _row("ends_with", "text, part", (2, 2), "Whether a text ends with another one.", lambda values: _text_at(values, 0).endswith(_text_at(values, 1))),
    _row("pad_left", "text, width, character", (3, 3), "The text filled up on its left to a width.", _pad_left),
    _row("part", "text, separator, number", (3, 3), "One of the parts between separators; the first part is 1.", _part),
    _row("line_break", "", (0, 0), "The beginning of a new line.", lambda _: "\n"),
    _row("blank", "value", (1, 1), "Whether a value is not filled in.", lambda values: is_blank(values[0])),
    _row("filled", "value", (1, 1), "Whether a value is filled in.", lambda values: not is_blank(values[0])),
    _row("date", "year, month, day", (1, 3), "The day of a year, a month and a day, or of a text such as '2026-01-31'.", _date),
    _row("year", "day", (1, 1), "The year of a day.", _of_day(lambda day: day.year)),
    _row("month", "day", (1, 1), "The month of a day, 1 to 12.", _of_day(lambda day: day.month)),
    _row("day", "day", (1, 1), "The day of its month, 1 to 31.", _of_day(lambda day: day.day)),
    _row("quarter", "day", (1, 1), "The quarter of a day, 1 to 4.", _of_day(lambda day: (day.month + 2) // 3)),
    _row("week", "day", (1, 1), "The ISO week of a day, 1 to 53.", _of_day(lambda day: day.isocalendar().week)),
    _row("weekday", "day", (1, 1), "The day of the week, from 1 for Monday to 7 for Sunday.", _of_day(date.isoweekday)),
    _row("add_days", "day, count", (2, 2), "So many days later, or earlier with a negative count.", _add_days),
    _row("add_months", "day, count", (2, 2), "So many months later; the last day of the month where it has no such day.", _add_months),
    _row("days_between", "first, last", (2, 2), "How many days lie between two days.", _days_between),
    _row("first_of_month", "day", (1, 1), "The first day of a day's month.", _first_of_month),
    _row("last_of_month", "day", (1, 1), "The last day of a day's month.", _last_of_month),
)  # fmt: skip

FUNCTIONS: Final[Mapping[str, Function]] = {one.name: one for one in _TABLE}
"""Every function by its name; names are read whatever their case."""
