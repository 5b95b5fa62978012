"""Answers the list of users."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpResponse

from suitebridge.administration.designating import integration_user
from suitebridge.administration.staffing import list_people
from suitebridge.console.access import Visit
from suitebridge.console.person_list.page import person_line, person_list_page, read_query
from suitebridge.console.showing import show
from suitebridge.console.wording import zone_of
from suitebridge.domain.people import Permission


def list_users(visit: Visit) -> HttpResponse:
    """Show the users of the company, searched, narrowed down and sorted."""
    now = visit.house.clock.now()
    query = read_query({name: visit.request.GET.get(name, "") for name in visit.request.GET}, at=now)
    try:
        found = list_people(visit.store, query, acting=visit.user)
    except ValueError:
        # The address was cut or typed: the list begins anew.
        query = replace(query, after="")
        found = list_people(visit.store, query, acting=visit.user)
    chosen, zone = integration_user(visit.store), zone_of(visit.store.company.zone)
    lines = [
        person_line(card, zone=zone, now=now, integration_user_id=chosen.id if chosen is not None else "")
        for card in found.cards
    ]
    roles = [card.role.name for card in visit.store.roles.all()]
    page = person_list_page(
        lines, query=query, roles=roles, further=found.further, shows_rules=visit.may(Permission.ADMINISTER)
    )
    return show(visit, "person_list/person_list.html", page, title="People", place="people")
