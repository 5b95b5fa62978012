"""The mail server of a company as a row, with its sealed password."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from suitebridge.adapters.store.ledger import company_transaction
from suitebridge.adapters.store.scope import CompanyScope
from suitebridge.adapters.store.seals import SealedText, Sealer, SecretPlace
from suitebridge.adapters.store.texts import integer
from suitebridge.adapters.store.versions import meant
from suitebridge.domain.credentials import Secret
from suitebridge.domain.errors import Problem, RecordRefusedError
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.intents import Change
from suitebridge.domain.mail import MailSecurity, MailServer
from suitebridge.domain.people import Stamp
from suitebridge.ports.clock import Clock

TABLE: Final = "store_mailserver"
FIELD: Final = "mail_password"
_COLUMNS: Final = ("host", "port", "security", "sign_in", "sender", "version")
_SEALED: Final = ("format", "key_id", "envelope", "fingerprint")


class StoredMail:
    """The mail server of one company; implements `ports.mail.MailSettings`."""

    def __init__(self, scope: CompanyScope, clock: Clock, sealer: Sealer) -> None:
        self._scope = scope
        self._clock = clock
        self._sealer = sealer

    def get(self) -> MailServer | None:
        """Show the server."""
        rows = self._scope.select(TABLE, "r.host, r.port, r.security, r.sign_in, r.sender, r.version")
        if not rows:
            return None
        host, port, security, user, sender, version = rows[0]
        return MailServer(
            host=str(host),
            port=integer(port),
            security=MailSecurity(str(security)),
            user=str(user),
            sender=str(sender),
            version=integer(version),
        )

    def password(self) -> Secret | None:
        """Open the password."""
        rows = self._scope.select(TABLE, "r.format, r.key_id, r.envelope, r.fingerprint", where="r.key_id <> ''")
        if not rows:
            return None
        version, key_id, envelope, fingerprint = rows[0]
        sealed = SealedText(
            format=integer(version), key_id=str(key_id), envelope=str(envelope), fingerprint=str(fingerprint)
        )
        return self._sealer.open(sealed, place_of(self._scope))

    def save(self, server: MailServer, *, password: Secret | None, stamp: Stamp) -> MailServer:
        """Store the server of the version that it was read with."""
        with company_transaction(self._scope, self._clock.now()) as ledger:
            was = self._meant(server.version)
            saved = replace(server, version=server.version + 1)
            row = (saved.host, saved.port, saved.security.value, saved.user, saved.sender, saved.version)
            assignments = ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS)
            conflict = f"ON CONFLICT (company_id) DO UPDATE SET {assignments}"
            self._scope.insert(TABLE, _COLUMNS, [row], conflict=conflict)
            if password is not None:
                sealed = self._sealer.seal(password, place_of(self._scope))
                self._seal(sealed.format, sealed.key_id, sealed.envelope, sealed.fingerprint)
            elif not saved.user:
                self._seal(0, "", "", "")
            ledger.append([told(was, saved, has_new_password=password is not None)], stamp)
        return saved

    def remove(self, *, version: int, stamp: Stamp) -> None:
        """Remove the server of this version with its password."""
        with company_transaction(self._scope, self._clock.now()) as ledger:
            was = self._meant(version)
            if was is None:
                raise moved()
            self._scope.delete(TABLE, where="host = %s", parameters=(was.host,))
            ledger.append([told(was, None)], stamp)

    def _meant(self, version: int) -> MailServer | None:
        return meant(self.get(), version, moved())

    def _seal(self, *cells: str | int) -> None:
        assignments = ", ".join(f"{name} = %s" for name in _SEALED)
        self._scope.set(TABLE, assignments, where="version > 0", parameters=cells)


def place_of(scope: CompanyScope) -> SecretPlace:
    """Say where the password belongs: it opens for its company only."""
    return SecretPlace(company=scope.company_id, connection="mail", field=FIELD, account="")


def moved() -> RecordRefusedError:
    """Say that somebody was faster."""
    return RecordRefusedError(Problem(code="SB-AUTO-002", facts={"what": "The mail server"}))


def told(was: MailServer | None, now: MailServer | None, *, has_new_password: bool = False) -> Event:
    """Tell what an act changed about the mail server, and nothing of its password."""
    before, after = _texts(was), _texts(now)
    steps = [
        Change(field=part, before=before.get(part) or None, after=after.get(part) or None)
        for part in dict.fromkeys((*before, *after))
        if before.get(part, "") != after.get(part, "")
    ]
    if has_new_password:
        steps.append(Change(field=FIELD, before=None, after="a new secret"))
    name = EventName.MAIL_SERVER_SAVED if now is not None else EventName.MAIL_SERVER_REMOVED
    subject = next(one.host for one in (now, was) if one is not None)
    return Event(name=name, subject_type="mail_server", subject_id="mail", subject=subject, changes=tuple(steps))


def _texts(server: MailServer | None) -> Mapping[str, str]:
    if server is None:
        return {}
    return {
        "host": server.host,
        "port": str(server.port),
        "security": server.security.value,
        "user": server.user,
        "sender": server.sender,
    }
