"""The notifications of the store in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from suitebridge.adapters.store.notices import moved, told
from suitebridge.domain.credentials import Secret
from suitebridge.domain.events import EventName
from suitebridge.domain.groups import key_of
from suitebridge.domain.notices import KEPT, WAITS, Message, MessageState, Recipient, Stand
from suitebridge.domain.people import Stamp

if TYPE_CHECKING:
    from tests.fakes.store import MemoryStore


class MemoryNotices:
    """Recipients by the key of their name, messages by id with their next time."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    def recipients(self) -> Sequence[Recipient]:
        return [one for _, (one, _) in sorted(self._store.state.recipients.items(), key=lambda pair: pair[0])]

    def recipient(self, name: str) -> Recipient | None:
        found = self._store.state.recipients.get(key_of(name))
        return found[0] if found else None

    def save(self, recipient: Recipient, *, key: Secret | None, stamp: Stamp) -> Recipient:
        with self._store.begin() as unit:
            was = self._meant(recipient.name, recipient.version)
            kept = key or self.key(recipient.name)
            if kept is None:
                raise ValueError("A new recipient needs a key.")
            saved = replace(recipient, name=was.name if was else recipient.name, version=recipient.version + 1)
            self._store.state.recipients[key_of(recipient.name)] = (saved, kept)
            unit.append_event(told(EventName.RECIPIENT_SAVED, was, saved, has_new_key=key is not None), stamp)
        return saved

    def remove(self, name: str, *, version: int, stamp: Stamp) -> None:
        with self._store.begin() as unit:
            was = self._meant(name, version)
            if was is None:
                raise moved(name)
            del self._store.state.recipients[key_of(name)]
            for one, _ in list(self._store.state.messages.values()):
                if key_of(one.recipient) == key_of(name):
                    del self._store.state.messages[one.id]
            unit.append_event(told(EventName.RECIPIENT_REMOVED, was, None), stamp)

    def key(self, name: str) -> Secret | None:
        found = self._store.state.recipients.get(key_of(name))
        return found[1] if found else None

    def told(self) -> Mapping[str, Stand]:
        return dict(self._store.state.standings)

    def post(self, standings: Mapping[str, Stand], messages: Sequence[Message]) -> None:
        self._store.state.standings.update(standings)
        for one in messages:
            self._store.state.messages.setdefault(one.id, (one, one.made_at))
        oldest = self._store.clock.now() - KEPT
        for one, _ in list(self._store.state.messages.values()):
            if one.made_at < oldest:
                del self._store.state.messages[one.id]

    def claim(self) -> Message | None:
        now = self._store.clock.now()
        due = [
            (at, one.id)
            for one, at in self._store.state.messages.values()
            if one.state is MessageState.WAITING and at <= now
        ]
        if not due:
            return None
        one, _ = self._store.state.messages[min(due)[1]]
        taken = replace(one, attempts=one.attempts + 1)
        self._store.state.messages[one.id] = (taken, now + WAITS[min(taken.attempts, len(WAITS)) - 1])
        return taken

    def settle(self, message: Message, *, is_taken: bool, said: str) -> None:
        one, at = self._store.state.messages[message.id]
        self._store.state.messages[message.id] = (replace(one, state=message.after(is_taken=is_taken), said=said), at)

    def messages(self, *, limit: int) -> Sequence[Message]:
        found = sorted((one for one, _ in self._store.state.messages.values()), key=lambda one: one.id)
        return sorted(found, key=lambda one: one.made_at, reverse=True)[:limit]

    def repeat(self, message_id: str) -> bool:
        found = self._store.state.messages.get(message_id)
        if found is None:
            return False
        again = replace(found[0], state=MessageState.WAITING, attempts=0)
        self._store.state.messages[message_id] = (again, self._store.clock.now())
        return True

    def _meant(self, name: str, version: int) -> Recipient | None:
        was = self.recipient(name)
        if version != (was.version if was else 0):
            raise moved(name)
        return was
