"""The notifications of a company: recipients with their sealed keys, how workflows stood when that was told, messages on their way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import msgspec

from suitebridge.adapters.store.databases import Cell
from suitebridge.adapters.store.ledger import company_transaction
from suitebridge.adapters.store.scope import CompanyScope
from suitebridge.adapters.store.seals import SealedText, Sealer, SecretPlace
from suitebridge.adapters.store.texts import instant_text, integer, moment
from suitebridge.adapters.store.versions import meant
from suitebridge.domain.credentials import Secret
from suitebridge.domain.errors import Problem, RecordRefusedError
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.groups import key_of
from suitebridge.domain.intents import Change
from suitebridge.domain.notices import (
    KEPT,
    WAITS,
    Message,
    MessageState,
    NoticeKind,
    Recipient,
    Severity,
    Stand,
    Standing,
)
from suitebridge.domain.people import Stamp
from suitebridge.ports.clock import Clock

TABLE: Final = "store_recipient"
_COLUMNS: Final = ("key", "name", "url", "workflows", "least", "digest_hour", "muted_until", "version")
_SEALED: Final = ("format", "key_id", "envelope", "fingerprint")
_READ: Final = "r.name, r.url, r.workflows, r.least, r.digest_hour, r.muted_until, r.version"
_STAND: Final = ("workflow", "standing", "run_id", "run_number", "run_state", "code", "left_open")
_MESSAGE: Final = (
    "id",
    "recipient_key",
    "recipient",
    "kind",
    "body",
    "made_at",
    "state",
    "attempts",
    "next_at",
    "said",
)
_READ_MESSAGE: Final = "r.id, r.recipient, r.kind, r.body, r.made_at, r.state, r.attempts, r.said"


class StoredNotices:
    """The notifications of one company; implements `ports.notices.Notices`."""

    def __init__(self, scope: CompanyScope, clock: Clock, sealer: Sealer) -> None:
        self._scope = scope
        self._clock = clock
        self._sealer = sealer

    def recipients(self) -> Sequence[Recipient]:
        """List the recipients by name."""
        return [_recipient(row) for row in self._scope.select(TABLE, _READ, tail="ORDER BY r.key")]

    def recipient(self, name: str) -> Recipient | None:
        """Find a recipient by its name, whatever its case."""
        rows = self._scope.select(TABLE, _READ, where="r.key = %s", parameters=(key_of(name),))
        return _recipient(rows[0]) if rows else None

    def save(self, recipient: Recipient, *, key: Secret | None, stamp: Stamp) -> Recipient:
        """Store a recipient of the version that it was read with; a key takes the place of an earlier one."""
        with company_transaction(self._scope, self._clock.now()) as ledger:
            was = self._meant(recipient.name, recipient.version)
            if was is None and key is None:
                raise ValueError("A new recipient needs a key.")
            name = was.name if was is not None else recipient.name
            saved = replace(recipient, name=name, version=recipient.version + 1)
            own = key_of(name)
            if was is None and key is not None:
                self._scope.insert(TABLE, (*_COLUMNS, *_SEALED), [(own, *_row(saved), *self._seal(key, own))])
            else:
                self._scope.update(TABLE, _COLUMNS[1:], keys=("key",), rows=[(*_row(saved), own)])
                if key is not None:
                    self._scope.update(TABLE, _SEALED, keys=("key",), rows=[(*self._seal(key, own), own)])
            ledger.append([told(EventName.RECIPIENT_SAVED, was, saved, has_new_key=key is not None)], stamp)
        return saved

    def remove(self, name: str, *, version: int, stamp: Stamp) -> None:
        """Remove a recipient of this version with its messages."""
        with company_transaction(self._scope, self._clock.now()) as ledger:
            was = self._meant(name, version)
            if was is None:
                raise moved(name)
            self._scope.delete("store_message", where="recipient_key = %s", parameters=(key_of(name),))
            self._scope.delete(TABLE, where="key = %s", parameters=(key_of(name),))
            ledger.append([told(EventName.RECIPIENT_REMOVED, was, None)], stamp)

    def key(self, name: str) -> Secret | None:
        """Open the key that a recipient's messages are signed with."""
        columns = ", ".join(f"r.{column}" for column in _SEALED)
        rows = self._scope.select(TABLE, columns, where="r.key = %s", parameters=(key_of(name),))
        if not rows:
            return None
        version, key_id, envelope, fingerprint = rows[0]
        sealed = SealedText(
            format=integer(version), key_id=str(key_id), envelope=str(envelope), fingerprint=str(fingerprint)
        )
        return self._sealer.open(sealed, place_of(self._scope, key_of(name)))

    def told(self) -> Mapping[str, Stand]:
        """Give how each workflow stood when that was told last."""
        rows = self._scope.select("store_stand", ", ".join(f"r.{column}" for column in _STAND))
        return {str(row[0]): _stand(row) for row in rows}

    def post(self, standings: Mapping[str, Stand], messages: Sequence[Message]) -> None:
        """Store how workflows stand and the messages that say so, together."""
        now = self._clock.now()
        with company_transaction(self._scope, now):
            stands = [
                (name, one.standing.value, one.run_id, one.run_number, one.run_state, one.code, one.left_open)
                for name, one in standings.items()
            ]
            assignments = ", ".join(f"{column} = excluded.{column}" for column in _STAND[1:])
            conflict = f"ON CONFLICT (company_id, workflow) DO UPDATE SET {assignments}"
            if stands:
                self._scope.insert("store_stand", _STAND, stands, conflict=conflict)
            rows = [_posted(one) for one in messages]
            if rows:
                self._scope.insert("store_message", _MESSAGE, rows, conflict="ON CONFLICT (company_id, id) DO NOTHING")
            self._scope.delete("store_message", where="made_at < %s", parameters=(instant_text(now - KEPT),))

    def claim(self) -> Message | None:
        """Take the message that is due longest, counting the attempt and putting the next one off."""
        now = self._clock.now()
        due = (MessageState.WAITING.value, instant_text(now))
        tail, where = "ORDER BY r.next_at, r.id LIMIT 1", "r.state = %s AND r.next_at <= %s"
        # Asked first without the company's lock: nearly always there is none.
        if not self._scope.select("store_message", "r.id", where=where, parameters=due, tail="LIMIT 1"):
            return None
        with company_transaction(self._scope, now):
            rows = self._scope.select("store_message", _READ_MESSAGE, where=where, parameters=due, tail=tail)
            if not rows:
                return None
            message = _message(rows[0])
            message = replace(message, attempts=message.attempts + 1)
            next_at = instant_text(now + WAITS[min(message.attempts, len(WAITS)) - 1])
            row = (message.attempts, next_at, message.id)
            self._scope.update("store_message", ("attempts", "next_at"), keys=("id",), rows=[row])
        return message

    def settle(self, message: Message, *, is_taken: bool, said: str) -> None:
        """Store what an attempt came to."""
        with company_transaction(self._scope, self._clock.now()):
            row = (message.after(is_taken=is_taken).value, said, message.id)
            self._scope.update("store_message", ("state", "said"), keys=("id",), rows=[row])

    def messages(self, *, limit: int) -> Sequence[Message]:
        """List messages, the newest first."""
        rows = self._scope.select("store_message", _READ_MESSAGE, tail=f"ORDER BY r.made_at DESC, r.id LIMIT {limit:d}")
        return [_message(row) for row in rows]

    def repeat(self, message_id: str) -> bool:
        """Let a message go out again at once, under its id."""
        now = self._clock.now()
        with company_transaction(self._scope, now):
            values = (MessageState.WAITING.value, instant_text(now), message_id)
            found = self._scope.set(
                "store_message", "state = %s, attempts = 0, next_at = %s", where="id = %s", parameters=values
            )
        return bool(found)

    def _meant(self, name: str, version: int) -> Recipient | None:
        return meant(self.recipient(name), version, moved(name))

    def _seal(self, key: Secret, own: str) -> tuple[int, str, str, str]:
        sealed = self._sealer.seal(key, place_of(self._scope, own))
        return sealed.format, sealed.key_id, sealed.envelope, sealed.fingerprint


