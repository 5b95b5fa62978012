"""Sends the hints that wait in the accounts' outboxes, while a server runs.

Redirects are not followed, and what a receiver says beyond its first words is not read. How long it may take is what a
script in an account may wait (reference §7.1). Refuses to know what a hint says.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

import aiohttp
from aiohttp import web

from netsuite_simulator.accounts import Accounts
from netsuite_simulator.pushes import Hint, Pushes

POLL_SECONDS = 0.05
_TIMEOUT = aiohttp.ClientTimeout(total=45, connect=5)
_SAID_BYTES = 2_000


async def sending(accounts: Accounts, _: web.Application) -> AsyncIterator[None]:
    """Send what is due for as long as the application runs."""
    task = asyncio.create_task(_send_all(accounts))
    yield
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def _send_all(accounts: Accounts) -> None:
    async with aiohttp.ClientSession(timeout=_TIMEOUT) as session:
        while True:
            for account in accounts:
                for hint in account.pushes.due():
                    await _send(session, account.pushes, hint)
            await asyncio.sleep(POLL_SECONDS)


async def _send(session: aiohttp.ClientSession, pushes: Pushes, hint: Hint) -> None:
    status: int | None = None
    said = ""
    try:
        for headers in pushes.letters(hint):
            receiver = hint.receiver.url
            async with session.post(receiver, data=hint.body, headers=headers, allow_redirects=False) as answer:
                status = answer.status
                said = (await answer.content.read(_SAID_BYTES)).decode(errors="replace")
    except (aiohttp.ClientError, TimeoutError) as error:
        status, said = None, f"No answer: {type(error).__name__}."
    pushes.answered(hint, status, said)
