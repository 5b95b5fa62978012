"""Who may open which page: every route declares what it needs, and a route without a declaration answers nobody.

The company comes from the signed-in session and from nowhere else: an id in an address is only ever looked up in that company's store.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import TypeAlias
from urllib.parse import urlsplit

from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import URLPattern, path
from django_htmx.http import HttpResponseClientRedirect

from suitebridge.administration.permitting import RoleNeed, meets, permission_of
from suitebridge.administration.refusing import note_refused_act
from suitebridge.administration.securing import lacks_second_factor
from suitebridge.administration.watching import note_read
from suitebridge.bootstrap import House
from suitebridge.console import links, sessions
from suitebridge.console.framing import is_framed, let_frame
from suitebridge.console.invitations import Invitation
from suitebridge.console.sides import NetSuiteAddress
from suitebridge.console.visitors import address_of
from suitebridge.domain.errors import Problem, RunStoppedError, SuiteBridgeError
from suitebridge.domain.people import Door, Permission, User
from suitebridge.domain.sessions import Session
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.runs import Run


class Access(enum.Enum):
    """What a route may declare instead of a permission."""

    ANYONE = "anyone"
    SIGNED_IN = "anyone signed in"


Need: TypeAlias = RoleNeed | Access


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A request from whoever it may be."""

    request: HttpRequest
    house: House
    invitation: Invitation


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A request of somebody who is signed in, with the store of their company.

    `proof_problem` says what was wrong when a form asked once more for the password.
    """

    request: HttpRequest
    house: House
    store: CompanyStore
    user: User
    session: Session
    proof_problem: str = ""

    @property
    def is_fresh(self) -> bool:
        """Whether the visitor has proven lately who they are (quality.md S09)."""
        return self.session.is_fresh(self.house.clock.now())

    @property
    def workflows(self) -> Mapping[str, Workflow]:
        """The company's workflows as its configuration makes them, inactive ones among them."""
        return self.house.workflows_of(self.store)

    def workflows_of(self, run: Run) -> Mapping[str, Workflow]:
        """Give the company's workflows as a run carries them out, which keeps the configuration that it began with."""
        return self.house.workflows_of(self.store, run.configuration)

    def may(self, permission: Permission) -> bool:
        """Whether the visitor's role grants a permission."""
        return self.user.role.allows(permission)

    def may_view(self, record_type: str) -> bool:
        """Whether the visitor's role may see records of a type."""
        return self.user.role.may_view(record_type)

    def netsuite_address(self) -> NetSuiteAddress:
        """Give what finds the pages of NetSuite records; without a usable connection no record has one."""
        try:
            return self.house.open_gateway(self.store).record_url
        except SuiteBridgeError:
            return lambda _type, _id: ""


View: TypeAlias = Callable[..., HttpResponse]
"""Takes a `Visit` (an `Arrival` where anyone may come in) and the parts of the address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One address: its name, its path, the view that answers, what it needs, and the methods it takes (GET brings HEAD).

    `without_second_factor`: open to who must set one up first. `takes_reports`: sent by browsers by themselves, without a form's token.
    `within`: answers within a frame of NetSuite's, too.
    """

    name: str
    path: str
    view: View
    needs: Need
    methods: tuple[str, ...] = ("GET",)
    without_second_factor: bool = False
    takes_reports: bool = False
    within: bool = False

    @property
    def pattern(self) -> URLPattern:
        """Give the framework's pattern, with the view behind its guard."""
        return path(self.path, Guard(self), name=self.name)


class Guard:
    """Lets a request through to a route's view only if its visitor may; it is what the framework calls."""

    def __init__(self, route: Route) -> None:
        self.route = route
        self.csrf_exempt = route.takes_reports

    def __call__(self, request: HttpRequest, **parts: str | int) -> HttpResponse:
        """Answer a request, or say why not."""
        route = self.route
        allowed = (*route.methods, "HEAD") if "GET" in route.methods else route.methods
        if request.method not in allowed:
            return HttpResponseNotAllowed(allowed)
        house: House = request.house  # type: ignore[attr-defined]
        if is_framed(request) and not route.within:
            raise Http404
        if route.needs is Access.ANYONE:
            invitation: Invitation = request.invitation  # type: ignore[attr-defined]
            return route.view(Arrival(request=request, house=house, invitation=invitation), **parts)
        visit = open_visit(request, house)
        if visit is None:
            return ask_to_sign_in(request)
        request.visit = visit  # type: ignore[attr-defined]
        let_frame(request, visit.store)
        if not route.without_second_factor and lacks_second_factor(visit.store, visit.user):
            return _send(request, links.address("second-factor"))
        record_type = str(parts.get("record_type", ""))
        if not isinstance(route.needs, Access) and not meets(visit.user.role, route.needs, record_type=record_type):
            note_refused_act(visit.store, visit.user, f"open the page “{route.name}”", Door.CONSOLE)
            raise PermissionMissingError(permission_of(route.needs))
        answer = route.view(visit, **parts)
        if not isinstance(route.needs, Access) and request.method == "GET" and answer.status_code == HTTPStatus.OK:
            about = f" of the type {record_type}" if record_type else ""
            note_read(visit.store, visit.user, f"open the page “{route.name}”{about}", Door.CONSOLE)
        return answer


class PermissionMissingError(Exception):
    """The visitor is known, and their role does not grant what the route needs."""

    def __init__(self, permission: Permission) -> None:
        super().__init__(permission.value)
        self.permission = permission


def open_visit(request: HttpRequest, house: House) -> Visit | None:
    """Find who is signed in; end the session of anybody who may not be any more. A poll does not count as being there."""
    person = request.user
    if not person.is_authenticated:
        return None
    now = house.clock.now()
    store = house.companies.store(person.company_id, address=address_of(request, house))
    user = store.people.by_record(str(person.number))
    session = sessions.present(request, store, user, now) if user is not None and user.may_sign_in else None
    if user is None or session is None:
        logout(request)
        return None
    if "HX-Request" not in request.headers:
        sessions.touch(store, session, now)
    return Visit(request=request, house=house, store=store, user=user, session=session)


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send a visitor to the sign-in page and remember where they wanted to go; a poll sends its whole page there."""
    if is_framed(request):
        raise RunStoppedError(Problem(code="SB-SSO-006"))
    if "HX-Request" in request.headers:
        here = urlsplit(request.headers.get("HX-Current-URL", ""))
        return _send(request, links.address("sign-in", query={"next": here.path}))
    wanted = request.get_full_path() if request.method == "GET" else ""
    return _send(request, links.address("sign-in", query={"next": "" if wanted == "/" else wanted}))


def _send(request: HttpRequest, address: str) -> HttpResponse:
    return HttpResponseClientRedirect(address) if "HX-Request" in request.headers else HttpResponseRedirect(address)
