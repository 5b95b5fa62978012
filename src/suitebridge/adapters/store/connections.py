"""The NetSuite connection of a company: shown without secrets, saved with sealed ones, opened for signing only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final, NamedTuple

import msgspec

from suitebridge.adapters.store import relinking
from suitebridge.adapters.store.ledger import Ledger, company_transaction
from suitebridge.adapters.store.scope import CompanyScope
from suitebridge.adapters.store.seals import SealedText, Sealer, SecretPlace
from suitebridge.adapters.store.texts import integer, moment
from suitebridge.domain.credential_sets import ConnectionDraft, Switch, signing_credentials, signing_set, told_value
from suitebridge.domain.credentials import AccountId, Secret, SigningCredentials
from suitebridge.domain.errors import Problem, RunStoppedError
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.intents import Change
from suitebridge.domain.people import Stamp
from suitebridge.domain.relinks import Relink
from suitebridge.ports.clock import Clock
from suitebridge.ports.connections import Connection, SecretMark

CONNECTION_ID: Final = "netsuite"
"""A company has one connection (design §4); its name is part of what a sealed secret is bound to."""

NEW_SECRET: Final = "a new secret"  # noqa: S105  # what the trail says of one
_READ: Final = "r.account_id, r.linked_account_id, r.integration_user_id, r.switches, r.version"
_COLUMNS: Final = ("account_id", "linked_account_id", "integration_user_id", "switches", "version")
_UPSERT: Final = "ON CONFLICT (company_id) DO UPDATE SET " + ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS)
_SEALED: Final = ("field", "format", "key_id", "envelope", "fingerprint", "set_by", "set_at")
_SEALED_UPSERT: Final = "ON CONFLICT (company_id, field) DO UPDATE SET " + ", ".join(
    f"{name} = excluded.{name}" for name in _SEALED[1:]
)
_NOBODY_YET: Final = Connection(account_id="", linked_account_id="", values={}, secrets=(), integration_user_id="")


class _Open(NamedTuple):
    """A change under way: the ledger that tells it, and the connection as it stands."""

    ledger: Ledger
    before: Connection


class StoredConnections:
    """The connection of one company; implements `ports.connections.Connections`."""

    def __init__(self, scope: CompanyScope, clock: Clock, sealer: Sealer) -> None:
        self._scope = scope
        self._clock = clock
        self._sealer = sealer

    def get(self) -> Connection | None:
        """Show the connection without secrets."""
        rows = self._scope.select("store_connection", _READ)
        if not rows:
            return None
        account_id, linked_account_id, integration_user_id, switches, version = rows[0]
        return Connection(
            account_id=str(account_id),
            linked_account_id=str(linked_account_id),
            values=self._values(),
            secrets=self._marks(),
            integration_user_id=str(integration_user_id),
            switches=_switches(str(switches)),
            version=integer(version),
        )

    def _values(self) -> Mapping[str, str]:
        rows = self._scope.select("store_credentialvalue", "r.field, r.value", tail="ORDER BY r.field")
        return {str(field): str(value) for field, value in rows}

    def _marks(self) -> tuple[SecretMark, ...]:
        rows = self._scope.select(
            "store_sealedsecret", "r.field, r.fingerprint, r.set_by, r.set_at", tail="ORDER BY r.field"
        )
        return tuple(
            SecretMark(field=str(field), fingerprint=str(fingerprint), set_by=str(set_by), set_at=moment(set_at))
            for field, fingerprint, set_by, set_at in rows
        )

    def save(self, draft: ConnectionDraft, stamp: Stamp, *, version: int | None = None) -> None:
        """Store a draft as a whole; the entry says of a secret only that it was set or removed."""
        account = draft.account.value
        with self._changing(version) as (ledger, before):
            sealed = {
                field: self._sealer.seal(secret, self._place(field, account)) for field, secret in draft.secrets.items()
            }
            staying = draft.kept if before.account_id == account else frozenset[str]()
            gone = [mark.field for mark in before.secrets if mark.field not in sealed and mark.field not in staying]
            changes = (*_value_changes(before, draft), *_secret_changes(before, sealed, gone))
            self._write(before, account=account, integration_user_id=draft.integration_user_id, switches=draft.switches)
            self._replace_values(draft.values)
            self._drop_secrets(gone)
            rows = [
                (field, text.format, text.key_id, text.envelope, text.fingerprint, stamp.author_name, ledger.at)
                for field, text in sealed.items()
            ]
            self._scope.insert("store_sealedsecret", _SEALED, rows, conflict=_SEALED_UPSERT)
            ledger.append([_event(EventName.CREDENTIALS_SAVED, account, changes)], stamp)

    def set_integration_user(self, record_id: str, stamp: Stamp, *, version: int | None = None) -> None:
        """Choose the integration user, or clear the choice with ""."""
        with self._changing(version) as (ledger, before):
            self._write(before, integration_user_id=record_id)
            changes = tuple(_moved("integration_user_id", before.integration_user_id, record_id))
            ledger.append([_event(EventName.INTEGRATION_USER_SET, before.account_id, changes)], stamp)

    def save_switches(self, switches: frozenset[Switch], stamp: Stamp, *, version: int | None = None) -> None:
        """Store the connector's settings and leave the rest."""
        with self._changing(version) as (ledger, before):
            self._write(before, switches=switches)
            changes = _switch_changes(before.switches, switches)
            ledger.append([_event(EventName.SETTINGS_SAVED, before.account_id, changes)], stamp)

    def clear(self, stamp: Stamp, *, version: int | None = None) -> None:
        """Remove every key and secret."""
        with self._changing(version) as (ledger, before):
            self._write(before)
            self._replace_values({})
            gone = [mark.field for mark in before.secrets]
            self._drop_secrets(gone)
            changes = (
                *(Change(field=field, before=told_value(value), after=None) for field, value in before.values.items()),
                *_secret_changes(before, {}, gone),
            )
            ledger.append([_event(EventName.CREDENTIALS_CLEARED, before.account_id, changes)], stamp)

    def link(self, relink: Relink, stamp: Stamp, *, version: int | None = None) -> None:
        """Note that the company's work goes to the connection's present account from now on."""
        with self._changing(version) as (ledger, before):
            self._write(before, linked=before.account_id)
            linked = Change(field="linked_account_id", before=before.linked_account_id or None, after=before.account_id)
            changes = [linked, Change(field="relink", before=None, after=relink.value)]
            if relink is Relink.COPY and not before.is_linked:
                carried = relinking.carry_over(self._scope, before=before.linked_account_id, to=before.account_id)
                changes.append(Change(field="netsuite_ids", before=None, after=str(carried)))
            ledger.append([_event(EventName.CONNECTION_LINKED, before.account_id, tuple(changes))], stamp)

    def credentials(self) -> SigningCredentials | None:
        """Open the stored credentials for signing. Raise `RunStoppedError` SB-KEY-001 if they cannot be opened."""
        shown = self.get()
        if shown is None or not shown.values:
            return None
        secrets = self.open_secrets()
        used = signing_set(shown.switches).secrets
        if not {field.name for field in used if shown.values.get(field.key)} <= secrets.keys():
            said = "A secret of the connection is not in the database."
            raise RunStoppedError(Problem(code="SB-KEY-001", facts={"said": said}))
        return signing_credentials(AccountId.parse(shown.account_id), shown.values, secrets, shown.switches)

    def open_secrets(self) -> Mapping[str, Secret]:
        """Open every stored secret by field. Raise `RunStoppedError` SB-KEY-001 if one cannot be opened."""
        rows = self._scope.select(
            "store_sealedsecret",
            "r.field, r.format, r.key_id, r.envelope, r.fingerprint, c.account_id",
            joins="JOIN store_connection c ON c.company_id = r.company_id",
            tail="ORDER BY r.field",
        )
        opened: dict[str, Secret] = {}
        for field, version, key_id, envelope, fingerprint, account in rows:
            sealed = SealedText(
                format=version if isinstance(version, int) else 0,
                key_id=str(key_id),
                envelope=str(envelope),
                fingerprint=str(fingerprint),
            )
            opened[str(field)] = self._sealer.open(sealed, self._place(str(field), str(account)))
        return opened

    @contextmanager
    def _changing(self, version: int | None) -> Iterator[_Open]:
        """Hold the company while the connection is changed; refuse where somebody was faster."""
        with company_transaction(self._scope, self._clock.now()) as ledger:
            before = self.get() or _NOBODY_YET
            if version is not None and version != before.version:
                raise RunStoppedError(Problem(code="SB-CONN-001"))
            yield _Open(ledger, before)

    def _write(
        self,
        before: Connection,
        *,
        account: str | None = None,
        linked: str | None = None,
        integration_user_id: str | None = None,
        switches: frozenset[Switch] | None = None,
    ) -> None:
        """Store the connection's row with what changes; the first account is linked by being the first."""
        account = before.account_id if account is None else account
        linked = before.linked_account_id if linked is None else linked
        chosen = before.integration_user_id if integration_user_id is None else integration_user_id
        on = before.switches if switches is None else switches
        row = (account, linked or account, chosen, _switches_text(on), before.version + 1)
        self._scope.insert("store_connection", _COLUMNS, [row], conflict=_UPSERT)
        if account and not linked:
            relinking.adopt(self._scope, account)

    def _replace_values(self, values: Mapping[str, str]) -> None:
        self._scope.delete("store_credentialvalue", where="1 = 1", parameters=())
        rows = [(field, value) for field, value in values.items() if value]
        self._scope.insert("store_credentialvalue", ("field", "value"), rows)

    def _drop_secrets(self, fields: list[str]) -> None:
        for field in fields:
            self._scope.delete("store_sealedsecret", where="field = %s", parameters=(field,))

    def _place(self, field: str, account: str) -> SecretPlace:
        return SecretPlace(company=self._scope.company_id, connection=CONNECTION_ID, field=field, account=account)


