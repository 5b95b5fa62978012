"""Answers sign-in and sign-out."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from suitebridge.administration.staffing import note_sign_in
from suitebridge.bootstrap import House
from suitebridge.console import links, sessions
from suitebridge.console.access import Arrival, Visit, open_visit
from suitebridge.console.shell import Shell
from suitebridge.console.showing import show_bare
from suitebridge.console.signing_in.page import REFUSED, SignInPage, sign_in_page
from suitebridge.console.signing_in.throttling import refusal_of
from suitebridge.domain.people import Door


def sign_in(arrival: Arrival) -> HttpResponse:
    """Show the form, or let somebody in."""
    request = arrival.request
    wanted = _safe(request, (request.POST if request.method == "POST" else request.GET).get("next", ""))
    if request.method != "POST":
        return _show(request, sign_in_page(wanted=wanted, is_empty=not arrival.house.companies.all()))
    company, user = request.POST.get("company", ""), request.POST.get("user", "")
    password = request.POST.get("password", "")
    person = authenticate(request, username=user, password=password, company=company)
    if person is None:
        is_locked = getattr(request, "axes_locked_out", False)
        refusal = refusal_of(request, REFUSED)
        status = HTTPStatus.TOO_MANY_REQUESTS if is_locked else HTTPStatus.UNPROCESSABLE_ENTITY
        return _show(request, sign_in_page(company=company, user=user, wanted=wanted, refusal=refusal), status)
    admit(request, arrival.house, person)
    return HttpResponseRedirect(wanted or links.address("home"))


def sign_out(visit: Visit) -> HttpResponse:
    """End the session and have the browser forget what it kept of it."""
    logout(visit.request)
    response = HttpResponseRedirect(links.address("sign-in"))
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def admit(request: HttpRequest, house: House, person: AbstractBaseUser) -> None:
    """Let somebody in: a session under a new key, even for who had one already, with its clocks and a line in the trail.

    Sessions that ended by themselves are swept out on the way.
    """
    request.session.flush()
    request.session.clear_expired()
    login(request, person)  # type: ignore[arg-type]  # the settings make every person one of ours
    sessions.begin(request.session, house.clock.now())
    visit = open_visit(request, house)
    if visit is not None:
        note_sign_in(visit.store, visit.user, Door.CONSOLE)


def _show(request: HttpRequest, page: SignInPage, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    return show_bare(request, "signing_in/sign_in.html", page, shell=Shell(title="Sign in"), status=status)


def _safe(request: HttpRequest, wanted: str) -> str:
    """Keep an address only if it leads into this console."""
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else ""
