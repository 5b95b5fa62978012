"""What the page of NetSuite's custom fields shows: the snapshot, what drifted from under which mapping, and what the last synchronizations changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from suitebridge.console import links, wording
from suitebridge.console.connector.tabs import Tab, tabs
from suitebridge.console.netsuite_fields.surveys import Synchronization
from suitebridge.console.wording import Moment, Span
from suitebridge.domain.drift import Drift
from suitebridge.domain.errors import Problem
from suitebridge.domain.field_snapshots import FieldSnapshot, users_of
from suitebridge.domain.intents import Change
from suitebridge.domain.picking import KIND_WORDS
from suitebridge.domain.schemas.netsuite import NETSUITE_TYPES
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.trail import TrailEntry

MOST_CHANGES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingLink:
    """A mapping that a field touches."""

    text: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftLine:
    """A field that a mapping uses and that is not what it expects."""

    record: str
    field: str
    said: str
    mapping: MappingLink


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    """What a synchronization found changed: `said` in words, and the mappings that use the field."""

    at: Moment
    record: str
    field: str
    said: str
    mappings: tuple[MappingLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldLine:
    """One custom field."""

    name: str
    label: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeLine:
    """One record type. `problem` says why the last synchronization left it as it was."""

    title: str
    kept_at: Moment | None
    fields: tuple[FieldLine, ...]
    problem: str
    remedy: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a synchronization is; `follows` while it goes on."""

    follows: bool
    done: int
    most: int
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NetSuiteFieldsPage:
    """The page. `refusal` says why nothing could be asked; `was_read` is false until any record type was read."""

    tabs: tuple[Tab, ...]
    here_href: str
    progress: Progress | None
    was_read: bool
    types: tuple[TypeLine, ...]
    drifts: tuple[DriftLine, ...]
    changes: tuple[ChangeLine, ...]
    refusal: str
    remedy: tuple[Span, ...]


def netsuite_fields_page(
    kept: Sequence[FieldSnapshot],
    workflows: Mapping[str, Workflow],
    *,
    found: Sequence[TrailEntry],
    last: Synchronization | None,
    zone: tzinfo,
    is_administrator: bool,
    problem: Problem | None = None,
) -> NetSuiteFieldsPage:
    """Write the page. `found` are the entries of what synchronizations changed, newest first."""
    problem = problem or (None if last is None else last.broken)
    problems = {} if last is None else last.problems
    drifts = tuple(
        DriftLine(
            record=_plural(one.record_type), field=drift.field, said=_drifted(drift), mapping=_mapping(name, workflows)
        )
        for one in kept
        for name, drift in one.drifts
    )
    return NetSuiteFieldsPage(
        tabs=tabs("netsuite-fields", is_administrator=is_administrator),
        here_href=links.address("netsuite-fields"),
        progress=None if last is None else _progress(last),
        was_read=any(one.kept.at is not None for one in kept),
        types=tuple(_type(one, problems.get(one.record_type), zone) for one in kept),
        drifts=drifts,
        changes=tuple(_changes(found, workflows, zone))[:MOST_CHANGES],
        refusal=problem.title if problem is not None else "",
        remedy=wording.spans(problem.remedy) if problem is not None else (),
    )


def _progress(last: Synchronization) -> Progress:
    most, follows = len(last.record_types), not last.ended.is_set()
    said = f"{last.done} of {wording.counted(most, 'record type', 'record types')}"
    if follows:
        said = f"Canceling: {said} read." if last.is_canceled else f"Reading: {said}."
    elif last.is_canceled and last.done < most:
        said = f"Canceled: {said} read, and what was read is kept."
    else:
        left = len(last.problems)
        said = f"Done: {said} read{f', {left} of them not as wanted' if left else ''}."
    return Progress(follows=follows, done=last.done, most=most, said=said)


def _type(one: FieldSnapshot, problem: Problem | None, zone: tzinfo) -> TypeLine:
    present = [field for field in one.kept.fields if not field.is_retired]
    return TypeLine(
        title=_plural(one.record_type),
        kept_at=None if one.kept.at is None else wording.moment(one.kept.at, zone),
        fields=tuple(FieldLine(name=field.path, label=field.label, kind=KIND_WORDS[field.kind]) for field in present),
        problem="" if problem is None else problem.title,
        remedy=() if problem is None else wording.spans(problem.remedy),
    )


def _changes(found: Sequence[TrailEntry], workflows: Mapping[str, Workflow], zone: tzinfo) -> Iterator[ChangeLine]:
    for entry in found:
        record_type = entry.record_id.partition(":")[2]
        for change in entry.changes:
            users = users_of(record_type, change.field, workflows)
            yield ChangeLine(
                at=wording.moment(entry.at, zone),
                record=_plural(record_type),
                field=change.field,
                said=_said(change),
                mappings=tuple(_mapping(name, workflows) for name in users),
            )


def _drifted(drift: Drift) -> str:
    return wording.capitalized(f"{drift.kind.value}{f' ({drift.now})' if drift.now else ''}")


def _said(change: Change) -> str:
    if change.before is None:
        return f"New: {change.after}"
    if change.after is None:
        return f"Removed, or hidden from the role. It was: {change.before}"
    return f"Changed from {change.before} to {change.after}"


def _mapping(name: str, workflows: Mapping[str, Workflow]) -> MappingLink:
    return MappingLink(text=workflows[name].title, href=links.address("mapping-workflow", workflow_name=name))


def _plural(record_type: str) -> str:
    known = NETSUITE_TYPES.get(record_type)
    return record_type if known is None else known.plural
