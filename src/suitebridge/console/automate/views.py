"""Answers the Automate page."""

from __future__ import annotations

from django.http import HttpResponse

from suitebridge.administration.grouping import list_groups
from suitebridge.console.access import Visit
from suitebridge.console.automate.page import automate_page
from suitebridge.console.showing import show
from suitebridge.domain.people import Permission

_DONE = {
    "group-saved": "The workflow group was saved.",
    "group-removed": "The workflow group was removed.",
}


def show_automation(visit: Visit) -> HttpResponse:
    """Show what runs by itself."""
    page = automate_page(
        list_groups(visit.store, acting=visit.user),
        workflows=visit.house.workflows,
        is_administrator=visit.may(Permission.ADMINISTER),
        done=_DONE.get(visit.request.GET.get("done", ""), ""),
    )
    return show(visit, "automate/automate.html", page, title="Automate", place="connector")
