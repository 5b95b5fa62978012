"""Sees what a command asked for to its end: as a guest of the server that works here, or as the worker where there is none, or none any more."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import typer

from suitebridge.cli.acting import Actor
from suitebridge.cli.screens import Screen

if TYPE_CHECKING:
    from suitebridge.cli.following import Patience
    from suitebridge.ports.inbox import Errand
    from suitebridge.ports.runs import Run


def ask_for_one(actor: Actor, record: tuple[str, str], *, account: str) -> Errand:
    """Put one record into the inbox. Raise `RecordRefusedError` SB-REC-001 where there is no way for it."""
    from suitebridge.domain.people import Door
    from suitebridge.domain.schemas.workspace import WORKSPACE_TYPES
    from suitebridge.runs.receiving import RecordRequest, ask_for_record

    record_type, record_id = record
    if record_type not in WORKSPACE_TYPES:
        raise typer.BadParameter(f"There is no record type {record_type}, but {', '.join(WORKSPACE_TYPES)}.")
    request = RecordRequest(
        record_type=record_type,
        record_id=record_id,
        confirmed_account=account,
    )
    house = actor.house
    try:
        return ask_for_record(
            actor.store, actor.workflows, request, user=actor.user, door=Door.COMMAND_LINE, clock=house.clock
        )
    except LookupError as error:
        raise typer.BadParameter(str(error)) from error


def finish(actor: Actor, asked: Run, screen: Screen) -> Run:
    """See a run to its end; as the worker, after those that were interrupted before it."""
    from suitebridge.cli.following import follow_run
    from suitebridge.domain.credentials import AccountId

    store, workflows = actor.store, actor.workflows

    def work() -> Run:
        for earlier in store.runs.unfinished():
            if earlier.number < asked.number and not earlier.rests:
                screen.say(f"Run {earlier.number} was interrupted: it is finished first.")
                resumed = follow_run(store, workflows, earlier, screen)
                screen.say(f"Run {resumed.number}: {resumed.state.value}.")
        screen.say(f"Run {asked.number} begins: NetSuite {AccountId(value=asked.account_id).title}.")
        return follow_run(store, workflows, asked, screen)

    def follow(patience: Patience) -> Run:
        return follow_run(store, workflows, asked, screen, patience)

    return _see_through(actor, screen, f"run {asked.number}", follow=follow, work=work)


def finish_one(actor: Actor, errand: Errand, screen: Screen) -> Run:
    """See a record to its end. Raise `RunStoppedError` where no run could begin for it."""
    from suitebridge.cli.following import Patience, follow_run

    def follow(patience: Patience) -> Run:
        run = _taken(actor, errand, patience)
        return follow_run(actor.store, actor.workflows, run, screen, patience)

    what = f"the record {errand.asked.record_id}"
    return _see_through(actor, screen, what, follow=follow, work=lambda: follow(Patience()))


def _see_through(
    actor: Actor, screen: Screen, what: str, *, follow: Callable[[Patience], Run], work: Callable[[], Run]
) -> Run:
    """Follow whoever works here for as long as anybody does, and then do the work."""
    from suitebridge.bootstrap import start_logs, working
    from suitebridge.cli.following import NobodyWorksError, Patience

    start_logs(screen.log_level)
    has_worker = actor.house.has_worker
    try:
        while has_worker():
            screen.say(f"A server works on this data directory: it carries {what} out.")
            try:
                return follow(Patience(has_worker))
            except NobodyWorksError:
                screen.say(
                    "That server is gone: where no other has taken its place, this command goes on with its work."
                )
        with working(actor.house):
            return work()
    except KeyboardInterrupt:
        screen.say(
            f"This command leaves {what}: a server that works, or the next `suitebridge run` or `serve`, goes on where it stopped."
        )
        raise


def _taken(actor: Actor, errand: Errand, patience: Patience) -> Run:
    """Wait until a run has taken the errand, which it does between two batches: Ctrl-C ends the wait, the errand stays."""
    from suitebridge.domain.errors import Problem, RunStoppedError

    while True:
        current = actor.store.inbox.get(errand.id) or errand
        run = actor.store.runs.get(current.run_id) if current.run_id else None
        if run is not None:
            return run
        if current.problem_code:
            raise RunStoppedError(Problem(code=current.problem_code, facts=current.problem_facts))
        patience.wait()
