"""`suitebridge serve`, the console and a worker in one process; `worker`, a worker alone; `workers`, who they are."""

from __future__ import annotations

import contextlib
import ipaddress
import logging
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from suitebridge.administration.permitting import RunNeed
from suitebridge.cli.acting import act, choices_of
from suitebridge.cli.screens import Plain, Screen
from suitebridge.domain.errors import Problem, RunStoppedError

if TYPE_CHECKING:
    from suitebridge.bootstrap import House

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8000
_THREADS = 8


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("serve")(serve)
    app.command("worker")(work)
    app.command("workers")(list_workers)


def serve(
    ctx: typer.Context,
    *,
    host: Annotated[str, typer.Option(help="Address to listen at.")] = DEFAULT_HOST,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes a free one.")] = DEFAULT_PORT,
) -> None:
    """Serve the console and carry runs out, until Ctrl-C or SIGTERM.

    One server works on a data directory at a time; with PostgreSQL any number of servers and workers share the work. Interrupted runs are
    resumed at once. Needs no sign-in.
    """
    from suitebridge.bootstrap import open_house, working
    from suitebridge.ports.workers import WorkerKind

    screen = Screen(choices_of(ctx))
    house = open_house(screen.choices.data)
    _refuse_open_address(house, host)
    with closing(house), working(house, WorkerKind.SERVE):
        serve_console(
            house,
            host=host,
            port=port,
            announce=lambda address: _announce(screen, address),
            log_level=screen.log_level,
        )
    screen.say("Stopped. Unfinished runs go on with the next start.")


def work(ctx: typer.Context) -> None:
    """Carry runs out beside other servers and workers, on this machine or another, until Ctrl-C or SIGTERM.

    Needs PostgreSQL: set `database_url` in suitebridge.toml, or SUITEBRIDGE_DATABASE_URL, and give the data directory a copy of the master key.
    Listens at no port. Needs no sign-in.
    """
    from suitebridge.bootstrap import open_house, start_logs, working
    from suitebridge.ports.workers import WorkerKind

    screen = Screen(choices_of(ctx))
    house = open_house(screen.choices.data)
    if not house.shares_work:
        said = (
            "It names no database_url, and a SQLite file has exactly one worker: `suitebridge serve`. "
            "For more workers, move to PostgreSQL (docs/install.md)."
        )
        raise RunStoppedError(
            Problem(code="SB-SET-001", facts={"file": str(house.directory / "suitebridge.toml"), "said": said})
        )
    start_logs(screen.log_level, is_serving=True)
    with (
        closing(house),
        terminated_like_interrupted(),
        contextlib.suppress(KeyboardInterrupt),
        working(house, WorkerKind.WORKER),
    ):
        screen.say("This worker carries runs out. Ctrl-C ends it.")
        screen.answer("worker", {"is_at_work": True})
        threading.Event().wait()
    screen.say("Stopped. The other workers go on with what was left.")


def list_workers(ctx: typer.Context) -> None:
    """List the processes that carry runs out: where they run, since when, and how many runs each has under way."""
    screen = Screen(choices_of(ctx))
    from suitebridge.runs.working import workers_at_work

    actor = act(screen.choices)
    actor.require(RunNeed.SOME_KIND, "see runs")
    workers = workers_at_work(actor.house.workers(), actor.store)
    documents: list[Plain] = []
    for one in workers:
        worker = one.worker
        state = "at work" if worker.holds_lease else "silent: the others take over"
        own = f" ({', '.join(f'run {number}' for number in one.numbers)})" if one.numbers else ""
        documents.append(
            {
                "id": worker.id,
                "kind": worker.kind.value,
                "host": worker.host,
                "process": worker.process,
                "version": worker.version,
                "since": worker.since.isoformat(),
                "seen_at": worker.seen_at.isoformat(),
                "holds_lease": worker.holds_lease,
                "silent_seconds": round(worker.silent_seconds),
                "runs": worker.runs,
                "own_runs": list(one.numbers),
            }
        )
        screen.show(
            f"{worker.host}, process {worker.process} ({worker.kind.value}): {state} since "
            f"{worker.since:%Y-%m-%d %H:%M:%S} UTC, {worker.runs} runs under way{own}, "
            f"lease renewed {worker.silent_seconds:.0f} s ago, version {worker.version}."
        )
    screen.answer("workers", {"workers": documents})
    if not workers:
        screen.show("No process carries runs out. Start `suitebridge serve`.")


def _refuse_open_address(house: House, host: str) -> None:
    """Raise `RunStoppedError` where other machines would reach the console without TLS (quality.md S01)."""
    try:
        is_open = not ipaddress.ip_address(host).is_loopback
    except ValueError:
        is_open = host != "localhost"
    if is_open and not house.settings.https:
        said = (
            f"At the address {host} other machines would reach the console, and passwords would travel without TLS. Put a proxy in front that "
            "ends TLS, and set https = true and hosts = [the names that browsers use]; or listen at 127.0.0.1."
        )
        raise RunStoppedError(
            Problem(code="SB-SET-001", facts={"file": str(house.directory / "suitebridge.toml"), "said": said})
        )


def _announce(screen: Screen, address: str) -> None:
    """Say where the console listens; to an empty installation, with the token that lets its first administrator in."""
    from suitebridge.web import houses

    screen.say(f"The console listens at {address}. Ctrl-C ends it.")
    token = houses.invite()
    screen.answer("serve", {"address": address, "set_up_token": token})
    if token:
        screen.say(f"There is no company yet. Open {address} and set up the first one with this token: {token}")
        screen.say("The token is good once, for 15 minutes.")


def serve_console(
    house: House, *, host: str, port: int, announce: Callable[[str], None], log_level: int = logging.WARNING
) -> None:
    """Answer requests until the process is told to end; `announce` hears the address once it answers."""
    import waitress  # type: ignore[import-untyped]  # it ships no types

    from suitebridge.bootstrap import start_logs
    from suitebridge.web import houses
    from suitebridge.web.wsgi import application

    start_logs(log_level, is_serving=True)
    houses.set_current(house)
    try:
        server = waitress.create_server(
            application,
            host=host,
            port=port,
            threads=_THREADS,
            ident="SuiteBridge",
            clear_untrusted_proxy_headers=True,
            **_trusted(house.settings.proxy),
        )
    except (OSError, ValueError) as error:
        facts = {"address": f"{host}:{port}", "said": f"{error}.", "other": str(port + 1)}
        raise RunStoppedError(Problem(code="SB-PORT-001", facts=facts)) from error
    try:
        with terminated_like_interrupted():
            announce(f"http://{host}:{server.effective_port}/")
            server.run()  # returns when a signal's exception reaches it
    except KeyboardInterrupt:
        pass
    finally:
        server.close()


def _trusted(proxy: str) -> dict[str, object]:
    """Believe the named proxy, and nobody else, where a visitor comes from (quality.md S53)."""
    return {"trusted_proxy": proxy, "trusted_proxy_headers": {"x-forwarded-for"}} if proxy else {}


@contextmanager
def terminated_like_interrupted() -> Iterator[None]:
    """Let SIGTERM unwind what is open, as Ctrl-C does, instead of ending the process on the spot."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    earlier = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, earlier)
