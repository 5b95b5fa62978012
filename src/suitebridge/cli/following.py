"""Follows a run to its end: moving bars with rate and time left on a terminal, plain lines elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import TYPE_CHECKING, Protocol

import typer

from suitebridge.cli.screens import Screen
from suitebridge.domain.errors import Problem
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.runs import ENDED_STATES, Progress, Run, RunState

if TYPE_CHECKING:
    from rich.progress import TaskID

GONE_SECONDS = 10.0
"""So long nobody works before a follower believes that nobody will: a server that is started anew is back by then."""

_PAUSE_SECONDS = 0.25
_SECONDS_BETWEEN_LINES = 2.0
_FINISHED = "finished"


class NobodyWorksError(Exception):
    """Whoever carried out what is followed is gone, and nobody came in its place."""


class Patience:
    """How long it is worth to wait for what others work at: for as long as anybody does, and a little longer."""

    def __init__(self, is_worked: Callable[[], bool] = lambda: True) -> None:
        self._is_worked = is_worked
        self._worked_at = time.monotonic()

    def wait(self) -> None:
        """Wait for the next look. Raise `NobodyWorksError` once nobody has worked for a while."""
        if self._is_worked():
            self._worked_at = time.monotonic()
        elif time.monotonic() - self._worked_at > GONE_SECONDS:
            raise NobodyWorksError
        time.sleep(_PAUSE_SECONDS)


class View(Protocol):
    """Shows how far a run is."""

    def __enter__(self) -> View: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def show(self, progress: Sequence[Progress]) -> None:
        """Show the present state."""
        ...


def find_run(store: CompanyStore, number: str) -> Run:
    """Find a run by what was typed."""
    found = store.runs.get(number)
    if found is None:
        raise typer.BadParameter(f"There is no run {number}. `suitebridge runs` lists them.")
    return found


def follow_run(
    store: CompanyStore,
    workflows: Mapping[str, Workflow],
    run: Run,
    screen: Screen,
    patience: Patience | None = None,
) -> Run:
    """Wait until a run has ended or rests, and give it as it stands then. Raise `NobodyWorksError` where nobody is left who works.

    There is no time limit: a run is bounded itself (I10), and Ctrl-C ends the wait.
    """
    patience = patience or Patience()
    names = {name: workflows[name].title for name in run.workflows if name in workflows}
    exports = frozenset(name for name in names if workflows[name].direction is Direction.EXPORT)
    view: View = _Bars(screen=screen, titles=names, exports=exports) if screen.is_terminal else _Lines(screen, names)
    state: RunState | None = None
    with view:
        while True:
            current = store.runs.get(run.id) or run
            if current.state is not state and current.state is RunState.WAITING:
                problem = Problem(code=current.problem_code, facts=current.problem_facts)
                screen.say(f"Run {run.number} waits for NetSuite and goes on by itself: {problem.title}.")
            state = current.state
            view.show(store.runs.progress(run.id))
            if state in ENDED_STATES or current.rests:
                return current
            patience.wait()


@dataclass(slots=True)
class _Lines:
    """A line when a workflow begins to move, every two seconds, and when it is finished."""

    screen: Screen
    titles: Mapping[str, str]
    began: dict[str, float] = field(default_factory=dict)
    told: dict[str, float] = field(default_factory=dict)
    finished: set[str] = field(default_factory=set)

    def __enter__(self) -> _Lines:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def show(self, progress: Sequence[Progress]) -> None:
        now = time.monotonic()
        for one in progress:
            is_done = one.phase == _FINISHED
            has_begun = is_done or one.is_frozen or one.tally.settled > 0
            if one.workflow in self.finished or not has_begun:
                continue
            begun = self.began.setdefault(one.workflow, now)
            if is_done or now - self.told.get(one.workflow, begun) >= _SECONDS_BETWEEN_LINES:
                self.told[one.workflow] = now
                self.screen.say(self._line(one, now - begun, is_done=is_done))
            else:
                self.told.setdefault(one.workflow, now)
            if is_done:
                self.finished.add(one.workflow)

    def _line(self, one: Progress, seconds: float, *, is_done: bool) -> str:
        count = one.tally.settled
        rate = f", {count / seconds:,.0f} a second" if seconds > 1 and count else ""
        of = f" of {one.tally.considered:,}" if one.is_frozen else ""
        verb = "done" if is_done else "under way"
        return f"  {self.titles.get(one.workflow, one.workflow)}: {count:,}{of} {verb}{rate}"


class _Bars:
    """One bar for each workflow; an import's length is known only at its end."""

    def __init__(self, *, screen: Screen, titles: Mapping[str, str], exports: frozenset[str]) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self._exports = exports
        self._bars = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(compact=True),
            console=screen.messages(),
            refresh_per_second=4,
        )
        self._tasks: dict[str, TaskID] = {
            name: self._bars.add_task(title, total=None, start=False, rate="") for name, title in titles.items()
        }

    def __enter__(self) -> _Bars:
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bars.stop()

    def show(self, progress: Sequence[Progress]) -> None:
        for one in progress:
            task = self._tasks.get(one.workflow)
            is_done = one.phase == _FINISHED
            if task is None or not (is_done or one.is_frozen or one.tally.settled):
                continue
            self._bars.start_task(task)
            is_known = is_done or (one.workflow in self._exports and one.is_frozen)
            speed = self._bars.tasks[task].finished_speed or self._bars.tasks[task].speed
            self._bars.update(
                task,
                total=one.tally.considered if is_known else None,
                completed=one.tally.settled,
                rate=f"{speed:,.0f}/s" if speed else "",
            )
