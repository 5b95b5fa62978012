"""`suitebridge run --record`: one record, carried over at once or by the server that works here."""

from __future__ import annotations

import time
from contextlib import nullcontext
from typing import TYPE_CHECKING

import typer

from suitebridge.cli.acting import Actor
from suitebridge.cli.screens import Screen

if TYPE_CHECKING:
    from suitebridge.ports.inbox import Errand
    from suitebridge.ports.runs import Run

_PAUSE_SECONDS = 0.25


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


def finish_one(actor: Actor, errand: Errand, screen: Screen) -> Run:
    """See a record to its end: as the worker, or as a guest of the server that is. Raise `RunStoppedError` where no run could begin for it."""
    from suitebridge.bootstrap import start_logs, working
    from suitebridge.cli.following import follow_run

    start_logs(screen.log_level)
    has_server = actor.house.has_worker()
    if has_server:
        screen.say("A server works on this data directory: it carries the record over.")
    with nullcontext() if has_server else working(actor.house):
        return follow_run(actor.store, actor.workflows, _taken(actor, errand), screen)


def _taken(actor: Actor, errand: Errand) -> Run:
    """Wait until a run has taken the errand, which it does between two batches: Ctrl-C ends the wait, the errand stays."""
    from suitebridge.domain.errors import Problem, RunStoppedError

    while True:
        current = actor.store.inbox.get(errand.id) or errand
        run = actor.store.runs.get(current.run_id) if current.run_id else None
        if run is not None:
            return run
        if current.problem_code:
            raise RunStoppedError(Problem(code=current.problem_code, facts=current.problem_facts))
        time.sleep(_PAUSE_SECONDS)
