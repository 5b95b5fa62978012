"""Answers the visitor's own week: shows it, copies the rows of the week before, saves it whole, and submits it where asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from http import HTTPStatus

from django.http import Http404, HttpResponse, HttpResponseRedirect

from suitebridge.administration.staffing import stamp_for
from suitebridge.console import links, wording
from suitebridge.console.access import Visit
from suitebridge.console.inputs import offers_of, typed_texts
from suitebridge.console.notices import Notice, notice_of
from suitebridge.console.showing import show
from suitebridge.console.week.page import (
    BLANK_ROWS,
    MOST_ROWS,
    Standing,
    TypedCell,
    TypedRow,
    TypedWeek,
    WeekProblems,
    week_page,
)
from suitebridge.domain import approvals, weeks
from suitebridge.domain.approvals import ApprovalAct
from suitebridge.domain.conditions import AllOf, Compare, Comparison
from suitebridge.domain.errors import RecordRefusedError
from suitebridge.domain.people import Door
from suitebridge.domain.records import Record
from suitebridge.domain.schemas import FieldSchema, RecordSchema
from suitebridge.domain.values import Scalar
from suitebridge.ports.workspace import RecordQuery
from suitebridge.recording.approving import ApprovalRequest, move_record
from suitebridge.recording.editing import Edit, Whole, lines_held, save_whole
from suitebridge.recording.typing_in import HEAD, EntryProblem, enterable, read_typed

_OF_HEAD = frozenset({weeks.HEAD_TYPE, weeks.OWNER, weeks.DAY, weeks.HOURS, "netsuite_id"})
_COPIED = "These rows are those of the week before. Nothing is saved yet."


def edit_week(visit: Visit) -> HttpResponse:
    """Show a week, or save it."""
    form, query = visit.request.POST, visit.request.GET
    starts = weeks.monday_of(_day(visit, form.get("starts") or query.get("day", "")))
    sheet = _sheet_of(visit, starts)
    if visit.request.method == "POST":
        return _save(visit, sheet, _typed(visit, starts))
    if query.get("copy") and _is_open(visit, sheet):
        earlier = _sheet_of(visit, starts - timedelta(days=weeks.DAYS))
        copied = tuple(
            TypedRow(texts=row.texts, cells=tuple(TypedCell(hours=cell.hours) for cell in row.cells))
            for row in _rows_of(visit, earlier, starts - timedelta(days=weeks.DAYS))
        )
        standing = _as_it_stands(visit, sheet, starts)
        rows = tuple(row for row in standing.rows if not row.is_blank)
        typed = TypedWeek(starts=starts, version=standing.version, rows=_with_blanks((*rows, *copied)))
        return _show(visit, sheet, typed, told=_COPIED if copied else "There was nothing in the week before.")
    return _show(visit, sheet, _as_it_stands(visit, sheet, starts))


def _day(visit: Visit, typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return visit.house.clock.now().astimezone(wording.zone_of(visit.store.company.zone)).date()


def _sheet_of(visit: Visit, starts: date) -> Record | None:
    own = Compare(path=weeks.OWNER, comparison=Comparison.EQUAL, value=visit.user.id)
    begins = Compare(path=weeks.STARTS, comparison=Comparison.EQUAL, value=starts)
    query = RecordQuery(record_type=weeks.HEAD_TYPE, condition=AllOf(conditions=(own, begins)), limit=1)
    return next(iter(visit.store.records.query(query)), None)


def _head_schema(visit: Visit) -> RecordSchema:
    return visit.store.schemas().workspace_type(weeks.HEAD_TYPE)


def _row_fields(visit: Visit) -> tuple[FieldSchema, ...]:
    """Name the fields of a row: whatever an entry has besides whose, when and how long it was; the company's own fields too."""
    schema = visit.store.schemas().workspace_type(weeks.LINE_TYPE)
    return tuple(field for field in enterable(schema, visit.user.role) if field.name not in _OF_HEAD)


