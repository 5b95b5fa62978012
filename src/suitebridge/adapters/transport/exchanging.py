"""Carries requests over HTTP with aiohttp: one event loop on one thread, behind a call that waits.

Refuses redirects, which are security events, proxies of the environment, plain HTTP except to the simulators it was told of, hosts that are not
NetSuite's, and answers beyond its limits. It knows nothing of what requests mean; after the first byte left, anything but a
complete answer is `Uncertain`.
"""

from __future__ import annotations

import asyncio
import io
import logging
import ssl
import threading
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from math import inf
from types import SimpleNamespace
from typing import TypeAlias
from urllib.parse import urljoin, urlsplit

import aiohttp

from suitebridge.adapters.transport.answers import Answer, HaltedError, NotSent, NotSentCause, Uncertain, WithdrawnError
from suitebridge.adapters.transport.bodies import OversizedBodyError, read_body
from suitebridge.adapters.transport.governor import Governor, Judge, Verdict
from suitebridge.wire.http import Request, Response

RequestMaker: TypeAlias = Callable[[], Request]
"""Builds and signs a request; called once for every attempt, because a nonce is good for one. May raise `WithdrawnError` and `HaltedError`."""

_NETSUITE = ".netsuite.com"
_LARGE_BYTES = 512 * 1024
_SECURITY_LOG = logging.getLogger("suitebridge.security")
_CLOSING_SECONDS = 3.0
_LOOK_SECONDS = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class TransportLimits:
    """Bounds of one request. NetSuite itself cuts off after fifteen minutes (netsuite-api.md §4.5)."""

    total_seconds: float = 300.0
    connect_seconds: float = 15.0
    body_bytes: int = 64 * 1024 * 1024
    connections: int = 64
    keep_alive_seconds: float = 10.0
    hurried_seconds: float = 1.5


@dataclass(frozen=True, slots=True)
class Patience:
    """How long an answer is waited for: so many seconds, and a moment only once whoever waits has to hurry (quality.md U37)."""

    seconds: float
    hurried_seconds: float
    is_hurried: Callable[[], bool]

    @asynccontextmanager
    async def timeout(self) -> AsyncIterator[None]:
        """Raise `TimeoutError` where the block takes longer."""
        loop, looks = asyncio.get_running_loop(), list[asyncio.TimerHandle]()
        async with asyncio.timeout(self.seconds) as waiting:

            def look() -> None:
                if self.is_hurried():
                    waiting.reschedule(min(waiting.when() or inf, loop.time() + self.hurried_seconds))
                else:
                    looks[:] = [loop.call_later(_LOOK_SECONDS, look)]

            look()
            try:
                yield
            finally:
                for one in looks:
                    one.cancel()

    def reason(self) -> str:
        """Tell why no answer was waited for any longer."""
        if self.is_hurried():
            return "it did not come at once, and the run was asked to stop"
        return f"no complete answer within {self.seconds:g} seconds"


