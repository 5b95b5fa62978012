"""Runs: list, one, its errors, start."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest
from ninja import Query, Status
from pydantic import BaseModel, Field

from suitebridge.api.access import Caller, caller_of
from suitebridge.api.exchange import Input, Paging
from suitebridge.api.reading import malformed
from suitebridge.api.repeating import key_of, missing_key
from suitebridge.domain.credentials import AccountId
from suitebridge.domain.errors import Problem, RecordRefusedError, SuiteBridgeError
from suitebridge.domain.outcomes import Amount, OutcomeKind
from suitebridge.domain.people import Door
from suitebridge.ports.runs import Run
from suitebridge.runs.reviewing import ErrorGroup, follow_run, report_run
from suitebridge.runs.starting import RunRequest, ask_for_run, chosen_workflows
from suitebridge.runs.steering import Steering, steer

_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"


class Sum(BaseModel):
    """An amount in one unit: a currency or hours."""

    unit: str
    value: str


class WorkflowCounts(BaseModel):
    """One workflow of a run: how far it is, and what became of its records."""

    name: str
    title: str
    direction: str
    phase: str
    considered: int
    outcomes: dict[str, int]
    written_sums: list[Sum]
    adds_up: bool


class RunShown(BaseModel):
    """A run."""

    id: str
    number: int
    state: str
    account_id: str
    environment: str = Field(description="What the account is: production, sandbox 1, release preview or test drive.")
    workflows: list[str]
    is_full: bool
    since: date | None = Field(description="The day from which on a full run reads; null for everything.")
    is_retry: bool = Field(description="Whether it tries chosen records again.")
    is_dry: bool = Field(description="Whether it is a dry run, which changes nothing on either side.")
    is_errand: bool = Field(description="Whether it carries single records of the inbox over.")
    owner_id: str
    owner_name: str
    started_by: str
    asked_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    problem_code: str
    halt: str | None = Field(description="What was asked of the run and is not taken back: pause or cancel.")
    halted_by: str
    waiting_since: datetime | None = Field(description="Since when it waits for NetSuite; problem_code says why.")
    waits_until: datetime | None = Field(description="When it gives up waiting.")
    configuration: int = Field(
        description="The version of the configuration that it keeps to its end; 0 is what was shipped."
    )


class RunDetail(RunShown):
    """A run with the counts of its workflows and what stopped it, if anything did."""

    counts: list[WorkflowCounts]
    problem_title: str | None
    problem_remedy: str | None


class RunPage(BaseModel):
    """A page of runs, newest first."""

    items: list[RunShown]
    next: str | None = Field(description="The cursor of the next page; null on the last one.")


class TroubleShown(BaseModel):
    """Records of one workflow that failed for one cause; `still_open` of them no later run has settled."""

    key: str
    workflow: str
    outcome: str
    code: str
    error_class: str
    retry: str
    cause: str
    remedy: str
    effect: str
    count: int
    still_open: int
    samples: list[str]


class TroubleList(BaseModel):
    """What went wrong in a run, by cause, the most frequent first."""

    items: list[TroubleShown]


class RunInput(Input):
    """What a run does: workflows by name or those of a group (all of them when both are empty), everything anew or only what changed."""

    workflows: list[str] = Field(default_factory=list, max_length=50)
    group: str = Field("", max_length=60, description="The name of a workflow group.")
    is_full: bool = False
    since: str | None = Field(
        None,
        max_length=10,
        description="A day as 2026-01-31. Makes a full run that reads only from this day of the company's zone on: imports what NetSuite changed since, "
        "exports what bears this day or a later one.",
    )
    confirmed_account: str = Field(
        "",
        max_length=60,
        description="The account ID, where a workflow writes to a production account for the first time.",
    )
    without_needed: bool = Field(
        default=False, description="Start although workflows that have to run before these never have in this account."
    )

    def first_day(self) -> date | None:
        """Read the day. Raise `RecordRefusedError` SB-API-001 for what is none."""
        try:
            return None if self.since is None else date.fromisoformat(self.since)
        except ValueError as error:
            raise malformed(f"“{self.since}” is no day.") from error


@dataclass(frozen=True, slots=True)
class _KeyedId:
    """Gives a run the id that belongs to its caller and Idempotency-Key, so that a request sent twice finds the same run."""

    text: str

    def token(self, length: int) -> str:
        number = int.from_bytes(hashlib.sha256(self.text.encode()).digest())
        letters = []
        for _ in range(length):
            number, place = divmod(number, len(_ALPHABET))
            letters.append(_ALPHABET[place])
        return "".join(letters)


RUN_ID_LENGTH = 20


def list_runs(request: HttpRequest, asked: Query[Paging]) -> RunPage:
    """List the runs of the company, newest first."""
    runs = caller_of(request).store.runs.newest(limit=asked.limit, before_number=int(asked.after or 0))
    more = str(runs[-1].number) if len(runs) == asked.limit and runs else None
    return RunPage(items=[RunShown.model_validate(_head(run)) for run in runs], next=more)


def show_run(request: HttpRequest, number: int) -> RunDetail:
    """Show a run by its number, with the counts of its workflows."""
    caller = caller_of(request)
    return run_detail(caller, run_by_number(caller, number))


def list_errors(request: HttpRequest, number: int) -> TroubleList:
    """List what went wrong in a run: one line for each cause, with its remedy."""
    caller = caller_of(request)
    run = run_by_number(caller, number)
    report = report_run(caller.store, caller.workflows_of(run), run)
    return TroubleList(items=[_trouble(group) for group in report.groups])


def start_run(request: HttpRequest, entry: RunInput) -> Status[RunDetail]:
    """Start a run. The same Idempotency-Key with the same contents gives the same run, however often it is sent."""
    return _start(request, entry, is_dry=False)


def start_dry_run(request: HttpRequest, entry: RunInput) -> Status[RunDetail]:
    """Start a dry run: it finds out what would be written, field by field, and changes nothing on either side. The Idempotency-Key works as with runs."""
    return _start(request, entry, is_dry=True)


def _start(request: HttpRequest, entry: RunInput, *, is_dry: bool) -> Status[RunDetail]:
    caller = caller_of(request)
    key = key_of(request)
    if not key:
        raise RecordRefusedError(missing_key())
    ids = _KeyedId(f"{caller.store.company.id}\n{caller.user.id}\n{key}")
    asked = RunRequest(
        workflows=tuple(entry.workflows),
        group=entry.group,
        is_full=entry.is_full,
        since=entry.first_day(),
        is_dry=is_dry,
        confirmed_account=entry.confirmed_account,
        without_needed=entry.without_needed,
    )
    earlier = caller.store.runs.get(ids.token(RUN_ID_LENGTH))
    if earlier is not None:
        return Status(200, run_detail(caller, _same(earlier, caller, asked)))
    try:
        run = _ask(caller, asked, ids)
    except SuiteBridgeError:
        # The same request may have come twice at the same moment: the other one's run is the answer.
        twin = caller.store.runs.get(ids.token(RUN_ID_LENGTH))
        if twin is None:
            raise
        return Status(200, run_detail(caller, _same(twin, caller, asked)))
    return Status(201, run_detail(caller, run))


def pause_run(request: HttpRequest, number: int) -> RunDetail:
    """Pause a run: within seconds nothing more is sent, and it rests as soon as what is under way is settled."""
    return _steer(request, number, Steering.PAUSE)


def resume_run(request: HttpRequest, number: int) -> RunDetail:
    """Resume a paused run: it goes on where it stopped."""
    return _steer(request, number, Steering.RESUME)


def cancel_run(request: HttpRequest, number: int) -> RunDetail:
    """Cancel a run: what is settled stays, and the next run takes up the rest."""
    return _steer(request, number, Steering.CANCEL)


def _steer(request: HttpRequest, number: int, steering: Steering) -> RunDetail:
    caller = caller_of(request)
    return run_detail(
        caller, steer(caller.store, run_by_number(caller, number), steering, user=caller.user, door=Door.API)
    )


def _ask(caller: Caller, asked: RunRequest, ids: _KeyedId) -> Run:
    return ask_for_run(
        caller.store,
        caller.workflows,
        asked,
        user=caller.user,
        door=Door.API,
        clock=caller.house.clock,
        chance=ids,
    )


def _same(run: Run, caller: Caller, asked: RunRequest) -> Run:
    chosen = chosen_workflows(caller.store, caller.workflows, asked)
    if (run.workflows, run.is_full, run.since, run.is_dry) != (chosen, asked.reads_anew, asked.since, asked.is_dry):
        said = f"Run {run.number} was started with the same key, and with other contents."
        raise RecordRefusedError(Problem(code="SB-API-004", facts={"said": said}))
    return run


def run_by_number(caller: Caller, number: int) -> Run:
    """Find a run of the caller's company. Raise `LookupError` where there is none."""
    run = caller.store.runs.get(str(number))
    if run is None:
        raise LookupError(f"There is no run {number}.")
    return run


