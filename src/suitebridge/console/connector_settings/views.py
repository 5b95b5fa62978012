"""Answers the page of the connector's settings."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse, HttpResponseRedirect

from suitebridge.administration.connecting import save_switches
from suitebridge.administration.staffing import stamp_for
from suitebridge.console import asked, links
from suitebridge.console.access import Visit
from suitebridge.console.connector_settings.page import connector_settings_page, switches_of
from suitebridge.console.showing import show
from suitebridge.domain.errors import SuiteBridgeError
from suitebridge.domain.people import Door

_TEMPLATE = "connector_settings/connector_settings.html"


def edit_settings(visit: Visit) -> HttpResponse:
    """Show the settings, or store what was ticked."""
    stored, post = visit.store.connections.get(), visit.request.POST
    if visit.request.method != "POST":
        page = connector_settings_page(stored, is_saved="saved" in visit.request.GET)
        return show(visit, _TEMPLATE, page, title="Connector settings", place="connector")
    try:
        save_switches(
            visit.store,
            switches_of(set(post.getlist("switch")), stored),
            user=visit.user,
            stamp=stamp_for(visit.user, Door.CONSOLE),
            version=asked.whole_number(post.get("version")),
        )
    except SuiteBridgeError as error:
        page = connector_settings_page(stored, problem=error.problem)
        return show(visit, _TEMPLATE, page, title="Connector settings", place="connector", status=HTTPStatus.CONFLICT)
    return HttpResponseRedirect(links.address("connector-settings", query={"saved": "yes"}))