def _event(name: EventName, account: str, changes: tuple[Change, ...]) -> Event:
    subject = f"account {account}" if account else "the NetSuite Connector"
    return Event(name=name, subject_type="connection", subject_id=CONNECTION_ID, subject=subject, changes=changes)


def _value_changes(before: Connection, draft: ConnectionDraft) -> Iterator[Change]:
    yield from _moved("account_id", before.account_id, draft.account.value)
    for field in sorted({*before.values, *draft.values}):
        yield from _moved(field, *(told_value(values.get(field, "")) for values in (before.values, draft.values)))
    yield from _moved("integration_user_id", before.integration_user_id, draft.integration_user_id)
    yield from _switch_changes(before.switches, draft.switches)


def _moved(field: str, was: str, now: str) -> Iterator[Change]:
    if was != now:
        yield Change(field=field, before=was or None, after=now or None)


def _switch_changes(before: frozenset[Switch], after: frozenset[Switch]) -> tuple[Change, ...]:
    return tuple(
        Change(field=switch.value, before=switch in before, after=switch in after)
        for switch in Switch
        if (switch in before) != (switch in after)
    )


def _secret_changes(before: Connection, sealed: Mapping[str, SealedText], gone: list[str]) -> Iterator[Change]:
    known = {mark.field: mark.fingerprint for mark in before.secrets}
    for field, text in sealed.items():
        if known.get(field) != text.fingerprint:
            yield Change(field=field, before=None, after=NEW_SECRET)
    for field in gone:
        yield Change(field=field, before="a secret", after=None)


def _switches(text: str) -> frozenset[Switch]:
    known = {switch.value: switch for switch in Switch}
    return frozenset(known[name] for name in msgspec.json.decode(text, type=list[str]) if name in known)


def _switches_text(switches: frozenset[Switch]) -> str:
    return msgspec.json.encode(sorted(switch.value for switch in switches)).decode()
