"""The connection of the store in memory; nothing is sealed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from suitebridge.domain.credential_sets import ConnectionDraft, Switch, signing_credentials, signing_set
from suitebridge.domain.credentials import AccountId, Secret, SigningCredentials
from suitebridge.domain.errors import Problem, RunStoppedError
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.people import Stamp
from suitebridge.domain.relinks import Relink
from suitebridge.ports.connections import Connection, SecretMark
from tests.fakes.store_units import MemoryUnit

if TYPE_CHECKING:
    from tests.fakes.store import MemoryStore


@dataclass(frozen=True)
class Kept:
    """A connection and its secrets."""

    shown: Connection
    secrets: Mapping[str, Secret] = field(default_factory=dict)


_NOTHING = Kept(shown=Connection(account_id="", linked_account_id="", values={}, secrets=(), integration_user_id=""))


class MemoryConnections:
    """The connection."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    def get(self) -> Connection | None:
        kept = self._store.state.connection
        return kept.shown if kept is not None else None

    def save(self, draft: ConnectionDraft, stamp: Stamp, *, version: int | None = None) -> None:
        with self._changing(version) as (unit, kept):
            account = draft.account.value
            stays = draft.kept if kept.shown.account_id == account else frozenset[str]()
            at = self._store.clock.now()
            fresh = [
                SecretMark(field=name, fingerprint=_print(secret), set_by=stamp.author_name, set_at=at)
                for name, secret in draft.secrets.items()
            ]
            old = [m for m in kept.shown.secrets if m.field in stays and m.field not in draft.secrets]
            shown = replace(
                kept.shown,
                account_id=account,
                linked_account_id=kept.shown.linked_account_id or account,
                values={name: value for name, value in sorted(draft.values.items()) if value},
                secrets=tuple(sorted((*fresh, *old), key=lambda mark: mark.field)),
                integration_user_id=draft.integration_user_id,
                switches=draft.switches,
            )
            if not kept.shown.linked_account_id:
                stamps = self._store.state.stamps
                stamps.update({own: account for own, given in stamps.items() if not given})
            secrets = {**{m.field: kept.secrets[m.field] for m in old}, **draft.secrets}
            self._keep(unit, Kept(shown, secrets), EventName.CREDENTIALS_SAVED, stamp)

    def set_integration_user(self, record_id: str, stamp: Stamp, *, version: int | None = None) -> None:
        with self._changing(version) as (unit, kept):
            chosen = replace(kept.shown, integration_user_id=record_id)
            self._keep(unit, replace(kept, shown=chosen), EventName.INTEGRATION_USER_SET, stamp)

    def save_switches(self, switches: frozenset[Switch], stamp: Stamp, *, version: int | None = None) -> None:
        with self._changing(version) as (unit, kept):
            changed = replace(kept, shown=replace(kept.shown, switches=switches))
            self._keep(unit, changed, EventName.SETTINGS_SAVED, stamp)

    def clear(self, stamp: Stamp, *, version: int | None = None) -> None:
        with self._changing(version) as (unit, kept):
            self._keep(unit, Kept(replace(kept.shown, values={}, secrets=())), EventName.CREDENTIALS_CLEARED, stamp)

    def link(self, relink: Relink, stamp: Stamp, *, version: int | None = None) -> None:
        with self._changing(version) as (unit, kept):
            linked = replace(kept.shown, linked_account_id=kept.shown.account_id)
            if relink is Relink.COPY:
                self._carry_over(kept.shown.linked_account_id, kept.shown.account_id)
            self._keep(unit, replace(kept, shown=linked), EventName.CONNECTION_LINKED, stamp)

    def _carry_over(self, before: str, to: str) -> None:
        state = self._store.state
        for (kind, number), account in list(state.stamps.items()):
            if account == before:
                state.stamps[kind, number] = to
        for own in [own for own in state.agreements if own[0] == before]:
            state.agreements.setdefault((to, *own[1:]), state.agreements.pop(own))
        for key in [key for key in state.bindings if key[0] == before]:
            state.bindings.setdefault((to, *key[1:]), state.bindings.pop(key))
        for account, workflow in [key for key in state.open_items if key[0] == before]:
            state.open_items.setdefault((to, workflow), {}).update(state.open_items.pop((account, workflow)))

    def credentials(self) -> SigningCredentials | None:
        kept = self._store.state.connection
        if kept is None or not kept.shown.values:
            return None
        used = signing_set(kept.shown.switches).secrets
        assert {part.name for part in used if kept.shown.values.get(part.key)} <= kept.secrets.keys()
        return signing_credentials(
            AccountId(value=kept.shown.account_id), kept.shown.values, kept.secrets, kept.shown.switches
        )

    def open_secrets(self) -> Mapping[str, Secret]:
        kept = self._store.state.connection
        return kept.secrets if kept is not None else {}

    @contextmanager
    def _changing(self, version: int | None) -> Iterator[tuple[MemoryUnit, Kept]]:
        with self._store.begin() as unit:
            kept = self._store.state.connection or _NOTHING
            if version is not None and version != kept.shown.version:
                raise RunStoppedError(Problem(code="SB-CONN-001"))
            yield unit, kept

    def _keep(self, unit: MemoryUnit, kept: Kept, name: EventName, stamp: Stamp) -> None:
        shown = replace(kept.shown, version=kept.shown.version + 1)
        self._store.state.connection = replace(kept, shown=shown)
        subject = f"account {shown.account_id}" if shown.account_id else "the NetSuite Connector"
        unit.append_event(Event(name=name, subject_type="connection", subject_id="netsuite", subject=subject), stamp)


def _print(secret: Secret) -> str:
    return hashlib.sha256(secret.reveal().encode()).hexdigest()[:6]
