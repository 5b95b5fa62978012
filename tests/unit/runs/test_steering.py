"""Runs that are paused, resumed and cancelled between any two steps: nothing is lost, nothing is written twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

import pytest

from suitebridge.domain.errors import Problem, RetryLaterError, RunStoppedError
from suitebridge.domain.outcomes import OutcomeKind
from suitebridge.domain.people import Door
from suitebridge.ports.engine import Result
from suitebridge.ports.runs import Halt, Run, RunState
from suitebridge.runs import exporting
from suitebridge.runs.starting import hand_over_unfinished
from suitebridge.runs.steering import Steering, steer, steerings
from tests.fakes.engine import RememberedSteps
from tests.fakes.runs import Firm, enter_time, furnish

TIME = "export_time_entries"
IMPORTS = ("import_customers", "import_employees")
STEPS = 19


@dataclass(slots=True)
class InterruptedSteps(RememberedSteps):
    """Lets something happen just before one of the run's steps."""

    before: int = 0
    happens: Callable[[], object] = str
    passed: int = 0

    def step(self, name: str, act: Callable[[], Result]) -> Result:
        self.passed += 1
        if self.passed == self.before:
            self.happens()
        # Beyond a dataclass with slots, super() without arguments does not find its class.
        return RememberedSteps.step(self, name, act)


@pytest.fixture
def firm(monkeypatch: pytest.MonkeyPatch) -> Firm:
    monkeypatch.setattr(exporting, "BATCH_SIZE", 2)
    firm = Firm()
    furnish(firm)
    firm.run("import_employees", "import_customers", "import_projects", "import_services")
    enter_time(firm, 5)
    firm.netsuite.pass_time(86_400)
    return firm


def current(firm: Firm, run: Run) -> Run:
    found = firm.store.runs.get(run.id)
    assert found is not None
    return found


def interrupt(firm: Firm, run: Run, steering: Steering, *, before: int) -> bool:
    """Carry a run out and steer it before one of its steps; say whether it had so many steps."""
    steps = InterruptedSteps(
        firm.netsuite.fuse,
        before=before,
        happens=lambda: steer(firm.store, run, steering, user=firm.user, door=Door.CONSOLE),
    )
    firm.steps[run.id] = steps
    firm.carry_out(run)
    return steps.passed >= before


@dataclass(slots=True)
class ForgetfulEngine:
    """Takes runs over as the durable engine does when their workflow has ended: from the first step on."""

    firm: Firm

    def enqueue(self, *, run_id: str, company: str, partition: str) -> None:
        run = self.firm.store.runs.get(run_id)
        assert run is not None
        self.firm.steps.pop(run_id, None)
        self.firm.carry_out(run)

    def take_over(self, executor: str) -> int:
        return 0

    def await_end(self, run_id: str, *, timeout_seconds: float) -> bool:
        return True


@pytest.mark.parametrize("before", range(1, STEPS + 1))
def test_a_run_that_was_paused_anywhere_ends_as_if_it_had_not_been(firm: Firm, before: int) -> None:
    run = firm.ask(*IMPORTS, TIME)
    engine = ForgetfulEngine(firm)
    if not interrupt(firm, run, Steering.PAUSE, before=before) or current(firm, run).state is not RunState.PAUSED:
        # It had come to its end before the pause.
        assert current(firm, run).state is RunState.COMPLETED
        assert len(firm.netsuite.stored("timeBill")) == 5
        return
    assert current(firm, run).rests
    assert hand_over_unfinished([firm.store], engine) == 0

    steer(firm.store, run, Steering.RESUME, user=firm.user, door=Door.CONSOLE)
    assert hand_over_unfinished([firm.store], engine) == 1

    assert current(firm, run).state is RunState.COMPLETED
    report = firm.report(run)
    assert report.total.adds_up
    assert {line.name: line.tally.of(OutcomeKind.CREATED) for line in report.workflows}[TIME] == 5
    assert len(firm.netsuite.stored("timeBill")) == 5


@pytest.mark.fault("F80")
@pytest.mark.parametrize("before", range(1, STEPS + 1))
def test_what_a_cancelled_run_left_the_next_one_takes_up(firm: Firm, before: int) -> None:
    run = firm.ask(*IMPORTS, TIME)
    interrupt(firm, run, Steering.CANCEL, before=before)

    assert current(firm, run).state in {RunState.CANCELLED, RunState.COMPLETED}
    assert firm.report(run).total.adds_up
    assert firm.report(run).problem is None
    assert firm.store.runs.unfinished() == []

    assert firm.run(*IMPORTS, TIME).run.state is RunState.COMPLETED
    assert len(firm.netsuite.stored("timeBill")) == 5


@pytest.mark.parametrize("steering", [Steering.PAUSE, Steering.CANCEL])
def test_a_halt_in_the_middle_of_a_batch_sends_no_further_record(firm: Firm, steering: Steering) -> None:
    run, asked = firm.ask(TIME), list[bool]()

    def halted() -> bool:
        """Somebody presses the button while the second batch is about to leave."""
        asked.append(True)
        if len(asked) == 2:
            steer(firm.store, run, steering, user=firm.user, door=Door.CONSOLE)
        return len(asked) >= 2

    firm.is_halted = halted
    firm.carry_out(run)
    assert len(firm.netsuite.stored("timeBill")) == 2
    found = current(firm, run)
    assert found.problem_code == ""
    if steering is Steering.CANCEL:
        assert found.state is RunState.CANCELLED
        tally = firm.report(run).total
        assert (tally.adds_up, tally.of(OutcomeKind.CREATED), tally.of(OutcomeKind.CANCELLED)) == (True, 2, 3)
    else:
        assert found.rests

    firm.is_halted = lambda: False
    if steering is Steering.PAUSE:
        steer(firm.store, run, Steering.RESUME, user=firm.user, door=Door.CONSOLE)
        hand_over_unfinished([firm.store], ForgetfulEngine(firm))
        assert current(firm, run).state is RunState.COMPLETED
    else:
        firm.run(TIME)
    assert len(firm.netsuite.stored("timeBill")) == 5


