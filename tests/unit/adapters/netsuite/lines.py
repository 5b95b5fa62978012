"""A line to NetSuite whose far end a test plays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from suitebridge.adapters.netsuite.conversing import Line
from suitebridge.adapters.netsuite.hosts import Hosts
from suitebridge.adapters.netsuite.logins import Logins
from suitebridge.adapters.netsuite.signing import Signer
from suitebridge.adapters.netsuite.zones import AccountZone
from suitebridge.adapters.transport import Answer, Governor, NotSent, NotSentCause, RequestMaker, Transport, Verdict
from suitebridge.adapters.transport.governor import Judge
from suitebridge.domain.credentials import AccountId, Secret, TokenCredentials
from suitebridge.wire.http import Request
from suitebridge.wire.soap.record_writing import PACIFIC

NOW = datetime(2026, 5, 18, 17, 0, tzinfo=UTC)
CREDENTIALS = TokenCredentials(
    account=AccountId(value="TSTDRV1"),
    application_id="",
    consumer_key="ck",
    consumer_secret=Secret("consumer canary"),
    token_id="tk",
    token_secret=Secret("token canary"),
)


@dataclass(slots=True)
class Clock:
    """A clock that tests move."""

    moment: datetime = NOW

    def now(self) -> datetime:
        return self.moment

    def advance(self, **amount: float) -> None:
        self.moment += timedelta(**amount)


@dataclass(slots=True)
class Chance:
    """Nonces that count up."""

    given: int = 0

    def token(self, length: int) -> str:
        self.given += 1
        return f"{self.given:0{length}d}"


@dataclass
class Playing(Transport):
    """A transport whose answers a test gives; it holds back after an answer that is not settled, as the real one does."""

    play: Callable[[Request], Answer]
    requests: list[Request] = field(default_factory=list)
    exchanges: list[int] = field(default_factory=list)

    def exchange(
        self,
        makers: Sequence[RequestMaker],
        limit: Governor | None = None,
        judge: Judge | None = None,
        *,
        seconds: float | None = None,
        is_hurried: Callable[[], bool] = lambda: False,
    ) -> list[Answer]:
        self.exchanges.append(len(makers))
        answers: list[Answer] = []
        is_halted = False
        for make in makers:
            if is_halted:
                answers.append(NotSent(cause=NotSentCause.HELD_BACK, reason="held back"))
                continue
            request = make()
            self.requests.append(request)
            answers.append(self.play(request))
            is_halted = judge is not None and judge(answers[-1]) is not Verdict.SETTLED
        return answers


def line_to(transport: Transport, *, clock: Clock | None = None, logins: Logins | None = None) -> Line:
    """Give a line over a transport, to an account whose zone is known."""
    clock = clock or Clock()
    return Line(
        signer=Signer(credentials=CREDENTIALS, clock=clock, chance=Chance()),
        hosts=Hosts(simulators={"TSTDRV1": "http://127.0.0.1:8200"}),
        transport=transport,
        governor=Governor(),
        logins=logins or Logins(clock),
        zone=AccountZone(told=PACIFIC),
    )
