"""Answers the page of the connector's settings."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse, HttpResponseRedirect

from suitebridge.administration.adjusting import save_settings, settings_in_force
from suitebridge.administration.configuring import Act
from suitebridge.administration.connecting import save_switches
from suitebridge.administration.staffing import stamp_for
from suitebridge.console import asked, links
from suitebridge.console.access import Visit
from suitebridge.console.connector_settings.page import CONNECTION, WORKFLOWS, connector_settings_page, switches_of
from suitebridge.console.notices import Notice, notice_of
from suitebridge.console.setting_lines import read_settings
from suitebridge.console.showing import show
from suitebridge.domain.connector_settings import CONNECTOR_SETTINGS
from suitebridge.domain.errors import SuiteBridgeError
from suitebridge.domain.people import Door
from suitebridge.domain.workflow import SettingValue
from suitebridge.ports.configurations import Approval


def edit_settings(visit: Visit) -> HttpResponse:
    """Show the settings, or store those of the form that was sent."""
    post = visit.request.POST
    if visit.request.method != "POST":
        return _show(visit, saved=visit.request.GET.get("saved", ""))
    is_connection = post.get("form") == CONNECTION
    chosen = {} if is_connection else read_settings(CONNECTOR_SETTINGS, post)
    try:
        saved = _save_switches(visit) if is_connection else _save_settings(visit, chosen)
    except SuiteBridgeError as error:
        return _show(visit, chosen=chosen, notice=notice_of(error.problem), status=HTTPStatus.CONFLICT)
    return HttpResponseRedirect(links.address("connector-settings", query={"saved": saved}))


def _save_switches(visit: Visit) -> str:
    post = visit.request.POST
    save_switches(
        visit.store,
        switches_of(set(post.getlist("switch")), visit.store.connections.get()),
        user=visit.user,
        stamp=stamp_for(visit.user, Door.CONSOLE),
        version=asked.whole_number(post.get("version")),
    )
    return CONNECTION


def _save_settings(visit: Visit, chosen: dict[str, SettingValue]) -> str:
    saved = save_settings(
        visit.house.configuration_desk(visit.store),
        chosen,
        expected_version=asked.whole_number(visit.request.POST.get("version")),
        act=Act(acting=visit.user, stamp=stamp_for(visit.user, Door.CONSOLE)),
    )
    return "proposed" if saved.approval is Approval.PROPOSED else WORKFLOWS


def _show(
    visit: Visit,
    *,
    chosen: dict[str, SettingValue] | None = None,
    saved: str = "",
    notice: Notice | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    page = connector_settings_page(
        visit.store.connections.get(),
        settings_in_force(visit.store, acting=visit.user),
        chosen=chosen,
        saved=saved,
        notice=notice,
    )
    template = "connector_settings/connector_settings.html"
    return show(visit, template, page, title="Connector settings", place="connector", status=status)
