"""The addresses a server listens at, which may be closed for a while and opened again: then nobody answers there.

Refuses to know what is served.
"""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass

from aiohttp import web


@dataclass(slots=True)
class _Address:
    host: str
    port: int
    context: ssl.SSLContext | None
    site: web.TCPSite


class Listening:
    """The addresses of one runner."""

    def __init__(self, runner: web.AppRunner) -> None:
        self._runner = runner
        self._addresses: list[_Address] = []
        self._reopening: asyncio.Task[None] | None = None

    async def listen(self, host: str, port: int, context: ssl.SSLContext | None = None) -> int:
        """Listen at one more address, and return its port; port 0 takes a free one."""
        site = web.TCPSite(self._runner, host, port, ssl_context=context)
        await site.start()
        taken = int(self._runner.addresses[-1][1])
        self._addresses.append(_Address(host, taken, context, site))
        return taken

    async def close(self) -> None:
        """Stop listening, and break every connection that no request is at work on."""
        for address in self._addresses:
            await address.site.stop()
        server = self._runner.server
        for connection in server.connections if server is not None else ():
            connection.close()

    async def open(self) -> None:
        """Listen at every address again."""
        for address in self._addresses:
            address.site = web.TCPSite(self._runner, address.host, address.port, ssl_context=address.context)
            await address.site.start()

    def close_for(self, seconds: float) -> None:
        """Close, and open again so many seconds later; one that is closed already stays so for its own time."""
        if self._reopening is None or self._reopening.done():
            self._reopening = asyncio.get_running_loop().create_task(self._away(seconds))

    async def _away(self, seconds: float) -> None:
        await self.close()
        await asyncio.sleep(seconds)
        await self.open()

    async def end(self) -> None:
        """Forget to open again."""
        if self._reopening is not None and not self._reopening.done():
            self._reopening.cancel()
            await asyncio.gather(self._reopening, return_exceptions=True)
