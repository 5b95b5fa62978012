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
import logging
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from typing import TypeVar

from aiohttp import web

from netsuite_simulator.account import Account
from netsuite_simulator.faces import sending
from netsuite_simulator.faces.answers import AnswerError
from netsuite_simulator.faces.refusing import DroppedError, Refusal, RefusedError
from netsuite_simulator.faults import (
    ConnectionRefused,
    ConnectionReset,
    CutOff,
    Fault,
    HtmlPage,
    InvalidLogin,
    LateCommit,
    Latency,
    Maintenance,
    Redirect,
    ServerError,
    Throttle,
    TimeoutAfterCommit,
)
from netsuite_simulator.faults.documents import values_of
from netsuite_simulator.faults.kinds import UPHEAVALS, Upheaval
from netsuite_simulator.journal import Request
from netsuite_simulator.logins import Attempt, Login

_log = logging.getLogger("netsuite_simulator")

Result = TypeVar("Result")
Types = Callable[[], Collection[str]]


class Door(enum.StrEnum):
    """The doors, as the journal and fault plans name them."""

    REST = "rest"
    SUITEQL = "suiteql"
    SOAP = "soap"
    SYSTEM = "system"
    OAUTH = "oauth"
    RESTLET = "restlet"


class Ticket:
    """One admitted request; `fault` is what the door itself may have to act out."""

    def __init__(self, account: Account, request: Request, fault: Fault | None) -> None:
        self._account = account
        self.request = request
        self.fault = fault

    def signed_in(self, login: Login) -> None:
        """Note who sent the request."""
        self.request.user = login.user

    async def run(self, work: Callable[[], Result]) -> Result:
        """Do the request's work, which must not wait, and meet the faults around it."""
        match self.fault:
            case LateCommit(delay_seconds=delay, after_requests=requests):
                self.request.outcome = "dropped, committed later"
                if requests > 0:
                    self._account.postponed.wait(requests, lambda: self._late(work))
                else:
                    asyncio.get_running_loop().call_later(delay, self._late, work)
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
            case HtmlPage(status=status, after_commit=True):
                self._work(work)
                self.request.outcome = f"committed, answered a page with {status}"
                raise RefusedError(Refusal.HTML_PAGE, status)
            case _:
                return self._work(work)

    def _late(self, work: Callable[[], object]) -> None:
        """Do work that nobody waits for any more: its refusal reaches nobody."""
        try:
            self._work(work)
        except AnswerError as answer:
            self.request.outcome = f"dropped, refused later with {answer.response.status}"

    def _work(self, work: Callable[[], Result]) -> Result:
        with self._account.journal.working(self.request), self._account.troubles.of_request(self.fault):
            return work()

    async def answer(self, request: web.Request, response: web.Response) -> web.StreamResponse:
        """Send the answer, whole, in part, slowly or spoiled."""
        self.request.outcome = str(response.status)
        if self.fault is None:
            return response
        sent = await sending.send(request, response, self.fault)
        if sent is not response:
            self.request.outcome = f"{response.status}, {type(self.fault).__name__}"
        return sent


@asynccontextmanager
async def admit(
    account: Account,
    *,
    door: Door,
    operation: str,
    records: int = 1,
    counts: bool = True,
    types: Types = tuple,
) -> AsyncIterator[Ticket]:
    """Count a request in where its door counts, note it, and act out the faults that come before its work.

    `types` names the record types the request is about, for plans that ask.
    """
    request = account.journal.opened(door, operation, records)
    if counts and not account.governance.enter():
        request.outcome = "refused: concurrency"
        account.journal.closed(request)
        raise RefusedError(Refusal.CONCURRENCY)
    try:
        fault = _met(account, request, types)
        if account.latency_seconds:
            await asyncio.sleep(account.latency_seconds)
        if fault is not None:
            await _before_work(account, request, fault)
        yield Ticket(account, request, fault)
    except RefusedError as error:
        if request.outcome == "running":
            request.outcome = f"refused: {error.reason.value}"
        raise
    except DroppedError:
        if request.outcome == "running":
            request.outcome = "dropped"
        elif request.outcome.isdigit():
            request.outcome += ", dropped"
        raise
    finally:
        if request.outcome == "running":
            request.outcome = "ended"
        if counts:
            account.governance.leave()
        account.journal.closed(request)
        account.postponed.request_ended()


def _met(account: Account, request: Request, types: Types) -> Fault | None:
    """Let a request meet what is planned for it: the account changes first, and the rest is its own fault."""
    changes: list[Upheaval] = account.faults.upheavals(request.door, request.operation, types)
    fault = account.faults.take(request.door, request.operation, types)
    if isinstance(fault, UPHEAVALS):
        changes.append(fault)
        fault = None
    for change in changes:
        failure = account.faults.bring(change)
        told = {} if failure is None else {"failure": failure}
        account.journal.injected(request, type(change).__name__, {**values_of(change), **told})
        if failure is not None:  # whoever planned it has to know, and the request can only find the world as it is
            _log.error("%s changed nothing before request %s: %s", type(change).__name__, request.number, failure)
    if fault is not None:
        account.journal.injected(request, type(fault).__name__, values_of(fault))
    request.fault = ", ".join(type(one).__name__ for one in (*changes, fault) if one is not None) or None
    return fault


async def _before_work(account: Account, request: Request, fault: Fault) -> None:
    match fault:
        case Latency(seconds=seconds):
            await asyncio.sleep(seconds)
        case Throttle(retry_after_seconds=seconds, session=session):
            headers = {} if seconds is None else {"Retry-After": str(seconds)}
            raise RefusedError(Refusal.SESSION if session else Refusal.CONCURRENCY, headers=headers)
        case Maintenance():
            raise RefusedError(Refusal.MAINTENANCE)
        case ConnectionReset():
            raise DroppedError(resets=True)
        case ConnectionRefused(seconds=seconds):
            raise DroppedError(resets=True, closed_seconds=seconds)
        case CutOff(hold_seconds=hold):
            await asyncio.sleep(hold)
            raise DroppedError
        case HtmlPage(status=status, after_commit=False):
            raise RefusedError(Refusal.HTML_PAGE, status)
        case Redirect(location=location, status=status):
            raise RefusedError(Refusal.REDIRECT, status, {"Location": location})
        case InvalidLogin(after_seconds=seconds, detail=detail):
            await asyncio.sleep(seconds)
            if detail is not None:
                account.logins.note(Attempt(door=request.door, note="injected"), detail)
            raise RefusedError(Refusal.INVALID_LOGIN)
        case ServerError(status=status, after_commit=False):
            raise RefusedError(Refusal.SERVER_ERROR, status)
        case _:
            return  # met during the work, or by its answer
