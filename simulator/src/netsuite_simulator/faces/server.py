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
from weakref import WeakSet

from aiohttp import web
from aiohttp.typedefs import Middleware

from netsuite_simulator.account import Account
from netsuite_simulator.accounts import Accounts
from netsuite_simulator.faces import admin, discovery, oauth, pushing, setup, soap, upheavals
from netsuite_simulator.faces.answers import AnswerError
from netsuite_simulator.faces.listening import Listening
from netsuite_simulator.faces.refusing import DroppedError, RefusedError
from netsuite_simulator.faces.rest import records, restlets, suiteql, system
from netsuite_simulator.faces.rest.problems import ProblemError, answer_of, unexpected
from netsuite_simulator.faces.tls import Authority, Proxy, contexts, is_unknown
from netsuite_simulator.faces.uploads import stalling
from netsuite_simulator.hosts import answers_at, is_netsuite, names_of

LARGEST_BODY = 104 * 1024 * 1024  # reference §5.13
STOP_SECONDS = 2.0
START_SECONDS = 30.0

Respond = Callable[[web.Request], Awaitable[web.StreamResponse]]
Result = TypeVar("Result")

_SECURE: web.AppKey[WeakSet[asyncio.Transport]] = web.AppKey("secure connections", WeakSet)
_LISTENING: web.AppKey[Listening] = web.AppKey("listening", Listening)
_ROUNDS_TO_CLOSE = 5  # of the event loop, in which aborted connections close their sockets

_log = logging.getLogger("netsuite_simulator")


def application(*accounts: Account, sends_hints: bool = True) -> web.Application:
    """Build the application that serves accounts through every door. Where time jumps, it sends no hints: it would look for them at every moment."""
    held = Accounts(*accounts)
    app = web.Application(client_max_size=LARGEST_BODY, middlewares=[_ends, stalling(held), _places(held)])
    app[_SECURE] = WeakSet()
    for account in held:
        account.faults.act = partial(upheavals.act, account)
    app.on_response_prepare.append(partial(_date, held))
    if sends_hints:
        app.cleanup_ctx.append(partial(pushing.sending, held))
    for door in (records, suiteql, system, restlets, soap, discovery, oauth, setup, admin):
        app.add_routes(door.routes(held))
    return app


async def _date(accounts: Accounts, _: web.Request, response: web.StreamResponse) -> None:
    """Date every answer by the account's clock: clients measure their own against it."""
    response.headers["Date"] = format_datetime(accounts.only.clock.now(), usegmt=True)


def _places(accounts: Accounts) -> Middleware:
    """Keep each face to its host where NetSuite's names are in use; an unknown name is no place of ours."""
    names = names_of(account.id for account in accounts)

    @web.middleware
    async def at_its_place(request: web.Request, handler: Respond) -> web.StreamResponse:
        if request.secure and request.transport is not None:
            request.app[_SECURE].add(request.transport)
        host = request.host.partition(":")[0].lower().rstrip(".")
        if is_netsuite(host):
            face = names.get(host)
            if face is None:
                raise ProblemError(421, "NONEXISTENT_ID", f"The host {host[:200]} belongs to no account here.")
            if not answers_at(face, request.path):
                raise ProblemError(404, "NONEXISTENT_ID", f"There is nothing at {request.path} on {host}.")
        return await handler(request)

    return at_its_place


