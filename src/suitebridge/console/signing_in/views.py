"""Answers sign-in and sign-out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from django.contrib.auth import authenticate, get_backends, login, logout
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme

from suitebridge.administration.proving import check_claim
from suitebridge.administration.recognizing import companies_with_sign_on
from suitebridge.administration.securing import WRONG_CODE, check_second_factor
from suitebridge.administration.staffing import note_sign_in, stamp_for
from suitebridge.bootstrap import House
from suitebridge.console import links, sessions
from suitebridge.console.access import Arrival, Visit
from suitebridge.console.framing import let_frame
from suitebridge.console.shell import Shell
from suitebridge.console.showing import show_bare
from suitebridge.console.signing_in.page import REFUSED, CodePage, SignInPage, code_page, sign_in_page
from suitebridge.console.visitors import address_of, claim_of
from suitebridge.domain.errors import RunStoppedError
from suitebridge.domain.people import Door, User
from suitebridge.domain.sessions import Way
from suitebridge.ports.companies import CompanyStore

_TOO_MANY = "SB-AUTH-003"
_HALF = "half signed in as"
STEP_LIFE = timedelta(minutes=5)
"""How long the second step may take."""

_ANONYMOUS_SECONDS = 60 * 60
"""How long the session of a visitor lives who has not signed in: it holds nothing but the token of the form."""


def sign_in(arrival: Arrival) -> HttpResponse:
    """Show the form, or let somebody in."""
    request = arrival.request
    wanted = safe(request, (request.POST if request.method == "POST" else request.GET).get("next", ""))
    if request.method != "POST":
        if not request.user.is_authenticated:
            request.session.set_expiry(_ANONYMOUS_SECONDS)
        return _show(request, _page(arrival, wanted=wanted))
    company, user = request.POST.get("company", ""), request.POST.get("user", "")
    password = request.POST.get("password", "")
    refusal, status = REFUSED, HTTPStatus.UNPROCESSABLE_ENTITY
    person: AbstractBaseUser | None = None
    try:
        person = check_claim(
            arrival.house.companies,
            claim_of(request, arrival.house, company=company, user=user),
            lambda: _proven(arrival, company, user, password),
            clock=arrival.house.clock,
        )
    except RunStoppedError as error:
        if error.problem.code != _TOO_MANY:
            raise
        refusal, status = f"{error.problem.title}. {error.problem.cause}", HTTPStatus.TOO_MANY_REQUESTS
    if person is None:
        return _show(request, _page(arrival, company=company, user=user, wanted=wanted, refusal=refusal), status)
    return enter(request, arrival.house, person, wanted=wanted)


def ask_code(arrival: Arrival) -> HttpResponse:
    """Show the second step of a sign-in to whoever has taken the first, or let them in."""
    request, house = arrival.request, arrival.house
    half = _half(request, house)
    if half is None:
        return HttpResponseRedirect(links.address("sign-in"))
    let_frame(request, half.store)
    if request.method != "POST":
        return _show_code(request, code_page())
    claim = claim_of(request, house, company=half.store.company.id, user=half.user.user_id)
    refusal, status = WRONG_CODE, HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        is_right = check_second_factor(
            house.companies,
            half.store,
            claim,
            request.POST.get("code", ""),
            user=half.user,
            stamp=stamp_for(half.user, Door.CONSOLE),
            codes=house.codes,
            clock=house.clock,
        )
    except RunStoppedError as error:
        if error.problem.code != _TOO_MANY:
            raise
        is_right, refusal = False, f"{error.problem.title}. {error.problem.cause}"
        status = HTTPStatus.TOO_MANY_REQUESTS
    if not is_right:
        return _show_code(request, code_page(refusal=refusal), status)
    admit(request, house, half.person, way=half.way)
    return HttpResponseRedirect(half.wanted or links.address("home"))


def sign_out(visit: Visit) -> HttpResponse:
    """End the session and have the browser forget what it kept of it."""
    visit.store.sessions.leave(visit.session.id)
    logout(visit.request)
    response = HttpResponseRedirect(links.address("sign-in"))
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def enter(
    request: HttpRequest, house: House, person: AbstractBaseUser, *, wanted: str = "", way: Way = Way.PASSWORD
) -> HttpResponse:
    """Let somebody in whose password was right, or whom NetSuite named, or ask for the code of their second factor first."""
    company, number = str(getattr(person, "company_id", "")), str(getattr(person, "number", ""))
    store = house.companies.store(company, address=address_of(request, house))
    user = store.people.by_record(number)
    if user is None or store.second_factors.get(user) is None:
        admit(request, house, person, way=way, is_proven=way is Way.PASSWORD)
        return HttpResponseRedirect(wanted or links.address("home"))
    request.session.flush()
    request.session[_HALF] = {
        "person": str(person.pk),
        "company": company,
        "number": number,
        "hash": _hash_of(person),
        "ends": (house.clock.now() + STEP_LIFE).isoformat(),
        "wanted": wanted,
        "way": way.value,
    }
    return HttpResponseRedirect(links.address("sign-in-code"))


def admit(
    request: HttpRequest,
    house: House,
    person: AbstractBaseUser,
    *,
    way: Way = Way.PASSWORD,
    is_proven: bool = True,
) -> None:
    """Let somebody in: a session under a new key, even for who had one already, with its clocks and a line in the trail.

    Sessions that ended by themselves are swept out on the way.
    """
    request.session.flush()
    request.session.clear_expired()
    login(request, person)  # type: ignore[arg-type]  # the settings make every person one of ours
    company = str(request.user.company_id)  # type: ignore[union-attr]  # as above
    store = house.companies.store(company, address=address_of(request, house))
    user = store.people.by_record(str(request.user.number))  # type: ignore[union-attr]  # as above
    if user is not None:
        sessions.begin(request, house, store, user, way=way, is_proven=is_proven)
        note_sign_in(store, user, Door.SIGN_ON if way is Way.NETSUITE else Door.CONSOLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Half:
    """Somebody who has taken the first step of a sign-in and owes the second."""

    person: AbstractBaseUser
    store: CompanyStore
    user: User
    wanted: str
    way: Way


def _half(request: HttpRequest, house: House) -> _Half | None:
    """Find who owes the second step; None where too much time has passed, or the password is another one by now."""
    kept = request.session.get(_HALF)
    if not isinstance(kept, dict) or house.clock.now() >= datetime.fromisoformat(kept["ends"]):
        return None
    (backend,) = get_backends()
    person = backend.get_user(kept["person"])
    if person is None or not constant_time_compare(_hash_of(person), kept["hash"]):
        return None
    store = house.companies.store(kept["company"], address=address_of(request, house))
    user = store.people.by_record(kept["number"])
    if user is None or not user.may_sign_in:
        return None
    return _Half(person=person, store=store, user=user, wanted=kept["wanted"], way=Way(kept["way"]))


def _proven(arrival: Arrival, company: str, user_id: str, password: str) -> AbstractBaseUser | None:
    """Give the person whose password this is; whoever's role has ended is nobody any more."""
    person = authenticate(arrival.request, username=user_id, password=password, company=company)
    if person is None:
        return None
    store = arrival.house.companies.store(str(getattr(person, "company_id", "")))
    user = store.people.by_record(str(getattr(person, "number", "")))
    return person if user is not None and user.may_sign_in else None


def _hash_of(person: AbstractBaseUser) -> str:
    """Give what a session of a person is bound to: password and epoch."""
    return str(person.get_session_auth_hash())


def _page(arrival: Arrival, *, company: str = "", user: str = "", wanted: str = "", refusal: str = "") -> SignInPage:
    companies = arrival.house.companies
    return sign_in_page(
        company=company,
        user=user,
        wanted=wanted,
        refusal=refusal,
        is_empty=not companies.all(),
        has_sign_on=bool(companies_with_sign_on(companies)),
    )


def _show_code(request: HttpRequest, page: CodePage, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    return show_bare(request, "signing_in/code.html", page, shell=Shell(title="Second step"), status=status)


def _show(request: HttpRequest, page: SignInPage, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    return show_bare(request, "signing_in/sign_in.html", page, shell=Shell(title="Sign in"), status=status)


def safe(request: HttpRequest, wanted: str) -> str:
    """Keep an address only if it leads into this console."""
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else ""
