"""What a record's page shows: its fields, what belongs to it, and its audit trail as sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from decimal import Decimal

from suitebridge.console import links, wording
from suitebridge.console.decisions import DecisionButton, decision_buttons
from suitebridge.console.record.approval import ApprovalBox
from suitebridge.console.record.transfer import TransferBox
from suitebridge.console.record_list.page import RecordLine, has_status, record_line, title_of
from suitebridge.console.trail.page import TrailLine
from suitebridge.domain.records import Record
from suitebridge.domain.schemas import FieldSchema, Kind, RecordSchema
from suitebridge.domain.schemas.workspace import WORKSPACE_TYPES
from suitebridge.domain.values import Scalar, Value, as_text, tell_amount
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.runs import Passage
from suitebridge.runs.deciding import code_of, ways_out

MOST_RELATED = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldLine:
    """One field; `href` leads to the record it refers to."""

    label: str
    text: str
    href: str = ""
    is_blank: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedList:
    """Records that belong to this one; `more` says that there are further ones."""

    title: str
    lines: tuple[RecordLine, ...]
    more: str
    has_status: bool
    has_day: bool
    day_label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionBox:
    """What waits for somebody's decision about the record, and the buttons for it."""

    title: str
    cause: str
    send_href: str
    choice: str
    more_href: str
    buttons: tuple[DecisionButton, ...]


def decision_box(waiting: Passage, workflow: Workflow, workflows: Mapping[str, Workflow]) -> DecisionBox:
    """Write the part; a run that is asked for carries the decision out."""
    recorded, number = waiting.recorded, waiting.run_number
    problem, source_id = recorded.outcome.problem, recorded.outcome.source_id
    return DecisionBox(
        title=problem.title if problem is not None else "",
        cause=problem.cause if problem is not None else "",
        send_href=links.address("run-retry", number=number),
        choice=f"{workflow.name}/{source_id}",
        more_href=links.run_record(number, workflow.name, source_id),
        buttons=decision_buttons({code_of(recorded): ways_out(workflows, workflow)}),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPage:
    """The whole page; `shows_trail` is false for visitors who may not see it, `transfer` None for those who may not run the integration.

    `approval` is None for records that are not approved by anybody.
    """

    title: str
    type_label: str
    list_title: str
    list_href: str
    id: str
    netsuite_id: str
    netsuite_href: str
    fields: tuple[FieldLine, ...]
    related: tuple[RelatedList, ...]
    shows_trail: bool
    trail: tuple[TrailLine, ...]
    transfer: TransferBox | None = None
    decision: DecisionBox | None = None
    approval: ApprovalBox | None = None
    edit_href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GonePage:
    """What is left of a record that is no longer there: its audit trail."""

    title: str
    type_label: str
    list_title: str
    list_href: str
    trail: tuple[TrailLine, ...]


def gone_page(schema: RecordSchema, record_id: str, trail: Sequence[TrailLine]) -> GonePage:
    """Write the page of a record that was deleted."""
    return GonePage(
        title=f"{schema.label} {record_id}",
        type_label=schema.label.lower(),
        list_title=schema.plural,
        list_href=links.address("records", record_type=schema.name),
        trail=tuple(trail),
    )


def field_paths(schema: RecordSchema) -> tuple[str, ...]:
    """Name the paths that the page needs: every field, and the title of each record referred to."""
    names = tuple(field.name for field in schema.fields)
    return (*names, *(_title_path(field) for field in schema.fields if field.kind is Kind.REFERENCE))


def record_page(
    schema: RecordSchema,
    record: Record,
    *,
    zone: tzinfo,
    netsuite_href: str,
    related: Sequence[RelatedList],
    trail: Sequence[TrailLine] | None,
    may_view: Callable[[str], bool],
) -> RecordPage:
    """Write the page; `trail` is None for visitors who may not see it. Of a record of a type that they may not view, its number is all."""
    return RecordPage(
        title=title_of(schema, record),
        type_label=schema.label,
        list_title=schema.plural,
        list_href=links.address("records", record_type=schema.name),
        id=record.id,
        netsuite_id=str(record.fields.get("netsuite_id") or ""),
        netsuite_href=netsuite_href,
        fields=tuple(
            _line(field, record.fields, zone, may_view=may_view)
            for field in schema.fields
            if field.name != "netsuite_id"
        ),
        related=tuple(related),
        shows_trail=trail is not None,
        trail=tuple(trail or ()),
    )


def related_list(schema: RecordSchema, records: Sequence[Record]) -> RelatedList:
    """Write the newest records that belong to one; one more than are shown says that there are more."""
    lines = tuple(record_line(schema, record, netsuite_href="") for record in records[:MOST_RELATED])
    return RelatedList(
        title=schema.plural,
        lines=lines,
        more=f"The newest {MOST_RELATED} are shown." if len(records) > MOST_RELATED else "",
        has_status=has_status(schema),
        has_day=bool(schema.day),
        day_label=schema.by_name[schema.day].label if schema.day else "",
    )


def _line(
    field: FieldSchema, fields: Mapping[str, Value], zone: tzinfo, *, may_view: Callable[[str], bool]
) -> FieldLine:
    value = fields.get(field.name)
    if value is None or value in ("", ()):
        return FieldLine(label=field.label, text="", is_blank=True)
    if isinstance(value, tuple):
        return FieldLine(label=field.label, text=wording.counted(len(value), "line", "lines"))
    if field.kind is Kind.REFERENCE:
        name = WORKSPACE_TYPES[field.refers_to].label
        if not may_view(field.refers_to):
            return FieldLine(label=field.label, text=f"{name} {as_text(value)}")
        title = fields.get(_title_path(field))
        text = as_text(title) if title and not isinstance(title, tuple) else f"{name} {as_text(value)}"
        return FieldLine(label=field.label, text=text, href=links.record(field.refers_to, as_text(value)))
    return FieldLine(label=field.label, text=_written(field, value, zone))


def _written(field: FieldSchema, value: Scalar, zone: tzinfo) -> str:
    match value:
        case bool():
            return "Yes" if value else "No"
        case Decimal() if field.kind is Kind.MONEY:
            return tell_amount(value)
        case Decimal() if field.kind is Kind.DURATION:
            return f"{tell_amount(value)} h"
        case datetime():
            return wording.moment(value, zone).text
        case str() if field.choices:
            return dict(field.choices).get(value, value)
        case _:
            return as_text(value)


def _title_path(field: FieldSchema) -> str:
    return f"{field.name}.{WORKSPACE_TYPES[field.refers_to].title}"
