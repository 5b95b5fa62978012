"""Letting requests in: one concurrency count over all doors, faults acted out, everything in the journal.

A door writes
    async with admit(account, door=Door.SOAP, operation="upsertList", records=100) as ticket:
        result = await ticket.run(lambda: work(account))
        return await ticket.answer(request, web.Response(...))
`admit` raises `RefusedError` before any work (the door words it, or sends `error.page()` where that is not None);
`ticket.run` and `ticket.answer` raise `DroppedError`, which `faces.server` turns into a broken connection.
"""

from __future__ import annotations

import asyncio
import enum
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar, assert_never

from aiohttp import web

from netsuite_simulator.account import Account
from netsuite_simulator.faults import (
    AfterSubmitFailed,
    ConnectionReset,
    Fault,
    HtmlPage,
    InvalidLogin,
    LateCommit,
    Latency,
    Maintenance,
    ReorderedAnswers,
    ServerError,
    ShortAnswers,
    SlowDrip,
    Throttle,
    TimeoutAfterCommit,
    TruncatedBody,
)
from netsuite_simulator.journal import Request
from netsuite_simulator.logins import Login

Result = TypeVar("Result")

MAINTENANCE_TEXT = (  # reference §4.9
    "The account you are trying to access is currently unavailable while we undergo our regularly scheduled maintenance."
)
_PAGE = "<!DOCTYPE html><html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>"


class Door(enum.StrEnum):
    """The doors, as the journal and fault plans name them."""

    REST = "rest"
    SUITEQL = "suiteql"
    SOAP = "soap"
    SYSTEM = "system"
    OAUTH = "oauth"
    RESTLET = "restlet"


class Refusal(enum.Enum):
    """Why a request is refused before any work."""

    CONCURRENCY = "concurrency"
    MAINTENANCE = "maintenance"
    INVALID_LOGIN = "invalid login"
    SERVER_ERROR = "server error"
    HTML_PAGE = "html page"


class RefusedError(Exception):
    """A request refused before any work."""

    def __init__(self, reason: Refusal, status: int = 503) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.status = status

    def page(self) -> web.Response | None:
        """Return the web page a gateway would send, where that is the refusal; None where the door words it."""
        if self.reason is Refusal.SERVER_ERROR:
            text = _PAGE.format(
                title={502: "Bad Gateway", 504: "Gateway Timeout"}.get(self.status, "Service Unavailable")
            )
            return web.Response(status=self.status, text=text, content_type="text/html")
        if self.reason is Refusal.HTML_PAGE:
            text = _PAGE.format(title="NetSuite - Customer Login")
            return web.Response(status=self.status, text=text, content_type="text/html")
        return None


class DroppedError(Exception):
    """The connection breaks instead of an answer; `resets` is whether it is torn down at once."""

    def __init__(self, *, resets: bool = False) -> None:
        super().__init__("the connection breaks")
        self.resets = resets


class Ticket:
    """One admitted request."""

    def __init__(self, account: Account, request: Request, fault: Fault | None) -> None:
        self._account = account
        self.request = request
        self.fault = (
            fault  # what the door itself may have to act out: ReorderedAnswers, ShortAnswers, AfterSubmitFailed
        )

    def signed_in(self, login: Login) -> None:
        """Note who sent the request."""
        self.request.user = login.user

    async def run(self, work: Callable[[], Result]) -> Result:
        """Do the request's work, which must not wait, and meet the faults around it."""
        match self.fault:
            case LateCommit(delay_seconds=delay):
                asyncio.get_running_loop().call_later(delay, self._work, work)
                self.request.outcome = "dropped, committed later"
                raise DroppedError
            case TimeoutAfterCommit(hold_seconds=hold):
                self._work(work)
                self.request.outcome = "committed, never answered"
                await asyncio.sleep(hold)
                raise DroppedError
            case ServerError(status=status, after_commit=True):
                self._work(work)
                self.request.outcome = f"committed, answered {status}"
                raise RefusedError(Refusal.SERVER_ERROR, status)
            case _:
                return self._work(work)

    def _work(self, work: Callable[[], Result]) -> Result:
        with self._account.journal.working(self.request):
            return work()

    async def answer(self, request: web.Request, response: web.Response) -> web.StreamResponse:
        """Send the answer, whole, in part or slowly."""
        self.request.outcome = str(response.status)
        match self.fault:
            case TruncatedBody(keep=keep):
                body = _body(response)
                self.request.outcome = f"{response.status}, truncated"
                if body:  # an answer without a body can only be cut before its first byte
                    stream = await _begin(request, response, len(body))
                    await stream.write(body[: int(len(body) * keep)])
                raise DroppedError
            case SlowDrip(seconds=seconds, pieces=pieces):
                body = _body(response)
                stream = await _begin(request, response, len(body))
                size = max(1, -(-len(body) // pieces))
                for start in range(0, len(body), size):
                    await asyncio.sleep(seconds / pieces)
                    await stream.write(body[start : start + size])
                await stream.write_eof()
                return stream
            case _:
                return response


def _body(response: web.Response) -> bytes:
    return bytes(response.body) if isinstance(response.body, bytes | bytearray | memoryview) else b""


async def _begin(request: web.Request, response: web.Response, length: int) -> web.StreamResponse:
    headers = {name: value for name, value in response.headers.items() if name != "Content-Length"}
    stream = web.StreamResponse(status=response.status, headers=headers)
    stream.content_length = length
    await stream.prepare(request)
    return stream


@asynccontextmanager
async def admit(
    account: Account, *, door: Door, operation: str, records: int = 1, counts: bool = True
) -> AsyncIterator[Ticket]:
    """Count a request in where its door counts, note it, and act out the faults that come before its work."""
    request = account.journal.opened(door, operation, records)
    if counts and not account.governance.enter():
        request.outcome = "refused: concurrency"
        raise RefusedError(Refusal.CONCURRENCY)
    fault = account.faults.take(door, operation)
    request.fault = None if fault is None else type(fault).__name__
    try:
        if account.latency_seconds:
            await asyncio.sleep(account.latency_seconds)
        if fault is not None:
            await _before_work(fault)
        yield Ticket(account, request, fault)
    except RefusedError as error:
        if request.outcome == "running":
            request.outcome = f"refused: {error.reason.value}"
        raise
    except DroppedError:
        if request.outcome == "running":
            request.outcome = "dropped"
        raise
    finally:
        if request.outcome == "running":
            request.outcome = "ended"
        if counts:
            account.governance.leave()


async def _before_work(fault: Fault) -> None:
    match fault:
        case Latency(seconds=seconds):
            await asyncio.sleep(seconds)
        case Throttle():
            raise RefusedError(Refusal.CONCURRENCY)
        case Maintenance():
            raise RefusedError(Refusal.MAINTENANCE)
        case ConnectionReset():
            raise DroppedError(resets=True)
        case HtmlPage(status=status):
            raise RefusedError(Refusal.HTML_PAGE, status)
        case InvalidLogin(after_seconds=seconds):
            await asyncio.sleep(seconds)
            raise RefusedError(Refusal.INVALID_LOGIN)
        case ServerError(status=status, after_commit=after_commit):
            if not after_commit:
                raise RefusedError(Refusal.SERVER_ERROR, status)
        case (
            TimeoutAfterCommit()
            | LateCommit()
            | TruncatedBody()
            | SlowDrip()
            | ReorderedAnswers()
            | ShortAnswers()
            | AfterSubmitFailed()
        ):
            return
        case _:
            assert_never(fault)
