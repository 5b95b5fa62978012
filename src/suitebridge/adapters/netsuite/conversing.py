"""Speaks to one account: signs, sends within the governor's limit, and finds out what a refused sign-in is worth.

A refused sign-in among several requests may be a limit in disguise (quality.md F16). It is believed only when one quiet request, with
nothing else under way, is refused too; and a wrong clock is named as what it is (F27).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from suitebridge.adapters.netsuite.bearing import BearerSigner
from suitebridge.adapters.netsuite.circuits import Circuit
from suitebridge.adapters.netsuite.faults import STOPPING, Refusal, Turn, open_soap, rest_refusal
from suitebridge.adapters.netsuite.hosts import Hosts
from suitebridge.adapters.netsuite.logins import Logins
from suitebridge.adapters.netsuite.signing import Signer
from suitebridge.adapters.netsuite.suiteql import ASK_NOW
from suitebridge.adapters.netsuite.telling import consent_ended, unauthorized, withdrawn
from suitebridge.adapters.netsuite.zones import AccountZone
from suitebridge.adapters.transport import (
    Answer,
    Governor,
    HaltedError,
    NotSent,
    NotSentCause,
    RequestMaker,
    Transport,
    Verdict,
)
from suitebridge.adapters.transport.governor import Judge
from suitebridge.domain.credentials import SigningCredentials
from suitebridge.domain.errors import Problem, RetryLaterError, RunStoppedError, SuiteBridgeError
from suitebridge.domain.schemas import RecordSchema
from suitebridge.domain.schemas.netsuite import NETSUITE_TYPES
from suitebridge.wire.http import Request, Response
from suitebridge.wire.reading_calls import only_reads
from suitebridge.wire.rest import suiteql
from suitebridge.wire.soap import envelopes, get_server_time, names

CLOCK_LIMIT_SECONDS = 300  # NetSuite refuses signatures farther off (netsuite-api.md §2.5)
_LOGIN_ROUNDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What it takes to speak to an account. `pause` waits so many seconds between questions about the same thing.

    One that `only_reads` lets no changing request leave, whatever asks for it. `is_halted` is asked just before each request: whether whoever it is sent
    for was asked to stop. Once `is_hurried` says so, no slow answer is waited for. `types` are the record types with the custom fields that the company knows of the account.
    """

    signer: Signer | BearerSigner
    hosts: Hosts
    transport: Transport
    governor: Governor
    logins: Logins
    pause: Callable[[float], None] = time.sleep
    only_reads: bool = False
    circuit: Circuit = field(default_factory=Circuit)
    is_halted: Callable[[], bool] = lambda: False
    is_hurried: Callable[[], bool] = lambda: False
    types: Mapping[str, RecordSchema] = field(default_factory=lambda: NETSUITE_TYPES)
    zone: AccountZone = field(default_factory=AccountZone)

    @property
    def credentials(self) -> SigningCredentials:
        """The credentials that sign."""
        return self.signer.credentials

    @property
    def origin(self) -> str:
        """Where web services are."""
        return self.hosts.web_services(self.credentials.account)

    @property
    def host(self) -> str:
        """The host of web services, for sentences."""
        return self.origin.partition("://")[2]

    def close(self) -> None:
        """Sign and repeat nothing any more; what is under way is waited for, for nobody would know what became of it."""
        self.signer.withdraw()
        self.governor.close()

    def exchange(
        self,
        makers: Sequence[RequestMaker],
        limit: Governor | None = None,
        judge: Judge | None = None,
        *,
        seconds: float | None = None,
    ) -> list[Answer]:
        """Send signed requests as the transport does, once there is something to sign them with."""
        if self.only_reads:
            # Made once for this question alone: what is made again to be sent differs by its signature only.
            _require_reading([make() for make in makers])
        send = partial(self.transport.exchange, seconds=seconds, is_hurried=self.is_hurried)
        unready = self.signer.ready(lambda make: send([make])[0])
        if unready is not None:
            return [unready for _ in makers]
        return send([self._heeding(make) for make in makers], limit, judge)

    def _heeding(self, make: RequestMaker) -> RequestMaker:
        def heeded() -> Request:
            if self.is_halted():
                raise HaltedError("whoever it was to be sent for was asked to stop")
            return make()

        return heeded

    def quiet(self) -> RequestMaker:
        """Give the maker of a small request that any role may send."""
        if self.signer.speaks_soap:
            return self.soap(get_server_time.OPERATION, get_server_time.CONTENT)
        return self.query(ASK_NOW, 1)

    def query(self, query: suiteql.Query, limit: int, offset: int = 0) -> RequestMaker:
        """Give the maker of a SuiteQL request."""
        url = suiteql.address(self.origin, limit, offset)
        return lambda: suiteql.request(url=url, query=query, authorization=self.signer.authorization("POST", url))

    def read(self, path: str, accept: str = "application/json") -> RequestMaker:
        """Give the maker of a signed REST request that reads an address."""
        url = f"{self.origin}{path}"
        return lambda: Request(
            method="GET",
            url=url,
            headers={"Authorization": self.signer.authorization("GET", url), "Accept": accept},
        )

    def write(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> RequestMaker:
        """Give the maker of a signed REST request that writes."""
        url = f"{self.origin}{path}"
        given = {"Accept": "application/json", **headers}
        return lambda: Request(
            method=method,
            url=url,
            headers={"Authorization": self.signer.authorization(method, url), **given},
            body=body,
        )

    def soap(self, operation: str, content: bytes, *, has_read_only_fields: bool = False) -> RequestMaker:
        """Give the maker of a SOAP request around an operation's element."""
        url = f"{self.origin}{names.PATH}"
        return lambda: envelopes.request(
            url=url,
            operation=operation,
            content=content,
            passport=self.signer.passport(),
            has_read_only_fields=has_read_only_fields,
        )


class ChangingCallError(Exception):
    """A request that would change something in NetSuite was about to leave where nothing may be changed; it did not."""


def _require_reading(requests: Sequence[Request]) -> None:
    if not all(only_reads(request) for request in requests):
        raise ChangingCallError("A dry run was about to change something in NetSuite. Nothing was sent.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """Answers in order; `stopped` tells why some of them are refused sign-ins or were held back."""

    answers: list[Answer]
    stopped: SuiteBridgeError | None = None


def carry(line: Line, makers: Sequence[RequestMaker]) -> Carried:
    """Send requests within the account's limit; raise nothing: what stops is told beside the answers that did come."""
    answers: list[Answer] = [_HELD_BACK] * len(makers)
    waiting = list(range(len(makers)))
    for _ in range(_LOGIN_ROUNDS):
        if not waiting:
            return Carried(answers=answers)
        if not line.logins.left(line.credentials):
            return Carried(answers=answers, stopped=_locked_out(line))
        if line.circuit.since is not None and not _is_back(line):
            return Carried(answers=answers, stopped=_away(line))
        _send(line, makers, waiting, answers)
        refused = [index for index in waiting if is_login_refusal(answers[index])]
        if not refused:
            if any(isinstance(answers[index], Response) for index in waiting):
                line.logins.accepted(line.credentials)
            return Carried(answers=answers)
        stopped = _weigh_refusals(line, [answers[index] for index in refused])
        if stopped is not None:
            return Carried(answers=answers, stopped=stopped)
        waiting = [index for index in waiting if _is_unasked(answers[index])]
    said = (
        "Sign-ins are refused now and then although the credentials are right: NetSuite does so when it is overloaded."
    )
    return Carried(answers=answers, stopped=RetryLaterError(Problem(code="NS-THR-001", facts={"said": said})))


def refusal_of(answer: Response) -> Refusal | None:
    """Say how a request ended, from either door, when it ended badly; an answer with status 200 is not looked into."""
    if answer.status == 200:
        return None
    if answer.is_xml:
        opened = open_soap(answer)
        return opened if isinstance(opened, Refusal) else None
    return rest_refusal(answer)


def is_login_refusal(answer: Answer) -> bool:
    """Whether an answer refuses the sign-in."""
    if not isinstance(answer, Response):
        return False
    refusal = refusal_of(answer)
    return refusal is not None and refusal.turn is Turn.LOGIN


def is_held_back(answer: Answer) -> bool:
    """Whether a request did not leave because of what another was answered."""
    return isinstance(answer, NotSent) and answer.cause is NotSentCause.HELD_BACK


def clock_offset(line: Line, answer: Answer) -> float | None:
    """Give how many seconds this machine's clock is ahead of NetSuite's; None where the answer does not tell."""
    if not isinstance(answer, Response) or answer.date is None:
        return None
    return (line.signer.clock.now() - answer.date).total_seconds()


def clock_problem(offset: float) -> Problem:
    """Tell a clock that is too far off."""
    return Problem(code="NS-CLOCK-001", facts={"offset": f"{offset:+.0f}"})


def _send(line: Line, makers: Sequence[RequestMaker], waiting: Sequence[int], answers: list[Answer]) -> None:
    # The first request of unproven credentials goes alone: wrong ones then cost one refusal, not one per slot.
    first = 1 if len(waiting) > 1 and not line.logins.is_proven(line.credentials) else len(waiting)
    for group in (waiting[:first], waiting[first:]):
        if group:
            sent = line.exchange([makers[index] for index in group], line.governor, _judge)
            for index, answer in zip(group, sent, strict=True):
                answers[index] = answer
                _note_maintenance(line, answer)
            if any(_judge(answer) is not Verdict.SETTLED for answer in sent):
                return


def _is_back(line: Line) -> bool:
    """Ask by one small request, while nobody else does, whether maintenance is over."""
    if not line.circuit.begin_probe(now=line.signer.clock.now()):
        return False
    try:
        (answer,) = line.exchange([line.quiet()])
    finally:
        line.circuit.end_probe()
    _note_maintenance(line, answer)
    if isinstance(answer, Response) and line.circuit.since is not None and not _is_maintenance(answer):
        line.circuit.close()
    return line.circuit.since is None


def _note_maintenance(line: Line, answer: Answer) -> None:
    refusal = refusal_of(answer) if isinstance(answer, Response) else None
    if refusal is not None and refusal.is_maintenance:
        line.circuit.open(refusal.said, now=line.signer.clock.now())


def _is_maintenance(answer: Response) -> bool:
    refusal = refusal_of(answer)
    return refusal is not None and refusal.is_maintenance


def _away(line: Line) -> RetryLaterError:
    return RetryLaterError(Problem(code="NS-OUT-001", facts={"said": line.circuit.said}))


def _weigh_refusals(line: Line, refused: Sequence[Answer]) -> SuiteBridgeError | None:
    """Decide what refused sign-ins mean: None when a quiet request is let in, so that they meant something else."""
    line.logins.refused(line.credentials, len(refused))
    offset = clock_offset(line, refused[0])
    if offset is not None and abs(offset) > CLOCK_LIMIT_SECONDS:
        return RunStoppedError(clock_problem(offset))
    if not line.logins.left(line.credentials):
        return _rejected(line, refused[0])
    line.signer.discard()
    (answer,) = line.exchange([line.quiet()])
    if is_login_refusal(answer):
        line.logins.refused(line.credentials, 1)
        return _rejected(line, answer)
    if isinstance(answer, Response):
        line.logins.accepted(line.credentials)
        line.governor.slow_down()  # a limit in disguise
        return None
    if isinstance(answer, NotSent) and answer.cause is NotSentCause.WITHDRAWN:
        return RunStoppedError(withdrawn(line.credentials.account.value))
    if isinstance(answer, NotSent) and answer.cause is NotSentCause.UNAUTHORIZED:
        return RunStoppedError(unauthorized(line.credentials.account.value, answer.reason))
    if isinstance(answer, NotSent) and answer.cause is NotSentCause.CONSENT_ENDED:
        return RunStoppedError(consent_ended(line.credentials.account.value, answer.reason))
    said = "A sign-in was refused, and the check whether it meant the credentials got no answer."
    return RetryLaterError(Problem(code="NS-OUT-002", facts={"said": said}))


def _rejected(line: Line, answer: Answer) -> RunStoppedError:
    refusal = refusal_of(answer) if isinstance(answer, Response) else None
    said = "Invalid login attempt." if refusal is None else refusal.said
    return RunStoppedError(Problem(code="NS-AUTH-001", facts={"account": line.credentials.account.value, "said": said}))


def _locked_out(line: Line) -> RunStoppedError:
    said = (
        "Invalid login attempt. Not tried again now: NetSuite locks a token after five refusals, and these credentials "
        "were refused three times within ten minutes."
    )
    return RunStoppedError(Problem(code="NS-AUTH-001", facts={"account": line.credentials.account.value, "said": said}))


def _is_unasked(answer: Answer) -> bool:
    return is_held_back(answer) or is_login_refusal(answer)


def _judge(answer: Answer) -> Verdict:
    if isinstance(answer, NotSent):
        if is_held_back(answer):
            return Verdict.SETTLED
        return Verdict.UNREACHED if answer.cause is NotSentCause.UNREACHABLE else Verdict.HALT
    refusal = refusal_of(answer) if isinstance(answer, Response) else None
    if refusal is None:
        return Verdict.SETTLED
    if refusal.turn is Turn.THROTTLED:
        return Verdict.THROTTLED
    return Verdict.HALT if refusal.turn in STOPPING and not refusal.is_of_record else Verdict.SETTLED


_HELD_BACK = NotSent(cause=NotSentCause.HELD_BACK, reason="an earlier answer said to stop")
