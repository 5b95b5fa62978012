"""Proves a connection step by step: each step says what it found, and a failed one what to do. Nothing is written, nothing raised.

Every step sends one request alone, outside the governor: a check runs beside a run and uses the slot that the governor leaves.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from suitebridge.adapters.netsuite import suiteql as queries
from suitebridge.adapters.netsuite.confirming import Found, confirm_hosts
from suitebridge.adapters.netsuite.conversing import CLOCK_LIMIT_SECONDS, Line, clock_offset, clock_problem, refusal_of
from suitebridge.adapters.netsuite.faults import Refusal, Turn, open_soap, rest_refusal
from suitebridge.adapters.netsuite.tables import place_of
from suitebridge.adapters.netsuite.telling import Purpose, problem_of_refusal, problem_of_unsent
from suitebridge.adapters.transport import Answer, NotSent, RequestMaker, Uncertain
from suitebridge.domain.credentials import AccountIdError
from suitebridge.domain.errors import Problem, SuiteBridgeError
from suitebridge.ports.netsuite import CheckState, CheckStep
from suitebridge.wire.http import Request, Response
from suitebridge.wire.rest import suiteql, system
from suitebridge.wire.rest.json import UnreadableJsonError
from suitebridge.wire.soap import get_server_time
from suitebridge.wire.xml import UnreadableXmlError

_CLOCK_WARNING_SECONDS = 60


_Try: TypeAlias = Callable[[], Found]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """A step, the steps that must hold before it is tried, and how it is tried."""

    name: str
    title: str
    needs: tuple[str, ...]
    act: _Try


def check(line: Line, record_types: Sequence[str]) -> list[CheckStep]:
    """Try every step whose ground holds."""
    done: dict[str, CheckStep] = {}
    for step in _Checks(line).steps(record_types):
        blocking = [done[need] for need in step.needs if done[need].state in {CheckState.FAILED, CheckState.NOT_RUN}]
        done[step.name] = _not_run(step, blocking[0]) if blocking else _tried(step)
    return list(done.values())


def _not_run(step: _Step, blocking: CheckStep) -> CheckStep:
    said = f"Not tried, because this comes first: {blocking.title}."
    return CheckStep(name=step.name, title=step.title, state=CheckState.NOT_RUN, said=said)


def _tried(step: _Step) -> CheckStep:
    try:
        found = step.act()
    except SuiteBridgeError as error:
        found = Found(said=error.problem.cause, problem=error.problem)
    if found.problem is None:
        state = CheckState.WARNED if found.is_warning else CheckState.PASSED
    else:
        state = CheckState.WARNED if found.is_warning else CheckState.FAILED
    return CheckStep(name=step.name, title=step.title, state=state, said=found.said, problem=found.problem)


class _Checks:
    """The steps of one check; answers that several of them look at are asked for once."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._greeting: Answer | None = None
        self._now: Answer | None = None

    def steps(self, record_types: Sequence[str]) -> list[_Step]:
        """List the steps in order."""
        plurals = {name: _plural(name) for name in record_types}
        return [
            _Step(name="account", title="The account id names a host", needs=(), act=self._account),
            _Step(name="discovery", title="NetSuite confirms the hosts", needs=("account",), act=self._discovery),
            _Step(name="host", title="The host can be reached", needs=("account", "discovery"), act=self._host),
            _Step(name="clock", title="This machine's clock agrees with NetSuite's", needs=("host",), act=self._clock),
            _Step(
                name="credentials", title="The credentials are accepted", needs=("host", "clock"), act=self._credentials
            ),
            _Step(name="rest", title="The role may use REST web services", needs=("credentials",), act=self._rest),
            _Step(name="suiteql", title="The role may use SuiteQL", needs=("rest",), act=self._suiteql),
            _Step(name="soap", title="The role may use SOAP web services", needs=("credentials",), act=self._soap),
            *(
                _Step(
                    name=f"record:{name}", title=f"{plural} can be read", needs=("suiteql",), act=self._readable(name)
                )
                for name, plural in plurals.items()
            ),
            _Step(name="concurrency", title="The concurrency limit is known", needs=("rest",), act=self._concurrency),
        ]

    def _account(self) -> Found:
        account = self._line.credentials.account
        try:
            origin = self._line.origin
        except (AccountIdError, ValueError) as error:
            facts = {
                "what": "the account's address is not usable",
                "said": str(error),
                "remedy": "Enter the account id again.",
            }
            return Found(said=str(error), problem=Problem(code="SB-RUN-001", facts=facts))
        return Found(said=f"{account.value} ({account.environment_label}) at {origin}")

    def _discovery(self) -> Found:
        return confirm_hosts(self._line)

    def _host(self) -> Found:
        answer = self._greeting = self._send(lambda: Request(method="GET", url=f"{self._line.origin}/"))
        if isinstance(answer, Response):
            return Found(said=f"{self._line.host} answered")
        return self._failed(answer, "the host", "")

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

    def _credentials(self) -> Found:
        line = self._line
        answer = self._now = self._send(line.query(queries.ASK_NOW, 1))
        refusal = refusal_of(answer) if isinstance(answer, Response) else None
        if refusal is not None and refusal.turn is Turn.LOGIN:
            line.logins.refused(line.credentials, 1)
        is_let_in = refusal is None or refusal.turn in {Turn.PERMISSION, Turn.MALFORMED}
        if not isinstance(answer, Response) or not is_let_in:
            return self._failed(answer, "the account", "")
        line.logins.accepted(line.credentials)
        return Found(said=f"NetSuite let the token {line.credentials.token_id[:6]}… in")

    def _rest(self) -> Found:
        """Pass where SuiteQL answered, for it comes through REST; only otherwise ask REST itself."""
        if isinstance(self._now, Response) and self._now.status == 200:
            return Found(said="REST answered")
        answer = self._send(self._line.read(system.SERVER_TIME_PATH))
        refusal = rest_refusal(answer) if isinstance(answer, Response) else None
        if isinstance(answer, Response) and (refusal is None or refusal.turn is Turn.MALFORMED):
            return Found(said="REST answered")
        return self._failed(answer, "REST web services", "REST Web Services")

    def _suiteql(self) -> Found:
        answer = self._now
        if isinstance(answer, Response) and answer.status == 200:
            try:
                rows = suiteql.read_page(answer.body).rows
            except UnreadableJsonError as error:
                return self._unreadable(str(error))
            return Found(said=f"NetSuite's time is {rows[0].get(queries.NOW)}" if rows else "SuiteQL answered")
        return self._failed(answer, "SuiteQL", "SuiteAnalytics Workbook")

    def _soap(self) -> Found:
        answer = self._send(self._line.soap(get_server_time.OPERATION, get_server_time.CONTENT))
        opened = open_soap(answer) if isinstance(answer, Response) else answer
        if isinstance(opened, Refusal | NotSent | Uncertain):
            return self._failed(opened, "SOAP web services", "SOAP Web Services")
        try:
            return Found(said=f"NetSuite's time is {get_server_time.read_answer(opened).isoformat(timespec='seconds')}")
        except UnreadableXmlError as error:
            return self._unreadable(str(error))

    def _readable(self, record_type: str) -> _Try:
        def act() -> Found:
            schema = place_of(record_type).schema
            answer = self._send(self._line.query(queries.select_any(record_type), 1))
            if isinstance(answer, Response) and answer.status == 200:
                try:
                    rows = suiteql.read_page(answer.body).rows
                except UnreadableJsonError as error:
                    return self._unreadable(str(error))
                return Found(said="readable" if rows else "readable, and there are none")
            return self._failed(answer, schema.plural, f"View for {schema.plural}")

        return act

    def _concurrency(self) -> Found:
        answer = self._send(self._line.read(system.GOVERNANCE_PATH))
        ceiling = self._line.governor.pace.ceiling
        if not isinstance(answer, Response) or answer.status != 200:
            said = f"NetSuite did not say (only an administrator's role may ask); at most {ceiling} requests go out at once"
            return Found(said=said, is_warning=True)
        try:
            limits = system.read_governance(answer.body)
        except UnreadableJsonError as error:
            return Found(said=f"NetSuite's answer could not be read: {error}", is_warning=True)
        said = (
            f"{limits.integration} of the account's {limits.account} slots; at most {ceiling} requests go out at once"
        )
        return Found(said=said, is_warning=limits.integration < ceiling)

    def _send(self, make: RequestMaker) -> Answer:
        (answer,) = self._line.transport.exchange([make])
        return answer

    def _failed(self, answer: Answer | Refusal | None, what: str, permission: str) -> Found:
        line = self._line
        purpose = Purpose(account=line.credentials.account.value, host=line.host, what=what, permission=permission)
        refusal = (refusal_of(answer) if isinstance(answer, Response) else answer) if answer is not None else None
        match refusal:
            case NotSent():
                problem = problem_of_unsent(refusal, purpose)
            case Uncertain(reason=reason):
                problem = Problem(
                    code="NS-NET-001", facts={"host": line.host, "said": f"No complete answer came: {reason}."}
                )
            case Refusal():
                problem = problem_of_refusal(refusal, purpose)
            case None:
                return self._unreadable("an ordinary answer where none was expected")
        return Found(said=problem.cause, problem=problem)

    def _unreadable(self, reason: str) -> Found:
        said = f"{self._line.host} answered what cannot be used: {reason}."
        return Found(said=said, problem=Problem(code="NS-OUT-002", facts={"said": said}))


def _plural(record_type: str) -> str:
    try:
        return place_of(record_type).schema.plural
    except SuiteBridgeError:
        return record_type
