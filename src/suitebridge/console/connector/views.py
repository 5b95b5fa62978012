"""Answers the overview of the NetSuite connection."""

from __future__ import annotations

from django.http import HttpResponse

from suitebridge.console.access import Visit
from suitebridge.console.connector.page import connector_page
from suitebridge.console.showing import show
from suitebridge.console.wording import zone_of


def show_connection(visit: Visit) -> HttpResponse:
    """Show the connection without its secrets."""
    connection = visit.store.connections.get()
    chosen = connection.integration_user_id if connection is not None else ""
    user = visit.store.people.by_record(chosen) if chosen else None
    page = connector_page(
        connection,
        integration_user=user.name if user is not None else "",
        workflows=visit.workflows,
        certificates=visit.house.certificates,
        traffic=next((one for one in visit.house.traffic() if one.company == visit.store.company.id), None),
        zone=zone_of(visit.store.company.zone),
        today=visit.house.clock.now().astimezone(zone_of(visit.store.company.zone)).date(),
    )
    return show(visit, "connector/connector.html", page, title="NetSuite Connector", place="connector")
