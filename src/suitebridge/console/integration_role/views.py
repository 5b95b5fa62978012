"""Answers the page of the integration role."""

from __future__ import annotations

from django.http import HttpResponse

from suitebridge.console.access import Visit
from suitebridge.console.integration_role.page import integration_role_page
from suitebridge.console.showing import show
from suitebridge.console.wording import zone_of
from suitebridge.domain.credential_sets import Switch
from suitebridge.domain.rights import least_role, need_of
from suitebridge.runs.checking import CONNECTION_ID

_MOST_ENTRIES = 200


def show_integration_role(visit: Visit) -> HttpResponse:
    """Show the least role for the company's active workflows."""
    connection = visit.store.connections.get()
    is_oauth = connection is not None and Switch.CLIENT_CREDENTIALS in connection.switches
    needs = [need_of(workflow) for workflow in visit.workflows.values() if workflow.is_active]
    page = integration_role_page(
        least_role(needs, is_oauth=is_oauth),
        visit.store.trail.of_record("connection", CONNECTION_ID, limit=_MOST_ENTRIES),
        written=[need.record_type for need in needs if need.is_written],
        zone=zone_of(visit.store.company.zone),
    )
    return show(visit, "integration_role/integration_role.html", page, title="Integration role", place="connector")
