"""Loads a folder of tables, one for each record type: what is new is created, what differs is changed, the rest is left alone.

A row is found again by its key, so loading the same folder twice creates nothing twice. A blank cell means "not set": it leaves a
record that exists as it is. A row may point to rows of the tables before its own, or to records loaded earlier. It refuses to
know how a file is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from suitebridge.domain import approvals
from suitebridge.domain.errors import Problem, RecordRefusedError, RunStoppedError
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.intents import Change
from suitebridge.domain.people import Door, Permission, Stamp, User
from suitebridge.domain.schemas import FieldSchema, Kind, RecordSchema
from suitebridge.domain.values import Fields, Scalar, is_blank
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.files import BrokenRow, ReadRow, RecordFiles, TableRow
from suitebridge.ports.transactions import NewRecord, RecordChange, UnitOfWork
from suitebridge.recording.parsing import Parser, UnreadableCellError, parser_for
from suitebridge.recording.reports import FileReport, LoadReport, RefusedLine

BATCH_SIZE = 1000
LONGEST_KEY = 100
KEY_COLUMN = "key"
_KEY_FIELD = "load_key"

Notice = Callable[[str, int], None]
"""Hears how many rows of a file are done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """A row as it shall stand: its fields, references already as ids."""

    line: int
    key: str
    fields: Fields
    record_id: str = ""
    version: str = ""
    changes: tuple[Change, ...] = ()

    @property
    def is_new(self) -> bool:
        return not self.record_id


@dataclass(slots=True, kw_only=True)
class _Columns:
    """The columns of one file that are fields, with their parsers; `notes` on the others."""

    fields: tuple[tuple[FieldSchema, Parser], ...]
    notes: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class _Load:
    """One folder on its way into one company's workspace."""

    store: CompanyStore
    files: RecordFiles
    user: User
    stamp: Stamp
    notice: Notice
    ids: dict[str, dict[str, str]] = field(default_factory=dict)  # by record type: the id behind each key met so far


def load_folder(
    store: CompanyStore, files: RecordFiles, schemas: Mapping[str, RecordSchema], *, user: User, notice: Notice
) -> LoadReport:
    """Load every table of a folder in the order of the schemas, in batches, and tell what became of each line.

    Raise `RunStoppedError` SB-AUTH-001 for users who may not modify records of these types, SB-FILE-001 for a folder without any table of
    a record type.
    """
    _may_load(user, schemas.values(), is_any=True)
    tables = {name.casefold(): name for name in files.names()}
    chosen = [(schema, tables[name]) for name, schema in schemas.items() if name in tables]
    if not chosen:
        said = f"None of its files is named after a record type. Known are {', '.join(schemas)}."
        raise RunStoppedError(Problem(code="SB-FILE-001", facts={"folder": files.title, "said": said}))
    _may_load(user, [schema for schema, _ in chosen])
    stamp = Stamp(author_id=user.id, author_name=user.name, door=Door.FILE)
    load = _Load(store=store, files=files, user=user, stamp=stamp, notice=notice)
    reports = tuple(_load_table(load, schema, name) for schema, name in chosen)
    report = LoadReport(
        folder=files.title,
        files=reports,
        strangers=tuple(files.file(name) for folded, name in tables.items() if folded not in schemas),
    )
    _note_in_trail(load, report)
    return report


def _may_load(user: User, wanted: Iterable[RecordSchema], *, is_any: bool = False) -> None:
    """Refuse who may not modify records of each of the types, or with `is_any` of at least one."""
    missing = [schema.plural.lower() for schema in wanted if not user.role.may_modify(schema.name)]
    if not missing or (is_any and (user.role.modifies or user.role.allows(Permission.MODIFY_RECORDS))):
        return
    facts = {
        "act": "load files into the workspace" if is_any else f"load files of {', '.join(missing)} into the workspace",
        "role": user.role.name,
        "permission": Permission.MODIFY_RECORDS.value,
    }
    raise RunStoppedError(Problem(code="SB-AUTH-001", facts=facts))


def _note_in_trail(load: _Load, report: LoadReport) -> None:
    changes = tuple(
        Change(
            field=file.record_type,
            before=None,
            after=f"{file.created} created, {file.updated} updated, {file.unchanged} unchanged, {len(file.refused)} refused",
        )
        for file in report.files
    )
    event = Event(
        name=EventName.FILES_LOADED, subject_type="files", subject_id="", subject=report.folder, changes=changes
    )
    with load.store.transactions.begin() as unit:
        unit.append_event(event, load.stamp)


