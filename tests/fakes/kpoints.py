"""The K-points: every durable step of a run by name, in one place, and the hook that tells which of them the house has come to.

The hooks sit where the house meets its ports, so that the product has none of them: whoever plays a port (a store, a gateway, the engine's
steps) asks `arrive` for the K-point of its caller. A K-point is passed at two or three moments, and a process may die at each of them.
`tests/architecture/test_durable_steps.py` fails where the code of runs has a durable step that is not in this table.
"""

from __future__ import annotations

import enum
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType

from tests.fakes.deaths import ProcessDiedError

_RUNS = "suitebridge.runs."


class Moment(enum.Enum):
    """When a process may die at a K-point. Only what is committed in parts has a middle: a transaction, a request."""

    BEFORE = "before"
    WITHIN = "within"
    AFTER = "after"


@dataclass(frozen=True, slots=True, kw_only=True)
class KPoint:
    """One durable step: its name, the function that takes it, the port's method, and in words what it makes durable."""

    name: str
    where: str
    call: str
    says: str

    @property
    def moments(self) -> tuple[Moment, ...]:
        """When a process may die here."""
        return tuple(Moment) if self.call == "transactions.begin" else (Moment.BEFORE, Moment.AFTER)


def _points(*rows: tuple[str, str, str, str]) -> tuple[KPoint, ...]:
    return tuple(KPoint(name=name, where=where, call=call, says=says) for name, where, call, says in rows)


ASKING = _points(
    ("K0-ask", "starting.ask_for_run", "runs.add", "the run that was asked for, and who asked"),
    (
        "K0-decide",
        "deciding._keep",
        "transactions.begin",
        "whose values stand in records that clashed, and who said so",
    ),
    (
        "K0-let-go",
        "deciding._let_go",
        "transactions.begin",
        "what becomes of records whose counterpart was deleted, and who said so",
    ),
    ("K0-tick", "scheduling._fire", "schedules.note", "that a time is skipped"),
    (
        "K0-tick-run",
        "scheduling._start_run",
        "schedules.start",
        "that a time is dealt with, and the run that it starts",
    ),
    (
        "K0-tick-refused",
        "scheduling._refuse",
        "schedules.start",
        "that a time is dealt with, and the run that could not start",
    ),
    ("K0-tick-word", "scheduling._refuse", "schedules.note", "that a time is refused where no run can stand"),
    ("K0-hand-over", "starting.hand_over", "engine.enqueue", "the run in the engine's queue"),
    ("K0-halt", "steering.steer", "runs.ask_halt", "the halt that was asked for, and who asked"),
    ("K0-resume", "steering.steer", "runs.resume", "that a pause is over, and who said so"),
    ("K0-errand", "receiving.ask_for_record", "transactions.begin", "a single record in the inbox, and who asked"),
    ("K0-errands", "receiving._begin", "runs.add", "the run that takes errands, which wait no more"),
    ("K0-push", "pushing.receive_push", "transactions.begin", "records that NetSuite pushed, in the inbox"),
    ("K0-refuse", "receiving.take_errands", "inbox.refuse", "that errands are closed, and why"),
    ("K0-checked", "checking._check", "transactions.begin", "the verdict of a check, in the trail"),
)
"""What people do to runs."""

CARRYING = _points(
    ("K0-take", "transferring.carry_out", "runs.take", "who carries the run out from here on, and its fence"),
    ("K0-recovery", "transferring.carry_out", "runs.count_recovery", "one more resumption"),
    ("K0-enter", "transferring.carry_out", "runs.enter", "that the run is under way"),
    ("K0-begin", "transferring.carry_out", "steps.step begin", "that the run has begun"),
    ("K0-since", "transferring._begin", "runs.begin_workflow", "up to when a workflow reads"),
    ("K0-done", "transferring._carry_workflow", "steps.step *:done", "whether a workflow was finished before"),
    ("K0-from", "transferring._carry_import", "steps.step *:from", "after which id an import goes on"),
    ("K0-freeze-step", "transferring._carry_export", "steps.step *:freeze", "that the work list is frozen"),
    ("K0-freeze", "exporting.freeze_work_list", "runs.freeze", "the frozen work list"),
    ("K1-claims", "exporting._commit_claims", "transactions.begin", "the claims, before anything leaves"),
    ("K1-rehearsed", "exporting._commit_rehearsal", "transactions.begin", "what a dry run would have claimed and sent"),
    ("K2-send", "exporting._send", "gateway.upsert", "the records in NetSuite"),
    ("K2-update", "updating.send", "gateway.update", "changes to records that NetSuite has"),
    ("K4-answers", "exporting._commit_answers", "transactions.begin", "outcomes, bindings and stamps of an export"),
    ("K4-imported", "importing._import_records", "transactions.begin", "records, outcomes and bindings of an import"),
    ("K4-page-step", "transferring._carry_import", "steps.step *:page:*", "that a page is imported"),
    ("K4-open-step", "transferring._carry_import", "steps.step *:open:*", "that open items are taken up"),
    ("K4-batch-step", "transferring._drain", "steps.step *:batch:*", "that a batch is carried over"),
    ("K5-watermark", "transferring._finish", "transactions.begin", "the watermark"),
    ("K5-watermark-step", "transferring._carry_import", "steps.step *:watermark", "that an import is finished"),
    ("K5-finish-step", "transferring._drain", "steps.step *:finish", "that an export is finished"),
    ("K6-problem", "transferring._note", "runs.enter", "the problem that stops the run"),
    ("K6-rest", "waiting.come_to_rest", "runs.enter", "that the run rests"),
    ("K6-left", "cancelling.cancel_rest", "transactions.begin", "outcomes of records that were not reached"),
    ("K6-end", "transferring._end", "runs.enter", "the state that the run earned, and its entry in the trail"),
    ("K6-end-step", "transferring.carry_out", "steps.step end", "that the run is over"),
)
"""What carrying a run out makes durable, in the order of the write protocol (design §3)."""

