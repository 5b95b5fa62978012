"""What a list of records shows: title, id, NetSuite ID, status and date, as far as the type has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from suitebridge.console import links, wording
from suitebridge.domain.records import Record
from suitebridge.domain.schemas import RecordSchema
from suitebridge.domain.values import Value, as_text

PAGE_RECORDS = 50
_MOST_TITLE = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLine:
    """One record."""

    title: str
    href: str
    id: str
    netsuite_id: str
    netsuite_href: str
    status: str
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StateChoice:
    """A status that the list is narrowed down to."""

    value: str
    text: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordListPage:
    """A page of the list, newest first; `has_status` and `has_day` say which columns the type has."""

    title: str
    singular: str
    types_href: str
    here_href: str
    text: str
    states: tuple[StateChoice, ...]
    lines: tuple[RecordLine, ...]
    count: str
    has_status: bool
    has_day: bool
    day_label: str
    newest_href: str
    older_href: str
    add_href: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Whether only some of the records are asked for."""
        return bool(self.text) or any(one.is_chosen for one in self.states)


def record_line(schema: RecordSchema, record: Record, *, netsuite_href: str) -> RecordLine:
    """Write one record's line."""
    return RecordLine(
        title=title_of(schema, record),
        href=links.record(schema.name, record.id),
        id=record.id,
        netsuite_id=_text(record.fields.get("netsuite_id")),
        netsuite_href=netsuite_href,
        status=_status(schema, record),
        day=_text(record.fields.get(schema.day)) if schema.day else "",
    )


def record_list_page(
    schema: RecordSchema, lines: Sequence[RecordLine], *, text: str, after: str, count: int, state: str = ""
) -> RecordListPage:
    """Write a page; a full one may have older records behind it."""
    here = links.address("records", record_type=schema.name)
    asked = {"text": text, "state": state}
    older = {**asked, "after": lines[-1].id} if len(lines) == PAGE_RECORDS else {}
    return RecordListPage(
        title=schema.plural,
        singular=schema.label.lower(),
        types_href=links.address("record-types"),
        here_href=here,
        text=text,
        states=tuple(
            StateChoice(value=value, text=label, is_chosen=value == state)
            for value, label in (schema.by_name[schema.status].choices if schema.status else ())
        ),
        lines=tuple(lines),
        count=wording.counted(count, schema.label.lower(), schema.plural.lower()),
        has_status=has_status(schema),
        has_day=bool(schema.day),
        day_label=schema.by_name[schema.day].label if schema.day else "",
        newest_href=links.address("records", record_type=schema.name, query=asked) if after else "",
        older_href=links.address("records", record_type=schema.name, query=older) if older else "",
    )


def has_status(schema: RecordSchema) -> bool:
    """Say whether records of the type have a status, be it only active or not."""
    return bool(schema.status) or "active" in schema.by_name


def title_of(schema: RecordSchema, record: Record) -> str:
    """Name a record: by its title, or by its type and id where it has none."""
    title = " ".join(_text(record.fields.get(schema.title)).split())
    if not title:
        return f"{schema.label} {record.id}"
    return title if len(title) <= _MOST_TITLE else f"{title[:_MOST_TITLE].rstrip()}…"


def _status(schema: RecordSchema, record: Record) -> str:
    if schema.status:
        value = _text(record.fields.get(schema.status))
        return dict(schema.by_name[schema.status].choices).get(value, value)
    if "active" not in schema.by_name:
        return ""
    return "Inactive" if record.fields.get("active") is False else "Active"


def _text(value: Value) -> str:
    return "" if isinstance(value, tuple) else as_text(value)