def _head(run: Run) -> dict[str, object]:
    return {
        "id": run.id,
        "number": run.number,
        "state": run.state.value,
        "account_id": run.account_id,
        "environment": AccountId(value=run.account_id).environment_label,
        "workflows": list(run.workflows),
        "is_full": run.is_full,
        "since": run.since,
        "is_retry": run.is_retry,
        "is_dry": run.is_dry,
        "is_errand": run.is_errand,
        "owner_id": run.owner_id,
        "owner_name": run.owner_name,
        "started_by": run.started_by,
        "asked_at": run.asked_at,
        "started_at": run.started_at,
        "ended_at": run.ended_at,
        "problem_code": run.problem_code,
        "halt": run.halt.value if run.halt else None,
        "halted_by": run.halted_by,
        "waiting_since": run.waiting_since,
        "waits_until": run.waits_until,
        "configuration": run.configuration,
    }


def run_detail(caller: Caller, run: Run) -> RunDetail:
    """Show a run with the counts of its workflows."""
    report = follow_run(caller.store, caller.workflows_of(run), run)
    counts = [
        WorkflowCounts(
            name=one.name,
            title=one.title,
            direction=one.direction.value,
            phase=one.phase,
            considered=one.tally.considered,
            outcomes={kind.value: one.tally.of(kind) for kind in OutcomeKind},
            written_sums=[_sum(amount) for amount in one.tally.written_sums],
            adds_up=one.tally.adds_up,
        )
        for one in report.workflows
    ]
    problem = report.problem
    return RunDetail.model_validate(
        {
            **_head(run),
            "counts": counts,
            "problem_title": problem.title if problem else None,
            "problem_remedy": problem.remedy if problem else None,
        }
    )


def _sum(amount: Amount) -> Sum:
    return Sum(unit=amount.unit, value=format(amount.value, "f"))


def _trouble(group: ErrorGroup) -> TroubleShown:
    return TroubleShown(
        key=group.key,
        workflow=group.workflow,
        outcome=group.kind.value,
        code=group.code,
        error_class=group.error_class.value,
        retry=group.retry.value,
        cause=group.cause,
        remedy=group.remedy,
        effect=group.effect,
        count=group.count,
        still_open=group.still_open,
        samples=[outcome.title for outcome in group.samples],
    )
