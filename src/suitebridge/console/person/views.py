"""Answers the form of a user, and the acts on how a user gets in."""

from __future__ import annotations

from http import HTTPStatus

from django.http import Http404, HttpResponse, HttpResponseRedirect

from suitebridge.administration import inviting, staffing
from suitebridge.administration.refusing import note_problem
from suitebridge.administration.securing import remove_second_factor
from suitebridge.administration.staffing import PersonEntry, PersonProblem
from suitebridge.console import asked, links
from suitebridge.console.access import Visit
from suitebridge.console.notices import notice_of
from suitebridge.console.person.page import (
    FINE,
    InvitedPage,
    PersonPage,
    Verdict,
    end_of,
    entry_of,
    last_day,
    new_person_page,
    person_page,
    person_state,
)
from suitebridge.console.proving import confirmed
from suitebridge.console.showing import show
from suitebridge.console.wording import moment, zone_of
from suitebridge.domain.errors import ErrorClass, RecordRefusedError, RunStoppedError, SuiteBridgeError
from suitebridge.domain.people import EMPLOYEE, Door, Permission, Stamp
from suitebridge.ports.people import PersonCard

_BLANK = PersonEntry(user_id="", first="", last="", email="", role=EMPLOYEE.name)
_MOST_TEXT = 500
_DONE = {
    "saved": "Saved.",
    "added": "The user was added. Send an invitation, so that they can set a password and sign in.",
    "ended": "Every session and token of the user has ended.",
    "factor": "The second factor was removed. The user signs in with the password alone until another one is set up.",
}