WAITING = _points(
    ("K0-patient-step", "waiting.PatientSteps.step", "steps.step *", "a step, or that the run waits"),
    ("K0-patient-again", "waiting.PatientSteps.step", "steps.step *:again:*", "a step that was taken again"),
    ("K0-wait", "waiting.begin_waiting", "runs.enter", "that the run waits, and for what"),
    ("K0-refused", "waiting.begin_resting", "runs.enter", "that the sign-in was refused"),
    ("K0-rest", "waiting.begin_resting", "runs.ask_halt", "that the run is to rest"),
    ("K0-wait-over", "waiting.end_waiting", "runs.enter", "that the run goes on"),
)
"""What a run makes durable that waits for NetSuite."""

KPOINTS = (*ASKING, *CARRYING, *WAITING)


READING_CALLS = frozenset(
    [
        "get",
        "newest",
        "unfinished",
        "pending",
        "progress",
        "outcomes",
        "rehearsed",
        "outcomes_of",
        "history",
        "settled_sums",
        "open_items",
        "still_open",
        "left_open",
        "watermark",
        "bindings_by_workspace",
        "bindings_by_netsuite",
        "linked",
    ]
)
"""What only reads the run log; everything else that it is asked counts as durable, new methods too."""


class UnnamedStepError(AssertionError):
    """The code of runs takes a durable step that is no K-point."""


def k_point(call: str, caller: FrameType | None = None) -> KPoint | None:
    """Give the K-point of the code of runs that makes this call now; None where nobody of it does."""
    frame: FrameType | None = caller or sys._getframe(1)
    while frame is not None:
        module = str(frame.f_globals.get("__name__", ""))
        if module.startswith("tests.") and not module.startswith("tests.fakes."):
            return None  # a test acts in the place of a person
        if module.startswith(_RUNS):
            where = f"{module.removeprefix(_RUNS)}.{frame.f_code.co_qualname.split('.<locals>')[0]}"
            for one in KPOINTS:
                if one.where == where and _fits(one.call, call):
                    return one
            raise UnnamedStepError(f"{where} calls {call}: give it a row in tests/fakes/kpoints.py.")
        frame = frame.f_back
    return None


def _fits(pattern: str, call: str) -> bool:
    return re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), call) is not None


@dataclass(slots=True)
class Fuse:
    """Dies at a chosen passage of a K-point, or at the so-manieth of all passages (0: never); keeps the ones that were passed.

    `meanwhile` holds what others do at the so-manieth passage.
    """

    dies_at: int = 0
    point: str = ""
    moment: Moment = Moment.BEFORE
    skips: int = 0
    passed: list[tuple[str, Moment]] = field(default_factory=list)
    meanwhile: dict[int, Callable[[], None]] = field(default_factory=dict)

    def pass_by(self, point: str, moment: Moment) -> None:
        """Live through one more moment, or die."""
        self.passed.append((point, moment))
        # Within a transaction others wait until it has ended.
        if moment is not Moment.WITHIN:
            for due in [number for number in self.meanwhile if number <= len(self.passed)]:
                self.meanwhile.pop(due)()
        if point and (point, moment) == (self.point, self.moment):
            self.skips -= 1
            if self.skips < 0:
                self.point = ""
                raise ProcessDiedError
        if len(self.passed) == self.dies_at:
            raise ProcessDiedError

    def is_doomed(self, point: str, moment: Moment) -> bool:
        """Say whether the process would die at the next passage."""
        is_chosen = (point, moment) == (self.point, self.moment) and self.skips < 1
        return is_chosen or len(self.passed) + 1 == self.dies_at

    @contextmanager
    def around(self, call: str) -> Iterator[None]:
        """Pass by the moments before and after a call."""
        caller = sys._getframe(2)
        point = k_point(call, caller)
        if point is None:  # not a run's own doing: somebody at a page, or a test
            yield
            return
        self.pass_by(point.name, Moment.BEFORE)
        yield
        self.pass_by(point.name, Moment.AFTER)
