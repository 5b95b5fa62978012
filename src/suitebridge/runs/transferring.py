"""Carries one run out, workflow by workflow, batch by batch, in steps that survive a stop at any instant.

Where the run stands is kept in the run log; the engine's steps only drive it. A step that is carried out twice finds its work done.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from suitebridge.domain.errors import Problem, RunStoppedError, RunTakenOverError, SuiteBridgeError
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.flow.fingerprints import fingerprint_workflow
from suitebridge.domain.flow.mapping import DRIFTED, compile_mapping
from suitebridge.domain.intents import Change
from suitebridge.domain.macros import Facts, facts_of
from suitebridge.domain.people import Door, Stamp
from suitebridge.domain.records import Direction
from suitebridge.domain.schemas.registry import source_schema
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.clock import Chance, Clock
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.engine import Steps
from suitebridge.ports.netsuite import NetSuiteGateway
from suitebridge.ports.runs import ENDED_STATES, Halt, Progress, Run, RunState, Told
from suitebridge.runs import dating, exporting, importing, noticing
from suitebridge.runs.cancelling import cancel_rest
from suitebridge.runs.earning import FINISHED, earned_state, is_done
from suitebridge.runs.laying import workflows_of
from suitebridge.runs.receiving import take_errands
from suitebridge.runs.starting import missing_rights
from suitebridge.runs.transfers import MOST_BATCHES, Transfer
from suitebridge.runs.waiting import WAITS, AtOnce, begin_resting, begin_waiting, come_to_rest, end_waiting

MOST_RECOVERIES = 50
"""Bound of resumptions: a run that stops its process each time must not do so for ever (I10)."""

_PASSING = frozenset({"SB-DB-001", "SB-LEASE-001", "SB-LEASE-002"})
"""What is wrong with this process or its store, not with the run: it is left as it stands, and begun anew once that is over."""

INBOX_SECONDS = timedelta(seconds=1)
"""How long single records hold up a run between two batches (design §4)."""

ERRANDS_AT_ONCE = 25
"""Errands that are taken between two batches at a time: few enough for NetSuite to answer within that second."""

_STOPPED = "stopped"
_SET_ASIDE = "set aside"
"""A workflow that was not begun because fields drifted from under its mapping: the others go on (quality.md F39)."""

_LOG = logging.getLogger(__name__)


class GatewayOpener(Protocol):
    """Opens the gateway of a company's connection. Raises `RunStoppedError` where credentials are missing or cannot be opened."""

    def __call__(self, store: CompanyStore) -> NetSuiteGateway:
        """Open it, or give the one that is open."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RunDesk:
    """What carrying out runs needs. `worker` does it; a patient one lets a run wait for NetSuite. `workflows` are as the run in hand is pinned.

    `is_halted` tells of a halt in the middle of a batch.
    """

    store: CompanyStore
    open_gateway: GatewayOpener
    shipped: Mapping[str, Workflow]
    clock: Clock
    chance: Chance
    worker: str = ""
    is_patient: bool = False
    workflows: Mapping[str, Workflow] = field(default_factory=dict)
    is_halted: Callable[[], bool] = lambda: False


def carry_out(desk: RunDesk, run_id: str, steps: Steps) -> None:
    """Carry a run out to its end, or go on with it where it was stopped. One that has ended, be it just before it was taken, stays as it is.

    Raise `RunTakenOverError` where another process has taken it meanwhile, `RetryLaterError` where the store is away: nothing is settled then,
    and the run begins anew where it stands.
    """
    known = desk.store.runs.get(run_id)
    run = known if known is None or known.state in ENDED_STATES else desk.store.runs.take(run_id, worker=desk.worker)
    if run is None or run.state in ENDED_STATES:
        return
    desk = replace(desk, workflows=workflows_of(desk.store, desk.shipped, version=run.configuration))
    if run.state is RunState.RUNNING and desk.store.runs.count_recovery(run.id) > MOST_RECOVERIES:
        _note(desk, run, Problem(code="SB-INT-001", facts={"said": f"It was resumed {MOST_RECOVERIES} times in vain."}))
        _end(desk, run)
        return
    if run.state is RunState.RUNNING and run.problem_code:
        # What stopped the run stands, and the process stopped too before the run was closed. No step: the engine remembers others here.
        _rest_or_end(desk, run)
        return
    if run.state is not RunState.WAITING:
        desk.store.runs.enter(run.id, RunState.RUNNING, at=desk.clock.now(), fence=run.fence)
    if steps.step("begin", _guarded(desk, run, lambda: _begin(desk, run))) != _STOPPED:
        for name in run.workflows:
            if not _carry_workflow(desk, run, desk.workflows[name], steps):
                break
    steps.step("end", lambda: _rest_or_end(desk, run))


def _begin(desk: RunDesk, run: Run) -> str:
    """Fix the change stamp up to which every import of this run reads, by NetSuite's own clock."""
    imports = [name for name in run.workflows if desk.workflows[name].direction is Direction.IMPORT]
    # A run over chosen records reads nothing up to any moment.
    now = _gateway(desk, run).ask_now() if imports and not run.is_over_chosen else ""
    for name in run.workflows:
        desk.store.runs.begin_workflow(run.id, name, since=now)
    return now


