"""The run log: runs, their states, and the way to their work lists and outcomes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Final

import msgspec

from suitebridge.adapters.store import bindings, inbox, outcomes, progress
from suitebridge.adapters.store.configurations import version_in_force
from suitebridge.adapters.store.databases import Cell, Parameter
from suitebridge.adapters.store.ledger import Ledger, company_transaction
from suitebridge.adapters.store.scope import CompanyScope
from suitebridge.adapters.store.texts import instant_text, integer, moment
from suitebridge.domain.bindings import Binding, BindingState
from suitebridge.domain.outcomes import OutcomeKind, Tally
from suitebridge.ports.clock import Clock
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

_COLUMNS: Final = (
    "id",
    "number",
    "account_id",
    "workflows",
    "owner_id",
    "owner_name",
    "started_by",
    "is_full",
    "is_retry",
    "is_dry",
    "is_errand",
    "state",
    "asked_at",
    "started_at",
    "ended_at",
    "problem_code",
    "problem_facts",
    "mapping_versions",
    "recoveries",
    "halt",
    "halted_by",
    "worker",
    "fence",
    "waiting_since",
    "since",
    "configuration",
)
_READ: Final = ", ".join(f"r.{column}" for column in _COLUMNS)
_NEWEST: Final = "last"


class StoredRuns:
    """The runs of one company; implements `ports.runs.RunLog`."""

    def __init__(self, scope: CompanyScope, clock: Clock) -> None:
        self._scope = scope
        self._clock = clock

    def add(self, run: NewRun, *, tell: Callable[[Run], Sequence[Told]] = tell_nothing) -> Run:
        """Store a queued run under the company's next number, with the work lists of one over chosen records and the errands that it takes."""
        with company_transaction(self._scope, self._clock.now()) as ledger:
            return self.insert(ledger, run, tell)

    def insert(self, ledger: Ledger, run: NewRun, tell: Callable[[Run], Sequence[Told]]) -> Run:
        """Store a run in the transaction of a ledger."""
        ((last,),) = self._scope.select("store_run", "COALESCE(MAX(r.number), 0)")
        refusal = run.refusal
        row = (
            run.id,
            integer(last) + 1,
            run.account_id,
            _json(run.workflows),
            run.owner_id,
            run.owner_name,
            run.started_by,
            run.is_full,
            bool(run.only) and not run.errands,
            run.is_dry,
            bool(run.errands),
            RunState.QUEUED.value if refusal is None else RunState.FAILED.value,
            instant_text(run.asked_at),
            None,
            None if refusal is None else instant_text(run.asked_at),
            "" if refusal is None else refusal.code,
            "{}" if refusal is None else _json(dict(refusal.facts)),
            _json(dict(run.mapping_versions)),
            0,
            "",
            "",
            "",
            0,
            None,
            None if run.since is None else run.since.isoformat(),
            version_in_force(self._scope),
            0,
        )
        self._scope.insert("store_run", (*_COLUMNS, "settled"), [row])
        key = progress.run_key(self._scope, run.id)
        inbox.take(self._scope, run.errands, run.id)
        for workflow, ids in run.only.items():
            progress.begin(self._scope, key, workflow, "")
            progress.freeze(self._scope, key, workflow, ((source_id, "") for source_id in ids))
        added = self._one("r.id = %s", run.id)
        _append(ledger, tell(added))
        return added

    def get(self, run_id: str) -> Run | None:
        """Find a run by id, by number or the newest."""
        if run_id == _NEWEST:
            found = self.newest(limit=1)
            return found[0] if found else None
        runs = self._runs("r.id = %s", (run_id,))
        if not runs and run_id.isascii() and run_id.isdigit() and len(run_id) <= 18:
            runs = self._runs("r.number = %s", (int(run_id),))
        return runs[0] if runs else None

    def newest(self, *, limit: int, before_number: int = 0) -> Sequence[Run]:
        """List runs, newest first."""
        where = "r.number < %s" if before_number else ""
        parameters = (before_number,) if before_number else ()
        return self._runs(where, parameters, f"ORDER BY r.number DESC LIMIT {int(limit)}")

    def unfinished(self) -> Sequence[Run]:
        """List runs that have not ended, oldest first."""
        among, parameter = self._scope.among_texts("r.state", sorted(state.value for state in ENDED_STATES))
        return self._runs(f"NOT ({among})", (parameter,), "ORDER BY r.number")

    def take(self, run_id: str, *, worker: str) -> Run:
        """Make a worker the one that carries a run out."""
        with company_transaction(self._scope, self._clock.now()):
            key = progress.run_key(self._scope, run_id)
            self._scope.set("store_run", "worker = %s, fence = fence + 1", where="key = %s", parameters=(worker, key))
            return self._one("r.key = %s", key)

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
        """Move a run into a state."""
        with company_transaction(self._scope, self._clock.now()) as ledger:
            key = progress.run_key(self._scope, run_id)
            if fence is not None:
                progress.hold_run(self._scope, run_id, fence)
            assignments = "state = %s, problem_code = %s, problem_facts = %s"
            values: list[Parameter] = [state.value, problem_code, _json(dict(problem_facts or {}))]
            if state is RunState.RUNNING:
                assignments += ", started_at = COALESCE(started_at, %s)"
                values.append(instant_text(at))
            if state in ENDED_STATES:
                assignments += ", ended_at = %s"
                values.append(instant_text(at))
            waits = state is RunState.WAITING
            assignments += ", waiting_since = COALESCE(waiting_since, %s)" if waits else ", waiting_since = NULL"
            values += [instant_text(at)] if waits else []
            self._scope.set("store_run", assignments, where="key = %s", parameters=(*values, key))
            _append(ledger, told)

    def ask_halt(self, run_id: str, halt: Halt, *, by: str, told: Sequence[Told] = ()) -> bool:
        """Ask a run that has not ended to halt."""
        with company_transaction(self._scope, self._clock.now()) as ledger:
            key = progress.run_key(self._scope, run_id)
            has_ended, ended = self._scope.among_texts("state", sorted(state.value for state in ENDED_STATES))
            changed = self._scope.set(
                "store_run",
                "halt = %s, halted_by = %s",
                where=f"key = %s AND halt <> %s AND halt <> %s AND NOT ({has_ended})",
                parameters=(halt.value, by, key, halt.value, Halt.CANCEL.value, ended),
            )
            _append(ledger, told if changed else ())
        return changed == 1

    def resume(self, run_id: str, *, by: str, told: Sequence[Told] = ()) -> bool:
        """Take a pause back; a run that has come to it waits for its turn again."""
        with company_transaction(self._scope, self._clock.now()) as ledger:
            key = progress.run_key(self._scope, run_id)
            has_ended, ended = self._scope.among_texts("state", sorted(state.value for state in ENDED_STATES))
            changed = self._scope.set(
                "store_run",
                "halt = '', halted_by = %s, state = CASE WHEN state = %s THEN %s ELSE state END",
                where=f"key = %s AND halt = %s AND NOT ({has_ended})",
                parameters=(by, RunState.PAUSED.value, RunState.QUEUED.value, key, Halt.PAUSE.value, ended),
            )
            _append(ledger, told if changed else ())
        return changed == 1

    def count_recovery(self, run_id: str) -> int:
        """Count one more resumption after a stop."""
        with company_transaction(self._scope, self._clock.now()):
            key = progress.run_key(self._scope, run_id)
            self._scope.set("store_run", "recoveries = recoveries + 1", where="key = %s", parameters=(key,))
            return self._one("r.key = %s", key).recoveries

    def begin_workflow(self, run_id: str, workflow: str, *, since: str) -> Progress:
        """Create a workflow's progress within a run, or give the one that is there."""
        with company_transaction(self._scope, self._clock.now()):
            progress.begin(self._scope, progress.run_key(self._scope, run_id), workflow, since)
        return next(part for part in self.progress(run_id) if part.workflow == workflow)

    def freeze(
        self, run_id: str, workflow: str, items: Iterable[tuple[str, str]], *, takes_up_open: bool = False
    ) -> int:
        """Store the work list once."""
        with company_transaction(self._scope, self._clock.now()):
            key = progress.run_key(self._scope, run_id)
            return progress.freeze(self._scope, key, workflow, items, takes_up_open=takes_up_open)

    def pending(self, run_id: str, workflow: str, *, limit: int) -> Sequence[WorkItem]:
        """Give the next frozen items without an outcome, in their order."""
        return outcomes.pending(self._scope, run_id, workflow, limit=limit)

    def progress(self, run_id: str) -> Sequence[Progress]:
        """Give every workflow's progress in execution order; those that have not begun are waiting."""
        key = progress.run_key(self._scope, run_id)
        run = self._one("r.key = %s", key)
        tallies = outcomes.tallies(self._scope, key)
        rows = self._scope.select(
            "store_progress",
            "r.workflow, r.phase, r.after_id, r.is_frozen, r.since",
            where="r.run_id = %s",
            parameters=(key,),
            tail="ORDER BY r.key",
        )
        begun = {str(row[0]): _progress(row, tallies.get(str(row[0]), Tally())) for row in rows}
        return [begun.get(name) or _waiting(name) for name in dict.fromkeys((*run.workflows, *begun))]

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
        """Read stored outcomes in the order they were settled; `after` says how many to pass over."""
        return outcomes.read(
            self._scope,
            run_id,
            workflow=workflow,
            kinds=kinds,
            or_refused_fields=or_refused_fields,
            after=after,
            limit=limit,
        )

    def history(self, workflow: str, source_id: str, *, limit: int) -> Sequence[Passage]:
        """Give what became of one source record in the runs of a workflow, the newest run first."""
        return outcomes.history(self._scope, workflow, source_id, limit=limit)

    def rehearsed(self, run_id: str, workflow: str, ids: Sequence[str], *, by_target: bool) -> Mapping[str, str]:
        """Give the other side of records that a workflow of this dry run would have written."""
        return outcomes.rehearsed(self._scope, run_id, workflow, ids, by_target=by_target)

    def outcomes_of(self, run_id: str, workflow: str, ids: Sequence[str]) -> Sequence[RecordedOutcome]:
        """Read what became of some records in a workflow of a run."""
        return outcomes.of_records(self._scope, run_id, workflow, ids)

    def settled_sums(self, run_id: str, workflow: str) -> Tally:
        """Compute one workflow's counts and sums from its stored outcomes."""
        return outcomes.tallies(self._scope, progress.run_key(self._scope, run_id)).get(workflow, Tally())

    def open_items(self, workflow: str, *, not_in_run: str, limit: int) -> Sequence[str]:
        """Give the source ids that earlier runs left open for a workflow and that have no item in this run."""
        return outcomes.open_items(self._scope, workflow, not_in_run=not_in_run, limit=limit)

    def still_open(self, workflow: str, ids: Iterable[str]) -> frozenset[str]:
        """Say which of these source ids are open items of a workflow."""
        return outcomes.still_open(self._scope, workflow, ids)

    def left_open(self, kinds: frozenset[OutcomeKind], *, after: int = 0, limit: int = 100) -> Sequence[Passage]:
        """Read what is open with these outcomes, each record as the last run left it."""
        return outcomes.left_open(self._scope, kinds, after=after, limit=limit)

    def watermark(self, workflow: str) -> str:
        """Give the stored watermark of a workflow."""
        return bindings.watermark(self._scope, workflow)

    def bindings_by_workspace(
        self, workspace_type: str, netsuite_type: str, ids: Sequence[str]
    ) -> Mapping[str, Binding]:
        """Give the bindings of workspace records, by workspace id."""
        return bindings.read(self._scope, workspace_type, netsuite_type, "workspace_id", ids)

    def linked(
        self,
        workspace_type: str,
        netsuite_type: str,
        *,
        limit: int,
        after: str = "",
        state: BindingState = BindingState.BOUND,
    ) -> Sequence[Binding]:
        """Give some bound pairs of the account that the company's ids belong to."""
        return bindings.linked(self._scope, workspace_type, netsuite_type, limit=limit, after=after, state=state)

    def bindings_by_netsuite(
        self, workspace_type: str, netsuite_type: str, ids: Sequence[str]
    ) -> Mapping[str, Binding]:
        """Give the bindings of NetSuite records, by NetSuite id."""
        return bindings.read(self._scope, workspace_type, netsuite_type, "netsuite_id", ids)

    def _runs(self, where: str, parameters: Sequence[Parameter], tail: str = "") -> Sequence[Run]:
        return [
            _run(row) for row in self._scope.select("store_run", _READ, where=where, parameters=parameters, tail=tail)
        ]

    def _one(self, where: str, parameter: Parameter) -> Run:
        (run,) = self._runs(where, (parameter,))
        return run


