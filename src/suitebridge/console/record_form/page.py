"""What the form of a record shows: its fields, and its lines as a table; what was typed stays beside what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from suitebridge.console import links
from suitebridge.console.inputs import Box, Offers, box
from suitebridge.console.notices import Complaint, Notice
from suitebridge.domain.schemas import FieldSchema, RecordSchema
from suitebridge.recording.typing_in import HEAD, EntryProblem

BLANK_LINES, MOST_FORM_LINES = 3, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedLine:
    """One line as it was typed, or as it stands; without an id it is new."""

    texts: Mapping[str, str]
    record_id: str = ""
    version: str = ""
    is_gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedForm:
    """Everything that the form holds."""

    texts: Mapping[str, str]
    version: str
    lines: tuple[TypedLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRow:
    """A row of the table; `seen` says which record in which version stands there."""

    number: int
    seen: str
    boxes: tuple[Box, ...]
    is_gone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFormPage:
    """The whole page."""

    title: str
    list_title: str
    list_href: str
    back_href: str
    send_href: str
    version: str
    boxes: tuple[Box, ...]
    lines_title: str
    labels: tuple[str, ...]
    rows: tuple[LineRow, ...]
    offers: tuple[Offers, ...]
    complaints: tuple[Complaint, ...]
    notice: Notice | None
    may_submit: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What is entered: the fields of the record, and those of its lines where it has any."""

    schema: RecordSchema
    fields: tuple[FieldSchema, ...]
    line_schema: RecordSchema | None
    line_fields: tuple[FieldSchema, ...]
    may_submit: bool


def record_form_page(
    shape: Shape,
    typed: TypedForm,
    *,
    record_id: str,
    title: str,
    offers: Sequence[Offers],
    problems: Sequence[EntryProblem] = (),
    notice: Notice | None = None,
) -> RecordFormPage:
    """Write the page; `record_id` is "" for a new record."""
    schema, wrong = shape.schema, {(one.row, one.field): one.said for one in problems}
    list_href = links.address("records", record_type=schema.name)
    here = (
        links.address("record-edit", record_type=schema.name, record_id=record_id)
        if record_id
        else links.address("record-add", record_type=schema.name)
    )
    labels = {field.name: field.label for field in (*shape.fields, *shape.line_fields)}
    return RecordFormPage(
        title=title,
        list_title=schema.plural,
        list_href=list_href,
        back_href=links.record(schema.name, record_id) if record_id else list_href,
        send_href=here,
        version=typed.version,
        boxes=tuple(
            box(
                field, name=field.name, value=typed.texts.get(field.name, ""), problem=wrong.get((HEAD, field.name), "")
            )
            for field in shape.fields
        ),
        lines_title=shape.line_schema.plural if shape.line_schema is not None else "",
        labels=tuple(field.label for field in shape.line_fields),
        rows=tuple(_row(shape, number, line, wrong) for number, line in enumerate(typed.lines)),
        offers=tuple(offers),
        complaints=tuple(
            Complaint(
                field=one.field if one.row == HEAD else f"line-{one.row}-{one.field}",
                said=one.said
                if one.row == HEAD
                else f"Line {one.row + 1}, {labels.get(one.field, one.field)}: {one.said}",
            )
            for one in problems
        ),
        notice=notice,
        may_submit=shape.may_submit,
    )


def _row(shape: Shape, number: int, line: TypedLine, wrong: Mapping[tuple[int, str], str]) -> LineRow:
    return LineRow(
        number=number,
        seen=f"{line.record_id}:{line.version}" if line.record_id else "",
        boxes=tuple(
            box(
                field,
                name=f"line-{number}-{field.name}",
                value=line.texts.get(field.name, ""),
                problem=wrong.get((number, field.name), ""),
                label=f"{field.label}, line {number + 1}",
            )
            for field in shape.line_fields
        ),
        is_gone=line.is_gone,
    )
