"""Who may call which address: every endpoint declares what it needs, and a request without a good token is answered 401.

The company comes from the token and from nowhere else. Cookies are never looked at, so that no other site can make a browser act here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import TypeAlias

from django.http import HttpRequest, HttpResponseBase
from ninja.security import HttpBearer

from suitebridge.administration.admitting import Recognized, missing_scope, recognize
from suitebridge.administration.permitting import RoleNeed, meets, permission_of, refusal
from suitebridge.administration.refusing import note_problem, note_refused_act
from suitebridge.administration.watching import note_read
from suitebridge.api.endings import Ending, announce
from suitebridge.api.problems import answer
from suitebridge.api.rates import OF_A_STRANGER, OF_A_TOKEN, OF_ALL, Pace, Rates
from suitebridge.api.reading import MOST_BYTES, is_sound
from suitebridge.api.repeating import Again, answer_once
from suitebridge.bootstrap import House
from suitebridge.domain.credentials import AccountId, Secret
from suitebridge.domain.errors import Problem
from suitebridge.domain.people import Door, Stamp, User
from suitebridge.domain.scopes import Scope
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.runs import Run

JSON = "application/json"
MOST_QUERY = 2_000
_WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
Need: TypeAlias = RoleNeed | None
"""A permission, the right to see records of a type, or None where a good token is enough: the use case then says what it needs of whom."""

View: TypeAlias = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Whose token a request carries, with the store of their company."""

    house: House
    store: CompanyStore
    user: User
    scopes: frozenset[Scope]

    @property
    def workflows(self) -> Mapping[str, Workflow]:
        """The company's workflows as its configuration makes them, inactive ones among them."""
        return self.house.workflows_of(self.store)

    def workflows_of(self, run: Run) -> Mapping[str, Workflow]:
        """Give the company's workflows as a run carries them out, which keeps the configuration that it began with."""
        return self.house.workflows_of(self.store, run.configuration)

    @property
    def stamp(self) -> Stamp:
        """Give the author of what is done here."""
        return Stamp(author_id=self.user.id, author_name=self.user.name, door=Door.API)


def caller_of(request: HttpRequest) -> Caller:
    """Give whom the guard let in."""
    caller: Caller = request.caller  # type: ignore[attr-defined]
    return caller


def note_refusal(request: HttpRequest, problem: Problem) -> None:
    """Write into the trail that a caller asked for what their role does not allow."""
    caller = getattr(request, "caller", None)
    if isinstance(caller, Caller):
        note_problem(caller.store, caller.user, problem, Door.API)


class ApiToken(HttpBearer):
    """Says in the document how requests are signed; who may do what was decided by the guard before."""

    def authenticate(self, request: HttpRequest, _token: str) -> Caller:
        """Give whom the guard let in."""
        return caller_of(request)


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What one method of an address needs of the user and of the token, what it is for (it completes “You may not …”), and which query values it takes.

    `is_keyed` is what makes something once for each Idempotency-Key; `again` shows what was made, None where it is shown only once;
    `ending` is when the operation ends, None for one that stays.
    """

    needs: Need
    scope: Scope
    act: str
    query: frozenset[str] = frozenset()
    is_keyed: bool = False
    again: Again | None = None
    ending: Ending | None = None


class Guard:
    """Lets a request through to an address's view only if its caller may; it is what the framework calls."""

    csrf_exempt = True
    """Only the header with the token opens anything here; no browser sends it by itself."""

    def __init__(self, view: View | None, demands: Mapping[str, Demand]) -> None:
        self.view = view
        self.demands = demands

    def __call__(self, request: HttpRequest, **parts: str | int) -> HttpResponseBase:
        """Answer a request, or say why not; whoever has a good token is told with each answer which account the company works with."""
        house: House = request.house  # type: ignore[attr-defined]
        found = _recognized(request, house)
        response = self._answer(request, house, found, parts)
        demand = self.demands.get(request.method or "")
        if found is not None:
            _name_account(response, found.store)
        if demand is not None and demand.ending is not None:
            announce(response, demand.ending)
        return response

    def _answer(
        self, request: HttpRequest, house: House, found: Recognized | None, parts: Mapping[str, str | int]
    ) -> HttpResponseBase:
        hasty = _too_many(request, house, found)
        if hasty is not None:
            return answer(request, hasty)
        if found is None:
            return answer(request, Problem(code="SB-TOK-001"))
        if self.view is None:
            return answer(
                request, Problem(code="SB-API-002", facts={"said": f"{request.path} is no address of the API."})
            )
        method = request.method or ""
        demand = self.demands.get(method)
        if demand is None:
            methods = ", ".join(sorted(self.demands))
            response = answer(request, Problem(code="SB-API-007", facts={"method": method, "said": methods}))
            response["Allow"] = methods
            return response
        problem = _forbidden(found, demand, str(parts.get("record_type", ""))) or _unfit(request, demand)
        if problem is not None:
            return answer(request, problem)
        request.caller = Caller(  # type: ignore[attr-defined]
            house=house, store=found.store, user=found.user, scopes=found.card.scopes
        )
        view = self.view
        if not demand.is_keyed:
            shown = view(request, **parts)
            if demand.needs is not None and method == "GET" and shown.status_code == HTTPStatus.OK:
                note_read(found.store, found.user, _told(demand.act, str(parts.get("record_type", ""))), Door.API)
            return shown
        return answer_once(
            request,
            found.store.request_keys,
            found.user,
            clock=house.clock,
            again=demand.again,
            respond=lambda: view(request, **parts),
        )