def _is_open(visit: Visit, sheet: Record | None) -> bool:
    state = approvals.state_of(_head_schema(visit), sheet.fields) if sheet is not None else approvals.OPEN
    return not approvals.is_locked(visit.user.role, state)


def _as_it_stands(visit: Visit, sheet: Record | None, starts: date) -> TypedWeek:
    rows = _rows_of(visit, sheet, starts)
    return TypedWeek(starts=starts, version=sheet.version if sheet is not None else "", rows=_with_blanks(rows))


def _with_blanks(rows: tuple[TypedRow, ...]) -> tuple[TypedRow, ...]:
    return (*rows, *(TypedRow(texts={}) for _ in range(max(0, min(BLANK_ROWS, MOST_ROWS - len(rows))))))


def _rows_of(visit: Visit, sheet: Record | None, starts: date) -> tuple[TypedRow, ...]:
    """Put entries of the same work into one row; a second entry of it on a day begins another one."""
    related = approvals.lines_of(_head_schema(visit))
    if sheet is None or related is None:
        return ()
    entries, fields = lines_held(visit.store, related, sheet.id), _row_fields(visit)
    days = weeks.days_from(starts)
    rows: list[tuple[dict[str, str], dict[int, TypedCell]]] = []
    hours = _hours_field(visit)
    written = typed_texts(visit.store, (*fields, hours), entries)
    for entry, texts in zip(entries, written, strict=True):
        day, typed = entry.fields.get(weeks.DAY), texts.pop(weeks.HOURS)
        if day not in days:
            continue
        place = days.index(day)
        cell = TypedCell(hours=typed, record_id=entry.id, version=entry.version)
        row = next((cells for known, cells in rows if known == texts and place not in cells), None)
        if row is None:
            rows.append((texts, {place: cell}))
        else:
            row[place] = cell
    return tuple(
        TypedRow(texts=texts, cells=tuple(cells.get(n, TypedCell()) for n in range(weeks.DAYS)))
        for texts, cells in rows
    )


def _hours_field(visit: Visit) -> FieldSchema:
    return visit.store.schemas().workspace_type(weeks.LINE_TYPE).by_name[weeks.HOURS]


def _typed(visit: Visit, starts: date) -> TypedWeek:
    form, fields = visit.request.POST, _row_fields(visit)
    rows = []
    for number in range(MOST_ROWS):
        if f"row-{number}-0" not in form:
            break
        cells = []
        for n in range(weeks.DAYS):
            record_id, _, version = form.get(f"row-{number}-{n}-seen", "").partition(":")
            cells.append(TypedCell(hours=form.get(f"row-{number}-{n}", ""), record_id=record_id, version=version))
        texts = {field.name: form.get(f"row-{number}-{field.name}", "") for field in fields}
        rows.append(TypedRow(texts=texts, cells=tuple(cells)))
    return TypedWeek(starts=starts, version=form.get("version", ""), rows=tuple(rows))


def _save(visit: Visit, sheet: Record | None, typed: TypedWeek) -> HttpResponse:
    if visit.request.POST.get("act") == "more":
        return _show(visit, sheet, TypedWeek(starts=typed.starts, version=typed.version, rows=_with_blanks(typed.rows)))
    stamp = stamp_for(visit.user, Door.CONSOLE)
    try:
        saved = _write(visit, sheet, typed)
        if isinstance(saved, WeekProblems):
            return _show(visit, sheet, typed, problems=saved)
        if visit.request.POST.get("act") == "submit":
            request = ApprovalRequest(act=ApprovalAct.SUBMIT, record_type=weeks.HEAD_TYPE, record_id=saved)
            move_record(visit.store, request, acting=visit.user, stamp=stamp, clock=visit.house.clock)
    except LookupError as error:
        raise Http404(str(error)) from error
    except RecordRefusedError as error:
        return _show(visit, _sheet_of(visit, typed.starts), typed, notice=notice_of(error.problem))
    return HttpResponseRedirect(links.address("week", query={"day": typed.starts.isoformat()}))


