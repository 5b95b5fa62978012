"""Proves a connection check by check: each says what it found, and a failed one what to do. Nothing is written, nothing raised.

Every check sends one request alone, outside the governor: it goes on beside a run and uses the slot that the governor leaves.
What the role may do is found out in `probing`.
"""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias
from urllib.parse import urlsplit

from suitebridge.adapters.netsuite.answering import Found, Prober, TimeIsUpError
from suitebridge.adapters.netsuite.confirming import confirm_hosts
from suitebridge.adapters.netsuite.conversing import CLOCK_LIMIT_SECONDS, Line, clock_offset, clock_problem, refusal_of
from suitebridge.adapters.netsuite.faults import Turn, is_page
from suitebridge.adapters.netsuite.probing import Probes
from suitebridge.adapters.netsuite.relating import Links
from suitebridge.adapters.transport import Answer
from suitebridge.domain.checks import CHECKS, MOST_SECONDS, Check
from suitebridge.domain.credentials import AccountId, AccountIdError, ClientCredentials, Environment
from suitebridge.domain.errors import Problem, SuiteBridgeError
from suitebridge.domain.expiries import NOTICE_DAYS, STAGES, TBA_END, days_left
from suitebridge.domain.rights import Need
from suitebridge.ports.netsuite import CheckState, CheckStep, LinkedRecord
from suitebridge.wire.http import Request, Response
from suitebridge.wire.oauth2 import end_of

_CLOCK_WARNING_SECONDS = 60

_Try: TypeAlias = Callable[[], Found]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """A line, the lines that must hold before it is tried, and how it is tried."""

    check: Check
    act: _Try
    needs: tuple[str, ...] = ()
    part: str = ""
    title: str = ""

    @property
    def name(self) -> str:
        return f"{self.check.value}:{self.part}" if self.part else self.check.value

    def told(self, state: CheckState, found: Found) -> CheckStep:
        return CheckStep(
            check=self.check,
            part=self.part,
            title=self.title or CHECKS[self.check].title,
            state=state,
            said=found.said,
            problem=found.problem,
            links=found.links,
        )


def check(
    line: Line, needs: Sequence[Need], linked: Sequence[LinkedRecord], *, seconds: float = MOST_SECONDS
) -> Iterator[CheckStep]:
    """Try every line whose ground holds, and give each when it is done; what time does not suffice for is not tried."""
    done: dict[str, CheckStep] = {}
    prober = Prober(line, until=time.monotonic() + seconds)
    for step in _Checks(line, prober, Probes(prober, needs), Links(prober, linked)).steps():
        blocking = [done[need] for need in step.needs if done[need].state in {CheckState.FAILED, CheckState.NOT_RUN}]
        done[step.name] = _not_run(step, blocking[0]) if blocking else _tried(step, seconds)
        yield done[step.name]


def _not_run(step: _Step, blocking: CheckStep) -> CheckStep:
    return step.told(CheckState.NOT_RUN, Found(said=f"Not tried, because this comes first: {blocking.title}."))


def _tried(step: _Step, seconds: float) -> CheckStep:
    try:
        found = step.act()
    except TimeIsUpError:
        said = f"Not tried: a test ends after {seconds:.0f} seconds. Test again."
        return step.told(CheckState.NOT_RUN, Found(said=said))
    except SuiteBridgeError as error:
        found = Found(said=error.problem.cause, problem=error.problem)
    if found.problem is None:
        state = CheckState.WARNED if found.is_warning else CheckState.PASSED
    else:
        state = CheckState.WARNED if found.is_warning else CheckState.FAILED
    return step.told(state, found)


