"""Runs that meet an outage wait and go on by themselves; the time passes at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from suitebridge.catalog import CATALOG
from suitebridge.domain.errors import Problem, RetryLaterError, RunStoppedError, SuiteBridgeError
from suitebridge.domain.people import Door
from suitebridge.ports.engine import Result
from suitebridge.ports.runs import LONGEST_WAIT, Run, RunState
from suitebridge.runs.steering import Steering, steer
from suitebridge.runs.transferring import RunDesk, carry_out
from suitebridge.runs.waiting import WAIT_SECONDS, PatientSteps
from tests.fakes.engine import RememberedSteps
from tests.fakes.runs import Firm, furnish

AWAY = RetryLaterError(Problem(code="NS-OUT-001", facts={"said": "maintenance"}))
ALWAYS = 10_000


@dataclass
class Naps:
    """Steps whose pauses pass at once; whatever happens meanwhile happens in `meanwhile`."""

    firm: Firm
    steps: RememberedSteps
    meanwhile: Callable[[int], None] = lambda _number: None
    seconds: list[float] = field(default_factory=list)
    states: set[RunState] = field(default_factory=set)

    def step(self, name: str, act: Callable[[], Result]) -> Result:
        return self.steps.step(name, act)

    def sleep(self, seconds: float, is_over: Callable[[], bool]) -> None:
        self.seconds.append(seconds)
        self.states |= {run.state for run in self.firm.store.runs.unfinished()}
        self.firm.clock.pass_by(timedelta(seconds=seconds))
        self.meanwhile(len(self.seconds))


def carry(firm: Firm, run: Run, naps: Naps, *, is_patient: bool = True) -> Run:
    """Carry a run out as a server does."""
    naps.steps.taken = 0
    desk = RunDesk(
        store=firm.store,
        open_gateway=lambda _store: firm.netsuite,
        shipped=CATALOG,
        clock=firm.clock,
        chance=firm.chance,
        is_patient=is_patient,
    )
    carry_out(desk, run.id, PatientSteps(naps))
    current = firm.store.runs.get(run.id)
    assert current is not None
    return current


def opened(error: SuiteBridgeError, times: int) -> tuple[Firm, Run, Naps]:
    """Give a firm whose NetSuite turns requests away, and a run of its customers."""
    firm = Firm()
    furnish(firm)
    firm.netsuite.pass_time(86_400)
    firm.netsuite.turn_away(error, times=times)
    return firm, firm.ask("import_customers"), Naps(firm, RememberedSteps(firm.netsuite.fuse))


@pytest.mark.fault("F17")
def test_f17_a_run_waits_for_netsuite_and_goes_on_by_itself() -> None:
    firm, run, naps = opened(AWAY, 7)
    ended = carry(firm, run, naps)
    assert (ended.state, ended.problem_code, ended.waiting_since) == (RunState.COMPLETED, "", None)
    assert naps.states == {RunState.WAITING}
    assert naps.seconds == [*WAIT_SECONDS, WAIT_SECONDS[-1], WAIT_SECONDS[-1]]
    assert max(WAIT_SECONDS) <= 30  # so that it goes on within a minute
    assert firm.store.records.find("customer", "name", ["straße & söhne"], ignores_case=True)


@pytest.mark.fault("F01")
def test_f01_it_says_what_it_waits_for_and_until_when() -> None:
    firm, run, naps = opened(AWAY, 1)
    seen: list[Run] = []
    naps.meanwhile = lambda _number: seen.extend(firm.store.runs.unfinished())
    carry(firm, run, naps)
    (waiting,) = seen
    assert (waiting.state, waiting.problem_code, waiting.problem_facts) == (
        RunState.WAITING,
        "NS-OUT-001",
        {"said": "maintenance"},
    )
    assert waiting.waiting_since is not None
    assert waiting.waits_until == waiting.waiting_since + LONGEST_WAIT


def test_it_gives_up_after_a_day() -> None:
    firm, run, naps = opened(AWAY, ALWAYS)
    ended = carry(firm, run, naps)
    assert (ended.state, ended.problem_code) == (RunState.FAILED, "NS-OUT-001")
    assert timedelta(hours=22) < timedelta(seconds=sum(naps.seconds)) < timedelta(hours=25)


def test_a_run_that_waits_is_cancelled_and_paused_and_goes_on() -> None:
    firm, run, naps = opened(AWAY, ALWAYS)
    asked = [Steering.PAUSE]

    def press(_number: int) -> None:
        if asked:
            steer(firm.store, run, asked.pop(), user=firm.user, door=Door.CONSOLE)

    naps.meanwhile = press
    resting = carry(firm, run, naps)
    assert (resting.state, resting.problem_code, resting.waiting_since) == (RunState.PAUSED, "", None)
    steer(firm.store, run, Steering.RESUME, user=firm.user, door=Door.CONSOLE)
    asked.append(Steering.CANCEL)
    naps.steps = RememberedSteps(firm.netsuite.fuse)
    assert carry(firm, run, naps).state is RunState.CANCELLED


def test_a_sign_in_that_is_refused_before_anything_was_done_ends_the_run_at_once() -> None:
    refused = RunStoppedError(Problem(code="NS-AUTH-001", facts={"account": "1", "said": "Invalid login attempt."}))
    firm, run, naps = opened(refused, ALWAYS)
    assert carry(firm, run, naps).problem_code == "NS-AUTH-001"
    assert naps.seconds == []


def test_a_command_does_not_wait_and_goes_on_with_a_run_that_did() -> None:
    firm, run, naps = opened(AWAY, ALWAYS)

    class StoppedError(Exception):
        """The server stops while the run waits."""

    def stop(number: int) -> None:
        if number == 2:
            raise StoppedError

    naps.meanwhile = stop
    try:
        carry(firm, run, naps)
    except StoppedError:
        naps.meanwhile = lambda _number: None
    waiting = firm.store.runs.get(run.id)
    assert waiting is not None
    assert waiting.state is RunState.WAITING
    # The steps that are remembered are taken once more, by the same names; the first new one says what is wrong.
    ended = carry(firm, run, naps, is_patient=False)
    assert (ended.state, ended.problem_code) == (RunState.FAILED, "NS-OUT-001")
