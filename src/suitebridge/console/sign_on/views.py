"""Answers people who come in by NetSuite: sends them there, takes them back, and leads them to the record that they opened."""

from __future__ import annotations

from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from suitebridge.administration.recognizing import application_of, come_in, companies_with_sign_on, not_offered
from suitebridge.console import links
from suitebridge.console.access import Arrival, Visit, open_visit
from suitebridge.console.framing import MARK, WITHIN, asks_for_frame, in_window, is_framed, let_frame
from suitebridge.console.shell import Shell
from suitebridge.console.showing import show_bare
from suitebridge.console.sign_on import pending
from suitebridge.console.sign_on.page import refused_page, sign_on_page, status_of
from suitebridge.console.sign_on.pending import Pending
from suitebridge.console.signing_in.views import enter, safe
from suitebridge.console.visitors import address_of
from suitebridge.domain.errors import Problem, RecordRefusedError, RunStoppedError, SuiteBridgeError
from suitebridge.domain.records import Direction
from suitebridge.domain.sessions import Way

_ACCOUNT_LENGTH = 40


def begin_sign_on(arrival: Arrival) -> HttpResponse:
    """Send somebody to NetSuite, or ask for the company first where there are several."""
    query = arrival.request.GET
    company, wanted = query.get("company", "").strip().casefold(), safe(arrival.request, query.get("next", ""))
    offered = companies_with_sign_on(arrival.house.companies)
    if not company and len(offered) == 1:
        company = offered[0]
    if offered and (not company or "asked" in query):
        page = sign_on_page(company=company, wanted=wanted)
        return show_bare(arrival.request, "sign_on/asking.html", page, shell=Shell(title="Sign in with NetSuite"))
    if company not in offered:
        return _refuse(arrival.request, not_offered(""), again_href="")
    return _ask_netsuite(arrival, company, wanted)


def finish_sign_on(arrival: Arrival) -> HttpResponse:
    """Let somebody in whom NetSuite sent back, if every check of the answer holds."""
    request, house = arrival.request, arrival.house
    asked = pending.take(request, request.GET.get("state", ""), house.clock.now())
    if asked is None:
        return _refuse(request, _unasked(request), again_href=links.address("sign-on"))
    again = links.address("sign-on", query={"company": asked.company, "next": asked.wanted})
    address = address_of(request, house)
    store = house.companies.store(asked.company, address=address)
    let_frame(request, store)
    try:
        application = application_of(store, redirect_address(request))
        user = come_in(
            house.companies,
            store,
            lambda: house.identity_desk().redeem(application, asked.asked, request.get_full_path()),
            address=address,
            clock=house.clock,
        )
    except SuiteBridgeError as error:
        return _refuse(request, error, again_href=again)
    person = authenticate(request, company=store.company.id, recognized=user.id)
    if person is None:
        return _refuse(request, not_offered(application.account.value), again_href=again)
    return enter(request, house, person, wanted=asked.wanted, way=Way.NETSUITE)


def open_record(arrival: Arrival) -> HttpResponse:
    """Lead somebody who opened a record within NetSuite to its page here, by way of a sign-in where they have none."""
    request, house = arrival.request, arrival.house
    account = request.GET.get("account", "")
    offered = companies_with_sign_on(house.companies, account=account) if account else ()
    wanted = request.GET.get("company", "").strip().casefold()
    company = wanted if wanted in offered else next(iter(offered), "")
    if not company:
        return _refuse(request, not_offered(account), again_href="")
    if asks_for_frame(request) and not is_framed(request):
        return HttpResponseRedirect(f"{WITHIN}{request.get_full_path()}")
    let_frame(request, house.companies.store(company))
    visit = open_visit(request, house)
    if visit is not None and visit.store.company.id == company:
        return _lead(visit)
    query = {name: request.GET.get(name, "") for name in ("account", "company", "record", "id")}
    if "signed" in request.GET:
        return _refuse(request, _unasked(request), again_href=links.address("netsuite-record", query=query))
    return _ask_netsuite(arrival, company, links.address("netsuite-record", query={**query, "signed": "yes"}))


def redirect_address(request: HttpRequest) -> str:
    """Give the address that NetSuite sends people back to, as its integration record has to spell it."""
    return request.build_absolute_uri(in_window(links.address("sign-on-return")))


def _ask_netsuite(arrival: Arrival, company: str, wanted: str) -> HttpResponse:
    request, house = arrival.request, arrival.house
    try:
        application = application_of(house.companies.store(company), redirect_address(request))
        asked = house.identity_desk().ask(
            application, mark=MARK if is_framed(request) else "", is_quiet=is_framed(request)
        )
    except SuiteBridgeError as error:
        again = links.address("sign-on", query={"company": company, "next": wanted})
        return _refuse(request, error, again_href=again)
    pending.remember(request, Pending(asked=asked, company=company, wanted=wanted), house.clock.now())
    return HttpResponseRedirect(asked.address)


def _lead(visit: Visit) -> HttpResponse:
    """Find what was imported from a NetSuite record; whether the visitor may see it is for its page to judge."""
    kind, record_id = visit.request.GET.get("record", ""), visit.request.GET.get("id", "")
    pairs = {
        (one.target_type, one.source_type)
        for one in visit.workflows.values()
        if one.direction is Direction.IMPORT and one.source_type == kind
    }
    for workspace_type, netsuite_type in sorted(pairs):
        found = visit.store.runs.bindings_by_netsuite(workspace_type, netsuite_type, [record_id]).get(record_id)
        if found is not None:
            return HttpResponseRedirect(links.record(workspace_type, found.workspace_id))
    said = (
        f"No record of NetSuite's type {kind[:_ACCOUNT_LENGTH]} with the ID {record_id[:_ACCOUNT_LENGTH]} was imported."
    )
    problem = Problem(code="SB-SSO-005", facts={"said": said})
    return _refuse(visit.request, RecordRefusedError(problem), again_href="")


def _unasked(request: HttpRequest) -> RunStoppedError:
    account = request.GET.get("company", "") or request.GET.get("account", "")
    said = "No sign-in of this browser waits for it: it was used, its ten minutes are over, or the browser keeps no cookie of this address."
    return RunStoppedError(Problem(code="NS-SSO-001", facts={"account": account[:_ACCOUNT_LENGTH], "said": said}))


def _refuse(request: HttpRequest, error: SuiteBridgeError, *, again_href: str) -> HttpResponse:
    page = refused_page(error.problem, again_href=again_href, is_framed=is_framed(request))
    shell = Shell(title=page.title)
    return show_bare(request, "sign_on/refused.html", page, shell=shell, status=status_of(error.problem))
