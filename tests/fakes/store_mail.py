"""The mail server of the store in memory."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from suitebridge.adapters.store.mail import moved, told
from suitebridge.domain.credentials import Secret
from suitebridge.domain.mail import MailServer
from suitebridge.domain.people import Stamp

if TYPE_CHECKING:
    from tests.fakes.store import MemoryStore


class MemoryMail:
    """The server and its password as they are."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    def get(self) -> MailServer | None:
        return self._store.state.mail_server

    def password(self) -> Secret | None:
        return self._store.state.mail_password

    def save(self, server: MailServer, *, password: Secret | None, stamp: Stamp) -> MailServer:
        with self._store.begin() as unit:
            was, state = self._meant(server.version), self._store.state
            state.mail_server = saved = replace(server, version=server.version + 1)
            state.mail_password = password or (state.mail_password if server.user else None)
            unit.append_event(told(was, saved, has_new_password=password is not None), stamp)
        return saved

    def remove(self, *, version: int, stamp: Stamp) -> None:
        with self._store.begin() as unit:
            was = self._meant(version)
            if was is None:
                raise moved()
            self._store.state.mail_server = self._store.state.mail_password = None
            unit.append_event(told(was, None), stamp)

    def _meant(self, version: int) -> MailServer | None:
        was = self.get()
        if version != (was.version if was else 0):
            raise moved()
        return was