def _append(ledger: Ledger, told: Sequence[Told]) -> None:
    for one in told:
        ledger.append([one.event], one.stamp)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _texts(cell: Cell) -> dict[str, str]:
    return msgspec.json.decode(str(cell), type=dict[str, str])


def _run(row: tuple[Cell, ...]) -> Run:
    cells = dict(zip(_COLUMNS, row, strict=True))
    return Run(
        id=str(cells["id"]),
        number=integer(cells["number"]),
        account_id=str(cells["account_id"]),
        workflows=msgspec.json.decode(str(cells["workflows"]), type=tuple[str, ...]),
        owner_id=str(cells["owner_id"]),
        owner_name=str(cells["owner_name"]),
        started_by=str(cells["started_by"]),
        is_full=bool(cells["is_full"]),
        is_retry=bool(cells["is_retry"]),
        is_dry=bool(cells["is_dry"]),
        is_errand=bool(cells["is_errand"]),
        state=RunState(cells["state"]),
        asked_at=moment(cells["asked_at"]),
        started_at=None if cells["started_at"] is None else moment(cells["started_at"]),
        ended_at=None if cells["ended_at"] is None else moment(cells["ended_at"]),
        problem_code=str(cells["problem_code"]),
        problem_facts=_texts(cells["problem_facts"]),
        mapping_versions=_texts(cells["mapping_versions"]),
        recoveries=integer(cells["recoveries"]),
        halt=Halt(cells["halt"]) if cells["halt"] else None,
        halted_by=str(cells["halted_by"]),
        worker=str(cells["worker"]),
        fence=integer(cells["fence"]),
        waiting_since=None if cells["waiting_since"] is None else moment(cells["waiting_since"]),
        since=None if cells["since"] is None else date.fromisoformat(str(cells["since"])),
        configuration=integer(cells["configuration"] or 0),
    )


def _progress(row: tuple[Cell, ...], tally: Tally) -> Progress:
    workflow, phase, after_id, is_frozen, since = row
    return Progress(
        workflow=str(workflow),
        phase=str(phase),
        after_id=str(after_id),
        is_frozen=bool(is_frozen),
        since=str(since),
        tally=tally,
    )


def _waiting(workflow: str) -> Progress:
    return Progress(workflow=workflow, phase=progress.WAITING, after_id="", is_frozen=False, since="", tally=Tally())
