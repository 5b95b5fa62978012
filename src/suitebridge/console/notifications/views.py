"""Answers the Notifications page; lets a message go out again."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpResponse, HttpResponseRedirect

from suitebridge.administration.mailing import mail_server
from suitebridge.administration.notifying import list_messages, list_recipients, send_again
from suitebridge.console import links
from suitebridge.console.access import Visit
from suitebridge.console.notifications.page import notifications_page
from suitebridge.console.showing import show
from suitebridge.console.wording import zone_of
from suitebridge.domain.people import Permission

_MESSAGES_SHOWN = 50
_DONE = {
    "saved": "The recipient was saved.",
    "removed": "The recipient was removed.",
    "mail": "The mail server was saved. A recipient with an e-mail address can be tested now.",
    "no-mail": "The mail server was removed.",
    "again": "The message goes out again within seconds.",
}


def show_notifications(visit: Visit) -> HttpResponse:
    """Show who is told and the newest messages, or send one of them again."""
    if visit.request.method == "POST":
        if not send_again(visit.store, visit.request.POST.get("message", ""), acting=visit.user):
            raise Http404
        return HttpResponseRedirect(links.address("notifications", query={"done": "again"}))
    zone = zone_of(visit.store.company.zone)
    page = notifications_page(
        list_recipients(visit.store, acting=visit.user),
        list_messages(visit.store, limit=_MESSAGES_SHOWN, acting=visit.user),
        workflows=visit.workflows,
        server=mail_server(visit.store, acting=visit.user),
        zone=zone,
        today=visit.house.clock.now().astimezone(zone).date(),
        is_administrator=visit.may(Permission.ADMINISTER),
    )
    page = replace(page, done=_DONE.get(visit.request.GET.get("done", ""), ""))
    return show(visit, "notifications/notifications.html", page, title="Notifications", place="connector")