def test_what_netsuite_does_not_tell_a_run_that_is_to_halt_stays_in_doubt_and_is_looked_up_by_the_next_one(
    firm: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    """U37: the answer is slow, and so would be the look-up: nobody waits for either."""
    run, asked = firm.ask(TIME), list[bool]()

    def slow(*_: object) -> NoReturn:
        raise RetryLaterError(Problem(code="SB-HALT-001"))

    def halted() -> bool:
        """Somebody presses the button while the first batch is out."""
        if not asked:
            steer(firm.store, run, Steering.CANCEL, user=firm.user, door=Door.CONSOLE)
            monkeypatch.setattr(firm.netsuite, "find_by_external_ids", slow)
        asked.append(True)
        return len(asked) > 1

    firm.netsuite.lose_answers()
    firm.is_halted = halted
    report = firm.carry_out(run)
    assert (report.run.state, report.total.adds_up) == (RunState.CANCELLED, True)
    assert (report.total.of(OutcomeKind.UNKNOWN), report.total.of(OutcomeKind.CANCELLED)) == (2, 3)
    assert len(firm.netsuite.stored("timeBill")) == 2

    monkeypatch.undo()
    firm.is_halted = lambda: False
    assert firm.run(TIME).total.of(OutcomeKind.CREATED) == 5
    assert len(firm.netsuite.stored("timeBill")) == 5


def test_steering_is_tried_at_every_step(firm: Firm) -> None:
    """The two stories above go through every step there is."""
    steps = InterruptedSteps(firm.netsuite.fuse)
    run = firm.ask(*IMPORTS, TIME)
    firm.steps[run.id] = steps
    firm.carry_out(run)
    assert steps.passed == STEPS


def test_a_pause_taken_back_at_once_costs_nothing(firm: Firm) -> None:
    run = firm.ask(TIME)

    def pause_and_resume() -> None:
        for steering in (Steering.PAUSE, Steering.RESUME):
            steer(firm.store, run, steering, user=firm.user, door=Door.CONSOLE)

    firm.steps[run.id] = InterruptedSteps(firm.netsuite.fuse, before=3, happens=pause_and_resume)
    firm.carry_out(run)
    assert current(firm, run).state is RunState.COMPLETED


def test_a_pause_taken_back_before_the_run_rests_is_no_end(firm: Firm) -> None:
    run = firm.ask(TIME)
    steer(firm.store, run, Steering.PAUSE, user=firm.user, door=Door.CONSOLE)
    interrupt(firm, run, Steering.RESUME, before=2)  # begin found the pause; the end step does not any more
    assert (current(firm, run).state, current(firm, run).rests) == (RunState.PAUSED, False)
    assert hand_over_unfinished([firm.store], ForgetfulEngine(firm)) == 1
    assert current(firm, run).state is RunState.COMPLETED


def test_a_paused_run_is_cancelled(firm: Firm) -> None:
    run = firm.ask(TIME)
    interrupt(firm, run, Steering.PAUSE, before=4)
    assert steerings(current(firm, run)) == (Steering.RESUME, Steering.CANCEL)
    steer(firm.store, run, Steering.CANCEL, user=firm.user, door=Door.CONSOLE)
    assert steerings(current(firm, run)) == ()
    assert hand_over_unfinished([firm.store], ForgetfulEngine(firm)) == 1
    report = firm.report(run)
    assert report.run.state is RunState.CANCELLED
    assert report.total.of(OutcomeKind.CANCELLED) == 5 - report.total.of(OutcomeKind.CREATED)


def test_steering_is_written_down_once_with_its_author(firm: Firm) -> None:
    run = firm.ask(TIME)
    for steering in (
        Steering.PAUSE,
        Steering.PAUSE,
        Steering.RESUME,
        Steering.RESUME,
        Steering.CANCEL,
        Steering.CANCEL,
    ):
        asked = steer(firm.store, run, steering, user=firm.user, door=Door.API)
    assert (asked.halt, asked.halted_by) == (Halt.CANCEL, "Ada Admin")
    said = firm.store.trail.newest(limit=3)
    assert [(entry.event, entry.door) for entry in reversed(said)] == [
        ("run:paused", Door.API.value),
        ("run:resumed", Door.API.value),
        ("run:cancelled", Door.API.value),
    ]


@pytest.mark.parametrize("steering", Steering)
def test_it_is_too_late_for_a_run_that_has_ended(firm: Firm, steering: Steering) -> None:
    run = firm.run(TIME).run
    with pytest.raises(RunStoppedError) as refused:
        steer(firm.store, run, steering, user=firm.user, door=Door.CONSOLE)
    assert refused.value.problem.code == "SB-RUN-005"
    assert "completed" in refused.value.problem.cause


@pytest.mark.parametrize("steering", [Steering.PAUSE, Steering.RESUME])
def test_a_cancelled_run_stays_cancelled(firm: Firm, steering: Steering) -> None:
    run = firm.ask(TIME)
    steer(firm.store, run, Steering.CANCEL, user=firm.user, door=Door.CONSOLE)
    with pytest.raises(RunStoppedError) as refused:
        steer(firm.store, run, steering, user=firm.user, door=Door.CONSOLE)
    assert "Ada Admin has cancelled it" in refused.value.problem.cause
