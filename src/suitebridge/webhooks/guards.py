"""Lets a request of another system through to its view only if it is signed with the company's key, at this moment, for the first time (quality.md S51).

Whoever is refused learns nothing: an unknown company, a company without a key and a wrong signature are one answer, and take one way.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Final, Protocol, TypeAlias

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse

from suitebridge.bootstrap import House
from suitebridge.domain.credentials import Secret
from suitebridge.domain.errors import Problem, SuiteBridgeError
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.people import Door, Stamp
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.request_keys import Fresh
from suitebridge.wire.pushes import MOST_BYTES, is_recent, is_signed

TIMESTAMP, SIGNATURE = "X-SuiteBridge-Timestamp", "X-SuiteBridge-Signature"
NETSUITE: Final = "NetSuite"
_SIGNATURES: Final = "push signature"
_NO_KEY: Final = Secret("there is no such key")
_STATUS: Final = {
    "SB-PUSH-001": HTTPStatus.UNAUTHORIZED,
    "SB-PUSH-002": HTTPStatus.CONFLICT,
    "SB-PUSH-003": HTTPStatus.BAD_REQUEST,
    "SB-PUSH-004": HTTPStatus.TOO_MANY_REQUESTS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """What may come at once from an address, and how much for each second after that."""

    burst: int
    per_second: float


OF_AN_ADDRESS = Pace(burst=300, per_second=5)


class Rates(Protocol):
    """What counts requests."""

    def take(self, name: str, pace: Pace, *, now: datetime) -> int:
        """Take one from a bucket; give the seconds to wait where it is empty, else 0."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A request that is what it claims to be."""

    house: House
    store: CompanyStore
    body: bytes

    @property
    def workflows(self) -> Mapping[str, Workflow]:
        """The company's workflows as its configuration makes them."""
        return self.house.workflows_of(self.store)


View: TypeAlias = Callable[..., HttpResponse]


class Guard:
    """Verifies requests before their view; it is what the framework calls. Its callers have no form, so there is no form's token."""

    csrf_exempt = True

    def __init__(self, view: View, method: str) -> None:
        self._view = view
        self._method = method

    def __call__(self, request: HttpRequest, company: str, **parts: str) -> HttpResponse:
        """Answer a request, or say why not."""
        if request.method != self._method:
            return HttpResponseNotAllowed([self._method])
        house: House = request.house  # type: ignore[attr-defined]
        rates: Rates = request.rates  # type: ignore[attr-defined]
        address = house.visitor_address(request.META.get("REMOTE_ADDR", ""))
        wait = rates.take(f"push {address}", OF_AN_ADDRESS, now=house.clock.now())
        if wait:
            return tell(Problem(code="SB-PUSH-004", facts={"seconds": str(wait)}))
        try:
            body = _body(request)
        except (RequestDataTooBig, ValueError):
            said = f"It has more than {MOST_BYTES:,} bytes."
            return tell(Problem(code="SB-PUSH-003", facts={"said": said}), HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        try:
            store = _verified(request, house, company, body, address)
        except SuiteBridgeError as error:
            return tell(error.problem)
        return tell(Problem(code="SB-PUSH-001")) if store is None else self._answer(house, store, body, parts)

    def _answer(self, house: House, store: CompanyStore, body: bytes, parts: dict[str, str]) -> HttpResponse:
        try:
            return self._view(Delivery(house=house, store=store, body=body), **parts)
        except SuiteBridgeError as error:
            return tell(error.problem)


def tell(problem: Problem, status: HTTPStatus | None = None) -> HttpResponse:
    """Answer with what is wrong."""
    document = {"code": problem.code, "title": problem.title, "cause": problem.cause, "remedy": problem.remedy}
    chosen = status or _STATUS.get(problem.code, HTTPStatus.CONFLICT)
    answer = HttpResponse(json.dumps(document), content_type="application/problem+json", status=chosen)
    if problem.code == "SB-PUSH-004":
        answer["Retry-After"] = problem.facts["seconds"]
    return answer


def accept(document: object, status: HTTPStatus) -> HttpResponse:
    """Answer a request that was taken."""
    return JsonResponse(document, status=status)


def _body(request: HttpRequest) -> bytes:
    """Read a body. Raise `ValueError` for one that is too long, before any of it is read where it says so itself."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES or len(body := request.body) > MOST_BYTES:
        raise ValueError
    return body


def _verified(request: HttpRequest, house: House, company: str, body: bytes, address: str) -> CompanyStore | None:
    try:
        store = house.companies.store(company, address=address)
    except LookupError:
        store = None
    key = store.real_time.key() if store is not None else None
    timestamp, signature = request.headers.get(TIMESTAMP, ""), request.headers.get(SIGNATURE, "")
    used = (key or _NO_KEY).reveal()
    is_right = is_signed(
        used, signature, timestamp=timestamp, method=request.method or "", path=request.path, body=body
    )
    now = house.clock.now()
    is_right = is_right and is_recent(timestamp, int(now.timestamp()))
    if store is None or key is None:
        return None
    if not is_right:
        _note(store, "it is not signed as it must be")
        return None
    claim = store.request_keys.claim(_SIGNATURES, signature, request="", at=now)
    if not isinstance(claim, Fresh):
        _note(store, "it was received before")
        said = "The same signature came within the last day: somebody sends it again."
        raise SuiteBridgeError(Problem(code="SB-PUSH-002", facts={"said": said}))
    return store


def _note(store: CompanyStore, said: str) -> None:
    """Write a refusal down, the same one once in a while: a stranger cannot fill the trail."""
    event = Event(name=EventName.PUSH_REFUSED, subject_type="connection", subject_id="netsuite", subject=said)
    store.notes.note(event, stamp=Stamp(author_id="", author_name="Somebody", door=Door.PUSH))
