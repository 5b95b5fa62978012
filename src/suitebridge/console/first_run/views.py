"""Answers the first-run page, as long as there is no company."""

from __future__ import annotations

import zoneinfo
from collections.abc import Mapping
from functools import cache
from http import HTTPStatus

from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect

from suitebridge.administration.staffing import FirstSteps, found_company
from suitebridge.console import links
from suitebridge.console.access import Arrival
from suitebridge.console.first_run.page import FIELD_NAMES, FirstRunPage, first_run_page, judge
from suitebridge.console.invitations import InvitationRefusedError
from suitebridge.console.shell import Shell
from suitebridge.console.showing import show_bare
from suitebridge.console.signing_in.views import admit
from suitebridge.console.visitors import address_of
from suitebridge.domain.credentials import Secret

_TOKEN_REFUSED = "This token is not good, or not good any more. Start the server again and use the one that it prints."  # noqa: S105


def set_up(arrival: Arrival) -> HttpResponse:
    """Show the form, or create the company with its first administrator and sign them in."""
    if arrival.house.companies.all():
        raise Http404("There is a company already.")
    if arrival.request.method != "POST":
        return _show(arrival, first_run_page(typed={"zone": arrival.house.settings.zone}, problems={}, zones=_zones()))
    typed = {name: arrival.request.POST.get(name, "") for name in FIELD_NAMES}
    problems = judge(typed, zones=_zones())
    if "password" not in problems and (weakness := _weakness(typed["password"])):
        problems["password"] = weakness
    if not problems:
        try:
            _found(arrival, typed)
        except InvitationRefusedError:
            problems["token"] = _TOKEN_REFUSED
        except ValueError as error:
            return _refuse(arrival, first_run_page(typed=typed, problems={}, zones=_zones(), refusal=str(error)))
    if problems:
        return _refuse(arrival, first_run_page(typed=typed, problems=problems, zones=_zones()))
    return HttpResponseRedirect(links.address("home"))


def _found(arrival: Arrival, typed: Mapping[str, str]) -> None:
    house, request = arrival.house, arrival.request
    steps = FirstSteps(
        company_id=typed["company_id"].strip(),
        company_name=typed["company_name"].strip(),
        zone=typed["zone"],
        user_id=typed["user_id"].strip(),
        first=typed["first"].strip(),
        last=typed["last"].strip(),
        email=typed["email"].strip(),
        password=Secret(typed["password"]),
        address=address_of(request, house),
    )
    with arrival.invitation.redeemed(typed["token"], house.clock.now()):
        found_company(house.companies, steps, house.chance)
    person = authenticate(request, username=steps.user_id, password=typed["password"], company=steps.company_id)
    if person is not None:
        admit(request, house, person)


def _weakness(password: str) -> str:
    try:
        validate_password(password)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


@cache
def _zones() -> tuple[str, ...]:
    """List the zones this machine knows, without the ones kept for old programs."""
    named = (name for name in zoneinfo.available_timezones() if "/" in name and not name.startswith("Etc/"))
    return (*sorted(named), "UTC")


def _show(arrival: Arrival, page: FirstRunPage, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    return show_bare(
        arrival.request, "first_run/first_run.html", page, shell=Shell(title="Set up SuiteBridge"), status=status
    )


def _refuse(arrival: Arrival, page: FirstRunPage) -> HttpResponse:
    return _show(arrival, page, HTTPStatus.UNPROCESSABLE_ENTITY)
