"""What the page of a week shows: rows of work by days, with sums; and how entries become rows. What was typed stays beside what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from suitebridge.console import links
from suitebridge.console.inputs import Box, Offers, box
from suitebridge.console.marks import APPROVAL_MARKS, Mark
from suitebridge.console.notices import Complaint, Notice
from suitebridge.domain.schemas import FieldSchema
from suitebridge.domain.weeks import DAYS, days_from, name_of_week, plain_hours

BLANK_ROWS, MOST_ROWS = 3, 40


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedCell:
    """Hours as they were typed or stand; without an id there is no entry yet."""

    hours: str = ""
    record_id: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedRow:
    """One row: what the work was, and a cell for each day."""

    texts: Mapping[str, str]
    cells: tuple[TypedCell, ...] = (TypedCell(),) * DAYS

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it and nothing stood in it."""
        return not any(cell.hours.strip() or cell.record_id for cell in self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedWeek:
    """Everything that the form holds."""

    starts: date
    version: str
    rows: tuple[TypedRow, ...]


@dataclass(slots=True)
class WeekProblems:
    """What is wrong, by row and field, and by row and day."""

    fields: dict[tuple[int, str], str] = field(default_factory=dict)
    cells: dict[tuple[int, int], str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.fields or self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCell:
    """One cell; `seen` says which entry in which version stands there."""

    name: str
    label: str
    value: str
    seen: str
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekRow:
    """One row of the grid, with its sum."""

    number: int
    boxes: tuple[Box, ...]
    cells: tuple[DayCell, ...]
    total: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayHead:
    """One column: its day, and its sum."""

    text: str
    spoken: str
    total: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekPage:
    """The whole page."""

    title: str
    send_href: str
    earlier_href: str
    later_href: str
    copy_href: str
    record_href: str
    starts: str
    version: str
    mark: Mark
    is_open: bool
    rejected_because: str
    labels: tuple[str, ...]
    days: tuple[DayHead, ...]
    rows: tuple[WeekRow, ...]
    total: str
    offers: tuple[Offers, ...]
    complaints: tuple[Complaint, ...]
    notice: Notice | None
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The week's record as it stands; blank for a week that is not begun."""

    record_id: str
    state: str
    is_open: bool
    rejected_because: str


def week_page(
    standing: Standing,
    typed: TypedWeek,
    fields: Sequence[FieldSchema],
    *,
    offers: Sequence[Offers],
    problems: WeekProblems | None = None,
    notice: Notice | None = None,
    told: str = "",
) -> WeekPage:
    """Write the page."""
    days, wrong = days_from(typed.starts), problems or WeekProblems()
    sums = [sum((_hours(row.cells[n]) for row in typed.rows), Decimal(0)) for n in range(DAYS)]
    week = timedelta(days=DAYS)
    return WeekPage(
        title=f"Week of {name_of_week(days)}",
        send_href=_href(typed.starts),
        earlier_href=_href(typed.starts - week),
        later_href=_href(typed.starts + week),
        copy_href=_href(typed.starts, copies=True) if standing.is_open else "",
        record_href=links.record("timesheet", standing.record_id) if standing.record_id else "",
        starts=typed.starts.isoformat(),
        version=typed.version,
        mark=APPROVAL_MARKS[standing.state],
        is_open=standing.is_open,
        rejected_because=standing.rejected_because,
        labels=tuple(one.label for one in fields),
        days=tuple(
            DayHead(text=f"{day:%a} {day.day}", spoken=f"{day:%A} {day.isoformat()}", total=_told(total))
            for day, total in zip(days, sums, strict=True)
        ),
        rows=tuple(_row(number, row, fields, days, wrong) for number, row in enumerate(typed.rows)),
        total=_told(sum(sums, Decimal(0))),
        offers=tuple(offers),
        complaints=_complaints(wrong, fields, days),
        notice=notice,
        told=told,
    )


def _row(
    number: int, row: TypedRow, fields: Sequence[FieldSchema], days: Sequence[date], wrong: WeekProblems
) -> WeekRow:
    return WeekRow(
        number=number,
        boxes=tuple(
            box(
                one,
                name=f"row-{number}-{one.name}",
                value=row.texts.get(one.name, ""),
                problem=wrong.fields.get((number, one.name), ""),
                label=f"{one.label}, row {number + 1}",
            )
            for one in fields
        ),
        cells=tuple(
            DayCell(
                name=f"row-{number}-{n}",
                label=f"Hours, row {number + 1}, {day:%A}",
                value=cell.hours,
                seen=f"{cell.record_id}:{cell.version}" if cell.record_id else "",
                problem=wrong.cells.get((number, n), ""),
            )
            for n, (day, cell) in enumerate(zip(days, row.cells, strict=True))
        ),
        total=_told(sum((_hours(cell) for cell in row.cells), Decimal(0))),
    )


def _complaints(wrong: WeekProblems, fields: Sequence[FieldSchema], days: Sequence[date]) -> tuple[Complaint, ...]:
    labels = {one.name: one.label for one in fields}
    of_rows = [
        Complaint(field=f"row-{row}-{name}", said=f"Row {row + 1}, {labels.get(name, name)}: {said}")
        for (row, name), said in wrong.fields.items()
    ]
    of_cells = [
        Complaint(field=f"row-{row}-{n}", said=f"Row {row + 1}, {days[n]:%A}: {said}")
        for (row, n), said in wrong.cells.items()
    ]
    return (*of_rows, *of_cells)


def _hours(cell: TypedCell) -> Decimal:
    """Read a cell for its sum; what cannot be read counts nothing."""
    try:
        hours = Decimal(plain_hours(cell.hours) or "0")
    except InvalidOperation:
        return Decimal(0)
    return hours if hours.is_finite() else Decimal(0)


def _told(total: Decimal) -> str:
    plain = total.normalize() if total else Decimal(0)
    return f"{plain:f}"


def _href(starts: date, *, copies: bool = False) -> str:
    return links.address("week", query={"day": starts.isoformat(), "copy": "yes" if copies else ""})