def _load_table(load: _Load, schema: RecordSchema, name: str) -> FileReport:
    file = load.files.file(name)
    report = FileReport(file=file, record_type=schema.name, plural=schema.plural)
    header = load.files.columns(name)
    trouble = _header_trouble(header)
    if trouble:
        return replace(report, refused=(RefusedLine(file=file, line=1, key="", reason=trouble),))
    columns = _known_columns(schema, header)
    report = replace(report, notes=columns.notes)
    lines: dict[str, int] = {}
    for chunk in _batches(load.files.rows(name)):
        refused: list[RefusedLine] = []
        rows = _single_rows(file, chunk, lines, refused)
        wanted = _resolve(load, schema, columns, rows, file=file, refused=refused)
        compared = _compare(load, schema, wanted, file=file, refused=refused)
        report = _write(load, schema, _unlocked(load, schema, compared, file=file, refused=refused), report)
        report = replace(report, refused=(*report.refused, *refused))
        load.notice(file, report.considered)
    return replace(report, refused=tuple(sorted(report.refused, key=lambda line: line.line)))


def _header_trouble(header: Sequence[str]) -> str:
    if KEY_COLUMN not in header:
        return f"The first line has no column “{KEY_COLUMN}”, which names each row, so the file was left out. Add one with a text of its own in each row."
    twice = sorted({column for column in header if header.count(column) > 1})
    return f"The first line names {', '.join(twice)} more than once, so the file was left out." if twice else ""


def _known_columns(schema: RecordSchema, header: Sequence[str]) -> _Columns:
    fields: list[tuple[FieldSchema, Parser]] = []
    notes: list[str] = []
    for column in header:
        known = schema.by_name.get(column)
        if column == KEY_COLUMN:
            continue
        if known is None or known.kind is Kind.LINES:
            notes.append(f"The column “{column}” is no field of {schema.label} and was left out.")
        elif known.is_read_only:
            notes.append(f"The column “{column}” cannot be set from outside and was left out.")
        else:
            fields.append((known, parser_for(known)))
    return _Columns(fields=tuple(fields), notes=tuple(notes))


def _batches(rows: Iterator[ReadRow]) -> Iterator[list[ReadRow]]:
    while chunk := list(islice(rows, BATCH_SIZE)):
        yield chunk


def _single_rows(
    file: str, chunk: Iterable[ReadRow], lines: dict[str, int], refused: list[RefusedLine]
) -> list[tuple[str, TableRow]]:
    """Keep the rows that could be read and whose key is their own."""
    kept: list[tuple[str, TableRow]] = []
    for row in chunk:
        if isinstance(row, BrokenRow):
            refused.append(RefusedLine(file=file, line=row.line, key="", reason=row.reason))
            continue
        key = row.cells.get(KEY_COLUMN, "").strip()
        earlier = lines.setdefault(key, row.line)
        if not key or len(key) > LONGEST_KEY:
            said = f"The key is longer than {LONGEST_KEY} characters." if key else "The key is blank."
            refused.append(RefusedLine(file=file, line=row.line, key=key[:LONGEST_KEY], reason=said))
        elif earlier != row.line:
            said = f"The key “{key}” stands already on line {earlier}."
            refused.append(RefusedLine(file=file, line=row.line, key=key, reason=said))
        else:
            kept.append((key, row))
    return kept


def _resolve(
    load: _Load,
    schema: RecordSchema,
    columns: _Columns,
    rows: Sequence[tuple[str, TableRow]],
    *,
    file: str,
    refused: list[RefusedLine],
) -> list[_Wanted]:
    """Read the cells of rows and turn keys into ids; a row with anything wrong is refused with everything that is wrong."""
    for known, _ in columns.fields:
        if known.kind is Kind.REFERENCE:
            _learn(load, known.refers_to, (row.cells.get(known.name, "").strip() for _, row in rows))
    wanted: list[_Wanted] = []
    for key, row in rows:
        fields: dict[str, Scalar] = {}
        wrong: list[str] = []
        for known, parse in columns.fields:
            text = row.cells.get(known.name, "")
            if not text or text.isspace():
                continue
            try:
                fields[known.name] = _value(load, known, parse, text)
            except UnreadableCellError as error:
                wrong.append(f"{known.label}: {error}.")
        if wrong:
            refused.append(RefusedLine(file=file, line=row.line, key=key, reason=" ".join(wrong)))
        else:
            wanted.append(_Wanted(line=row.line, key=key, fields=fields))
    return wanted


def _value(load: _Load, known: FieldSchema, parse: Parser, text: str) -> Scalar:
    if known.kind is not Kind.REFERENCE:
        return parse(text)
    record_id = load.ids[known.refers_to].get(text.strip())
    if record_id is None:
        raise UnreadableCellError(
            f"there is no “{text.strip()[:LONGEST_KEY]}” among the {known.refers_to} rows; load or correct that row first"
        )
    return record_id


def _learn(load: _Load, record_type: str, keys: Iterable[str]) -> None:
    """Ask in bulk for the records behind keys that this load has not met yet."""
    known = load.ids.setdefault(record_type, {})
    unknown = sorted({key for key in keys if key and key not in known})
    if unknown:
        found = load.store.records.find(record_type, _KEY_FIELD, unknown)
        known.update({key: ids[0] for key, ids in found.items()})


