"""Answers the Mapping tab."""

from __future__ import annotations

from django.http import HttpResponse

from suitebridge.administration.grouping import list_groups
from suitebridge.console.access import Visit
from suitebridge.console.mapping.page import mapping_page
from suitebridge.console.showing import show
from suitebridge.domain.people import Permission


def show_mapping(visit: Visit) -> HttpResponse:
    """Show the workflows of the company."""
    page = mapping_page(
        visit.house.workflows,
        list_groups(visit.store, acting=visit.user),
        is_administrator=visit.may(Permission.ADMINISTER),
    )
    return show(visit, "mapping/mapping.html", page, title="Mapping", place="connector")
