"""Hints that an account posts to other systems when records are saved: who gets them, how they are signed, and the
outbox they wait in (reference §7.1).

The body and the signature are those that a script in an account would send to such a system: HMAC-SHA256 under a shared
key over timestamp, method, path and body, joined by line feeds (assumed: each receiver words its own). A hint names
record types, ids and change stamps, never values. The outbox lies in memory. Refuses to know sockets.
"""

from __future__ import annotations

import enum
import hashlib
import hmac
import json
from collections import deque
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from netsuite_simulator.clock import Clock
from netsuite_simulator.userevents import EXECUTION_CONTEXTS, Deployment, Event, SavedRecord, UserEvents

MOST_ATTEMPTS = 8
MOST_KEPT = 10_000
_FIRST_PAUSE = timedelta(seconds=2)
_WEB_SERVICES = frozenset({"WEBSERVICES", "RESTWEBSERVICES"})
# A receiver's own writes come by web services: leaving them out keeps echoes away (reference §7.4).
USUAL_CONTEXTS = EXECUTION_CONTEXTS - _WEB_SERVICES
USUAL_EVENTS = frozenset({Event.CREATE, Event.EDIT})
USUAL_HEADERS = "X-SuiteBridge"


class Mishap(enum.StrEnum):
    """What may befall the next hint on its way (quality book, row F81)."""

    DUPLICATE = "duplicate"  # sent twice, as one delivery signed twice
    REPLAYED = "replayed"  # the same bytes come a second time, signature and all
    FORGED = "forged"  # signed with another key
    LATE = "late"  # signed long before it is sent
    OVERTAKEN = "overtaken"  # sent after the next one
    LOST = "lost"  # never sent