def add_user(visit: Visit) -> HttpResponse:
    """Show the empty form, or add a user and go to the user's page."""
    roles, zone = _role_names(visit), zone_of(visit.store.company.zone)
    if visit.request.method != "POST":
        return _show(visit, new_person_page(entry=_BLANK, roles=roles, zone=zone))
    entry, visit = _typed(visit, None), confirmed(visit)
    if not visit.is_fresh:
        page = new_person_page(entry=entry, roles=roles, zone=zone)
        return _show(visit, page, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        staffing.require_future(entry.user_id, entry.ends_at, now=visit.house.clock.now())
        added = staffing.add_person(visit.store, entry, acting=visit.user, stamp=_stamp(visit))
    except (RecordRefusedError, RunStoppedError) as error:
        note_problem(visit.store, visit.user, error.problem, Door.CONSOLE)
        page = new_person_page(entry=entry, roles=roles, zone=zone, verdict=_verdict(error, "role"))
        return _show(visit, page, _status(error))
    if isinstance(added, tuple):
        page = new_person_page(entry=entry, roles=roles, zone=zone, verdict=Verdict(problems=added))
        return _show(visit, page, HTTPStatus.UNPROCESSABLE_ENTITY)
    return _back(int(added.id), "added")


def edit_user(visit: Visit, number: int) -> HttpResponse:
    """Show the form of a user, or save it."""
    card = _card(visit, number)
    if visit.request.method != "POST":
        done = _DONE.get(visit.request.GET.get("done", ""), "")
        return _show(visit, _page(visit, card, entry_of(card), done=done))
    entry, version = _typed(visit, card), visit.request.POST.get("version", "")
    visit = confirmed(visit)
    if not visit.is_fresh:
        return _show(visit, _page(visit, card, entry), HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        if entry.ends_at != card.user.ends_at:
            staffing.require_future(card.user.name, entry.ends_at, now=visit.house.clock.now())
        problems = staffing.change_person(
            visit.store, card.user.id, entry, version=version or "0", acting=visit.user, stamp=_stamp(visit)
        )
    except (RecordRefusedError, RunStoppedError) as error:
        note_problem(visit.store, visit.user, error.problem, Door.CONSOLE)
        # Somebody else may have been quicker: the page shows what is saved now beside what was typed.
        card = _card(visit, number)
        field = _field_meant(card, entry)
        return _show(visit, _page(visit, card, entry, verdict=_verdict(error, field)), _status(error))
    if problems:
        page = _page(visit, card, entry, verdict=Verdict(problems=problems))
        return _show(visit, page, HTTPStatus.UNPROCESSABLE_ENTITY)
    return _back(number, "saved")


def change_access(visit: Visit, number: int) -> HttpResponse:
    """Invite a user, reset one, or end the sessions of one; the link of an invitation is shown this once."""
    card, act, visit = _card(visit, number), visit.request.POST.get("act", ""), confirmed(visit)
    if not visit.is_fresh:
        return _show(visit, _page(visit, card, entry_of(card)), HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        if act == "second-factor":
            remove_second_factor(visit.store, card.user.id, acting=visit.user, stamp=_stamp(visit))
            return _back(number, "factor")
        if act == "end":
            inviting.end_access(visit.store, card.user.id, acting=visit.user, stamp=_stamp(visit))
            return _back(number, "ended")
        if act in {"invite", "reset"}:
            return _invite(visit, card, is_reset=act == "reset")
    except RunStoppedError as error:
        note_problem(visit.store, visit.user, error.problem, Door.CONSOLE)
        page = _page(visit, card, entry_of(card), verdict=Verdict(notice=notice_of(error.problem)))
        return _show(visit, page, _status(error))
    return HttpResponseRedirect(links.address("person", number=number))


def _invite(visit: Visit, card: PersonCard, *, is_reset: bool) -> HttpResponse:
    grant = inviting.reset_access if is_reset else inviting.invite
    invitation = grant(
        visit.store,
        card.user.id,
        acting=visit.user,
        stamp=_stamp(visit),
        clock=visit.house.clock,
        chance=visit.house.chance,
    )
    # In the query, which is never logged, and not in the path, which is.
    query = {"company": visit.store.company.id, "token": invitation.token.reveal()}
    page = InvitedPage(
        name=invitation.user.name,
        link=visit.request.build_absolute_uri(links.address("invitation", query=query)),
        until=moment(invitation.expires_at, zone_of(visit.store.company.zone)),
        person_href=links.address("person", number=int(card.user.id)),
        is_reset=is_reset,
    )
    return show(visit, "person/invited.html", page, title=f"Invitation of {page.name}", place="people")


def _card(visit: Visit, number: int) -> PersonCard:
    try:
        return staffing.show_person(visit.store, str(number), acting=visit.user)
    except LookupError as error:
        raise Http404(str(error)) from error


def _typed(visit: Visit, card: PersonCard | None) -> PersonEntry:
    form, zone = visit.request.POST, zone_of(visit.store.company.zone)
    kept, day = card.user.ends_at if card is not None else None, form.get("ends_on", "")
    return PersonEntry(
        user_id=form.get("user_id", ""),
        first=form.get("first", ""),
        last=form.get("last", ""),
        email=form.get("email", ""),
        role=form.get("role", ""),
        is_active=card is None or form.get("active") == "yes",
        # An end within a day, which another door set, stays as it is while its day does.
        ends_at=kept if day == last_day(kept, zone) else end_of(asked.day(day), zone),
        reason=form.get("reason", "")[:_MOST_TEXT],
    )


def _verdict(error: SuiteBridgeError, field: str) -> Verdict:
    """Tell a refusal as a whole, and at the field that asks for it; being late or not allowed is nobody's field."""
    notice, problem = notice_of(error.problem), error.problem
    if problem.code == "SB-USER-007":
        return Verdict(notice=notice, problems=(PersonProblem(field="ends_on", said=problem.cause),))
    if problem.code == "SB-DUTY-001":
        return Verdict(
            notice=notice, problems=(PersonProblem(field="reason", said="Give a reason, or choose another role."),)
        )
    if problem.code in {"SB-USER-001", "SB-USER-002"}:
        return Verdict(notice=notice, problems=(PersonProblem(field=field, said=f"{problem.title}."),))
    return Verdict(notice=notice)


def _field_meant(card: PersonCard, entry: PersonEntry) -> str:
    """Name the field that a refusal about the user's place is about."""
    if card.user.is_active and not entry.is_active:
        return "active"
    return "role" if entry.role != card.user.role.name else "ends_on"


def _status(error: SuiteBridgeError) -> HTTPStatus:
    match error.problem.row.error_class:
        case ErrorClass.PERMISSION:
            return HTTPStatus.FORBIDDEN
        case ErrorClass.CONFLICT:
            return HTTPStatus.CONFLICT
        case _:
            return HTTPStatus.UNPROCESSABLE_ENTITY


def _page(visit: Visit, card: PersonCard, entry: PersonEntry, *, verdict: Verdict = FINE, done: str = "") -> PersonPage:
    now, zone = visit.house.clock.now(), zone_of(visit.store.company.zone)
    state = person_state(
        card,
        staffing.belongings(visit.store, card, now=now),
        zone=zone,
        now=now,
        shows_trail=visit.may(Permission.VIEW_AUDIT_TRAIL),
        second_factor=visit.store.second_factors.get(card.user),
    )
    return person_page(card, state, entry=entry, roles=_role_names(visit), zone=zone, verdict=verdict, done=done)


def _role_names(visit: Visit) -> tuple[str, ...]:
    return tuple(card.role.name for card in visit.store.roles.all())


def _stamp(visit: Visit) -> Stamp:
    return staffing.stamp_for(visit.user, Door.CONSOLE)


def _back(number: int, done: str) -> HttpResponse:
    return HttpResponseRedirect(links.address("person", number=number, query={"done": done}))


def _show(visit: Visit, page: PersonPage, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    return show(visit, "person/person.html", page, title=page.title, place="people", status=status)
