"""Bytes between the connector's transport and the simulator's doors, without sockets, in virtual time.

Both ends are the real ones: the transport's own client on one side, the application that the simulator serves on the other. Between
them lies a line in memory, on one event loop whose clock jumps to the next moment at which something happens.
"""

from __future__ import annotations

import asyncio
import errno
import os
import selectors
import ssl
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import aiohttp
from aiohttp import web, web_app
from aiohttp.client_proto import ResponseHandler

from netsuite_simulator.account import Account
from netsuite_simulator.faces import server
from suitebridge.adapters.transport import Answer, Governor, RequestMaker, Transport, TransportLimits, Verdict
from suitebridge.adapters.transport.governor import Judge
from tests.fakes.deaths import ProcessDiedError

ORIGIN = "http://127.0.0.1:9"
"""Where the simulator seems to be: nobody listens there."""


class StandstillError(RuntimeError):
    """Something waits for what will never happen."""


class _Nobody(selectors.BaseSelector):
    """Waits for no socket: passing time is the only thing that happens."""

    def __init__(self) -> None:
        self.loop: VirtualLoop | None = None

    def register(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        return selectors.SelectorKey(fileobj, -1, events, data)

    def unregister(self, fileobj: Any) -> selectors.SelectorKey:
        return selectors.SelectorKey(fileobj, -1, 0, None)

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            raise StandstillError("Nothing is left that could happen.")
        if timeout > 0 and self.loop is not None:
            self.loop.pass_time(timeout)
        return []

    def get_map(self) -> Mapping[Any, selectors.SelectorKey]:
        return {}

    def get_key(self, fileobj: Any) -> selectors.SelectorKey:
        raise KeyError(fileobj)


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop whose time passes only where everybody waits."""

    def __init__(self) -> None:
        self._passed = 0.0
        nobody = _Nobody()
        super().__init__(nobody)
        nobody.loop = self

    def time(self) -> float:
        return self._passed

    def pass_time(self, seconds: float) -> None:
        """Let time go on."""
        self._passed += seconds

    def let_pass(self, seconds: float) -> None:
        """Let time go on, and everything happen that was to happen meanwhile."""
        self.run_until_complete(self.passing(seconds))

    def passing(self, seconds: float) -> asyncio.Future[None]:
        """Give what is done when so much time has passed."""
        passed: asyncio.Future[None] = self.create_future()
        self.call_later(seconds, passed.set_result, None)
        return passed


class _End(asyncio.Transport):
    """One end of a line: what is written here arrives at the other's protocol, in order."""

    def __init__(self, loop: asyncio.AbstractEventLoop, receiver: asyncio.Protocol) -> None:
        super().__init__({"peername": ("127.0.0.1", 9), "sockname": ("127.0.0.1", 9)})
        self._loop = loop
        self._receiver = receiver
        self._is_closing = False
        self.other: _End | None = None

    def write(self, data: Any) -> None:
        if not self._is_closing:
            self._loop.call_soon(self._arrive, bytes(data))

    def writelines(self, list_of_data: Iterable[Any]) -> None:
        self.write(b"".join(list_of_data))

    def _arrive(self, data: bytes) -> None:
        if self.other is not None and not self.other.is_closing():
            self._receiver.data_received(data)

    def is_closing(self) -> bool:
        return self._is_closing

    def close(self) -> None:
        if not self._is_closing:
            self._is_closing = True
            self._loop.call_soon(self._end)

    def abort(self) -> None:
        self.close()

    def _end(self) -> None:
        if self.other is not None:
            self.other._receiver.connection_lost(None)  # this end's own protocol
            self.other.close()

    def pause_reading(self) -> None:
        """Go on: what arrives in memory has arrived."""

    def resume_reading(self) -> None:
        """Go on."""

    def get_write_buffer_size(self) -> int:
        return 0


def join(loop: asyncio.AbstractEventLoop, left: asyncio.Protocol, right: asyncio.Protocol) -> None:
    """Connect two protocols."""
    of_left, of_right = _End(loop, right), _End(loop, left)
    of_left.other, of_right.other = of_right, of_left
    left.connection_made(of_left)
    right.connection_made(of_right)


class Doors:
    """An account's doors as a place that lines lead to; nobody answers there while they are closed."""

    def __init__(self, loop: VirtualLoop, account: Account) -> None:
        self._loop = loop
        self._closed_until = 0.0
        application = server.application(account, sends_hints=False)
        application[server._LISTENING] = self  # type: ignore[misc]  # plays the addresses that could be closed
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.0)
        loop.run_until_complete(self._runner.setup())

    def close_for(self, seconds: float) -> None:
        """Let nobody answer for so many seconds."""
        self._closed_until = max(self._closed_until, self._loop.time() + seconds)

    def open(self) -> None:
        """Let everybody in again."""
        self._closed_until = 0.0

    def enter(self, caller: ResponseHandler) -> None:
        """Let somebody in. Raise `OSError` where the doors are closed."""
        if self._loop.time() < self._closed_until:
            raise OSError(errno.ECONNREFUSED, os.strerror(errno.ECONNREFUSED))
        assert self._runner.server is not None
        join(self._loop, caller, self._runner.server())

    def close(self) -> None:
        """Take the doors down, out of the library's memory too: it remembers the handlers of the last thousand applications, and each holds its account."""
        self._loop.run_until_complete(self._runner.cleanup())
        web_app._cached_build_middleware.cache_clear()


class _LineConnector(aiohttp.BaseConnector):
    """Gives lines in memory in the place of sockets."""

    def __init__(self, doors: Doors, loop: VirtualLoop) -> None:
        super().__init__(loop=loop, force_close=False, keepalive_timeout=10.0)
        self._doors = doors

    async def _create_connection(
        self, req: aiohttp.ClientRequest, traces: list[Any], timeout: aiohttp.ClientTimeout
    ) -> ResponseHandler:
        caller = ResponseHandler(loop=self._loop)
        try:
            self._doors.enter(caller)
        except OSError as error:
            raise aiohttp.ClientConnectorError(req.connection_key, error) from error
        return caller


class LineTransport(Transport):
    """The transport over lines in memory: a call returns when its exchange has ended in virtual time."""

    def __init__(self, doors: Doors, loop: VirtualLoop, refusal: Callable[[], str]) -> None:
        trust = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        limits = TransportLimits(total_seconds=60.0)
        super().__init__(
            user_agent="SuiteBridge/simulation", plain_origins=[ORIGIN], limits=limits, trust=trust, refusal=refusal
        )
        self._doors = doors
        self.loop = loop

    def _connector(self) -> aiohttp.BaseConnector:
        return _LineConnector(self._doors, self.loop)

    def exchange(
        self,
        makers: Sequence[RequestMaker],
        limit: Governor | None = None,
        judge: Judge | None = None,
        *,
        seconds: float | None = None,
        is_hurried: Callable[[], bool] = lambda: False,
    ) -> list[Answer]:
        if not makers:
            return []
        judge = judge or _settled
        try:
            return self.loop.run_until_complete(
                self._exchange(makers, limit, judge, self._patience(seconds, is_hurried))
            )
        except BaseExceptionGroup as group:
            if group.subgroup(ProcessDiedError) is not None:
                raise ProcessDiedError from group
            raise

    def close(self) -> None:
        self.loop.run_until_complete(self._close_session())
        self.loop.let_pass(0)


def _settled(_: Answer) -> Verdict:
    return Verdict.SETTLED
