"""The mail server of notifications: who may see, save and remove it, and what is wrong with one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from suitebridge.administration.announcing import Ways
from suitebridge.administration.permitting import require
from suitebridge.domain.credentials import Secret
from suitebridge.domain.errors import Problem, RecordRefusedError
from suitebridge.domain.mail import MOST_PASSWORD, MailServer, server_objections
from suitebridge.domain.people import Permission, Stamp, User
from suitebridge.ports.companies import CompanyStore

_NEEDS: Final = Permission.EDIT_INTEGRATION_SETTINGS


def mail_server(store: CompanyStore, *, acting: User) -> MailServer | None:
    """Show the mail server. Raise `RunStoppedError` SB-AUTH-001 for who may not edit integration settings."""
    require(acting, _NEEDS, "see the mail server")
    return store.mail.get()


def save_mail_server(
    store: CompanyStore, ways: Ways, server: MailServer, *, password: Secret | None, acting: User, stamp: Stamp
) -> MailServer | tuple[tuple[str, str], ...]:
    """Store the server of the version that it was read with (0 adds it), or give what is wrong with it by field and store nothing.

    A password that is not given stays, but where the server or the user is another one: what was typed for one place is not shown to another.
    Raise `RecordRefusedError` SB-AUTO-002 where it was changed meanwhile, `RunStoppedError` SB-AUTH-001.
    """
    require(acting, _NEEDS, "change the mail server")
    problems = server_objections(server)
    said = ways.mail.objection(server)
    if said:
        problems = (*problems, ("security", said))
    problems = (*problems, *_password_objections(store.mail.get(), server, password))
    if problems:
        return problems
    return store.mail.save(server, password=password if server.user else None, stamp=stamp)


def remove_mail_server(store: CompanyStore, *, version: int, acting: User, stamp: Stamp) -> None:
    """Remove the server of this version with its password. Raise `RecordRefusedError` SB-AUTO-002, `RunStoppedError` SB-AUTH-001."""
    require(acting, _NEEDS, "remove the mail server")
    store.mail.remove(version=version, stamp=stamp)


def mail_server_refused(problems: Sequence[tuple[str, str]]) -> RecordRefusedError:
    """Say that the mail server was not saved, with everything that is wrong with it."""
    facts = {"what": "The mail server", "said": " ".join(said for _, said in problems)}
    return RecordRefusedError(Problem(code="SB-AUTO-001", facts=facts))


def _password_objections(
    was: MailServer | None, server: MailServer, password: Secret | None
) -> tuple[tuple[str, str], ...]:
    if password is not None and len(password.reveal()) > MOST_PASSWORD:
        return (("password", f"A password has at most {MOST_PASSWORD} characters."),)
    if not server.user or password is not None:
        return ()
    if was is None or (was.host, was.user) != (server.host, server.user):
        return (("password", f"Type the password of {server.user} at {server.host}."),)
    return ()
