"""Answers the list of users."""

from __future__ import annotations

from django.http import HttpResponse

from suitebridge.administration.designating import integration_user
from suitebridge.administration.staffing import list_people
from suitebridge.console.access import Visit
from suitebridge.console.person_list.page import PAGE_PEOPLE, person_line, person_list_page
from suitebridge.console.showing import show
from suitebridge.console.wording import zone_of
from suitebridge.domain.people import Permission

_MOST_TEXT = 100


def list_users(visit: Visit) -> HttpResponse:
    """Show the users of the company, searched by user ID."""
    text = visit.request.GET.get("text", "").strip()[:_MOST_TEXT]
    after = visit.request.GET.get("after", "")
    cards = list_people(visit.store, acting=visit.user, text=text, after_id=after, limit=PAGE_PEOPLE)
    chosen, zone = integration_user(visit.store), zone_of(visit.store.company.zone)
    lines = [
        person_line(
            card,
            zone=zone,
            now=visit.house.clock.now(),
            integration_user_id=chosen.id if chosen is not None else "",
        )
        for card in cards
    ]
    page = person_list_page(
        lines,
        text=text,
        after=after,
        last_id=cards[-1].user.id if cards else "",
        shows_rules=visit.may(Permission.ADMINISTER),
    )
    return show(visit, "person_list/person_list.html", page, title="People", place="people")
