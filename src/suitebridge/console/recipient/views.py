"""Answers the form of a recipient: stores it, tests it, removes it."""

from __future__ import annotations

from http import HTTPStatus

from django.http import Http404, HttpResponse, HttpResponseRedirect

from suitebridge.administration.notifying import (
    Saved,
    list_messages,
    list_recipients,
    remove_recipient,
    save_recipient,
    send_trial,
)
from suitebridge.administration.staffing import stamp_for
from suitebridge.console import asked, links
from suitebridge.console.access import Visit
from suitebridge.console.notices import notice_of
from suitebridge.console.notifications.page import message_line
from suitebridge.console.proving import confirmed
from suitebridge.console.recipient.page import HOURS, FreshKeyPage, Shown, recipient_page
from suitebridge.console.showing import show
from suitebridge.console.wording import zone_of
from suitebridge.domain.errors import RecordRefusedError
from suitebridge.domain.notices import Recipient, Severity
from suitebridge.domain.people import Door

_LOOKED_THROUGH = 200
_MESSAGES_SHOWN = 10


def add_recipient(visit: Visit) -> HttpResponse:
    """Show the empty form, or add the recipient it describes."""
    if visit.request.method != "POST":
        return _show(visit, Recipient(name="", url=""), Shown(is_new=True))
    return _save(visit, None)


def edit_recipient(visit: Visit, recipient_name: str) -> HttpResponse:
    """Show the form of a recipient, store it, send a test, or remove the recipient."""
    found = list_recipients(visit.store, acting=visit.user)
    recipient = next((one for one in found if one.name == recipient_name), None)
    if recipient is None:
        raise Http404
    if visit.request.method != "POST":
        return _show(visit, recipient, Shown())
    match visit.request.POST.get("act"):
        case "test":
            tried = send_trial(visit.house.notice_desk(visit.store), recipient.name, acting=visit.user)
            return _show(visit, recipient, Shown(tried=tried))
        case "remove":
            return _remove(visit, recipient)
        case _:
            return _save(visit, recipient)


def _remove(visit: Visit, recipient: Recipient) -> HttpResponse:
    stamp, version = stamp_for(visit.user, Door.CONSOLE), asked.whole_number(visit.request.POST.get("version"))
    try:
        remove_recipient(visit.store, recipient.name, version=version, acting=visit.user, stamp=stamp)
    except RecordRefusedError as error:
        return _show(visit, recipient, Shown(notice=notice_of(error.problem)), HTTPStatus.CONFLICT)
    return HttpResponseRedirect(links.address("notifications", query={"done": "removed"}))


def _save(visit: Visit, stored: Recipient | None) -> HttpResponse:
    entry, wants_key, is_new = _typed(visit, stored), visit.request.POST.get("act") == "key", stored is None
    # Where messages about the company go, and the key that vouches for them, are changed by whoever is really there.
    visit = confirmed(visit)
    if not visit.is_fresh:
        return _show(visit, entry, Shown(is_new=is_new), HTTPStatus.UNPROCESSABLE_ENTITY)
    desk, stamp = visit.house.notice_desk(visit.store), stamp_for(visit.user, Door.CONSOLE)
    try:
        saved = save_recipient(desk, entry, wants_key=wants_key, acting=visit.user, stamp=stamp)
    except RecordRefusedError as error:
        shown = Shown(is_new=is_new, notice=notice_of(error.problem))
        return _show(visit, entry, shown, HTTPStatus.CONFLICT)
    if not isinstance(saved, Saved):
        return _show(visit, entry, Shown(is_new=is_new, problems=saved), HTTPStatus.UNPROCESSABLE_ENTITY)
    if saved.key is None:
        return HttpResponseRedirect(links.address("notifications", query={"done": "saved"}))
    back = links.address("recipient", recipient_name=saved.recipient.name)
    page = FreshKeyPage(name=saved.recipient.name, shown_key=saved.key.reveal(), back_href=back)
    return show(visit, "recipient/fresh.html", page, title="New signing key", place="connector")


def _typed(visit: Visit, stored: Recipient | None) -> Recipient:
    form = visit.request.POST
    hour = form.get("digest_hour", "")
    return Recipient(
        name=stored.name if stored is not None else form.get("name", "").strip(),
        url=form.get("url", "").strip(),
        workflows=tuple(name for name in visit.workflows if name in form.getlist("workflow")),
        least=next((one for one in Severity if one.value == form.get("least")), Severity.WARNING),
        digest_hour=HOURS.index(hour) if hour in HOURS else None,
        muted_until=asked.day(form.get("muted_until")),
        version=asked.whole_number(form.get("version")) if stored is not None else 0,
    )


def _show(visit: Visit, recipient: Recipient, shown: Shown, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    zone = zone_of(visit.store.company.zone)
    found = () if shown.is_new else list_messages(visit.store, limit=_LOOKED_THROUGH, acting=visit.user)
    own = [message_line(one, zone) for one in found if one.recipient == recipient.name]
    page = recipient_page(recipient, workflows=visit.workflows, shown=shown, messages=own[:_MESSAGES_SHOWN])
    return show(visit, "recipient/recipient.html", page, title=page.title, place="connector", status=status)
