"""What the use cases need of signed-in sessions and of the rules they live by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from suitebridge.domain.people import Stamp, User
from suitebridge.domain.sessions import Session, SignInRules


class Sessions(Protocol):
    """The sessions of one company. What ends a person's access (another password, role, activity) ends them too, at once."""

    def rules(self) -> SignInRules:
        """Give the rules of the company."""
        ...

    def save_rules(self, rules: SignInRules, *, stamp: Stamp, was: str = "") -> None:
        """Store the rules, with the trail's entry. Raise `RecordRefusedError` SB-RULE-001 where they are not those of the mark `was`; "" is about any."""
        ...

    def open(self, user: User, session: Session) -> None:
        """Store a session that begins, and forget those that are older than any may be. Raise `LookupError` for an unknown user."""
        ...

    def get(self, user: User, session_id: str) -> Session | None:
        """Give a session of a user, None for one that was ended; whether the rules let it live is for the caller to ask."""
        ...

    def of_user(self, user: User, *, at: datetime) -> Sequence[Session]:
        """List the sessions of a user that are alive, last seen first."""
        ...

    def seen(self, session_id: str, *, at: datetime) -> None:
        """Note that somebody is there."""
        ...

    def proven(self, session_id: str, *, at: datetime) -> None:
        """Note that somebody has proven who they are."""
        ...

    def end(self, user: User, session_ids: Sequence[str], *, stamp: Stamp) -> int:
        """End sessions of a user at once, each told in the trail; give how many there were."""
        ...

    def leave(self, session_id: str) -> None:
        """Forget a session whose person signs out."""
        ...
