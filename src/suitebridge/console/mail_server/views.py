"""Answers the form of the mail server: stores it, or removes it."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from django.http import HttpResponse, HttpResponseRedirect

from suitebridge.administration.mailing import mail_server, remove_mail_server, save_mail_server
from suitebridge.administration.staffing import stamp_for
from suitebridge.console import asked, links
from suitebridge.console.access import Visit
from suitebridge.console.mail_server.page import mail_server_page
from suitebridge.console.notices import Notice, notice_of
from suitebridge.console.proving import confirmed
from suitebridge.console.showing import show
from suitebridge.domain.credentials import Secret
from suitebridge.domain.errors import RecordRefusedError
from suitebridge.domain.mail import MailSecurity, MailServer
from suitebridge.domain.people import Door

_EMPTY = MailServer(host="", port=465, security=MailSecurity.TLS, sender="")


def edit_mail_server(visit: Visit) -> HttpResponse:
    """Show the form, store what it says, or remove the mail server."""
    stored = mail_server(visit.store, acting=visit.user)
    if visit.request.method != "POST":
        return _show(visit, stored or _EMPTY)
    typed = _typed(visit)
    visit = confirmed(visit)
    if not visit.is_fresh:
        return _show(visit, typed, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        return _change(visit, typed)
    except RecordRefusedError as error:
        return _show(visit, typed, notice=notice_of(error.problem), status=HTTPStatus.CONFLICT)


def _change(visit: Visit, typed: MailServer) -> HttpResponse:
    form, stamp = visit.request.POST, stamp_for(visit.user, Door.CONSOLE)
    if form.get("act") == "remove":
        remove_mail_server(visit.store, version=typed.version, acting=visit.user, stamp=stamp)
        return HttpResponseRedirect(links.address("notifications", query={"done": "no-mail"}))
    password = Secret(form["password"]) if form.get("password") else None
    saved = save_mail_server(visit.store, visit.house.ways, typed, password=password, acting=visit.user, stamp=stamp)
    if not isinstance(saved, MailServer):
        return _show(visit, typed, problems=saved, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return HttpResponseRedirect(links.address("notifications", query={"done": "mail"}))


def _typed(visit: Visit) -> MailServer:
    form = visit.request.POST
    return MailServer(
        host=form.get("host", "").strip(),
        port=asked.whole_number(form.get("port")),
        security=next((one for one in MailSecurity if one.value == form.get("security")), MailSecurity.TLS),
        sender=form.get("sender", "").strip(),
        user=form.get("user", "").strip(),
        version=asked.whole_number(form.get("version")),
    )


def _show(
    visit: Visit,
    server: MailServer,
    *,
    problems: Sequence[tuple[str, str]] = (),
    notice: Notice | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    is_there = visit.store.mail.get() is not None
    page = mail_server_page(server, is_there=is_there, problems=problems, notice=notice)
    return show(visit, "mail_server/mail_server.html", page, title="Mail server", place="connector", status=status)
