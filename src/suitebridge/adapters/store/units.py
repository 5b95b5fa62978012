"""The one unit of work: everything a batch writes is committed together or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager

from suitebridge.adapters.store import agreements as agreeing
from suitebridge.adapters.store import clearance, guards, inbox, outcomes, progress, real_time, record_writes
from suitebridge.adapters.store.bindings import account_of, save, save_watermark
from suitebridge.adapters.store.ledger import Ledger, company_transaction
from suitebridge.adapters.store.scope import CompanyScope
from suitebridge.domain.agreements import Agreement
from suitebridge.domain.bindings import Binding
from suitebridge.domain.errors import Problem, RunStoppedError
from suitebridge.domain.events import Event
from suitebridge.domain.people import Stamp
from suitebridge.domain.reaching import Reach
from suitebridge.ports.clock import Clock
from suitebridge.ports.inbox import NewErrand
from suitebridge.ports.transactions import NewRecord, RecordChange, RecordRemoval, RefusedField, Settled, UnitOfWork


class StoredUnit:
    """One open transaction of one company; implements `ports.transactions.UnitOfWork`."""

    def __init__(self, scope: CompanyScope, ledger: Ledger) -> None:
        self._scope = scope
        self._ledger = ledger

    def hold_account(self, account_id: str) -> None:
        """Make sure that the connection leads to this account: saving another one waits for the company's row, which this unit holds."""
        present = account_of(self._scope)
        if present != account_id:
            raise RunStoppedError(Problem(code="SB-CONN-002", facts={"linked": account_id, "account": present}))

    def hold_run(self, run_id: str, fence: int) -> None:
        """Make sure that the run has not changed hands; taking it waits for its row, which this unit holds."""
        progress.hold_run(self._scope, run_id, fence)

    def reserve_ids(self, count: int) -> Sequence[str]:
        """Take fresh record ids."""
        return self._ledger.reserve(count)

    def create_records(self, records: Sequence[NewRecord], stamp: Stamp) -> None:
        """Insert records and one trail entry each, if their author may."""
        reach = Reach(writes=tuple(dict.fromkeys(record.type for record in records)))
        clearance.require(self._scope, stamp, reach, at=self._ledger.now)
        guards.require_roles(self._scope, records, stamp)
        record_writes.create(self._scope, self._ledger, records, stamp)
        self._leave_errands([(one.type, one.id) for one in records], stamp)

    def change_records(self, changes: Sequence[RecordChange], stamp: Stamp) -> Sequence[str]:
        """Apply changes and one trail entry each, if their author may; give the ids of records that had moved on."""
        reach = Reach(writes=tuple(dict.fromkeys(change.type for change in changes)))
        clearance.require(self._scope, stamp, reach, at=self._ledger.now)
        guards.require_roles(self._scope, changes, stamp)
        stale = record_writes.change(self._scope, self._ledger, changes, stamp)
        self._leave_errands([(one.type, one.id) for one in changes if one.id not in stale], stamp)
        return stale

    def remove_records(self, removals: Sequence[RecordRemoval], stamp: Stamp) -> Sequence[str]:
        """Take records away and append their trail entries."""
        return record_writes.remove(self._scope, self._ledger, removals, stamp)

    def refused_fields(
        self, writes: Sequence[NewRecord | RecordChange], stamp: Stamp
    ) -> Mapping[str, tuple[RefusedField, ...]]:
        """Say which fields the store would refuse."""
        return guards.refused_fields(self._scope, writes, stamp)

    def _leave_errands(self, saved: Sequence[tuple[str, str]], stamp: Stamp) -> None:
        real_time.leave_errands(self._scope, saved, stamp, now=self._ledger.now)

    def append_event(self, event: Event, stamp: Stamp) -> None:
        """Add one entry to the trail that is no record write."""
        self._ledger.append([event], stamp)

    def save_bindings(self, bindings: Sequence[Binding]) -> None:
        """Insert or replace bindings."""
        save(self._scope, bindings)

    def save_agreements(self, agreements: Sequence[Agreement]) -> None:
        """Insert or replace agreements."""
        agreeing.save(self._scope, agreements)

    def add_errands(self, errands: Sequence[NewErrand]) -> Sequence[str]:
        """Put single records into the inbox; give an id for each."""
        return inbox.add(self._scope, errands, now=self._ledger.now)

    def settle(self, run_id: str, workflow: str, settled: Sequence[Settled]) -> None:
        """Store outcomes, and open or close the records' open items."""
        outcomes.settle(self._scope, run_id=run_id, workflow=workflow, settled=settled, at=self._ledger.at)

    def save_checkpoint(self, run_id: str, workflow: str, *, after_id: str, is_finished: bool) -> None:
        """Remember how far a workflow of a run has come."""
        run = progress.run_key(self._scope, run_id)
        progress.save_checkpoint(self._scope, run, workflow, after_id=after_id, is_finished=is_finished)

    def save_watermark(self, workflow: str, since: str) -> None:
        """Remember from where the next run of a workflow reads."""
        save_watermark(self._scope, workflow, since)


class StoredTransactions:
    """Opens units of work for one company; implements `ports.transactions.Transactions`."""

    def __init__(self, scope: CompanyScope, clock: Clock) -> None:
        self._scope = scope
        self._clock = clock

    def begin(self) -> AbstractContextManager[UnitOfWork]:
        """Open a unit of work; a second one on the same thread is refused."""
        return self._begin()

    @contextmanager
    def _begin(self) -> Iterator[UnitOfWork]:
        with company_transaction(self._scope, self._clock.now()) as ledger:
            yield StoredUnit(self._scope, ledger)
