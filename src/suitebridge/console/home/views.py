"""Answers the bare address: leads to the first place that the visitor may open."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect

from suitebridge.console import links
from suitebridge.console.access import PermissionMissingError, Visit
from suitebridge.console.shell import first_place
from suitebridge.domain.people import Permission


def go_home(visit: Visit) -> HttpResponse:
    """Lead on; a role that opens nothing is told so."""
    place = first_place(visit)
    if not place:
        raise PermissionMissingError(Permission.VIEW_RECORDS)
    return HttpResponseRedirect(links.address(place))