def place_of(scope: CompanyScope, own: str) -> SecretPlace:
    """Say where a recipient's key belongs: it opens for that recipient of that company only."""
    return SecretPlace(company=scope.company_id, connection="notifications", field=own, account="")


def told(event: EventName, was: Recipient | None, now: Recipient | None, *, has_new_key: bool = False) -> Event:
    """Tell what an act changed about a recipient, and nothing of its key."""
    name = next(one.name for one in (now, was) if one is not None)
    before, after = (_texts(one) for one in (was, now))
    steps = [
        Change(field=part, before=before.get(part) or None, after=after.get(part) or None)
        for part in dict.fromkeys((*before, *after))
        if before.get(part, "") != after.get(part, "")
    ]
    if has_new_key:
        steps.append(Change(field="signing_key", before=None, after="a new secret"))
    return Event(name=event, subject_type="recipient", subject_id=name, subject=name, changes=tuple(steps))


def moved(name: str) -> RecordRefusedError:
    """Say that a recipient is of another version than the one that is meant."""
    return RecordRefusedError(Problem(code="SB-AUTO-002", facts={"what": f"The recipient {name}"}))


def _texts(recipient: Recipient | None) -> Mapping[str, str]:
    if recipient is None:
        return {}
    hour, muted = recipient.digest_hour, recipient.muted_until
    return {
        "url": recipient.url,
        "workflows": ", ".join(recipient.workflows),
        "least_severity": recipient.least.value,
        "digest_hour": "" if hour is None else str(hour),
        "muted_until": "" if muted is None else muted.isoformat(),
    }


def _row(one: Recipient) -> tuple[str | int | None, ...]:
    workflows = msgspec.json.encode(one.workflows).decode()
    muted = one.muted_until.isoformat() if one.muted_until is not None else ""
    return one.name, one.url, workflows, one.least.value, one.digest_hour, muted, one.version


def _recipient(row: tuple[Cell, ...]) -> Recipient:
    name, url, workflows, least, hour, muted, version = row
    return Recipient(
        name=str(name),
        url=str(url),
        workflows=msgspec.json.decode(str(workflows), type=tuple[str, ...]),
        least=Severity(str(least)),
        digest_hour=None if hour is None else integer(hour),
        muted_until=date.fromisoformat(str(muted)) if muted else None,
        version=integer(version),
    )


def _stand(row: tuple[Cell, ...]) -> Stand:
    _, standing, run_id, number, state, code, left_open = row
    return Stand(
        standing=Standing(str(standing)),
        run_id=str(run_id),
        run_number=integer(number),
        run_state=str(state),
        code=str(code),
        left_open=integer(left_open),
    )


def _posted(one: Message) -> tuple[str | int, ...]:
    made_at = instant_text(one.made_at)
    return (
        one.id,
        key_of(one.recipient),
        one.recipient,
        one.kind.value,
        one.body,
        made_at,
        one.state.value,
        one.attempts,
        made_at,
        one.said,
    )


def _message(row: tuple[Cell, ...]) -> Message:
    identity, recipient, kind, body, made_at, state, attempts, said = row
    return Message(
        id=str(identity),
        recipient=str(recipient),
        kind=NoticeKind(str(kind)),
        body=str(body),
        made_at=moment(made_at),
        state=MessageState(str(state)),
        attempts=integer(attempts),
        said=str(said),
    )
