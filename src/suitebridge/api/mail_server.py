"""The mail server of notifications; its password is taken and never shown."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Status
from pydantic import BaseModel, Field

from suitebridge.administration import mailing
from suitebridge.api.access import Caller, caller_of
from suitebridge.api.exchange import EntryRefusedError, Input, etag, number_meant
from suitebridge.api.problems import FieldProblem
from suitebridge.domain.credentials import Secret
from suitebridge.domain.mail import MOST_PASSWORD, MailSecurity, MailServer

_SECURITIES = ", ".join(one.value for one in MailSecurity)


class MailServerShown(BaseModel):
    """The mail server; empty where there is none."""

    host: str
    port: int
    security: str
    user: str
    sender: str


class MailServerInput(Input):
    """The mail server as a whole."""

    host: str = Field(max_length=253, description="Its name.")
    port: int = Field(465, description="465 for tls, 587 for starttls.")
    security: str = Field(MailSecurity.TLS.value, max_length=20, description=f"One of {_SECURITIES}.")
    user: str = Field("", max_length=200, description="The name to sign in with; empty to send without.")
    sender: str = Field(max_length=320, description="The address that mail comes from.")
    password: str | None = Field(
        None, max_length=MOST_PASSWORD, description="Null lets it stay where host and user stay."
    )


def show_mail_server(request: HttpRequest, response: HttpResponse) -> MailServerShown:
    """Show the mail server; the ETag is what a change must send as If-Match."""
    caller = caller_of(request)
    found = mailing.mail_server(caller.store, acting=caller.user)
    response["ETag"] = etag(found.version if found is not None else 0)
    return _shown(found)


def put_mail_server(request: HttpRequest, response: HttpResponse, entry: MailServerInput) -> MailServerShown:
    """Set the mail server; the password is sealed and never shown."""
    caller = caller_of(request)
    security = next((one for one in MailSecurity if one.value == entry.security), None)
    if security is None:
        raise _refused((("security", f"It is one of {_SECURITIES}."),))
    meant = MailServer(
        host=entry.host,
        port=entry.port,
        security=security,
        sender=entry.sender,
        user=entry.user,
        version=_version(request, caller),
    )
    saved = mailing.save_mail_server(
        caller.store,
        caller.house.ways,
        meant,
        password=Secret(entry.password) if entry.password else None,
        acting=caller.user,
        stamp=caller.stamp,
    )
    if not isinstance(saved, MailServer):
        raise _refused(saved)
    response["ETag"] = etag(saved.version)
    return _shown(saved)


def delete_mail_server(request: HttpRequest) -> Status[None]:
    """Remove the mail server with its password."""
    caller = caller_of(request)
    version = _version(request, caller)
    mailing.remove_mail_server(caller.store, version=version, acting=caller.user, stamp=caller.stamp)
    return Status(204, None)


def _version(request: HttpRequest, caller: Caller) -> int:
    found = caller.store.mail.get()
    return number_meant(request, present=found.version if found else 0, what="The mail server")


def _refused(problems: tuple[tuple[str, str], ...]) -> EntryRefusedError:
    errors = tuple(FieldProblem(field=field, said=said) for field, said in problems)
    return EntryRefusedError(mailing.mail_server_refused(problems).problem, errors)


def _shown(server: MailServer | None) -> MailServerShown:
    if server is None:
        return MailServerShown(host="", port=0, security="", user="", sender="")
    return MailServerShown(
        host=server.host, port=server.port, security=server.security.value, user=server.user, sender=server.sender
    )