class State(enum.StrEnum):
    """What became of a hint."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    REFUSED = "refused"
    GIVEN_UP = "given up"
    LOST = "lost"


LATE_BY = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """A system that gets hints; `headers` is what the names of timestamp and signature begin with."""

    id: int
    url: str
    key: str = field(repr=False)
    headers: str
    deployment: Deployment


@dataclass(slots=True, kw_only=True, eq=False)
class Hint:
    """One hint on its way: `delivery` names it for the receiver, whatever number of times it is sent."""

    delivery: str
    receiver: Receiver
    record: SavedRecord
    due_at: datetime
    mishap: Mishap | None = None
    attempts: int = 0
    state: State = State.WAITING
    status: int | None = None
    said: str = ""

    @property
    def body(self) -> bytes:
        """What is sent."""
        record = self.record
        line = {"type": record.type, "id": record.id, "version": record.at.strftime("%Y-%m-%d %H:%M:%S")}
        return json.dumps({"delivery": self.delivery, "records": [line]}).encode()

    def signed(self, at: datetime) -> Mapping[str, str]:
        """Return the headers of the hint, signed at a moment."""
        moment = str(int(at.timestamp()))
        key = self.receiver.key if self.mishap is not Mishap.FORGED else f"not {self.receiver.key}"
        path = urlsplit(self.receiver.url).path or "/"
        signed = b"\n".join((moment.encode(), b"POST", path.encode(), self.body))
        digest = hmac.new(key.encode(), signed, hashlib.sha256).hexdigest()
        begin = self.receiver.headers
        return {
            "Content-Type": "application/json",
            f"{begin}-Timestamp": moment,
            f"{begin}-Signature": f"v1={digest}",
        }


class Pushes:
    """The receivers and the outbox of one account."""

    def __init__(self, clock: Clock, scripts: UserEvents) -> None:
        self._clock = clock
        self._scripts = scripts
        self._numbers = 0
        self._mishaps: deque[Mishap] = deque()
        self.receivers: list[Receiver] = []
        self.hints: deque[Hint] = deque(maxlen=MOST_KEPT)  # oldest first, those that ended too
        self._outbox: list[Hint] = []
        self._held: list[Hint] = []  # until another one has overtaken them

    def add(
        self,
        url: str,
        key: str,
        *,
        types: Collection[str] = (),
        contexts: Collection[str] = USUAL_CONTEXTS,
        events: Collection[Event | str] = USUAL_EVENTS,
        headers: str = USUAL_HEADERS,
    ) -> Receiver:
        """Post a hint to an address for every record that is saved so; it raises ValueError where it is none."""
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(f"{url} is no address: it begins with http:// or https://")
        if not key:
            raise ValueError("key is missing: it signs what is sent")
        self._numbers += 1
        number = self._numbers

        def post(saved: SavedRecord) -> None:
            self._post(receiver, saved)

        deployment = self._scripts.deploy(post, types=types, contexts=contexts, events=events)
        receiver = Receiver(id=number, url=url, key=key, headers=headers, deployment=deployment)
        self.receivers.append(receiver)
        return receiver

    def remove(self, number: int) -> None:
        """Stop posting to a receiver; what waits for it is given up."""
        receiver = next((one for one in self.receivers if one.id == number), None)
        if receiver is None:
            raise ValueError(f"there is no receiver {number}")
        self.receivers.remove(receiver)
        self._scripts.undeploy(receiver.deployment)
        for hint in self.hints:
            if hint.receiver is receiver and hint.state is State.WAITING:
                hint.state, hint.said = State.GIVEN_UP, "The receiver was removed."
        self._outbox = [one for one in self._outbox if one.receiver is not receiver]
        self._held = [one for one in self._held if one.receiver is not receiver]

    def befall_next(self, *mishaps: Mishap) -> None:
        """Let the next hints meet with mishaps, one each."""
        self._mishaps.extend(mishaps)

    def _post(self, receiver: Receiver, saved: SavedRecord) -> None:
        self._numbers += 1
        mishap = self._mishaps.popleft() if self._mishaps else None
        hint = Hint(
            delivery=f"{saved.type}-{saved.id}-{self._numbers}",
            receiver=receiver,
            record=saved,
            due_at=self._clock.now(),
            mishap=mishap,
            state=State.LOST if mishap is Mishap.LOST else State.WAITING,
        )
        self.hints.append(hint)
        if mishap is Mishap.LOST:
            return
        overtaken = [one for one in self._held if one.receiver is receiver]
        if mishap is Mishap.OVERTAKEN:
            self._held.append(hint)
        else:
            self._outbox.append(hint)
            self._outbox += overtaken
            self._held = [one for one in self._held if one not in overtaken]

    # --- on the way ---

    def due(self) -> list[Hint]:
        """List what is to be sent now, in order."""
        now = self._clock.now()
        return [one for one in self._outbox if one.due_at <= now]

    def letters(self, hint: Hint) -> Iterable[Mapping[str, str]]:
        """Return the headers of each request that a hint makes of one attempt."""
        now = self._clock.now()
        match hint.mishap:
            case Mishap.LATE:
                return [hint.signed(now - LATE_BY)]
            case Mishap.DUPLICATE:
                return [hint.signed(now), hint.signed(now + timedelta(seconds=1))]
            case Mishap.REPLAYED:
                return [hint.signed(now)] * 2
            case _:
                return [hint.signed(now)]

    def answered(self, hint: Hint, status: int | None, said: str) -> None:
        """Note what a receiver answered, None where it did not: no answer, 429 and 5xx are tried again, ever later."""
        hint.attempts += 1
        hint.status, hint.said = status, said[:500]
        if status is not None and status < 300:
            hint.state = State.DELIVERED
        elif status is not None and status != 429 and status < 500:
            hint.state = State.REFUSED
        elif hint.attempts >= MOST_ATTEMPTS:
            hint.state = State.GIVEN_UP
        else:
            hint.due_at = self._clock.now() + _FIRST_PAUSE * 2 ** (hint.attempts - 1)
            return
        if hint in self._outbox:  # unless its receiver was removed meanwhile
            self._outbox.remove(hint)