class Transport:
    """Sends requests and gives their answers in order. Close it when done."""

    def __init__(
        self,
        *,
        user_agent: str,
        plain_origins: Iterable[str] = (),
        limits: TransportLimits | None = None,
        trust: ssl.SSLContext | None = None,
        refusal: Callable[[], str] = lambda: "",
        proxy: str = "",
    ) -> None:
        """`proxy` is the address of one that everything goes through but what goes to simulators. `refusal` is asked just before each request: it says why none may leave at that instant, "" where one may (design I6)."""
        self._user_agent = user_agent
        self._plain_origins = frozenset(map(_origin, plain_origins))
        self._limits = limits or TransportLimits()
        self._trust = trust or trusted_authorities()
        self._refusal = refusal
        self._proxy = proxy
        self._starting = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._session: aiohttp.ClientSession | None = None

    def exchange(
        self,
        makers: Sequence[RequestMaker],
        limit: Governor | None = None,
        judge: Judge | None = None,
        *,
        seconds: float | None = None,
        is_hurried: Callable[[], bool] = lambda: False,
    ) -> list[Answer]:
        """Send every request, within `limit` and retried as it says; without one, each once and one after the other.

        After an answer that `judge` does not call SETTLED, requests that have not left are held back. `seconds` is the time of one
        request where it is to be shorter than the transport's. Once `is_hurried` says so, which is asked now and then on the transport's
        thread, answers have a moment to come, and nothing is tried again for long.
        """
        if not makers:
            return []
        loop = self._running_loop()
        patience = self._patience(seconds, is_hurried)
        future = asyncio.run_coroutine_threadsafe(self._exchange(makers, limit, judge or _settled, patience), loop)
        try:
            return future.result()
        except BaseException:
            future.cancel()
            raise

    def close(self) -> None:
        """Close connections and end the thread; a closed transport opens anew on its next use."""
        with self._starting:
            loop, thread = self._loop, self._thread
            self._loop = self._thread = None
        if loop is None or thread is None:
            return
        asyncio.run_coroutine_threadsafe(self._close_session(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        with self._starting:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=self._loop.run_forever, name="transport", daemon=True)
                self._thread.start()
            return self._loop

    async def _close_session(self) -> None:
        session, self._session = self._session, None
        if session is None:
            return
        await session.close()
        # Requests that were under way have broken by that: whoever waits for them hears it before the loop stops.
        broken = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        if broken:
            await asyncio.wait(broken, timeout=_CLOSING_SECONDS)

    def find_host(self, name: str, *, seconds: float) -> str:
        """Look a host's name up, or the proxy's where that looks up the others; give why it is not found, "" where it is."""
        name = urlsplit(self._proxy).hostname or name
        future = asyncio.run_coroutine_threadsafe(self._find(name, seconds), self._running_loop())
        return future.result()

    @staticmethod
    async def _find(name: str, seconds: float) -> str:
        try:
            async with asyncio.timeout(seconds):
                await asyncio.get_running_loop().getaddrinfo(name, None)
        except TimeoutError:
            return f"no answer within {seconds:.0f} seconds"
        except (OSError, UnicodeError) as error:
            return _words(error)
        return ""

    def _patience(self, seconds: float | None, is_hurried: Callable[[], bool]) -> Patience:
        most = min(self._limits.total_seconds, seconds or self._limits.total_seconds)
        return Patience(most, self._limits.hurried_seconds, is_hurried)

    async def _exchange(
        self, makers: Sequence[RequestMaker], limit: Governor | None, judge: Judge, patience: Patience
    ) -> list[Answer]:
        answers: list[Answer] = [_HELD_BACK] * len(makers)
        waiting = iter(range(len(makers)))
        halt = asyncio.Event()

        async def work() -> None:
            for index in waiting:
                if halt.is_set():
                    return
                answers[index] = await self._carry(makers[index], limit, judge, halt, patience)
                # What is still throttled or unreached after its whole budget would cost every later request the same again.
                if judge(answers[index]) is not Verdict.SETTLED:
                    halt.set()

        # Twice as many as may be under way: while one that was refused waits for its next try, another takes its place.
        workers = 1 if limit is None else min(len(makers), 2 * limit.ceiling)
        async with asyncio.TaskGroup() as group:
            for _ in range(workers):
                group.create_task(work())
        return answers

    async def _carry(
        self, make: RequestMaker, limit: Governor | None, judge: Judge, halt: asyncio.Event, patience: Patience
    ) -> Answer:
        async def send() -> Answer:
            if halt.is_set():
                return _HELD_BACK
            try:
                request = make()
            except WithdrawnError as error:
                return NotSent(cause=NotSentCause.WITHDRAWN, reason=str(error))
            except HaltedError as error:
                return NotSent(cause=NotSentCause.HALTED, reason=str(error))
            return await self._send(request, patience)

        return await send() if limit is None else await limit.carry(send, judge, patience.is_hurried)

    async def _send(self, request: Request, patience: Patience) -> Answer:
        if refusal := self._refusal():
            return NotSent(cause=NotSentCause.NOT_PERMITTED, reason=refusal)
        if not self._is_allowed(request.url):
            return NotSent(
                cause=NotSentCause.FORBIDDEN,
                reason=f"{_origin(request.url)} is no address of NetSuite or of a simulator",
            )
        progress = SimpleNamespace(began=False)
        try:
            async with patience.timeout():
                return await self._speak(request, progress)
        except aiohttp.ClientSSLError as error:
            return NotSent(cause=NotSentCause.TLS, reason=_words(error))
        except (aiohttp.ClientError, OSError, TimeoutError, OversizedBodyError) as error:
            reason = _words(error) or patience.reason()
            return (
                Uncertain(reason=reason) if progress.began else NotSent(cause=NotSentCause.UNREACHABLE, reason=reason)
            )

    async def _speak(self, request: Request, progress: SimpleNamespace) -> Response:
        headers = {"Accept-Encoding": "gzip", **request.headers}
        async with self._open_session().request(
            request.method,
            request.url,
            data=_in_pieces(request.body),
            headers=headers,
            allow_redirects=False,
            trace_request_ctx=progress,
            proxy=None if _origin(request.url) in self._plain_origins else self._proxy or None,
        ) as answer:
            # A door that sends its visitors to its own page says nothing; one that sends them elsewhere does (quality.md F10).
            if 300 <= answer.status < 400 and _leads_away(request.url, answer.headers.get("Location", "")):
                fields = {"address": _origin(request.url), "kind": "redirect:refused"}
                _SECURITY_LOG.warning("A redirect of NetSuite's address was not followed", extra=fields)
            body = await read_body(answer, self._limits.body_bytes)
            return Response(
                status=answer.status, headers={name.lower(): value for name, value in answer.headers.items()}, body=body
            )

    def _open_session(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=self._connector(),
                timeout=aiohttp.ClientTimeout(total=None, connect=self._limits.connect_seconds),
                headers={"User-Agent": self._user_agent},
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                trust_env=False,
                trace_configs=[_tracing()],
            )
        return self._session

    def _connector(self) -> aiohttp.BaseConnector:
        """Give what opens connections."""
        return aiohttp.TCPConnector(
            ssl=self._trust, limit=self._limits.connections, keepalive_timeout=self._limits.keep_alive_seconds
        )

    def _is_allowed(self, url: str) -> bool:
        parts = urlsplit(url)
        if _origin(url) in self._plain_origins:
            return True
        return parts.scheme == "https" and parts.port in (None, 443) and (parts.hostname or "").endswith(_NETSUITE)


_HELD_BACK = NotSent(cause=NotSentCause.HELD_BACK, reason="an earlier answer said to stop")


def _settled(_: Answer) -> Verdict:
    return Verdict.SETTLED


def _leads_away(url: str, location: str) -> bool:
    return _origin(urljoin(url, location)) != _origin(url)


def _in_pieces(body: bytes) -> bytes | io.BytesIO | None:
    """Let a large body leave piece by piece, with its length told first: as a whole it would hold up every other exchange."""
    return io.BytesIO(body) if len(body) > _LARGE_BYTES else body or None


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}".lower()