@web.middleware
async def _ends(request: web.Request, handler: Respond) -> web.StreamResponse:
    """Turn what doors raise into answers and broken connections; the framework names the argument."""
    try:
        return await handler(request)
    except AnswerError as answer:
        return answer.response
    except DroppedError as dropped:
        if dropped.closed_seconds > 0:
            request.app[_LISTENING].close_for(dropped.closed_seconds)
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
        self._proxy: Proxy | None = None
        self.host = ""
        self.port = 0
        self.tls_port = 0

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen; port 0 takes a free one."""
        runner = web.AppRunner(application(*self._accounts), access_log=None, shutdown_timeout=STOP_SECONDS)
        listening = runner.app[_LISTENING] = Listening(runner)
        await runner.setup()
        try:
            self.port = await listening.listen(host, port)
        except OSError:
            await runner.cleanup()
            raise
        self._runner = runner
        self.host = host

    async def start_tls(self, authority: Authority, port: int = 0) -> None:
        """Listen with TLS too, under NetSuite's host names; the server has to have started."""
        runner = self._running()
        context = contexts(authority, self._accounts)
        self.tls_port = await runner.app[_LISTENING].listen(self.host, port, context)

    async def start_proxy(self, port: int = 0) -> None:
        """Lead clients of NetSuite's host names here by a CONNECT proxy, on this machine only; TLS has to be on."""
        names = names_of(account.id for account in self._accounts)
        proxy = Proxy(names, (self.host, self.tls_port), partial(is_unknown, Accounts(*self._accounts)))
        await proxy.start("127.0.0.1", port)
        self._proxy = proxy

    async def close_doors(self) -> None:
        """Stop listening for a while: nobody answers at the address, and connections break."""
        await self._running().app[_LISTENING].close()

    async def open_doors(self) -> None:
        """Listen again."""
        await self._running().app[_LISTENING].open()

    def _running(self) -> web.AppRunner:
        if self._runner is None:
            raise ValueError("the server has not been started")
        return self._runner

    @property
    def url(self) -> str:
        """Where the server listens."""
        return f"http://{self._place}:{self.port}"

    @property
    def tls_url(self) -> str:
        """Where it listens with TLS."""
        return f"https://{self._place}:{self.tls_port}"

    @property
    def proxy_url(self) -> str:
        """Where the CONNECT proxy listens; empty where there is none."""
        return "" if self._proxy is None else f"http://127.0.0.1:{self._proxy.port}"

    @property
    def _place(self) -> str:
        return f"[{self.host}]" if ":" in self.host else self.host

    async def stop(self) -> None:
        """Stop listening; requests that run get a moment to end."""
        if self._proxy is not None:
            await self._proxy.stop()
            self._proxy = None
        if self._runner is not None:
            await self._runner.app[_LISTENING].end()
            secure = [*self._runner.app[_SECURE]]
            await self._runner.cleanup()
            self._runner = None
            for transport in secure:  # TLS waits for the other side's goodbye, which may never come
                transport.abort()
            for _ in range(_ROUNDS_TO_CLOSE):
                await asyncio.sleep(0)


class Running:
    """A server in a thread of its own, for tests: `url` is its address.

    Where an authority was given, `tls_url` is its address with TLS and `proxy_url` that of the CONNECT proxy.
    """

    def __init__(self, server: Server, loop: asyncio.AbstractEventLoop) -> None:
        self.url = server.url
        self.tls_url = server.tls_url
        self.proxy_url = server.proxy_url
        self._server = server
        self._loop = loop

    @contextmanager
    def away(self) -> Iterator[None]:
        """Let nobody answer at the address while the block runs: connections are refused."""
        asyncio.run_coroutine_threadsafe(self._server.close_doors(), self._loop).result(START_SECONDS)
        try:
            yield
        finally:
            asyncio.run_coroutine_threadsafe(self._server.open_doors(), self._loop).result(START_SECONDS)

    def edit(self, work: Callable[[], Result]) -> Result:
        """Do something to the accounts between requests, in the server's own thread."""

        async def between() -> Result:
            return work()

        return asyncio.run_coroutine_threadsafe(between(), self._loop).result(START_SECONDS)


@contextmanager
def serving(
    *accounts: Account, host: str = "127.0.0.1", port: int = 0, authority: Authority | None = None
) -> Iterator[Running]:
    """Serve accounts in a thread while the block runs; with an authority under NetSuite's names and by a proxy too."""
    loop = asyncio.new_event_loop()
    server = Server(*accounts)
    thread = threading.Thread(target=loop.run_forever, name="netsuite-simulator", daemon=True)
    thread.start()
    try:
        asyncio.run_coroutine_threadsafe(server.start(host, port), loop).result(START_SECONDS)
        if authority is not None:
            asyncio.run_coroutine_threadsafe(server.start_tls(authority), loop).result(START_SECONDS)
            asyncio.run_coroutine_threadsafe(server.start_proxy(), loop).result(START_SECONDS)
        yield Running(server, loop)
    finally:
        asyncio.run_coroutine_threadsafe(server.stop(), loop).result(START_SECONDS)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(START_SECONDS)
        loop.close()
