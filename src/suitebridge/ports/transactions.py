"""The one unit of work: record writes, their trail, bindings, outcomes and checkpoints are committed together or not at all (I4, I9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from suitebridge.domain.agreements import Agreement
from suitebridge.domain.bindings import Binding
from suitebridge.domain.errors import Problem
from suitebridge.domain.events import Event
from suitebridge.domain.intents import Change
from suitebridge.domain.outcomes import Outcome
from suitebridge.domain.people import Stamp
from suitebridge.domain.values import Fields
from suitebridge.ports.inbox import NewErrand


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRecord:
    """A record to create under an id that was reserved for it."""

    type: str
    id: str
    fields: Fields


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordChange:
    """Changes to one record, made only if it still has the version that was read; version "" stamps it whatever its version is.

    Only the named fields move; every other field keeps what it holds at that moment.
    """

    type: str
    id: str
    version: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRemoval:
    """A record to take away, if it still has the version that was seen."""

    type: str
    id: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedField:
    """A field that may not get the value that a change would give it, and why."""

    field: str
    problem: Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A record's outcome within a run's workflow, and the version of the source it is about.

    `differences` are what a dry run would have written, or what was sent and NetSuite did not take.
    """

    source_version: str
    outcome: Outcome
    differences: tuple[Change, ...] = ()


class UnitOfWork(Protocol):
    """One database transaction of one company; leaving it by an exception undoes everything.

    Record writes append their own trail entries, so that no change can be made without its author.
    """

    def hold_account(self, account_id: str) -> None:
        """Make sure that everything in this unit is about this NetSuite account; the connection cannot move before the unit ends.

        Raise `RunStoppedError` SB-CONN-002 if the connection leads to another one (quality.md F25, F26).
        """
        ...

    def hold_run(self, run_id: str, fence: int) -> None:
        """Make sure that the run has not changed hands since its fence was read; it cannot before the unit ends.

        Raise `RunTakenOverError` SB-LEASE-001 if it has: a worker that lost its lease settles nothing (I6).
        """
        ...

    def reserve_ids(self, count: int) -> Sequence[str]:
        """Take fresh record ids; gaps are harmless, repeats impossible."""
        ...

    def create_records(self, records: Sequence[NewRecord], stamp: Stamp) -> None:
        """Insert records and one trail entry each.

        What comes through the integration's door is checked against the role of its author: raise `RunStoppedError` SB-OWN-002 where it does not
        let them modify records of the type. Through every door a role is only given by who may: raise `RecordRefusedError` SB-ROLE-001.
        """
        ...

    def refused_fields(
        self, writes: Sequence[NewRecord | RecordChange], stamp: Stamp
    ) -> Mapping[str, tuple[RefusedField, ...]]:
        """Say by record id which fields would be refused to this author within this transaction, so that the others can be written."""
        ...

    def change_records(self, changes: Sequence[RecordChange], stamp: Stamp) -> Sequence[str]:
        """Apply changes and one trail entry each; give the ids of records that had moved on and were left alone.

        Raise `RecordRefusedError` for a change that `refused_fields` names, `RunStoppedError` as `create_records` does.
        """
        ...

    def remove_records(self, removals: Sequence[RecordRemoval], stamp: Stamp) -> Sequence[str]:
        """Take records away, with one trail entry each that keeps what they held; give the ids of those that had moved on and stay.

        Raise `RecordRefusedError` SB-REC-002 where NetSuite has one of them, or may have it.
        """
        ...

    def append_event(self, event: Event, stamp: Stamp) -> None:
        """Add one entry to the trail that is no record write."""
        ...

    def save_bindings(self, bindings: Sequence[Binding]) -> None:
        """Insert or replace bindings by workspace type, workspace id and NetSuite type. A NetSuite id that was bound to another workspace record moves."""
        ...

    def save_agreements(self, agreements: Sequence[Agreement]) -> None:
        """Insert or replace agreements by workflow and workspace id."""
        ...

    def add_errands(self, errands: Sequence[NewErrand]) -> Sequence[str]:
        """Put single records into the inbox; give an id for each.

        One that waits for the same record in the same direction already is joined: it keeps its place and takes the newer version.
        """
        ...

    def settle(self, run_id: str, workflow: str, settled: Sequence[Settled]) -> None:
        """Store outcomes: of frozen items by their source id, of others as new items; open or close the records' open items accordingly.

        Those of a dry run open and close nothing. An outcome that a run has stored for a record stays: a batch that is carried out twice changes no count.
        """
        ...

    def save_checkpoint(self, run_id: str, workflow: str, *, after_id: str, is_finished: bool) -> None:
        """Remember how far a workflow of a run has come."""
        ...

    def save_watermark(self, workflow: str, since: str) -> None:
        """Remember from where the next run of a workflow reads."""
        ...


class Transactions(Protocol):
    """Opens units of work for one company."""

    def begin(self) -> AbstractContextManager[UnitOfWork]:
        """Open a unit of work; it commits when the block ends normally. Lock clashes are retried a bounded number of times before the block's first write."""
        ...
