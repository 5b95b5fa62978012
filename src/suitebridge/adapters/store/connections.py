"""The NetSuite connection of a company: shown without secrets, saved with sealed ones, opened for signing only."""

from __future__ import annotations

from typing import Final

from suitebridge.adapters.store.ledger import company_transaction
from suitebridge.adapters.store.scope import CompanyScope
from suitebridge.adapters.store.seals import SealedText, Sealer, SecretPlace
from suitebridge.adapters.store.texts import moment
from suitebridge.domain.credentials import AccountId, Secret, TokenCredentials
from suitebridge.domain.errors import Problem, RunStoppedError
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.intents import Change
from suitebridge.domain.people import Stamp
from suitebridge.ports.clock import Clock
from suitebridge.ports.connections import Connection, SecretMark

CONNECTION_ID: Final = "netsuite"
"""A company has one connection (design §4); its name is part of what a sealed secret is bound to."""

_SECRETS: Final = ("consumer_secret", "token_secret")
_SHOWN: Final = ("account_id", "application_id", "consumer_key", "token_id")
_UPSERT: Final = "ON CONFLICT (company_id) DO UPDATE SET " + ", ".join(f"{name} = excluded.{name}" for name in _SHOWN)
_SEALED: Final = ("field", "format", "key_id", "envelope", "fingerprint", "set_by", "set_at")
_SEALED_UPSERT: Final = "ON CONFLICT (company_id, field) DO UPDATE SET " + ", ".join(
    f"{name} = excluded.{name}" for name in _SEALED[1:]
)


class StoredConnections:
    """The connection of one company; implements `ports.connections.Connections`."""

    def __init__(self, scope: CompanyScope, clock: Clock, sealer: Sealer) -> None:
        self._scope = scope
        self._clock = clock
        self._sealer = sealer

    def get(self) -> Connection | None:
        """Show the connection without secrets."""
        rows = self._scope.select("store_connection", ", ".join((*_SHOWN, "integration_user_id")))
        if not rows:
            return None
        account_id, application_id, consumer_key, token_id, integration_user_id = (str(cell) for cell in rows[0])
        return Connection(
            account_id=account_id,
            application_id=application_id,
            consumer_key=consumer_key,
            token_id=token_id,
            secrets=self._marks(),
            integration_user_id=integration_user_id,
        )

    def _marks(self) -> tuple[SecretMark, ...]:
        rows = self._scope.select(
            "store_sealedsecret", "r.field, r.fingerprint, r.set_by, r.set_at", tail="ORDER BY r.field"
        )
        return tuple(
            SecretMark(field=str(field), fingerprint=str(fingerprint), set_by=str(set_by), set_at=moment(set_at))
            for field, fingerprint, set_by, set_at in rows
        )

    def save(self, credentials: TokenCredentials, stamp: Stamp) -> None:
        """Seal and store credentials with the trail's entry; the entry says of a secret only that it was set."""
        account = credentials.account.value
        shown = (account, credentials.application_id, credentials.consumer_key, credentials.token_id)
        secrets = (credentials.consumer_secret, credentials.token_secret)
        sealed = [
            self._sealer.seal(secret, self._place(field, account))
            for field, secret in zip(_SECRETS, secrets, strict=True)
        ]
        with company_transaction(self._scope, self._clock.now()) as ledger:
            changes = self._changes(shown, sealed)
            self._scope.insert("store_connection", (*_SHOWN, "integration_user_id"), [(*shown, "")], conflict=_UPSERT)
            rows = [
                (field, text.format, text.key_id, text.envelope, text.fingerprint, stamp.author_name, ledger.at)
                for field, text in zip(_SECRETS, sealed, strict=True)
            ]
            self._scope.insert("store_sealedsecret", _SEALED, rows, conflict=_SEALED_UPSERT)
            event = Event(
                name=EventName.CREDENTIALS_SAVED,
                subject_type="connection",
                subject_id=CONNECTION_ID,
                subject=f"account {account}",
                changes=changes,
            )
            ledger.append([event], stamp)

    def _changes(self, shown: tuple[str, ...], sealed: list[SealedText]) -> tuple[Change, ...]:
        before = self.get()
        old = (
            (before.account_id, before.application_id, before.consumer_key, before.token_id)
            if before is not None
            else ("",) * len(_SHOWN)
        )
        changes = [
            Change(field=name, before=was or None, after=now or None)
            for name, was, now in zip(_SHOWN, old, shown, strict=True)
            if was != now
        ]
        known = {mark.field: mark.fingerprint for mark in before.secrets} if before is not None else {}
        changes += [
            Change(field=field, before=None, after="a new secret")
            for field, text in zip(_SECRETS, sealed, strict=True)
            if known.get(field) != text.fingerprint
        ]
        return tuple(changes)

    def credentials(self) -> TokenCredentials | None:
        """Open the stored credentials for signing. Raise `RunStoppedError` SB-KEY-001 if they cannot be opened."""
        shown = self.get()
        if shown is None:
            return None
        rows = self._scope.select(
            "store_sealedsecret", "r.field, r.format, r.key_id, r.envelope, r.fingerprint", tail="ORDER BY r.field"
        )
        opened: dict[str, Secret] = {}
        for field, version, key_id, envelope, fingerprint in rows:
            sealed = SealedText(
                format=version if isinstance(version, int) else 0,
                key_id=str(key_id),
                envelope=str(envelope),
                fingerprint=str(fingerprint),
            )
            opened[str(field)] = self._sealer.open(sealed, self._place(str(field), shown.account_id))
        if set(opened) != set(_SECRETS):
            said = "A secret of the connection is not in the database."
            raise RunStoppedError(Problem(code="SB-KEY-001", facts={"said": said}))
        return TokenCredentials(
            account=AccountId.parse(shown.account_id),
            application_id=shown.application_id,
            consumer_key=shown.consumer_key,
            consumer_secret=opened["consumer_secret"],
            token_id=shown.token_id,
            token_secret=opened["token_secret"],
        )

    def _place(self, field: str, account: str) -> SecretPlace:
        return SecretPlace(company=self._scope.company_id, connection=CONNECTION_ID, field=field, account=account)
