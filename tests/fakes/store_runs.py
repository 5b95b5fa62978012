"""The run log of the store in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from heapq import nsmallest
from typing import TYPE_CHECKING

from suitebridge.adapters.store.texts import number_of
from suitebridge.domain.bindings import Binding, BindingState
from suitebridge.domain.errors import Problem, RunTakenOverError
from suitebridge.domain.outcomes import WRITTEN_KINDS, Amount, OutcomeKind, Tally
from suitebridge.ports.runs import (
    ENDED_STATES,
    Halt,
    NewRun,
    Passage,
    Progress,
    RecordedOutcome,
    Run,
    RunState,
    Told,
    WorkItem,
    tell_nothing,
)

if TYPE_CHECKING:
    from tests.fakes.store import MemoryStore

from tests.fakes.store_state import Item, State, waiting_progress
from tests.fakes.store_trail import append_entry


def hold_run(state: State, run_id: str, fence: int) -> None:
    """Refuse whoever does not carry the run out any more."""
    held = [run for run in state.runs if run.id == run_id]
    if not held:
        raise LookupError(f"There is no run “{run_id}”.")
    if held[0].fence != fence:
        raise RunTakenOverError(Problem(code="SB-LEASE-001", facts={"number": str(held[0].number)}))


class MemoryRuns:
    """The run log."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    def add(self, run: NewRun, *, tell: Callable[[Run], Sequence[Told]] = tell_nothing) -> Run:
        new = Run(
            id=run.id,
            number=len(self._state.runs) + 1,
            account_id=run.account_id,
            workflows=run.workflows,
            owner_id=run.owner_id,
            owner_name=run.owner_name,
            started_by=run.started_by,
            is_full=run.is_full,
            is_dry=run.is_dry,
            since=run.since,
            configuration=self._store.configurations.load().version,
            is_retry=bool(run.only) and not run.errands,
            is_errand=bool(run.errands),
            state=RunState.FAILED if run.refusal else RunState.QUEUED,
            asked_at=run.asked_at,
            started_at=None,
            ended_at=run.asked_at if run.refusal else None,
            problem_code=run.refusal.code if run.refusal else "",
            problem_facts=dict(run.refusal.facts) if run.refusal else {},
            mapping_versions=dict(run.mapping_versions),
            recoveries=0,
            halt=None,
            halted_by="",
        )
        self._store.inbox.take(run.errands, run.id)
        self._state.runs.append(new)
        for workflow, ids in run.only.items():
            self.begin_workflow(run.id, workflow, since="")
            self.freeze(run.id, workflow, ((source_id, "") for source_id in ids))
        self._append(tell(new))
        return new

    def get(self, run_id: str) -> Run | None:
        if run_id == "last":
            return self._state.runs[-1] if self._state.runs else None
        by_id = [run for run in self._state.runs if run.id == run_id]
        return next(iter(by_id or [run for run in self._state.runs if str(run.number) == run_id]), None)

    def newest(self, *, limit: int, before_number: int = 0) -> Sequence[Run]:
        runs = [run for run in reversed(self._state.runs) if not before_number or run.number < before_number]
        return runs[:limit]

    def unfinished(self) -> Sequence[Run]:
        return [run for run in self._state.runs if run.state not in ENDED_STATES]

    def take(self, run_id: str, *, worker: str) -> Run:
        run = self._run(run_id)
        self._state.runs[run.number - 1] = replace(run, worker=worker, fence=run.fence + 1)
        return self._state.runs[run.number - 1]

    def enter(
        self,
        run_id: str,
        state: RunState,
        *,
        at: datetime,
        problem_code: str = "",
        problem_facts: Mapping[str, str] | None = None,
        told: Sequence[Told] = (),
        fence: int | None = None,
    ) -> None:
        run = self._run(run_id)
        if fence is not None:
            hold_run(self._state, run_id, fence)
        after = replace(run, state=state, problem_code=problem_code, problem_facts=dict(problem_facts or {}))
        if state is RunState.RUNNING:
            after = replace(after, started_at=run.started_at or at)
        if state in ENDED_STATES:
            after = replace(after, ended_at=at)
        since = run.waiting_since or at if state is RunState.WAITING else None
        self._state.runs[run.number - 1] = replace(after, waiting_since=since)
        self._append(told)

    def ask_halt(self, run_id: str, halt: Halt, *, by: str, told: Sequence[Told] = ()) -> bool:
        run = self._run(run_id)
        if run.state in ENDED_STATES or run.halt in {halt, Halt.CANCEL}:
            return False
        self._state.runs[run.number - 1] = replace(run, halt=halt, halted_by=by)
        self._append(told)
        return True

    def resume(self, run_id: str, *, by: str, told: Sequence[Told] = ()) -> bool:
        run = self._run(run_id)
        if run.state in ENDED_STATES or run.halt is not Halt.PAUSE:
            return False
        state = RunState.QUEUED if run.state is RunState.PAUSED else run.state
        self._state.runs[run.number - 1] = replace(run, halt=None, halted_by=by, state=state)
        self._append(told)
        return True

    def count_recovery(self, run_id: str) -> int:
        run = self._run(run_id)
        self._state.runs[run.number - 1] = replace(run, recoveries=run.recoveries + 1)
        return run.recoveries + 1

    def begin_workflow(self, run_id: str, workflow: str, *, since: str) -> Progress:
        self._run(run_id)
        begun = replace(waiting_progress(workflow, "running"), since=since)
        self._state.progress.setdefault((run_id, workflow), begun)
        return next(part for part in self.progress(run_id) if part.workflow == workflow)

    def freeze(
        self, run_id: str, workflow: str, items: Iterable[tuple[str, str]], *, takes_up_open: bool = False
    ) -> int:
        kept = self._state.items.setdefault((run_id, workflow), {})
        progress = self._progress_of(run_id, workflow)
        if not progress.is_frozen:
            for record_id, version in items:
                kept.setdefault(record_id, Item(version=version))
            waiting = self._state.open_items.get((self._store.account, workflow), {}) if takes_up_open else {}
            for record_id in waiting:
                kept[record_id] = replace(kept.get(record_id, Item(version="")), is_behind=True)
            self._state.progress[run_id, workflow] = replace(progress, is_frozen=True)
        return len(kept)

    def pending(self, run_id: str, workflow: str, *, limit: int) -> Sequence[WorkItem]:
        self._progress_of(run_id, workflow)
        kept = self._state.items.get((run_id, workflow), {})
        waiting = [
            (item.is_behind, number_of(source) or 0, source) for source, item in kept.items() if item.recorded is None
        ]
        return [WorkItem(record_id=source, version=kept[source].version) for _, _, source in nsmallest(limit, waiting)]

    def progress(self, run_id: str) -> Sequence[Progress]:
        run = self._run(run_id)
        begun = [name for known, name in self._state.progress if known == run_id]
        return [
            replace(
                self._state.progress.get((run_id, name)) or waiting_progress(name, "waiting"),
                tally=self.settled_sums(run_id, name),
            )
            for name in dict.fromkeys((*run.workflows, *begun))
        ]

    def outcomes(
        self,
        run_id: str,
        *,
        workflow: str = "",
        kinds: frozenset[OutcomeKind] | None = None,
        or_refused_fields: bool = False,
        after: int = 0,
        limit: int = 100,
    ) -> Sequence[RecordedOutcome]:
        self._run(run_id)
        placed = sorted(
            (
                (item.place, item.recorded)
                for (known, name), items in self._state.items.items()
                for item in items.values()
                if item.recorded is not None and known == run_id and workflow in ("", name)
            ),
            key=lambda pair: pair[0],
        )
        chosen = [
            recorded
            for _, recorded in placed
            if kinds is None
            or recorded.outcome.kind in kinds
            or (or_refused_fields and recorded.outcome.refused_fields)
        ]
        return chosen[after : after + limit]

    def history(self, workflow: str, source_id: str, *, limit: int) -> Sequence[Passage]:
        found = []
        for run in reversed(self._state.runs):
            item = self._state.items.get((run.id, workflow), {}).get(source_id)
            if item is not None and item.recorded is not None:
                found.append(Passage(run_number=run.number, is_dry=run.is_dry, recorded=item.recorded))
        return found[:limit]

    def rehearsed(self, run_id: str, workflow: str, ids: Sequence[str], *, by_target: bool) -> Mapping[str, str]:
        self._progress_of(run_id, workflow)
        items = self._state.items.get((run_id, workflow), {})
        written = [
            item.recorded.outcome
            for item in items.values()
            if item.recorded is not None and item.recorded.outcome.kind in WRITTEN_KINDS
        ]
        pairs = [(one.target_id, one.source_id) if by_target else (one.source_id, one.target_id) for one in written]
        return {one: far for one, far in pairs if one in ids}

    def outcomes_of(self, run_id: str, workflow: str, ids: Sequence[str]) -> Sequence[RecordedOutcome]:
        self._progress_of(run_id, workflow)
        found = self.outcomes(run_id, workflow=workflow, limit=1_000_000)
        return [one for one in found if one.outcome.source_id in ids]

    def settled_sums(self, run_id: str, workflow: str) -> Tally:
        self._run(run_id)
        items = self._state.items.get((run_id, workflow), {})
        outcomes = [item.recorded.outcome for item in items.values() if item.recorded is not None]
        counts = Counter(outcome.kind for outcome in outcomes)
        amounts = [(outcome.kind, outcome.amount) for outcome in outcomes if outcome.amount is not None]
        return Tally(
            considered=len(items),
            counts=tuple((kind, counts[kind]) for kind in OutcomeKind if kind in counts),
            selected_sums=_sums(amount for _, amount in amounts),
            written_sums=_sums(amount for kind, amount in amounts if kind in WRITTEN_KINDS),
        )

    def open_items(self, workflow: str, *, not_in_run: str, limit: int) -> Sequence[str]:
        waiting = self._state.open_items.get((self._store.account, workflow), {})
        own = self._state.items.get((not_in_run, workflow), {})
        return [source for source in sorted(waiting, key=lambda source: waiting[source]) if source not in own][:limit]

    def still_open(self, workflow: str, ids: Iterable[str]) -> frozenset[str]:
        return frozenset(ids) & self._state.open_items.get((self._store.account, workflow), {}).keys()

    def left_open(self, kinds: frozenset[OutcomeKind], *, after: int = 0, limit: int = 100) -> Sequence[Passage]:
        waiting = [
            (workflow, touched, source)
            for (account, workflow), sources in self._state.open_items.items()
            if account == self._store.account
            for source, touched in sources.items()
        ]
        newest = [
            next(one for one in self.history(workflow, source, limit=1_000) if not one.is_dry)
            for workflow, _, source in sorted(waiting)
        ]
        return [one for one in newest if one.recorded.outcome.kind in kinds][after : after + limit]

    def watermark(self, workflow: str) -> str:
        return self._state.watermarks.get((self._store.account, workflow), "")

    def bindings_by_workspace(
        self, workspace_type: str, netsuite_type: str, ids: Sequence[str]
    ) -> Mapping[str, Binding]:
        return {
            part.workspace_id: part
            for part in self._bindings(workspace_type, netsuite_type)
            if part.workspace_id in ids
        }

    def linked(
        self,
        workspace_type: str,
        netsuite_type: str,
        *,
        limit: int,
        after: str = "",
        state: BindingState = BindingState.BOUND,
    ) -> Sequence[Binding]:
        wanted = (self._store.linked_account, workspace_type, netsuite_type)
        found = [part for key, part in self._state.bindings.items() if key[:3] == wanted]
        bound = [part for part in found if part.state is state and part.netsuite_id and part.workspace_id > after]
        return sorted(bound, key=lambda part: part.workspace_id)[:limit]

    def bindings_by_netsuite(
        self, workspace_type: str, netsuite_type: str, ids: Sequence[str]
    ) -> Mapping[str, Binding]:
        return {
            part.netsuite_id: part
            for part in self._bindings(workspace_type, netsuite_type)
            if part.netsuite_id and part.netsuite_id in ids
        }

    def _bindings(self, workspace_type: str, netsuite_type: str) -> list[Binding]:
        wanted = (self._store.account, workspace_type, netsuite_type)
        return [part for key, part in self._state.bindings.items() if key[:3] == wanted]

    def _append(self, told: Sequence[Told]) -> None:
        for one in told:
            append_entry(self._store, one.event, one.stamp)

    @property
    def _state(self) -> State:
        return self._store.state

    def _run(self, run_id: str) -> Run:
        found = next((run for run in self._state.runs if run.id == run_id), None)
        if found is None:
            raise LookupError(f"There is no run “{run_id}”.")
        return found

    def _progress_of(self, run_id: str, workflow: str) -> Progress:
        self._run(run_id)
        if (run_id, workflow) not in self._state.progress:
            raise LookupError(f"The workflow “{workflow}” has not begun in this run.")
        return self._state.progress[run_id, workflow]


def _sums(amounts: Iterable[Amount]) -> tuple[Amount, ...]:
    sums: dict[str, Decimal] = {}
    for amount in amounts:
        sums[amount.unit] = sums.get(amount.unit, Decimal(0)) + amount.value
    return tuple(Amount(unit=unit, value=sums[unit]) for unit in sorted(sums))