def _carry_workflow(desk: RunDesk, run: Run, workflow: Workflow, steps: Steps) -> bool:
    """Carry one workflow out; say whether the run may go on. One that ended before the run was paused stays as it is."""
    if steps.step(f"{workflow.name}:done", lambda: _progress_of(desk, run, workflow).phase == FINISHED):
        return True
    is_import = workflow.direction is Direction.IMPORT
    if run.is_over_chosen:
        return _drain(desk, run, workflow, steps, importing.import_batch if is_import else exporting.export_batch)
    return (_carry_import if is_import else _carry_export)(desk, run, workflow, steps)


def _carry_import(desk: RunDesk, run: Run, workflow: Workflow, steps: Steps) -> bool:
    after_id = steps.step(f"{workflow.name}:from", lambda: _progress_of(desk, run, workflow).after_id)
    for number in range(MOST_BATCHES):
        act = _importing(desk, run, workflow, after_id)
        after_id = steps.step(f"{workflow.name}:page:{number}", _guarded(desk, run, act))
        if after_id in {_STOPPED, _SET_ASIDE}:
            return after_id == _SET_ASIDE
        if not after_id:
            break
    for number in range(MOST_BATCHES):
        more = steps.step(f"{workflow.name}:open:{number}", _guarded(desk, run, _taking_up(desk, run, workflow)))
        if more != "more":
            break
    return (
        more != _STOPPED
        and steps.step(f"{workflow.name}:watermark", _guarded(desk, run, lambda: _finish(desk, run, workflow)))
        != _STOPPED
    )


def _importing(desk: RunDesk, run: Run, workflow: Workflow, after_id: str) -> Callable[[], str]:
    def act() -> str:
        return importing.import_page(_transfer(desk, run, workflow), after_id=after_id)

    return act


def _taking_up(desk: RunDesk, run: Run, workflow: Workflow) -> Callable[[], str]:
    return lambda: "more" if importing.import_open_items(_transfer(desk, run, workflow)) else ""


def _carry_export(desk: RunDesk, run: Run, workflow: Workflow, steps: Steps) -> bool:
    def freeze() -> str:
        return str(exporting.freeze_work_list(_transfer(desk, run, workflow)))

    frozen = steps.step(f"{workflow.name}:freeze", _guarded(desk, run, freeze))
    if frozen in {_STOPPED, _SET_ASIDE}:
        return frozen == _SET_ASIDE
    return _drain(desk, run, workflow, steps, exporting.export_batch)


def _drain(desk: RunDesk, run: Run, workflow: Workflow, steps: Steps, carry_batch: Callable[[Transfer], bool]) -> bool:
    """Carry a frozen work list over to its end; say whether the run may go on."""

    def batch() -> str:
        return "more" if carry_batch(_transfer(desk, run, workflow)) else ""

    for number in range(MOST_BATCHES):
        more = steps.step(f"{workflow.name}:batch:{number}", _guarded(desk, run, batch))
        if more != "more":
            break
    return (
        more != _STOPPED
        and steps.step(f"{workflow.name}:finish", _guarded(desk, run, lambda: _finish(desk, run, workflow))) != _STOPPED
    )