def _compare(
    load: _Load, schema: RecordSchema, wanted: Sequence[_Wanted], *, file: str, refused: list[RefusedLine]
) -> list[_Wanted]:
    """Look up the records that exist and find what would change; refuse new ones that lack a required field."""
    _learn(load, schema.name, (row.key for row in wanted))
    ids = load.ids[schema.name]
    existing = [ids[row.key] for row in wanted if row.key in ids]
    current = {record.id: record for record in load.store.records.fetch(schema.name, existing, ())} if existing else {}
    compared: list[_Wanted] = []
    for row in wanted:
        record = current.get(ids.get(row.key, ""))
        if record is not None:
            changes = tuple(
                Change(field=name, before=record.fields.get(name), after=value)
                for name, value in row.fields.items()
                if record.fields.get(name) != value
            )
            compared.append(replace(row, record_id=record.id, version=record.version, changes=changes))
            continue
        blank = [known.label for known in schema.fields if known.is_required and is_blank(row.fields.get(known.name))]
        if blank:
            said = f"{', '.join(blank)} must be filled in."
            refused.append(RefusedLine(file=file, line=row.line, key=row.key, reason=said))
        else:
            compared.append(row)
    return compared


def _unlocked(
    load: _Load, schema: RecordSchema, rows: Sequence[_Wanted], *, file: str, refused: list[RefusedLine]
) -> list[_Wanted]:
    """Keep the rows that change nothing which was approved, where this user may not: what is approved is locked with its lines."""
    heads = {row.record_id: row.record_id for row in rows if row.changes}
    head, held = schema, approvals.head_of(schema.name)
    if held is not None:
        head, lines = held
        kept = load.store.records.fetch(schema.name, list(heads), ())
        heads = {line.id: str(line.fields.get(lines.by) or "") for line in kept}
    if not approvals.is_approvable(head) or not heads:
        return list(rows)
    found = {
        one.id: approvals.state_of(head, one.fields)
        for one in load.store.records.fetch(head.name, sorted({*heads.values()}), ())
    }
    open_rows: list[_Wanted] = []
    for row in rows:
        state = found.get(heads.get(row.record_id, ""), approvals.OPEN) if row.changes else approvals.OPEN
        if state == approvals.APPROVED and approvals.is_locked(load.user.role, state):
            said = (
                f"{head.label} {heads[row.record_id]} is approved and locked. Reopen it first, or ask somebody who may."
            )
            refused.append(RefusedLine(file=file, line=row.line, key=row.key, reason=said))
        else:
            open_rows.append(row)
    return open_rows


def _write(load: _Load, schema: RecordSchema, rows: Sequence[_Wanted], report: FileReport) -> FileReport:
    """Write rows in one transaction; where the store refuses one of them, write them one by one so that the others stay."""
    try:
        with load.store.transactions.begin() as unit:
            written, moved = _write_rows(unit, schema, rows, load.stamp)
    except RecordRefusedError as error:
        if len(rows) == 1:
            return _with_refused(report, rows[0], f"{error.problem.title}. {error.problem.cause}")
        for row in rows:
            report = _write(load, schema, [row], report)
        return report
    load.ids[schema.name].update(written)
    for row in rows:
        if row.record_id in moved:
            report = _with_refused(report, row, "Somebody else changed the record meanwhile. Load the folder again.")
    updated = sum(1 for row in rows if row.changes and row.record_id not in moved)
    return replace(
        report,
        created=report.created + len(written),
        updated=report.updated + updated,
        unchanged=report.unchanged + len(rows) - len(written) - updated - len(moved),
    )


def _with_refused(report: FileReport, row: _Wanted, reason: str) -> FileReport:
    line = RefusedLine(file=report.file, line=row.line, key=row.key, reason=reason)
    return replace(report, refused=(*report.refused, line))


def _write_rows(
    unit: UnitOfWork, schema: RecordSchema, rows: Sequence[_Wanted], stamp: Stamp
) -> tuple[dict[str, str], frozenset[str]]:
    """Create and change; give the ids of new records by key, and the ids of records that had moved on."""
    new = [row for row in rows if row.is_new]
    ids = dict(zip((row.key for row in new), unit.reserve_ids(len(new)), strict=True)) if new else {}
    if new:
        unit.create_records(
            [NewRecord(type=schema.name, id=ids[row.key], fields={**row.fields, _KEY_FIELD: row.key}) for row in new],
            stamp,
        )
    changed = [
        RecordChange(type=schema.name, id=row.record_id, version=row.version, changes=row.changes)
        for row in rows
        if row.changes
    ]
    moved = unit.change_records(changed, stamp) if changed else ()
    return ids, frozenset(moved)
