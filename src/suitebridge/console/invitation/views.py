"""Answers the link of an invitation: whoever has it may set the password, once."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib.auth import authenticate
from django.http import HttpResponse, HttpResponseRedirect

from suitebridge.administration.inviting import accept_invitation, invited_user
from suitebridge.console import links
from suitebridge.console.access import Arrival
from suitebridge.console.invitation.page import InvitationPage, invitation_page
from suitebridge.console.refusals.page import stopped
from suitebridge.console.shell import Shell
from suitebridge.console.showing import show_bare
from suitebridge.console.signing_in.views import enter
from suitebridge.console.visitors import address_of
from suitebridge.domain.credentials import Secret
from suitebridge.domain.errors import Problem, RunStoppedError
from suitebridge.domain.people import Door, User
from suitebridge.ports.companies import CompanyStore


def join(arrival: Arrival) -> HttpResponse:
    """Show the form, or set the password and sign the user in."""
    form = arrival.request.POST if arrival.request.method == "POST" else arrival.request.GET
    token = Secret(form.get("token", ""))
    try:
        store = _store(arrival, form.get("company", ""))
        user = invited_user(store, token, now=arrival.house.clock.now())
        if arrival.request.method != "POST":
            return _show(arrival, invitation_page(store.company, user, token=token.reveal()))
        return _accept(arrival, store, user, token)
    except RunStoppedError as error:
        page = stopped(error.problem)
        shell = Shell(title=page.title)
        return show_bare(arrival.request, "refusals/refusal.html", page, shell=shell, status=HTTPStatus.GONE)


def _accept(arrival: Arrival, store: CompanyStore, user: User, token: Secret) -> HttpResponse:
    password = arrival.request.POST.get("password", "")
    weakness, differs = "", arrival.request.POST.get("repeated", "") != password
    if not differs:
        try:
            accept_invitation(store, token, Secret(password), door=Door.CONSOLE, now=arrival.house.clock.now())
        except ValueError as error:
            weakness = str(error)
    if weakness or differs:
        page = invitation_page(store.company, user, token=token.reveal(), weakness=weakness, differs=differs)
        return _show(arrival, page, HTTPStatus.UNPROCESSABLE_ENTITY)
    person = authenticate(arrival.request, username=user.user_id, password=password, company=store.company.id)
    if person is None:
        return HttpResponseRedirect(links.address("sign-in"))
    return enter(arrival.request, arrival.house, person)


def _store(arrival: Arrival, company_id: str) -> CompanyStore:
    """Open the store of a company; an unknown one is told as a bad invitation, which it is."""
    try:
        return arrival.house.companies.store(company_id, address=address_of(arrival.request, arrival.house))
    except LookupError as error:
        raise RunStoppedError(
            Problem(code="SB-USER-005", facts={"said": "It is not whole, or not of here."})
        ) from error


def _show(arrival: Arrival, page: InvitationPage, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    shell = Shell(title=f"Welcome to {page.company}")
    return show_bare(arrival.request, "invitation/invitation.html", page, shell=shell, status=status)
