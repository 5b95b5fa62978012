"""What the use cases need of the run log: runs, their frozen work lists, outcomes, open items, watermarks, bindings."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol

from suitebridge.domain.bindings import Binding, BindingState
from suitebridge.domain.errors import Problem
from suitebridge.domain.events import Event
from suitebridge.domain.intents import Change
from suitebridge.domain.outcomes import Outcome, OutcomeKind, Tally
from suitebridge.domain.people import Stamp


class RunState(enum.Enum):
    """The closed set of run states, in the words of the Status page (quality.md U36)."""

    QUEUED = "queued"
    RUNNING = "running"
    WAITING = "waiting for NetSuite"
    PAUSED = "paused"
    COMPLETED = "completed"
    COMPLETED_WITH_ERRORS = "completed with errors"
    FAILED = "failed"
    CANCELLED = "cancelled"
    INCONSISTENT = "inconsistent"


ENDED_STATES = frozenset(
    {RunState.COMPLETED, RunState.COMPLETED_WITH_ERRORS, RunState.FAILED, RunState.CANCELLED, RunState.INCONSISTENT}
)


LONGEST_WAIT = timedelta(hours=24)
"""How long a run waits for NetSuite; then it ends, and the next one goes on where it stopped."""


REFUSED_SIGN_INS = frozenset({"NS-AUTH-001", "NS-AUTH-003", "NS-AUTH-005"})
"""What NetSuite says of credentials that it does not take (any more): a run in the middle of its work rests until there are others."""

ITSELF = "SuiteBridge"
"""Who paused a run that nobody paused."""


class Halt(enum.Enum):
    """What somebody asked of a run that has not ended: to stop at the next batch, for a while or for good."""

    PAUSE = "pause"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRun:
    """A run as it is asked for: who owns it, what it transfers, and the workflow fingerprints it is pinned to (F74).

    `only` holds the source ids, by workflow, of a run over chosen records; it is empty for any other. `errands` names those of the inbox
    that it takes; a run over chosen records without any tries them again. A dry run finds out what would become of each record and changes
    nothing on either side (quality.md U25). A run with a `refusal` could not start: it has failed from its first moment on, so that
    it is seen where runs are seen. `since` is the day, in the company's zone, from which on a full run reads.
    """

    id: str
    account_id: str
    workflows: tuple[str, ...]
    owner_id: str
    owner_name: str
    started_by: str
    is_full: bool
    asked_at: datetime
    mapping_versions: Mapping[str, str]
    only: Mapping[str, Sequence[str]] = field(default_factory=dict)
    is_dry: bool = False
    errands: tuple[str, ...] = ()
    refusal: Problem | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run as the log holds it. `halted_by` names who asked for the halt, and stays after it was taken back.

    `is_retry` tries chosen records again, `is_errand` carries single records of the inbox over; either has a work list from the beginning.
    `since` is the day from which on a full run reads, None for everything.
    `worker` carries it out, or did so last; `fence` counts how often that changed hands. `configuration` is the version of the company's
    configuration that was in force when it was stored, which it keeps to its end (F74).
    """

    id: str
    number: int
    account_id: str
    workflows: tuple[str, ...]
    owner_id: str
    owner_name: str
    started_by: str
    is_full: bool
    is_retry: bool
    is_dry: bool
    is_errand: bool
    state: RunState
    asked_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    problem_code: str
    problem_facts: Mapping[str, str]
    mapping_versions: Mapping[str, str]
    recoveries: int
    halt: Halt | None
    halted_by: str
    worker: str = ""
    fence: int = 0
    waiting_since: datetime | None = None
    since: date | None = None
    configuration: int = 0

    @property
    def waits_until(self) -> datetime | None:
        """When a run that waits for NetSuite gives up; None for one that does not wait."""
        return self.waiting_since + LONGEST_WAIT if self.waiting_since is not None else None

    @property
    def manner(self) -> str:
        """What sets the run apart from a usual one, "" where nothing does."""
        if self.is_errand:
            return ", which carries single records over"
        reads = f", in full since {self.since}" if self.since is not None else ""
        return (
            ", which tries records again"
            if self.is_retry
            else f"{reads}, which changes nothing"
            if self.is_dry
            else reads
        )

    @property
    def title(self) -> str:
        """What the trail calls the run."""
        return f"run {self.number}{self.manner}"

    @property
    def configured(self) -> str:
        """By what its workflows are what they are, for people."""
        return f"version {self.configuration}" if self.configuration else "as shipped"

    @property
    def is_over_chosen(self) -> bool:
        """Whether its work list was frozen when it was asked for: it reads nothing else."""
        return self.is_retry or self.is_errand

    @property
    def rests(self) -> bool:
        """Whether the run stays as it is until somebody resumes or cancels it."""
        return self.state is RunState.PAUSED and self.halt is Halt.PAUSE

    @property
    def lacks_credentials(self) -> bool:
        """Whether it was paused, or is about to be, because NetSuite refuses the sign-in."""
        return self.halt is Halt.PAUSE and self.problem_code in REFUSED_SIGN_INS


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One workflow within a run: how far it has come. `phase` is waiting, running or finished."""

    workflow: str
    phase: str
    after_id: str
    is_frozen: bool
    since: str
    tally: Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItem:
    """One frozen record of a work list that has no outcome yet."""

    record_id: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedOutcome:
    """An outcome as it stands in a run, for pages, error lists and downloads.

    `differences`, as texts, are what a dry run would have written, or what was sent and NetSuite did not take.
    """

    workflow: str
    at: datetime
    source_version: str
    outcome: Outcome
    differences: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A record's way through one run among others: the run's number, and whether it was a dry one."""

    run_number: int
    is_dry: bool
    recorded: RecordedOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the trail says about a change of the run log, and who made it."""

    event: Event
    stamp: Stamp


def tell_nothing(_: Run) -> Sequence[Told]:
    """Leave the trail as it is."""
    return ()


class RunLog(Protocol):
    """The runs of one company. Reading calls stand alone; each writing call is one transaction of its own.

    What is `told` of a change stands in the trail when the change does, and not otherwise (I9).
    """

    def add(self, run: NewRun, *, tell: Callable[[Run], Sequence[Told]] = tell_nothing) -> Run:
        """Store a queued run, with its work lists where it is over chosen records; its number is the next of the company.

        It is pinned to the version of the configuration that is in force in the same transaction.

        The errands that it takes wait no more from the same moment on; raise `ErrandsTakenError` where another run has taken one of them.
        """
        ...

    def get(self, run_id: str) -> Run | None:
        """Find a run by id, by number ("12") or the newest ("last")."""
        ...

    def newest(self, *, limit: int, before_number: int = 0) -> Sequence[Run]:
        """List runs, newest first, before a number when one is given."""
        ...

    def unfinished(self) -> Sequence[Run]:
        """List runs that have not ended, oldest first."""
        ...

    def take(self, run_id: str, *, worker: str) -> Run:
        """Make a worker the one that carries a run out: whoever did so before is fenced off."""
        ...

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
        """Move a run into a state, with its problem ("" clears it); the first entry into running stores the start, an ended state the end.

        With a fence, raise `RunTakenOverError` SB-LEASE-001 if the run has changed hands since.
        """
        ...

    def ask_halt(self, run_id: str, halt: Halt, *, by: str, told: Sequence[Told] = ()) -> bool:
        """Ask a run to halt; say whether it does now: one that has ended, is cancelled, or was asked for the same before stays as it is.

        What changes nothing is not told.
        """
        ...

    def resume(self, run_id: str, *, by: str, told: Sequence[Told] = ()) -> bool:
        """Take a pause back, whether the run has come to it or not; say whether there was one. What changes nothing is not told."""
        ...

    def count_recovery(self, run_id: str) -> int:
        """Count one more resumption of a run after a stop; give the new count."""
        ...

    def begin_workflow(self, run_id: str, workflow: str, *, since: str) -> Progress:
        """Create a workflow's progress within a run, or give the one that is there; `since` is kept from the first time."""
        ...

    def freeze(
        self, run_id: str, workflow: str, items: Iterable[tuple[str, str]], *, takes_up_open: bool = False
    ) -> int:
        """Store the work list (record id, version) once; a second call finds it frozen and changes nothing. Give its length.

        With `takes_up_open`, what earlier runs left open joins the list, and stands behind everything else, whether it was listed or not.
        """
        ...

    def pending(self, run_id: str, workflow: str, *, limit: int) -> Sequence[WorkItem]:
        """Give the next frozen items without an outcome, ordered by record id, those that earlier runs left open last."""
        ...

    def progress(self, run_id: str) -> Sequence[Progress]:
        """Give every workflow's progress in execution order, counts from the stored outcomes."""
        ...

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
        """Read stored outcomes in the order they were settled, skipping the first `after` of them.

        `or_refused_fields` adds to the kinds whatever left fields as they were because the workspace would have refused them.
        """
        ...

    def history(self, workflow: str, source_id: str, *, limit: int) -> Sequence[Passage]:
        """Give what became of one source record in the runs of a workflow, the newest run first."""
        ...

    def rehearsed(self, run_id: str, workflow: str, ids: Sequence[str], *, by_target: bool) -> Mapping[str, str]:
        """Give the other side of records that a workflow of this dry run would have written: targets by source id, or sources by target id.

        A record that would be created has no target yet: its id is "" then.
        """

    def outcomes_of(self, run_id: str, workflow: str, ids: Sequence[str]) -> Sequence[RecordedOutcome]:
        """Read what became of some records in a workflow of a run; of those that have no outcome yet there is none."""
        ...

    def settled_sums(self, run_id: str, workflow: str) -> Tally:
        """Compute one workflow's counts and sums from its stored outcomes."""
        ...

    def open_items(self, workflow: str, *, not_in_run: str, limit: int) -> Sequence[str]:
        """Give the source ids that earlier runs left open for a workflow, but for those that have an item (frozen or settled) in this run."""
        ...

    def still_open(self, workflow: str, ids: Iterable[str]) -> frozenset[str]:
        """Say which of these source ids are open items of a workflow: no later run has settled them."""
        ...

    def left_open(self, kinds: frozenset[OutcomeKind], *, after: int = 0, limit: int = 100) -> Sequence[Passage]:
        """Read what is open with these outcomes, each record as the last run left it: by workflow, what waited longest first."""
        ...

    def watermark(self, workflow: str) -> str:
        """Give the stored watermark of a workflow, "" before its first complete run."""
        ...

    def bindings_by_workspace(
        self, workspace_type: str, netsuite_type: str, ids: Sequence[str]
    ) -> Mapping[str, Binding]:
        """Give the bindings of workspace records, by workspace id."""
        ...

    def linked(
        self,
        workspace_type: str,
        netsuite_type: str,
        *,
        limit: int,
        after: str = "",
        state: BindingState = BindingState.BOUND,
    ) -> Sequence[Binding]:
        """Give pairs in a state by workspace id, after one, of the account that the company's ids belong to, also while the connection leads to another one."""
        ...

    def bindings_by_netsuite(
        self, workspace_type: str, netsuite_type: str, ids: Sequence[str]
    ) -> Mapping[str, Binding]:
        """Give the bindings of NetSuite records, by NetSuite id."""
        ...