def _name_account(response: HttpResponseBase, store: CompanyStore) -> None:
    """Mark an answer with the connection's account and environment (quality.md U05)."""
    connection = store.connections.get()
    if connection is not None and connection.account_id:
        account = AccountId(value=connection.account_id)
        response["NetSuite-Account"] = account.value
        response["NetSuite-Environment"] = account.environment_label


def _recognized(request: HttpRequest, house: House) -> Recognized | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.casefold() != "bearer":
        return None
    return recognize(
        house.companies,
        Secret(token.strip()),
        address=house.visitor_address(request.META.get("REMOTE_ADDR", "")),
        now=house.clock.now(),
    )


def _too_many(request: HttpRequest, house: House, found: Recognized | None) -> Problem | None:
    """Count a request, and say how long to wait where there were too many of its kind."""
    rates: Rates = request.rates  # type: ignore[attr-defined]
    own: tuple[str, Pace, str]
    if found is None:
        own = (
            f"address {request.META.get('REMOTE_ADDR', '')}",
            OF_A_STRANGER,
            "without a good token from this address",
        )
    else:
        own = (f"token {found.store.company.id} {found.card.id}", OF_A_TOKEN, "with this token")
    for name, pace, whose in (own, ("all", OF_ALL, "in all")):
        seconds = rates.take(name, pace, now=house.clock.now())
        if seconds:
            said = f"There were more than {pace.burst:,} requests {whose} within a short time; {pace.per_second:,} a second go on."
            return Problem(code="SB-TOK-003", facts={"said": said, "seconds": str(seconds)})
    return None


def _forbidden(found: Recognized, demand: Demand, record_type: str) -> Problem | None:
    """Say what the user's role lacks, or else the token."""
    if demand.needs is not None and not meets(found.user.role, demand.needs, record_type=record_type):
        # Without the type, which anybody may make up: what is refused must not fill the trail.
        note_refused_act(found.store, found.user, demand.act, Door.API)
        return refusal(found.user, permission_of(demand.needs), _told(demand.act, record_type)).problem
    if demand.scope not in found.card.scopes:
        return missing_scope(demand.scope, found.card.scopes, demand.act).problem
    return None


def _told(act: str, record_type: str) -> str:
    return f"{act} of the type {record_type}" if record_type else act


def _unfit(request: HttpRequest, demand: Demand) -> Problem | None:
    """Say what is wrong with a request before its contents are read."""
    if len(request.META.get("QUERY_STRING", "")) > MOST_QUERY:
        return Problem(code="SB-API-005", facts={"said": f"The query has more than {MOST_QUERY} characters."})
    strangers = sorted(request.GET.keys() - demand.query)
    if strangers:
        return Problem(code="SB-API-001", facts={"said": f"The address takes no {', '.join(strangers)}."})
    if not all(is_sound(value) for values in request.GET.lists() for value in values[1]):
        return Problem(code="SB-API-001", facts={"said": "The query holds a character that cannot be stored."})
    if any(len(values) > 1 for _, values in request.GET.lists()):
        return Problem(code="SB-API-001", facts={"said": "The query names a value twice."})
    length = request.META.get("CONTENT_LENGTH") or "0"
    size = int(length) if length.isdecimal() else 0
    if size > MOST_BYTES:
        return Problem(code="SB-API-005", facts={"said": f"It has {size:,} bytes; at most {MOST_BYTES:,} are read."})
    said = request.content_type or "nothing"
    if size and request.method in _WRITES and said != JSON:
        return Problem(code="SB-API-006", facts={"said": said})
    return None