def _write(visit: Visit, sheet: Record | None, typed: TypedWeek) -> str | WeekProblems:
    """Turn the grid into entries: a filled cell is one, a cell that was cleared takes its entry away."""
    filled = [(r, n) for r, row in enumerate(typed.rows) for n, cell in enumerate(row.cells) if cell.hours.strip()]
    values, wrong = _entries(visit, typed, filled)
    if wrong:
        return _placed(wrong, filled)
    cells = [typed.rows[r].cells[n] for r, n in filled]
    gone = [cell for row in typed.rows for cell in row.cells if cell.record_id and not cell.hours.strip()]
    whole = Whole(
        record_type=weeks.HEAD_TYPE,
        head=_head(visit, sheet, typed),
        lines=tuple(
            Edit(values=one, record_id=cell.record_id, version=cell.version)
            for one, cell in zip(values, cells, strict=True)
        ),
        gone=tuple(Edit(values={}, record_id=cell.record_id, version=cell.version) for cell in gone),
    )
    saved = save_whole(visit.store, whole, acting=visit.user, stamp=stamp_for(visit.user, Door.CONSOLE))
    return saved if isinstance(saved, str) else _placed(saved, filled)


def _entries(
    visit: Visit, typed: TypedWeek, filled: Sequence[tuple[int, int]]
) -> tuple[list[Mapping[str, Scalar]], list[EntryProblem]]:
    """Read the filled cells as the values of entries."""
    days, schema = weeks.days_from(typed.starts), visit.store.schemas().workspace_type(weeks.LINE_TYPE)
    texts = []
    for r, n in filled:
        hours = weeks.plain_hours(typed.rows[r].cells[n].hours)
        texts.append({**typed.rows[r].texts, weeks.DAY: days[n].isoformat(), weeks.HOURS: hours})
    read = read_typed(visit.store, schema, texts, role=visit.user.role)
    wrong = [one for values in read for one in values.problems]
    for number, values in enumerate(read):
        amount = values.values.get(weeks.HOURS)
        said = weeks.wrong_hours(amount) if isinstance(amount, Decimal) else ""
        wrong += [EntryProblem(row=number, field=weeks.HOURS, said=said)] if said else []
    return [values.values for values in read], wrong


def _head(visit: Visit, sheet: Record | None, typed: TypedWeek) -> Edit:
    if sheet is not None:
        return Edit(values={}, record_id=sheet.id, version=typed.version)
    days = weeks.days_from(typed.starts)
    name = f"{weeks.name_of_week(days)} {visit.user.name}"
    return Edit(values={weeks.TITLE: name, weeks.STARTS: days[0], weeks.ENDS: days[-1]})


def _placed(wrong: Sequence[EntryProblem], filled: Sequence[tuple[int, int]]) -> WeekProblems:
    problems = WeekProblems()
    for one in wrong:
        row, day = filled[one.row] if one.row != HEAD else (0, 0)
        if one.field in {weeks.HOURS, weeks.DAY}:
            problems.cells[row, day] = one.said
        else:
            problems.fields[row, one.field] = one.said
    return problems


def _show(
    visit: Visit,
    sheet: Record | None,
    typed: TypedWeek,
    *,
    problems: WeekProblems | None = None,
    notice: Notice | None = None,
    told: str = "",
) -> HttpResponse:
    schema, fields = _head_schema(visit), _row_fields(visit)
    standing = Standing(
        record_id=sheet.id if sheet is not None else "",
        state=approvals.state_of(schema, sheet.fields) if sheet is not None else approvals.OPEN,
        is_open=_is_open(visit, sheet),
        rejected_because=str(sheet.fields.get(approvals.REJECTED_BECAUSE) or "") if sheet is not None else "",
    )
    offers = offers_of(visit.store, fields, visit.user.role)
    page = week_page(standing, typed, fields, offers=offers, problems=problems, notice=notice, told=told)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problems or notice else HTTPStatus.OK
    return show(visit, "week/week.html", page, title=page.title, place="week", status=status)