class _Checks:
    """The lines of one check; answers that several of them look at are asked for once."""

    def __init__(self, line: Line, prober: Prober, probes: Probes, links: Links) -> None:
        self._line = line
        self._prober = prober
        self._probes = probes
        self._links = links
        self._greeting: Answer | None = None

    def steps(self) -> Iterator[_Step]:
        """List the lines in order."""
        yield _Step(check=Check.ACCOUNT_ID, act=self._account)
        yield _Step(check=Check.HOST, needs=("account-id",), act=self._hosts)
        yield _Step(check=Check.DNS, needs=("host",), act=self._name)
        yield _Step(check=Check.TLS, needs=("dns",), act=self._reach)
        yield _Step(check=Check.CLOCK, needs=("tls",), act=self._clock)
        yield _Step(check=Check.AUTHENTICATION, needs=("tls", "clock"), act=self._sign_in)
        for check, part, title, needs, act in self._probes.lines():
            yield _Step(check=check, part=part, title=title, needs=needs, act=act)
        yield from self._linked()
        yield _Step(check=Check.END_OF_LIFE, act=self._future)

    def _linked(self) -> Iterator[_Step]:
        types = tuple(self._links.types())
        ground = ("permissions:suiteql",)
        for name, title in types:
            act = functools.partial(self._links.compare, name)
            yield _Step(check=Check.LINKS, part=name, title=title, needs=ground, act=act)
        if not types:
            said = "no record is linked yet"
            yield _Step(check=Check.LINKS, needs=ground, act=lambda: Found(said=said))

    def _account(self) -> Found:
        account = self._line.credentials.account
        try:
            AccountId.parse(account.value)
        except AccountIdError as error:
            return _unusable(str(error))
        return Found(said=f"{account.value}, {account.environment_label}")

    def _hosts(self) -> Found:
        try:
            origin = self._line.origin
        except (AccountIdError, ValueError) as error:
            return _unusable(str(error))
        found = confirm_hosts(self._line, seconds=self._prober.left())
        return found if found.problem is not None or found.is_warning else Found(said=f"{found.said}: {origin}")

    def _name(self) -> Found:
        name = urlsplit(self._line.origin).hostname or ""
        refused = self._line.transport.find_host(name, seconds=self._prober.left())
        if refused:
            said = f"The name {name} is not found: {refused}."
            return Found(said=said, problem=Problem(code="NS-NET-001", facts={"host": name, "said": said}))
        return Found(said=f"{name} is found")

    def _reach(self) -> Found:
        answer = self._greeting = self._prober.send_unsigned(lambda: Request(method="GET", url=f"{self._line.origin}/"))
        if not isinstance(answer, Response):
            return self._prober.failed(answer, "the host", "")
        if self._line.origin.startswith("https:"):
            return Found(said=f"{self._line.host} answered, and its certificate is valid")
        return Found(said=f"{self._line.host} answered; a simulator of the settings file is spoken to without TLS")

    def _clock(self) -> Found:
        offset = None if self._greeting is None else clock_offset(self._line, self._greeting)
        if offset is None:
            return Found(said="NetSuite's answer carried no time to compare with", is_warning=True)
        said = f"{abs(offset):.0f} seconds {'ahead of' if offset > 0 else 'behind'} NetSuite's"
        if abs(offset) > CLOCK_LIMIT_SECONDS:
            return Found(said=said, problem=clock_problem(offset))
        if abs(offset) > _CLOCK_WARNING_SECONDS:
            return Found(said=said, problem=clock_problem(offset), is_warning=True)
        return Found(said=said)

    def _sign_in(self) -> Found:
        line = self._line
        answer = self._probes.now()
        refusal = refusal_of(answer) if isinstance(answer, Response) else None
        is_refused = refusal is not None and refusal.turn is Turn.LOGIN
        if is_refused:
            line.logins.refused(line.credentials, 1)
        if refusal is not None and is_refused and line.credentials.account.environment is Environment.SANDBOX:
            # A refresh takes integration records and tokens away, and NetSuite says no more than that (quality.md U11).
            facts = {"account": line.credentials.account.value, "said": refusal.said}
            problem = Problem(code="NS-AUTH-003", facts=facts)
            return Found(said=problem.cause, problem=problem)
        is_let_in = refusal is None or refusal.turn in {Turn.PERMISSION, Turn.MALFORMED}
        if not isinstance(answer, Response) or not is_let_in or is_page(answer):
            return self._prober.failed(answer, "the account", "")
        line.logins.accepted(line.credentials)
        return Found(said=f"NetSuite let the {line.credentials.shown} in")

    def _future(self) -> Found:
        today = self._line.signer.clock.now().date()
        credentials = self._line.credentials
        if isinstance(credentials, ClientCredentials):
            return _end_of_certificate(credentials, today)
        days = days_left(TBA_END.day, today)
        said = f"NetSuite ends token-based authentication with release {TBA_END.release}, in {max(days, 0):,} days at the earliest"
        if days > NOTICE_DAYS:
            return Found(said=said)
        facts = {"what": TBA_END.what, "release": TBA_END.release, "said": f"{said}.", "remedy": TBA_END.remedy}
        return Found(said=said, problem=Problem(code="NS-END-001", facts=facts), is_warning=True)


def _end_of_certificate(credentials: ClientCredentials, today: date) -> Found:
    """Say when the certificate ends, where it is known: NetSuite takes OAuth 2.0 without an announced end."""
    said = "NetSuite has announced no end of OAuth 2.0 client credentials"
    ends_at = end_of(credentials.certificate)
    if ends_at is None:
        return Found(said=f"{said}; when the certificate ends is not known here")
    days = days_left(ends_at.date(), today)
    said = f"{said}; the certificate is good until {ends_at:%Y-%m-%d}, {days:,} days"
    if days > STAGES[0]:
        return Found(said=said)
    facts = {
        "certificate": credentials.certificate_id,
        "day": f"{ends_at:%Y-%m-%d}",
        "said": f"{max(days, 0)} days are left.",
    }
    return Found(said=said, problem=Problem(code="NS-CERT-005", facts=facts), is_warning=days >= 0)


def _unusable(said: str) -> Found:
    facts = {"what": "the account's address is not usable", "said": said, "remedy": "Enter the account id again."}
    return Found(said=said, problem=Problem(code="SB-RUN-001", facts=facts))
