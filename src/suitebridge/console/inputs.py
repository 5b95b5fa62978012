"""The inputs of a record's fields, by their kind: what is typed stays, what is wrong stands beside it. It decides nothing about who may."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from suitebridge.domain.people import Role
from suitebridge.domain.records import Record
from suitebridge.domain.schemas import FieldSchema, Kind, RecordSchema
from suitebridge.domain.schemas.workspace import WORKSPACE_TYPES
from suitebridge.domain.values import Value, as_text
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.workspace import RecordQuery

MOST_OFFERED = 300
_INPUTS = {Kind.DATE: "date"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One choice of a list."""

    value: str
    text: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One input; `offers` is the id of the list of titles that a reference offers."""

    name: str
    label: str
    kind: str
    value: str
    problem: str = ""
    offers: str = ""
    choices: tuple[Choice, ...] = ()
    is_required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """The titles that references to a type offer while somebody types."""

    id: str
    titles: tuple[str, ...]


def box(field: FieldSchema, *, name: str, value: str, problem: str = "", label: str = "") -> Box:
    """Write the input of a field; `name` is what the form sends."""
    choices: tuple[tuple[str, str], ...] = ()
    if field.kind is Kind.CHOICE:
        choices = (("", ""), *field.choices)
    elif field.kind is Kind.BOOLEAN:
        choices = (("", ""), ("true", "Yes"), ("false", "No"))
    return Box(
        name=name,
        label=label or field.label,
        kind=_INPUTS.get(field.kind, "text"),
        value=value,
        problem=problem,
        offers=f"titles-{field.refers_to}" if field.kind is Kind.REFERENCE else "",
        choices=tuple(Choice(value=word, text=text, is_chosen=word == value) for word, text in choices),
        is_required=field.is_required,
    )


def typed_texts(store: CompanyStore, fields: Sequence[FieldSchema], records: Sequence[Record]) -> list[dict[str, str]]:
    """Write records as somebody would type them: references by title, or by “#” and the ID where a title would not name one record."""
    titles = {
        field.name: _titles_of(store, field.refers_to, (record.fields.get(field.name) for record in records))
        for field in fields
        if field.kind is Kind.REFERENCE
    }
    return [
        {field.name: _text(field, record.fields.get(field.name), titles.get(field.name, {})) for field in fields}
        for record in records
    ]


def offers_of(store: CompanyStore, fields: Iterable[FieldSchema], role: Role) -> tuple[Offers, ...]:
    """Give the titles that references offer, a list for each type that the role sees."""
    types = dict.fromkeys(field.refers_to for field in fields if field.kind is Kind.REFERENCE)
    return tuple(
        Offers(id=f"titles-{name}", titles=_newest_titles(store, WORKSPACE_TYPES[name]) if role.may_view(name) else ())
        for name in types
    )


def _newest_titles(store: CompanyStore, schema: RecordSchema) -> tuple[str, ...]:
    found = store.records.query(RecordQuery(record_type=schema.name, limit=MOST_OFFERED, newest_first=True))
    active = (record for record in found if record.fields.get("active") is not False)
    titled = [(record.id, str(record.fields.get(schema.title) or "")) for record in active]
    times = Counter(title.casefold() for _, title in titled)
    return tuple(sorted(title if times[title.casefold()] == 1 else f"#{id_} {title}" for id_, title in titled if title))


def _titles_of(store: CompanyStore, record_type: str, ids: Iterable[Value]) -> Mapping[str, str]:
    schema = WORKSPACE_TYPES[record_type]
    wanted = list(dict.fromkeys(str(one) for one in ids if one))
    named = {one.id: str(one.fields.get(schema.title) or "") for one in store.records.fetch(record_type, wanted, ())}
    same = store.records.find(
        record_type, schema.title, [title for title in named.values() if title], ignores_case=True
    )
    return {
        id_: title if len(same.get(title.casefold(), ())) == 1 and title == title.strip() else f"#{id_} {title}".strip()
        for id_, title in named.items()
    }


def _text(field: FieldSchema, value: Value, titles: Mapping[str, str]) -> str:
    if value is None or isinstance(value, tuple):
        return ""
    if field.kind is Kind.REFERENCE:
        return titles.get(str(value), f"#{value}")
    if isinstance(value, datetime):
        return as_text(value)
    text = as_text(value)
    return text.rstrip("0").rstrip(".") if field.kind in {Kind.DECIMAL, Kind.DURATION} and "." in text else text
