"""A CONNECT proxy on loopback: clients with hard-wired NetSuite hosts reach the simulator through it, unmodified.

It leads to the TLS face for the documented host names of the accounts at hand, and nowhere else: an unknown host is
refused, so nothing meant for the real NetSuite ever leaves this machine. Refuses to look into what it carries.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager

MOST_TUNNELS = 256
LONGEST_REQUEST = 16 * 1024
SECONDS_TO_ASK = 10.0
PORT = 443
_CHUNK = 64 * 1024
_END = b"\r\n\r\n"


class Proxy:
    """One proxy; `names` are the hosts it leads to, `target` where they answer; `is_lost` says which it cannot find now."""

    def __init__(self, names: Collection[str], target: tuple[str, int], is_lost: Callable[[str], bool]) -> None:
        self._names = frozenset(names)
        self._is_lost = is_lost
        self._target = target
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.Task[None]] = set()
        self.port = 0

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen; port 0 takes a free one."""
        self._server = await asyncio.start_server(self._met, host, port, limit=LONGEST_REQUEST)
        self.port = int(self._server.sockets[0].getsockname()[1])

    async def stop(self) -> None:
        """Stop listening and cut the tunnels."""
        if self._server is None:
            return
        self._server.close()
        for task in tuple(self._open):
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)
        await self._server.wait_closed()
        self._server = None

    async def _met(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._open.add(task)
            task.add_done_callback(self._open.discard)
        with contextlib.suppress(OSError, asyncio.CancelledError):
            async with _closing(writer):
                await self._served(reader, writer)

    async def _served(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        refusal = await self._refusal(reader)
        if refusal is not None:
            status, message = refusal
            body = f"{message}\n".encode()
            head = f"HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nContent-Length: {len(body)}\r\nConnection: close"
            writer.write(head.encode() + _END + body)
            await writer.drain()
            return
        inner_reader, inner_writer = await asyncio.open_connection(*self._target)
        async with _closing(inner_writer):
            writer.write(b"HTTP/1.1 200 Connection established" + _END)
            await asyncio.gather(_carry(reader, inner_writer), _carry(inner_reader, writer))

    async def _refusal(self, reader: asyncio.StreamReader) -> tuple[str, str] | None:
        """Read the request; None where it may pass, otherwise why not."""
        try:
            async with asyncio.timeout(SECONDS_TO_ASK):
                head = await reader.readuntil(_END)
        except (TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            return "400 Bad Request", "No request arrived."
        method, _, rest = head.split(b"\r\n", 1)[0].decode("latin-1").partition(" ")
        target = rest.partition(" ")[0]
        if method != "CONNECT":
            return "405 Method Not Allowed", "This proxy carries https only: it knows CONNECT and nothing else."
        name, _, port = target.rpartition(":")
        if name.lower().rstrip(".") not in self._names or port != str(PORT):
            known = ", ".join(sorted(self._names))
            return "403 Forbidden", f"This proxy does not lead to {target[:200]}. It knows, at port {PORT}: {known}."
        if self._is_lost(name):
            return "502 Bad Gateway", f"The name {name} could not be resolved."
        if len(self._open) > MOST_TUNNELS:
            return "503 Service Unavailable", f"This proxy carries at most {MOST_TUNNELS} connections at once."
        return None


@asynccontextmanager
async def _closing(writer: asyncio.StreamWriter) -> AsyncIterator[None]:
    """Close a connection at the end, and see it closed; one that is cut off loses what it has not sent."""
    try:
        yield
        writer.close()
        await writer.wait_closed()
    except BaseException:
        writer.transport.abort()
        with contextlib.suppress(OSError):
            await writer.wait_closed()
        raise


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Carry bytes one way until they end, then say so to the other side; a broken side breaks the other."""
    try:
        while chunk := await reader.read(_CHUNK):
            writer.write(chunk)
            await writer.drain()
        if writer.can_write_eof():
            writer.write_eof()
    except OSError:
        writer.transport.abort()
