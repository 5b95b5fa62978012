"""What the form of the mail server shows; its password is taken and never shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from suitebridge.console import links
from suitebridge.console.choices import Choice
from suitebridge.console.forms import Field, by_field
from suitebridge.console.notices import Complaint, Notice
from suitebridge.domain.mail import MailSecurity, MailServer

SECURITY_TEXTS: Mapping[MailSecurity, str] = {
    MailSecurity.TLS: "TLS from the start (port 465)",
    MailSecurity.STARTTLS: "TLS after a greeting, STARTTLS (port 587)",
    MailSecurity.PLAIN: "None: a server on this machine that the settings file lists",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServerPage:
    """The form."""

    here_href: str
    list_href: str
    is_there: bool
    version: int
    fields: tuple[Field, ...]
    securities: tuple[Choice, ...]
    security_problem: str
    problems: tuple[Complaint, ...]
    notice: Notice | None


def mail_server_page(
    server: MailServer, *, is_there: bool, problems: Sequence[tuple[str, str]] = (), notice: Notice | None = None
) -> MailServerPage:
    """Write the form; `problems` are pairs of a field and what is wrong with it."""
    said = by_field(problems)
    return MailServerPage(
        here_href=links.address("mail-server"),
        list_href=links.address("notifications"),
        is_there=is_there,
        version=server.version,
        fields=_fields(server, said, is_there=is_there),
        securities=tuple(
            Choice(value=one.value, text=SECURITY_TEXTS[one], is_chosen=one is server.security) for one in MailSecurity
        ),
        security_problem=said.get("security", ""),
        problems=tuple(Complaint(field=field, said=told) for field, told in said.items()),
        notice=notice,
    )


def _fields(server: MailServer, said: Mapping[str, str], *, is_there: bool) -> tuple[Field, ...]:
    kept = "Empty keeps the stored one, while server and user stay. " if is_there else ""
    rows = (
        ("host", "Server", server.host, "text", "For example smtp.example.com."),
        ("port", "Port", str(server.port or ""), "text", ""),
        ("sender", "Mail comes from", server.sender, "email", "For example suitebridge@example.com."),
        ("user", "User", server.user, "text", "Empty to send without a sign-in."),
        ("password", "Password of the mail server", "", "password", f"{kept}It is sealed and never shown."),
    )
    return tuple(
        Field(name=name, label=label, value=value, kind=kind, hint=hint, problem=said.get(name, ""))
        for name, label, value, kind, hint in rows
    )
