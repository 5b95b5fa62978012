"""The audit trail: list and verify."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TypeAlias

from django.http import HttpRequest
from ninja import Query
from pydantic import AwareDatetime, BaseModel, Field

from suitebridge.administration.checkpointing import prove_trail
from suitebridge.administration.permitting import refusal
from suitebridge.api.access import Caller, caller_of
from suitebridge.api.exchange import Paging
from suitebridge.api.reading import malformed
from suitebridge.domain.events import sentence
from suitebridge.domain.masking import hidden_types, mask_changes
from suitebridge.domain.people import Door, Permission, Role
from suitebridge.domain.values import Value, as_text
from suitebridge.ports.trail import TrailEntry, TrailFilter

Plain: TypeAlias = str | list[dict[str, str]]


class ChangeShown(BaseModel):
    """One field from one value to another, as text; lines as a list; “(masked)” where the role hides the field."""

    field: str
    before: Plain
    after: Plain


class EntryShown(BaseModel):
    """One entry of the trail: when, who, through which door and from where, in which run, what, by which version of SuiteBridge."""

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
    address: str
    version: str
    hash: str = Field(description="The entry's hash, which the next entry's covers.")


class TrailPage(BaseModel):
    """A page of entries, newest first."""

    items: list[EntryShown]
    next: str | None = Field(description="The cursor of the next page; null on the last one.")


class Verdict(BaseModel):
    """What a walk along the chain found, and the signed checkpoints that it was compared with."""

    is_whole: bool
    checked: int
    first_broken: int | None
    said: str
    checkpoints: int = Field(description="How many signed checkpoints were compared; with none, only the chain itself.")
    signed_at: datetime | None = Field(description="When the last of them was signed.")


class HistoryQuery(Paging):
    """Which entries are wanted: what is left out asks for nothing."""

    person: str = Field("", max_length=100, description="Only those of a user, by the user id.")
    door: Door | None = Field(None, description="Only what came through this door.")
    since: AwareDatetime | None = Field(None, description="Only from this moment on, with its zone.")
    until: AwareDatetime | None = Field(None, description="Only before this moment, with its zone.")


class TrailQuery(HistoryQuery):
    """Which entries are wanted: what is left out asks for nothing."""

    type: str = Field("", max_length=60, pattern=r"^[a-z_]*$", description="Only those about records of this type.")
    run: str = Field(
        "", max_length=40, pattern=r"^[0-9a-z-]*$", description="Only those of a run, by its number or id."
    )


def list_entries(request: HttpRequest, asked: Query[TrailQuery]) -> TrailPage:
    """List the trail of the company, newest first, narrowed down by person, type, door, period and run."""
    caller = caller_of(request)
    run = caller.store.runs.get(asked.run) if asked.run else None
    if asked.run and run is None:
        raise LookupError(f"There is no run {asked.run}.")
    record_types = (asked.type,) if asked.type else ()
    return newest_page(caller, asked, record_types=record_types, run_id=run.id if run is not None else "")


def verify(request: HttpRequest) -> Verdict:
    """Walk the chain of hashes from the first entry, compare it with what was signed, and name the first broken entry."""
    caller = caller_of(request)
    proof = prove_trail(caller.store, caller.house.checkpoints)
    found = proof.verdict
    return Verdict(
        is_whole=not found.first_broken,
        checked=found.checked,
        first_broken=found.first_broken or None,
        said=found.said,
        checkpoints=proof.checkpoints,
        signed_at=proof.signed_at,
    )


def newest_page(caller: Caller, asked: HistoryQuery, *, record_types: tuple[str, ...], run_id: str = "") -> TrailPage:
    """Give a page of the trail's entries, newest first. Raise `RecordRefusedError` SB-API-001 for a user id that nobody has."""
    person = caller.store.people.get(asked.person) if asked.person else None
    if asked.person and person is None:
        raise malformed(f"Nobody here has the user ID “{asked.person}”.")
    among = TrailFilter(
        author_id=person.id if person is not None else "",
        record_types=record_types,
        hidden_types=hidden_types(caller.user.role),
        door=asked.door.value if asked.door is not None else "",
        since=asked.since,
        until=asked.until,
    )
    entries = caller.store.trail.newest(
        limit=asked.limit, before_sequence=int(asked.after or 0), run_id=run_id, among=among
    )
    return trail_page(entries, asked, caller.user.role)


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
        address=entry.address,
        version=entry.version,
        hash=entry.hash,
    )


def plain(value: Value) -> Plain:
    """Write a value as the trail and both systems show it: amounts and days as text, so that no program rounds them."""
    if isinstance(value, tuple):
        return [{name: as_text(part) for name, part in line.items()} for line in value]
    return as_text(value)
