"""Answers one's own second factor."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from django.http import Http404, HttpResponse, HttpResponseRedirect

from suitebridge.administration.securing import (
    begin_second_factor,
    remove_second_factor,
    replace_recovery_codes,
    turn_on_second_factor,
)
from suitebridge.administration.staffing import stamp_for
from suitebridge.console import links
from suitebridge.console.access import Visit
from suitebridge.console.proving import confirmed
from suitebridge.console.second_factor.page import recovery_page, second_factor_page
from suitebridge.console.showing import show
from suitebridge.console.visitors import claim_of
from suitebridge.console.wording import zone_of
from suitebridge.domain.credentials import Secret
from suitebridge.domain.errors import RunStoppedError
from suitebridge.domain.people import Door


def edit_second_factor(visit: Visit) -> HttpResponse:
    """Show one's second factor, or carry out what the form asks for."""
    if visit.request.method != "POST":
        return _show(visit)
    visit = confirmed(visit)
    if not visit.is_fresh:
        return _show(visit, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    stamp = stamp_for(visit.user, Door.CONSOLE)
    try:
        match visit.request.POST.get("act", ""):
            case "begin":
                begin_second_factor(visit.store, visit.user, visit.house.codes)
            case "on":
                return _turn_on(visit)
            case "codes":
                codes = replace_recovery_codes(visit.store, visit.user, stamp=stamp, chance=visit.house.chance)
                return _show_codes(visit, codes)
            case "remove":
                remove_second_factor(visit.store, visit.user.id, acting=visit.user, stamp=stamp)
            case _:
                pass
    except RunStoppedError as error:
        said = f"{error.problem.title}. {error.problem.cause}"
        return _show(visit, refusal=said, status=HTTPStatus.CONFLICT)
    except LookupError:
        # It was turned on, or removed, in another window: the page shows how it stands.
        pass
    return HttpResponseRedirect(links.address("second-factor"))


def draw_second_factor(visit: Visit) -> HttpResponse:
    """Draw the secret that is being set up, for its owner only."""
    pending = visit.store.second_factors.pending(visit.user)
    if pending is None:
        raise Http404("Nothing is being set up.")
    account = f"{visit.user.user_id} at {visit.store.company.id}"
    drawing = visit.house.codes.drawing(visit.house.codes.address(pending, account=account))
    return HttpResponse(drawing, content_type="image/svg+xml")


def _turn_on(visit: Visit) -> HttpResponse:
    house, user = visit.house, visit.user
    try:
        codes = turn_on_second_factor(
            house.companies,
            visit.store,
            claim_of(visit.request, house, company=visit.store.company.id, user=user.user_id),
            visit.request.POST.get("code", ""),
            user=user,
            stamp=stamp_for(user, Door.CONSOLE),
            codes=house.codes,
            clock=house.clock,
            chance=house.chance,
        )
    except ValueError as error:
        return _show(visit, problem=str(error), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    visit.request.session.cycle_key()
    return _show_codes(visit, codes)


def _show_codes(visit: Visit, codes: Sequence[Secret]) -> HttpResponse:
    page = recovery_page(codes)
    return show(visit, "second_factor/recovery.html", page, title="Recovery codes", place="account")


def _show(visit: Visit, *, problem: str = "", refusal: str = "", status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    factors = visit.store.second_factors
    page = second_factor_page(
        factors.get(visit.user),
        factors.pending(visit.user),
        zone=zone_of(visit.store.company.zone),
        is_demanded=visit.user.is_administrator and visit.store.sessions.rules().demands_second_factor,
        problem=problem,
        refusal=refusal,
    )
    return show(visit, "second_factor/second_factor.html", page, title="Second factor", place="account", status=status)