def trusted_authorities(more: str = "") -> ssl.SSLContext:
    """Trust the system's authorities, and those of a file in PEM form besides. Raise `OSError` for a file that holds none."""
    context = ssl.create_default_context()
    if more:
        context.load_verify_locations(cafile=more)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


class _SentOnceError(aiohttp.ClientConnectionError):
    """The connection broke, and aiohttp was about to send the same bytes again: a signature is good for one request (quality.md F28)."""

    def __init__(self) -> None:
        super().__init__("the connection broke before an answer came")


def _tracing() -> aiohttp.TraceConfig:
    """Note the moment from which bytes of a request may be under way: once it has a connection, new or kept alive.

    aiohttp sends GET, PUT and DELETE a second time by itself where a connection that was kept alive breaks; that second time is refused here.
    """
    tracing = aiohttp.TraceConfig()

    async def refuse_second(_session: aiohttp.ClientSession, context: SimpleNamespace, _params: object) -> None:
        if context.trace_request_ctx.began:
            raise _SentOnceError

    async def begin(_session: aiohttp.ClientSession, context: SimpleNamespace, _params: object) -> None:
        context.trace_request_ctx.began = True

    tracing.on_connection_create_start.append(refuse_second)
    tracing.on_connection_reuseconn.append(refuse_second)
    tracing.on_connection_create_end.append(begin)
    tracing.on_connection_reuseconn.append(begin)
    return tracing


def _words(error: BaseException) -> str:
    """Tell an error without addresses of the environment or anything that was sent."""
    if isinstance(error, aiohttp.ClientHttpProxyError):
        return f"the proxy of the settings answered with status {error.status}"
    if isinstance(error, aiohttp.ClientProxyConnectionError):
        return f"the proxy of the settings is not reached: {error.os_error.strerror or error.os_error}"
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return str(error.certificate_error)
    if isinstance(error, aiohttp.ClientConnectorError):
        return error.os_error.strerror or str(error.os_error)
    return str(error)
