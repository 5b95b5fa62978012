"""What the audit trail shows: each entry as a sentence, with the fields that moved."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import TypeAlias

from suitebridge.console import links, wording
from suitebridge.console.trail.filters import FilterForm, TrailQuestion, filter_form
from suitebridge.console.wording import Moment
from suitebridge.domain.events import sentence
from suitebridge.domain.intents import Change
from suitebridge.domain.schemas import FieldSchema, Kind, RecordSchema
from suitebridge.domain.schemas.workspace import WORKSPACE_TYPES
from suitebridge.domain.values import Value, as_text, is_blank
from suitebridge.ports.trail import TrailEntry

PAGE_ENTRIES = 50
MOST_CHANGES = 4
"""Changes that are shown without being asked for."""

RecordNames: TypeAlias = Mapping[tuple[str, str], str]
"""What records are called at present, by type and id."""

_MOST_TEXT = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    """One field from one value to another; blanks are told in words."""

    field: str
    before: str
    after: str
    had_value: bool
    has_value: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailLine:
    """One entry. `run_text` and `run_href` name the run it belongs to, `behalf` who had it run if that is not the author.

    `folded` stands for changes that are many, `origin` says from where it was asked for and by which version it was done.
    """

    sequence: str
    at: Moment
    sentence: str
    record_text: str
    record_href: str
    run_text: str
    run_href: str
    behalf: str
    origin: str
    changes: tuple[ChangeLine, ...]
    folded: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailPage:
    """A page of the trail, newest first."""

    filters: FilterForm
    here_href: str
    lines: tuple[TrailLine, ...]
    run_text: str
    newest_href: str
    older_href: str


def trail_line(
    entry: TrailEntry,
    *,
    zone: tzinfo,
    run_numbers: Mapping[str, int],
    names: RecordNames,
    may_view: Callable[[str], bool],
    may_open_runs: bool,
    starter: str = "",
) -> TrailLine:
    """Write one entry; `starter` is who started its run, `names` what the records are called that it refers to."""
    number = run_numbers.get(entry.run_id)
    schema = WORKSPACE_TYPES.get(entry.record_type)
    title = entry.record_title or f"{schema.label if schema else 'record'} {entry.record_id}"
    return TrailLine(
        sequence=wording.figure(entry.sequence),
        at=wording.moment(entry.at, zone),
        sentence=f"{sentence(entry.event, author=entry.author_name, subject=title, door=entry.door)}.",
        record_text=f"{schema.label} {entry.record_id}" if schema else "",
        record_href=links.record(entry.record_type, entry.record_id) if schema and may_view(entry.record_type) else "",
        run_text=f"Run {number}" if number else "",
        run_href=links.run(number) if number and may_open_runs else "",
        behalf=starter if starter != entry.author_name else "",
        origin=_origin(entry),
        changes=tuple(change_line(change, schema, names) for change in entry.changes),
        folded=wording.counted(len(entry.changes), "field", "fields") if len(entry.changes) > MOST_CHANGES else "",
        hash=entry.hash[:12],
    )


def trail_page(
    entries: Sequence[TrailEntry], lines: Sequence[TrailLine], *, question: TrailQuestion, person_problem: str = ""
) -> TrailPage:
    """Write a page; a full one has older entries behind it, unless it ends with the first one."""
    has_older = len(entries) == PAGE_ENTRIES and entries[-1].sequence > 1
    query = question.query
    return TrailPage(
        filters=filter_form(question, person_problem=person_problem),
        here_href=links.address("trail"),
        lines=tuple(lines),
        run_text=f"Run {question.run}" if question.run else "",
        newest_href=links.address("trail", query=query) if question.before else "",
        older_href=links.address("trail", query={**query, "before": str(entries[-1].sequence)}) if has_older else "",
    )


def references(entries: Sequence[TrailEntry]) -> Iterator[tuple[str, str]]:
    """Name the records that entries refer to, by type and id."""
    for entry in entries:
        schema = WORKSPACE_TYPES.get(entry.record_type)
        for change in entry.changes if schema is not None else ():
            field = schema.by_name.get(change.field) if schema is not None else None
            if field is not None and field.kind is Kind.REFERENCE:
                yield from ((field.refers_to, str(value)) for value in (change.before, change.after) if value)


def _origin(entry: TrailEntry) -> str:
    """Say from where and by which version; of what runs write, its run says more."""
    if not entry.version or entry.run_id:
        return ""
    place = f"From {entry.address}, with" if entry.address else "With"
    return f"{place} SuiteBridge {entry.version}"


def change_line(change: Change, schema: RecordSchema | None, names: RecordNames) -> ChangeLine:
    """Write one field from one value to another."""
    field = schema.by_name.get(change.field) if schema else None
    before, after = (_written(value, field, names) for value in (change.before, change.after))
    return ChangeLine(
        field=field.label if field else change.field,
        before=before,
        after=after,
        had_value=not is_blank(change.before),
        has_value=not is_blank(change.after),
    )


def _written(value: Value, field: FieldSchema | None, names: RecordNames) -> str:
    """Write a value of the trail, which keeps texts, as the record's page writes the field."""
    if isinstance(value, tuple):
        return wording.counted(len(value), "line", "lines")
    text = as_text(value)
    if field is not None and text:
        text = _told(text, field, names)
    return text if len(text) <= _MOST_TEXT else f"{text[:_MOST_TEXT]}…"


def _told(text: str, field: FieldSchema, names: RecordNames) -> str:
    match field.kind:
        case Kind.BOOLEAN:
            return {"true": "Yes", "false": "No"}.get(text, text)
        case Kind.REFERENCE:
            related, name = WORKSPACE_TYPES.get(field.refers_to), names.get((field.refers_to, text), "")
            if related is None:
                return text
            return f"{name} ({related.label.lower()} {text})" if name else f"{related.label} {text}"
        case _:
            return dict(field.choices).get(text, text)
