"""What people type, as the values of a record's fields: in a form, in a grid, in a request. References are named by title, or by “#” and the ID.

Everything that is wrong is told at once, field by field. It refuses to guess: a title that two records have is asked back. It writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from suitebridge.domain import approvals
from suitebridge.domain.masking import hides
from suitebridge.domain.people import Role
from suitebridge.domain.schemas import FieldSchema, Kind, RecordSchema
from suitebridge.domain.schemas.workspace import WORKSPACE_TYPES
from suitebridge.domain.values import Scalar
from suitebridge.ports.companies import CompanyStore
from suitebridge.recording.parsing import UnreadableCellError, parser_for

MOST_TEXT = 4_000
BY_ID = "#"
_NETSUITE_ID = "netsuite_id"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryProblem:
    """What is wrong with one field of one row; the row of a record's own fields is `HEAD`, those of its lines count from zero."""

    row: int
    field: str
    said: str


HEAD = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """The values of one row, and what could not be read."""

    values: Mapping[str, Scalar]
    problems: tuple[EntryProblem, ...]


def enterable(schema: RecordSchema, role: Role) -> tuple[FieldSchema, ...]:
    """Name the fields of a type that a role may enter: none that SuiteBridge keeps itself, and none that the role does not see."""
    kept: set[str] = set()
    lines = approvals.lines_of(schema)
    if approvals.is_approvable(schema):
        kept |= {schema.status, approvals.APPROVED_ON}
    if lines is not None and approvals.TOTAL in WORKSPACE_TYPES[lines.type].by_name:
        kept.add(approvals.TOTAL)
    if not role.may_modify(schema.name):
        owner = approvals.owner_field(schema)
        kept |= {_NETSUITE_ID, *((owner.name,) if owner is not None else ())}
    return tuple(
        field
        for field in schema.fields
        if field.kind is not Kind.LINES
        and not field.is_read_only
        and field.name not in kept
        and not hides(role, schema.name, field)
    )


def read_typed(
    store: CompanyStore, schema: RecordSchema, rows: Sequence[Mapping[str, str]], *, role: Role, first_row: int = 0
) -> list[Typed]:
    """Read rows of texts by field name; a blank text means that the field is empty. Names that are no fields of the type are told, too."""
    known = {field.name: field for field in enterable(schema, role)}
    asked = [(known[name], row) for row in rows for name in row if name in known]
    found = {
        field.name: _Titles(store, field, (row[field.name] for one, row in asked if one.name == field.name), role)
        for field in known.values()
        if field.kind is Kind.REFERENCE
    }
    return [_read(known, row, found, number) for number, row in enumerate(rows, first_row)]


def _read(
    known: Mapping[str, FieldSchema], row: Mapping[str, str], titles: Mapping[str, _Titles], number: int
) -> Typed:
    values: dict[str, Scalar] = {}
    problems: list[EntryProblem] = []
    for name, typed in row.items():
        try:
            values[name] = _value(known.get(name), name, typed.strip(), titles)
        except UnreadableCellError as error:
            problems.append(EntryProblem(row=number, field=name, said=f"{error}."))
    return Typed(values=values, problems=tuple(problems))


def _value(field: FieldSchema | None, name: str, text: str, titles: Mapping[str, _Titles]) -> Scalar:
    if field is None:
        raise UnreadableCellError(f"“{name}” cannot be entered here")
    if len(text) > MOST_TEXT or "\x00" in text:
        raise UnreadableCellError(f"It has more than {MOST_TEXT:,} characters, or one that cannot be stored")
    if not text:
        return None
    return titles[name].id_of(text) if name in titles else parser_for(field)(text)


class _Titles:
    """The records that texts of one reference name, asked for in bulk."""

    def __init__(self, store: CompanyStore, field: FieldSchema, texts: Iterable[str], role: Role) -> None:
        self._schema = WORKSPACE_TYPES[field.refers_to]
        self._is_seen = role.may_view(field.refers_to)
        wanted = {text.strip() for text in texts if text.strip()} if self._is_seen else set()
        numbers = [_number(text) for text in wanted if text.startswith(BY_ID)]
        titles = [text for text in wanted if not text.startswith(BY_ID)]
        type_, title = self._schema.name, self._schema.title
        self._ids = {record.id for record in store.records.fetch(type_, numbers, (title,))} if numbers else set()
        self._by_title = store.records.find(type_, title, titles, ignores_case=True) if titles else {}

    def id_of(self, text: str) -> str:
        """Give the id of the record that a text names."""
        what = self._schema.label.lower()
        if not self._is_seen:
            raise UnreadableCellError(f"Your role does not show records of the type {what}")
        if text.startswith(BY_ID):
            number = _number(text)
            if number not in self._ids:
                raise UnreadableCellError(f"There is no {what} with the ID {number[:20]}")
            return number
        found = self._by_title.get(text.casefold(), ())
        if len(found) > 1:
            named = ", ".join(f"{BY_ID}{one}" for one in found[:5])
            raise UnreadableCellError(f"“{text[:60]}” names {len(found)} records; write the ID of one: {named}")
        if not found:
            raise UnreadableCellError(
                f"There is no {what} “{text[:60]}”; write its title as it stands, or {BY_ID} and its ID"
            )
        return found[0]


def _number(text: str) -> str:
    """Take the ID of a text such as “#12” or “#12 ERP rollout”: what follows is for people."""
    return text.removeprefix(BY_ID).partition(" ")[0]
