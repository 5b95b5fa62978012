"""The HTTP server: every door on one address and one event loop, broken connections included.

Refuses to know what the doors do.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import socket
import struct
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from email.utils import format_datetime
from functools import partial
from typing import TypeVar

from aiohttp import web

from netsuite_simulator.account import Account
from netsuite_simulator.accounts import Accounts
from netsuite_simulator.faces import admin, discovery, oauth, soap
from netsuite_simulator.faces.admission import DroppedError, RefusedError
from netsuite_simulator.faces.answers import AnswerError
from netsuite_simulator.faces.rest import records, suiteql, system
from netsuite_simulator.faces.rest.problems import ProblemError, answer_of, unexpected

LARGEST_BODY = 104 * 1024 * 1024  # reference §5.13
STOP_SECONDS = 2.0
START_SECONDS = 30.0

Respond = Callable[[web.Request], Awaitable[web.StreamResponse]]
Result = TypeVar("Result")

_log = logging.getLogger("netsuite_simulator")


def application(*accounts: Account) -> web.Application:
    """Build the application that serves accounts through every door."""
    held = Accounts(*accounts)
    app = web.Application(client_max_size=LARGEST_BODY, middlewares=[_ends])
    app.on_response_prepare.append(partial(_date, held))
    for door in (records, suiteql, system, soap, discovery, oauth, admin):
        app.add_routes(door.routes(held))
    return app


async def _date(accounts: Accounts, _: web.Request, response: web.StreamResponse) -> None:
    """Date every answer by the account's clock: clients measure their own against it."""
    response.headers["Date"] = format_datetime(accounts.only.clock.now(), usegmt=True)


@web.middleware
async def _ends(request: web.Request, handler: Respond) -> web.StreamResponse:
    """Turn what doors raise into answers and broken connections; the framework names the argument."""
    try:
        return await handler(request)
    except AnswerError as answer:
        return answer.response
    except DroppedError as dropped:
        return _break_off(request, resets=dropped.resets)
    except RefusedError as refused:
        return answer_of(refused).response
    except web.HTTPRequestEntityTooLarge:
        return ProblemError(400, "INVALID_REQUEST", "The request body is larger than 104 MB.").response
    except web.HTTPNotFound:
        return ProblemError(404, "NONEXISTENT_ID", f"There is nothing at {request.path}.").response
    except web.HTTPMethodNotAllowed:
        detail = f"The method {request.method} is not allowed here."
        return ProblemError(405, "METHOD_NOT_ALLOWED", detail).response
    except Exception:
        error_id = secrets.token_hex(8)
        _log.exception("unexpected error %s at %s %s", error_id, request.method, request.path)
        return unexpected(error_id)


def _break_off(request: web.Request, *, resets: bool) -> web.StreamResponse:
    transport = request.transport
    if transport is not None:
        sock = transport.get_extra_info("socket")
        if resets and sock is not None:  # no lingering: the client sees a reset, not an end
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
    return web.Response(status=500)  # nobody receives it


class Server:
    """One server on one address."""

    def __init__(self, *accounts: Account) -> None:
        self._accounts = accounts
        self._runner: web.AppRunner | None = None
        self.host = ""
        self.port = 0

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen; port 0 takes a free one."""
        runner = web.AppRunner(application(*self._accounts), access_log=None, shutdown_timeout=STOP_SECONDS)
        await runner.setup()
        site = web.TCPSite(runner, host, port)
        try:
            await site.start()
        except OSError:
            await runner.cleanup()
            raise
        self._runner = runner
        self.host = host
        self.port = int(runner.addresses[0][1])

    @property
    def url(self) -> str:
        """Where the server listens."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    async def stop(self) -> None:
        """Stop listening; requests that run get a moment to end."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None


class Running:
    """A server in a thread of its own, for tests: `url` is its address."""

    def __init__(self, url: str, loop: asyncio.AbstractEventLoop) -> None:
        self.url = url
        self._loop = loop

    def edit(self, work: Callable[[], Result]) -> Result:
        """Do something to the accounts between requests, in the server's own thread."""

        async def between() -> Result:
            return work()

        return asyncio.run_coroutine_threadsafe(between(), self._loop).result(START_SECONDS)


@contextmanager
def serving(*accounts: Account, host: str = "127.0.0.1", port: int = 0) -> Iterator[Running]:
    """Serve accounts in a thread while the block runs."""
    loop = asyncio.new_event_loop()
    server = Server(*accounts)
    thread = threading.Thread(target=loop.run_forever, name="netsuite-simulator", daemon=True)
    thread.start()
    try:
        asyncio.run_coroutine_threadsafe(server.start(host, port), loop).result(START_SECONDS)
        yield Running(server.url, loop)
    finally:
        asyncio.run_coroutine_threadsafe(server.stop(), loop).result(START_SECONDS)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(START_SECONDS)
        loop.close()
