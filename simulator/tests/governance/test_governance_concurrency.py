"""One concurrency count over all doors of an account, and each door's own refusal."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest
from aiohttp import web
from simulator.tests.firms import RestClient

from netsuite_simulator.account import Account
from netsuite_simulator.faces.admission import Door, admit
from netsuite_simulator.faces.refusing import Refusal, RefusedError
from netsuite_simulator.faces.rest.problems import answer_of
from netsuite_simulator.faces.server import Running
from netsuite_simulator.governance import Governance


def test_the_limit_holds_and_places_come_free() -> None:
    governance = Governance(2)
    assert [governance.enter() for _ in range(3)] == [True, True, False]
    governance.leave()
    assert governance.enter()
    assert (governance.running, governance.peak, governance.refused) == (2, 2, 1)


async def _hold(account: Account, door: Door, entered: asyncio.Event, free: asyncio.Event) -> None:
    async with admit(account, door=door, operation="hold"):
        entered.set()
        await free.wait()


async def _fill(account: Account, door: Door) -> tuple[list[asyncio.Task[None]], asyncio.Event]:
    free, tasks = asyncio.Event(), []
    for _ in range(account.governance.limit):
        entered = asyncio.Event()
        tasks.append(asyncio.create_task(_hold(account, door, entered, free)))
        await entered.wait()
    return tasks, free


@pytest.mark.parametrize("other", list(Door))
def test_all_doors_share_one_count(account: Account, other: Door) -> None:
    async def story() -> None:
        tasks, free = await _fill(account, Door.SOAP)
        with pytest.raises(RefusedError) as caught:
            async with admit(account, door=other, operation="one too many"):
                pass
        assert caught.value.reason is Refusal.CONCURRENCY
        free.set()
        await asyncio.gather(*tasks)
        async with admit(account, door=other, operation="now"):
            assert account.governance.running == 1

    asyncio.run(story())
    assert account.governance.running == 0
    assert account.journal.requests[-2].outcome == "refused: concurrency"


def test_a_place_comes_free_whatever_happens(account: Account) -> None:
    async def story() -> None:
        async with admit(account, door=Door.REST, operation="fails"):
            raise LookupError

    with pytest.raises(LookupError):
        asyncio.run(story())
    assert account.governance.running == 0


def test_the_sixth_request_at_once_is_refused_over_http(client: RestClient, running: Running) -> None:
    """Five slow requests hold every place; the sixth is refused, and after them there is room again."""
    account = client.account
    account.latency_seconds = 0.5
    path = "/services/rest/system/v1/serverTime"

    async def ask(session: aiohttp.ClientSession) -> int:
        async with session.get(running.url + path, headers=client.headers("GET", path)) as response:
            document = await response.json(content_type=None)
            if response.status == 429:
                assert document["o:errorDetails"][0]["o:errorCode"] == "CONCURRENCY_LIMIT_EXCEEDED"
            return response.status

    async def story() -> list[int]:
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
            return sorted(await asyncio.gather(*(ask(session) for _ in range(8))))

    assert asyncio.run(story()) == [200] * 5 + [429] * 3
    assert (account.governance.peak, account.governance.refused, account.governance.running) == (5, 3, 0)


@pytest.mark.parametrize(
    ("refused", "status", "words"),
    [
        (RefusedError(Refusal.CONCURRENCY), 429, "CONCURRENCY_LIMIT_EXCEEDED"),
        (RefusedError(Refusal.INVALID_LOGIN), 401, "INVALID_LOGIN"),
        (RefusedError(Refusal.MAINTENANCE), 503, "regularly scheduled maintenance"),
        (RefusedError(Refusal.SERVER_ERROR, 504), 504, "Gateway Timeout"),
        (RefusedError(Refusal.HTML_PAGE, 200), 200, "<html>"),
    ],
)
def test_rest_words_each_refusal(refused: RefusedError, status: int, words: str) -> None:
    response = answer_of(refused).response
    assert isinstance(response, web.Response)
    assert response.status == status
    body = response.body
    assert isinstance(body, bytes | bytearray)
    assert words in body.decode()