def _finish(desk: RunDesk, run: Run, workflow: Workflow) -> str:
    """K5: every record up to the watermark has a durable outcome, so it may move."""
    progress = _progress_of(desk, run, workflow)
    # A run over chosen records has not read what else was changed or deleted, and a dry run has brought nothing.
    if run.is_over_chosen or run.is_dry:
        with desk.store.transactions.begin() as unit:
            unit.hold_run(run.id, run.fence)
            unit.save_checkpoint(run.id, workflow.name, after_id="", is_finished=True)
        return ""
    transfer = _transfer(desk, run, workflow)
    noticed = noticing.notice(transfer, until=progress.since)
    follows = dating.may_follow(transfer, progress.since)
    with desk.store.transactions.begin() as unit:
        unit.hold_run(run.id, run.fence)
        if noticed is not None:
            noticing.settle_noticed(transfer, noticed, unit)
        unit.save_checkpoint(run.id, workflow.name, after_id="", is_finished=True)
        if workflow.direction is Direction.IMPORT and follows:
            unit.save_watermark(workflow.name, progress.since)
    return ""


def _progress_of(desk: RunDesk, run: Run, workflow: Workflow) -> Progress:
    return next(one for one in desk.store.runs.progress(run.id) if one.workflow == workflow.name)


def _rest_or_end(desk: RunDesk, run: Run) -> str:
    """Let a run rest that somebody paused, and end any other.

    A halt that came after the last batch came too late. A pause that was taken back before the run came to rest leaves it to the next
    hand-over, which begins where it stopped.
    """
    current = desk.store.runs.get(run.id) or run
    is_stopped = bool(current.problem_code) and not current.lacks_credentials
    if is_stopped or current.halt is Halt.CANCEL or is_done(desk.store.runs.progress(run.id)):
        return _end(desk, run)
    return come_to_rest(desk.store, run, current, now=desk.clock.now())


def _end(desk: RunDesk, run: Run) -> str:
    """Settle what was left, check the equation of each workflow (I1), and close the run with the state that it earned."""
    for name in (begun.workflow for begun in desk.store.runs.progress(run.id) if begun.is_frozen):
        cancel_rest(desk.store, run, desk.workflows[name], source_schema(desk.workflows[name]).label)
    progress = desk.store.runs.progress(run.id)
    current = desk.store.runs.get(run.id) or run
    code, facts = current.problem_code, current.problem_facts
    state = earned_state(current, progress)
    if state is RunState.INCONSISTENT:
        broken = [one for one in progress if not one.tally.adds_up]
        said = "; ".join(
            f"{one.workflow}: {one.tally.considered} considered, {one.tally.settled} settled" for one in broken
        )
        code, facts = "SB-RUN-002", {"said": said}
    event = Event(
        name=EventName.RUN_ENDED,
        subject_type="run",
        subject_id=run.id,
        subject=run.title,
        changes=(Change(field="state", before=None, after=state.value),),
    )
    told = (Told(event=event, stamp=stamp_of(run)),)
    ended_at = desk.clock.now()
    desk.store.runs.enter(
        run.id, state, at=ended_at, problem_code=code, problem_facts=facts, told=told, fence=run.fence
    )
    return state.value


def _guarded(desk: RunDesk, run: Run, act: Callable[[], str]) -> Callable[[], str]:
    """Turn an error that stops the run into the run's problem; the engine remembers only that the run stopped.

    This is where a run halts that somebody paused or cancelled, and where single records come in: between two batches, with everything
    before them settled.
    """

    def guarded() -> str:
        try:
            return _taken(desk, run, act)
        except SuiteBridgeError as error:
            if error.problem.code in _PASSING:
                raise
            if error.problem.code == "SB-HALT-001":
                return _STOPPED
            if desk.is_patient and begin_waiting(desk.store, run, error, now=desk.clock.now()):
                return WAITS
            if begin_resting(desk.store, run, error, now=desk.clock.now()):
                return _STOPPED
            _note(desk, run, error.problem)
            if error.problem.code == DRIFTED:
                return _SET_ASIDE
        except Exception as error:
            # A defect of ours ends the run with a word about it; what is settled stays settled.
            _LOG.exception("Run %s stopped", run.id)
            _note(desk, run, Problem(code="SB-INT-001", facts={"said": f"{type(error).__name__}: {error}"}))
        return _STOPPED

    return guarded


