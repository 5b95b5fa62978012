"""The audit trail: list and verify."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TypeAlias

from django.http import HttpRequest
from ninja import Query
from pydantic import BaseModel, Field

from suitebridge.administration.permitting import refusal
from suitebridge.api.access import caller_of
from suitebridge.api.exchange import Paging
from suitebridge.domain.events import sentence
from suitebridge.domain.masking import mask_changes
from suitebridge.domain.people import Permission, Role
from suitebridge.domain.values import Value, as_text
from suitebridge.ports.trail import TrailEntry

Plain: TypeAlias = str | list[dict[str, str]]


class ChangeShown(BaseModel):
    """One field from one value to another, as text; lines as a list; “(masked)” where the role hides the field."""

    field: str
    before: Plain
    after: Plain


class EntryShown(BaseModel):
    """One entry of the trail: when, who, through which door, in which run, what."""

    sequence: int
    at: datetime
    event: str
    sentence: str
    record_type: str
    record_id: str
    record_title: str
    author_id: str
    author_name: str
    door: str
    run_id: str
    changes: list[ChangeShown]
    hash: str = Field(description="The entry's hash, which the next entry's covers.")


class TrailPage(BaseModel):
    """A page of entries, newest first."""

    items: list[EntryShown]
    next: str | None = Field(description="The cursor of the next page; null on the last one.")


class Verdict(BaseModel):
    """What a walk along the chain found."""

    is_whole: bool
    checked: int
    first_broken: int | None
    said: str


class TrailQuery(Paging):
    """Which entries are wanted."""

    run: str = Field("", max_length=40, pattern=r"^[0-9a-z-]*$", description="Only those of a run, by its id.")


def list_entries(request: HttpRequest, asked: Query[TrailQuery]) -> TrailPage:
    """List the trail of the company, newest first."""
    caller = caller_of(request)
    entries = caller.store.trail.newest(limit=asked.limit, before_sequence=int(asked.after or 0), run_id=asked.run)
    return trail_page(entries, asked, caller.user.role)


def verify(request: HttpRequest) -> Verdict:
    """Walk the chain of hashes from the first entry, and name the first broken one."""
    found = caller_of(request).store.trail.verify()
    return Verdict(
        is_whole=not found.first_broken, checked=found.checked, first_broken=found.first_broken or None, said=found.said
    )


def record_trail(request: HttpRequest, record_type: str, record_id: str, asked: Query[Paging]) -> TrailPage:
    """List a record's entries, newest first; deleted records keep theirs."""
    caller = caller_of(request)
    if not caller.user.role.may_view(record_type):
        raise refusal(caller.user, Permission.VIEW_RECORDS, f"see records of the type {record_type}")
    entries = caller.store.trail.of_record(record_type, record_id, limit=1000)
    before = int(asked.after or 0)
    later = [entry for entry in entries if not before or entry.sequence < before]
    return trail_page(later[: asked.limit], asked, caller.user.role)


def trail_page(entries: Sequence[TrailEntry], asked: Paging, role: Role) -> TrailPage:
    """Write a page of entries as somebody with a role sees them."""
    more = str(entries[-1].sequence) if len(entries) == asked.limit else None
    return TrailPage(items=[_shown(entry, role) for entry in entries], next=more)


def _shown(entry: TrailEntry, role: Role) -> EntryShown:
    return EntryShown(
        sequence=entry.sequence,
        at=entry.at,
        event=entry.event,
        sentence=sentence(entry.event, author=entry.author_name, subject=entry.record_title, door=entry.door),
        record_type=entry.record_type,
        record_id=entry.record_id,
        record_title=entry.record_title,
        author_id=entry.author_id,
        author_name=entry.author_name,
        door=entry.door,
        run_id=entry.run_id,
        changes=[
            ChangeShown(field=change.field, before=plain(change.before), after=plain(change.after))
            for change in mask_changes(entry.record_type, entry.changes, role)
        ],
        hash=entry.hash,
    )


def plain(value: Value) -> Plain:
    """Write a value as the trail and both systems show it: amounts and days as text, so that no program rounds them."""
    if isinstance(value, tuple):
        return [{name: as_text(part) for name, part in line.items()} for line in value]
    return as_text(value)
