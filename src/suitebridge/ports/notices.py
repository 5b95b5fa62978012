"""What the use cases need to keep the recipients of notifications, what they were told, and the messages on their way; and to send one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from suitebridge.domain.credentials import Secret
from suitebridge.domain.notices import Message, Recipient, Stand
from suitebridge.domain.people import Stamp


class Notices(Protocol):
    """The notifications of one company. A recipient's key is sealed; each change of a recipient is told in the trail in the same transaction."""

    def recipients(self) -> Sequence[Recipient]:
        """List the recipients by name."""
        ...

    def recipient(self, name: str) -> Recipient | None:
        """Find a recipient by its name, whatever its case."""
        ...

    def save(self, recipient: Recipient, *, key: Secret | None, stamp: Stamp) -> Recipient:
        """Store a recipient of the version that it was read with (0 adds it, and wants a key); a key takes the place of an earlier one.

        Raise `RecordRefusedError` SB-AUTO-002 where it is of another version, or there.
        """
        ...

    def remove(self, name: str, *, version: int, stamp: Stamp) -> None:
        """Remove a recipient of this version with its messages. Raise `RecordRefusedError` SB-AUTO-002 as saving does."""
        ...

    def key(self, name: str) -> Secret | None:
        """Open the key that a recipient's messages are signed with. Raise `RunStoppedError` SB-KEY-001 if it cannot be opened."""
        ...

    def told(self) -> Mapping[str, Stand]:
        """Give how each workflow stood when that was told last."""
        ...

    def post(self, standings: Mapping[str, Stand], messages: Sequence[Message]) -> None:
        """Store how workflows stand and the messages that say so, together; a message that is there stays. What is older than it is kept goes."""
        ...

    def claim(self) -> Message | None:
        """Take the message that is due longest, counting the attempt and putting the next one off: whoever dies with it leaves it to come again."""
        ...

    def settle(self, message: Message, *, is_taken: bool, said: str) -> None:
        """Store what an attempt came to."""
        ...

    def messages(self, *, limit: int) -> Sequence[Message]:
        """List messages, the newest first."""
        ...

    def repeat(self, message_id: str) -> bool:
        """Let a message go out again at once, under its id; say whether there is one."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an attempt to send came to, in words that hold nothing of the answer's body."""

    is_taken: bool
    said: str


class Sender(Protocol):
    """Sends one message to a webhook."""

    def objection(self, url: str) -> str:
        """Say why nothing is sent to an address, as far as its text tells, "" where something is."""
        ...

    def send(self, url: str, message: Message, *, key: Secret, at: datetime) -> Answer:
        """Send a message, signed; never raise for what the net or the other side does."""
        ...