def _taken(desk: RunDesk, run: Run, act: Callable[[], str]) -> str:
    current = desk.store.runs.get(run.id)
    _require_own(run, current)
    if current is not None and current.halt is not None:
        end_waiting(desk.store, run, current, now=desk.clock.now())
        return _STOPPED
    _empty_inbox(desk, run)
    result = act()
    end_waiting(desk.store, run, current, now=desk.clock.now())
    return result


def _require_own(run: Run, current: Run | None) -> None:
    """Go on only while no other process has taken the run (I6)."""
    if current is not None and current.fence != run.fence:
        raise RunTakenOverError(Problem(code="SB-LEASE-001", facts={"number": str(run.number)}))


def _empty_inbox(desk: RunDesk, run: Run) -> None:
    """Carry single records over that wait in the inbox, on the same thread as the batches: no record is ever in two hands (quality.md F72)."""
    began = desk.clock.now()
    while not run.is_errand:
        workflows = workflows_of(desk.store, desk.shipped)
        taken = take_errands(desk.store, workflows, clock=desk.clock, chance=desk.chance, limit=ERRANDS_AT_ONCE)
        if taken is None:
            break
        carry_out(replace(desk, is_patient=False), taken.id, AtOnce())
        if desk.clock.now() - began >= INBOX_SECONDS:
            break


def _note(desk: RunDesk, run: Run, problem: Problem) -> None:
    desk.store.runs.enter(
        run.id,
        RunState.RUNNING,
        at=desk.clock.now(),
        problem_code=problem.code,
        problem_facts=problem.facts,
        fence=run.fence,
    )


def stamp_of(run: Run) -> Stamp:
    """Give the author of everything a run writes: its owner, through the integration's door."""
    return Stamp(author_id=run.owner_id, author_name=run.owner_name, door=Door.INTEGRATION, run_id=run.id)


def _transfer(desk: RunDesk, run: Run, workflow: Workflow) -> Transfer:
    schemas, stamp = desk.store.schemas(), stamp_of(run)
    target = schemas.target_of(workflow)
    return Transfer(
        run=run,
        workflow=workflow,
        fingerprint=fingerprint_workflow(workflow),
        source=schemas.source_of(workflow),
        target=target,
        mapping=compile_mapping(workflow, target, _facts(desk, run)),
        refusal=missing_rights(desk.store, run, workflow),
        store=desk.store,
        records=desk.store.records_for(stamp),
        gateway=_gateway(desk, run),
        clock=desk.clock,
        stamp=stamp,
        earlier=_earlier(desk, run, workflow) if run.is_dry else (),
        is_halted=desk.is_halted,
    )


def _earlier(desk: RunDesk, run: Run, workflow: Workflow) -> tuple[Workflow, ...]:
    return tuple(desk.workflows[name] for name in run.workflows[: run.workflows.index(workflow.name)])


def _gateway(desk: RunDesk, run: Run) -> NetSuiteGateway:
    """Open the gateway, and only to the account that the run was asked for: none goes on in another one (quality.md F25, F26)."""
    gateway = desk.open_gateway(desk.store)
    if gateway.account.value != run.account_id:
        facts = {"linked": run.account_id, "account": gateway.account.value}
        raise RunStoppedError(Problem(code="SB-CONN-002", facts=facts))
    return gateway.reading() if run.is_dry else gateway


def _facts(desk: RunDesk, run: Run) -> Facts:
    zone = ZoneInfo(desk.store.company.zone)
    return facts_of(asked_at=run.asked_at, zone=zone, run=run.id, owner=run.owner_id, since=run.since)
