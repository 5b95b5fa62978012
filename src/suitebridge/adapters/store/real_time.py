"""The real-time settings: what is exported when it is saved, the sealed key of pushes, and the errands that saving a record leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

import msgspec

from suitebridge.adapters.store import inbox
from suitebridge.adapters.store.bindings import account_of
from suitebridge.adapters.store.ledger import company_transaction
from suitebridge.adapters.store.scope import CompanyScope
from suitebridge.adapters.store.seals import SealedText, Sealer, SecretPlace
from suitebridge.adapters.store.texts import integer, moment
from suitebridge.domain.credentials import Secret
from suitebridge.domain.errors import Problem, RecordRefusedError
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.intents import Change
from suitebridge.domain.people import Door, Stamp
from suitebridge.domain.records import Direction
from suitebridge.ports.clock import Clock
from suitebridge.ports.connections import SecretMark
from suitebridge.ports.inbox import NewErrand, Origin
from suitebridge.ports.real_time import RealTime

TABLE: Final = "store_realtime"
FIELD: Final = "push_key"
NEVER_BY_ITSELF: Final = frozenset({Door.INTEGRATION, Door.SETUP})
"""Doors through which a saved record is not exported: what a run writes would go back where it came from."""

_SEALED: Final = ("format", "key_id", "envelope", "fingerprint", "set_by", "set_at")


class StoredRealTime:
    """The real-time settings of one company; implements `ports.real_time.RealTimeSettings`."""

    def __init__(self, scope: CompanyScope, clock: Clock, sealer: Sealer) -> None:
        self._scope = scope
        self._clock = clock
        self._sealer = sealer

    def get(self) -> RealTime:
        """Show the settings."""
        rows = self._scope.select(
            TABLE, "r.exports, r.configured_by, r.version, r.key_id, r.fingerprint, r.set_by, r.set_at"
        )
        if not rows:
            return RealTime()
        exports, configured_by, version, key_id, fingerprint, set_by, set_at = rows[0]
        mark = None
        if key_id:
            mark = SecretMark(field=FIELD, fingerprint=str(fingerprint), set_by=str(set_by), set_at=moment(set_at))
        return RealTime(
            exports=frozenset(msgspec.json.decode(str(exports), type=list[str])),
            configured_by=str(configured_by),
            key=mark,
            version=integer(version),
        )

    def save_exports(self, exports: frozenset[str], stamp: Stamp, *, version: int) -> None:
        """Store which record types are exported when they are saved."""
        with company_transaction(self._scope, self._clock.now()) as ledger:
            was = self.get()
            if version != was.version:
                raise moved()
            row = (msgspec.json.encode(sorted(exports)).decode(), stamp.author_id, version + 1)
            self._save(("exports", "configured_by", "version"), row)
            ledger.append([told_exports(was.exports, exports)], stamp)

    def save_key(self, key: Secret | None, stamp: Stamp) -> None:
        """Seal the key and store it, or remove it."""
        with company_transaction(self._scope, self._clock.now()) as ledger:
            if key is None:
                self._save((*_SEALED, "configured_by"), (0, "", "", "", "", None, stamp.author_id))
            else:
                sealed = self._sealer.seal(key, place_of(self._scope))
                row = (sealed.format, sealed.key_id, sealed.envelope, sealed.fingerprint, stamp.author_name, ledger.at)
                self._save((*_SEALED, "configured_by"), (*row, stamp.author_id))
            ledger.append([told_key(is_there=key is not None)], stamp)

    def key(self) -> Secret | None:
        """Open the key."""
        rows = self._scope.select(TABLE, "r.format, r.key_id, r.envelope, r.fingerprint", where="r.key_id <> ''")
        if not rows:
            return None
        version, key_id, envelope, fingerprint = rows[0]
        sealed = SealedText(
            format=integer(version), key_id=str(key_id), envelope=str(envelope), fingerprint=str(fingerprint)
        )
        return self._sealer.open(sealed, place_of(self._scope))

    def _save(self, columns: tuple[str, ...], row: tuple[str | int | None, ...]) -> None:
        assignments = ", ".join(f"{name} = excluded.{name}" for name in columns)
        self._scope.insert(TABLE, columns, [row], conflict=f"ON CONFLICT (company_id) DO UPDATE SET {assignments}")


def place_of(scope: CompanyScope) -> SecretPlace:
    """Say where the key belongs: it opens for its company only, whatever account is connected."""
    return SecretPlace(company=scope.company_id, connection="real-time", field=FIELD, account="")


def leave_errands(scope: CompanyScope, saved: Sequence[tuple[str, str]], stamp: Stamp, *, now: datetime) -> None:
    """Put what was saved into the inbox, in the transaction that saves it, where its type is exported in real time."""
    if stamp.door in NEVER_BY_ITSELF or not saved:
        return
    rows = scope.select(TABLE, "r.exports")
    chosen = frozenset(msgspec.json.decode(str(rows[0][0]), type=list[str])) if rows else frozenset[str]()
    account = account_of(scope)
    errands = [saved_errand(account, one, stamp, now) for one in saved if one[0] in chosen]
    if errands and account:
        inbox.add(scope, errands, now=now)


def saved_errand(account: str, saved: tuple[str, str], stamp: Stamp, now: datetime) -> NewErrand:
    """Write the errand of a record, by type and id, that somebody has saved."""
    return NewErrand(
        account_id=account,
        direction=Direction.EXPORT,
        record_type=saved[0],
        record_id=saved[1],
        origin=Origin.SAVE,
        asked_at=now,
        asked_by_id=stamp.author_id,
        asked_by_name=stamp.author_name,
    )


def moved() -> RecordRefusedError:
    """Say that somebody was faster."""
    return RecordRefusedError(Problem(code="SB-AUTO-002", facts={"what": "The real-time settings"}))


def told_exports(was: frozenset[str], now: frozenset[str]) -> Event:
    """Tell what is exported in real time from now on."""
    changes: Mapping[str, tuple[str, str]] = {"exports": (", ".join(sorted(was)), ", ".join(sorted(now)))}
    return _told(EventName.REAL_TIME_SAVED, changes)


def told_key(*, is_there: bool) -> Event:
    """Tell that the key of pushes was set or removed, and nothing of it."""
    pair = ("", "a new secret") if is_there else ("a secret", "")
    return _told(EventName.PUSH_KEY_SET if is_there else EventName.PUSH_KEY_REMOVED, {FIELD: pair})


def _told(name: EventName, changes: Mapping[str, tuple[str, str]]) -> Event:
    steps = tuple(
        Change(field=field, before=before or None, after=after or None)
        for field, (before, after) in changes.items()
        if before != after
    )
    return Event(
        name=name, subject_type="connection", subject_id="netsuite", subject="real-time transfer", changes=steps
    )
