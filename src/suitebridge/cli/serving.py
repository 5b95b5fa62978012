"""`suitebridge serve`: the console and the worker in one process."""

from __future__ import annotations

import ipaddress
import logging
import signal
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from suitebridge.cli.acting import choices_of
from suitebridge.cli.screens import Screen
from suitebridge.domain.errors import Problem, RunStoppedError

if TYPE_CHECKING:
    from suitebridge.bootstrap import House

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8000
_THREADS = 8


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("serve")(serve)


def serve(
    ctx: typer.Context,
    *,
    host: Annotated[str, typer.Option(help="Address to listen at.")] = DEFAULT_HOST,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes a free one.")] = DEFAULT_PORT,
) -> None:
    """Serve the console and carry runs out, until Ctrl-C or SIGTERM.

    One server works on a data directory at a time. Interrupted runs are resumed at once. Needs no sign-in.
    """
    from suitebridge.bootstrap import open_house, working

    screen = Screen(choices_of(ctx))
    house = open_house(screen.choices.data)
    _refuse_open_address(house, host)
    with closing(house), working(house):
        serve_console(
            house,
            host=host,
            port=port,
            announce=lambda address: _announce(screen, address),
            log_level=screen.log_level,
        )
    screen.say("Stopped. Unfinished runs go on with the next start.")


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
