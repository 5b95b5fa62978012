"""Keeps what people were given when they signed in at NetSuite: a file for each person of a company, refresh token and client secret sealed.

Implements `ports.consents.Consents`. Backups leave these files out: a person signs in anew instead.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec

from suitebridge.adapters.secrets.private_files import read_private, replace_private
from suitebridge.adapters.store.seals import SealedText, Sealer, SecretPlace
from suitebridge.domain.credentials import AccountId, ConsentCredentials, Secret
from suitebridge.domain.errors import RunStoppedError

FOLDER: Final = "netsuite-sign-ins"
_WHAT: Final = "sign-in at NetSuite"
_REFRESH, _SECRET = "refresh token", "client secret"


class _Sealed(msgspec.Struct, frozen=True):
    format: int
    key_id: str
    envelope: str


class _Content(msgspec.Struct, frozen=True):
    """One file."""

    account: str
    client_id: str
    refresh_token: _Sealed
    client_secret: _Sealed


class SealedConsents:
    """The files of one data directory."""

    def __init__(self, directory: Path, sealer: Sealer) -> None:
        self._folder = directory / FOLDER
        self._sealer = sealer

    @contextmanager
    def holding(self, company: str, person: str) -> Iterator[None]:
        """Hold a lock of the operating system, which ends with its process."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = self._file(company, person).with_suffix(".lock")
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def find(self, company: str, person: str) -> ConsentCredentials | None:
        """Open a person's file; one that no key opens any more counts as none."""
        try:
            content = msgspec.json.decode(read_private(self._file(company, person), what=_WHAT), type=_Content)
            return ConsentCredentials(
                account=AccountId.parse(content.account),
                client_id=content.client_id,
                refresh_token=self._opened(content.refresh_token, _place(company, person, _REFRESH, content.account)),
                client_secret=self._opened(content.client_secret, _place(company, person, _SECRET, content.account)),
            )
        except (FileNotFoundError, RunStoppedError, ValueError):
            return None

    def keep(self, company: str, person: str, credentials: ConsentCredentials) -> None:
        """Write a person's file."""
        account = credentials.account.value
        content = _Content(
            account=account,
            client_id=credentials.client_id,
            refresh_token=self._sealed(credentials.refresh_token, _place(company, person, _REFRESH, account)),
            client_secret=self._sealed(credentials.client_secret, _place(company, person, _SECRET, account)),
        )
        replace_private(self._file(company, person), msgspec.json.encode(content).decode(), what=_WHAT)

    def forget(self, company: str, person: str) -> None:
        """Remove a person's file."""
        self._file(company, person).unlink(missing_ok=True)

    def _file(self, company: str, person: str) -> Path:
        name = hashlib.sha256(f"{company}\0{person}".encode()).hexdigest()[:32]
        return self._folder / f"{name}.json"

    def _sealed(self, secret: Secret, place: SecretPlace) -> _Sealed:
        sealed = self._sealer.seal(secret, place)
        return _Sealed(format=sealed.format, key_id=sealed.key_id, envelope=sealed.envelope)

    def _opened(self, sealed: _Sealed, place: SecretPlace) -> Secret:
        text = SealedText(format=sealed.format, key_id=sealed.key_id, envelope=sealed.envelope, fingerprint="")
        return self._sealer.open(text, place)


def _place(company: str, person: str, field: str, account: str) -> SecretPlace:
    return SecretPlace(company=company, connection=f"{_WHAT} of {person}", field=field, account=account)
