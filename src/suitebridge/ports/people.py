"""What the use cases need of users and roles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from suitebridge.domain.credentials import Secret
from suitebridge.domain.people import Role, Stamp, User


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonCard:
    """A user as the list and the form show it. `version` moves with every change and is compared for equality only."""

    user: User
    first: str
    last: str
    email: str
    version: str
    has_password: bool
    signed_in_at: datetime | None
    invited_until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChange:
    """What becomes of a user; whatever is None stays."""

    user_id: str | None = None
    first: str | None = None
    last: str | None = None
    email: str | None = None
    role: Role | None = None
    is_active: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleCard:
    """A role as the list shows it, with how many users hold it."""

    role: Role
    holders: int


class People(Protocol):
    """The users of one company. An employee is a user: one record."""

    def get(self, user_id: str) -> User | None:
        """Find a user by the id they sign in with (case-insensitive)."""
        ...

    def by_record(self, record_id: str) -> User | None:
        """Find a user by the id of the employee record."""
        ...

    def administrators(self) -> tuple[User, ...]:
        """List active administrators, longest-standing first."""
        ...

    def card(self, record_id: str) -> PersonCard | None:
        """Show one user."""
        ...

    def page(self, *, text: str = "", after_id: str = "", limit: int = 50) -> Sequence[PersonCard]:
        """List users by id, after one; `text` searches the user id."""
        ...

    def add(
        self,
        *,
        user_id: str,
        first: str,
        last: str,
        email: str,
        role: Role,
        password: Secret | None,
        stamp: Stamp | None,
    ) -> User:
        """Create a user with the employee record behind it; with no stamp (the first one of a company) the user is the author itself."""
        ...

    def change(self, record_id: str, change: PersonChange, *, version: str, stamp: Stamp) -> PersonCard:
        """Change a user and write the trail in one transaction; version "" changes whatever is there.

        Sessions, tokens and invitations of who is deactivated or given another role end with it. Raise `RecordRefusedError`: SB-USER-001 for
        what the integration user may not lose, SB-USER-002 for the last active administrator, SB-USER-004 if somebody else was
        quicker; `ValueError` for a user id that is taken; `LookupError` for an unknown user.
        """
        ...

    def invite(self, record_id: str, *, token: Secret, expires_at: datetime, ends_access: bool, stamp: Stamp) -> None:
        """Store the hash of a one-time invitation in place of an earlier one; `ends_access` ends password, sessions and tokens with it.

        Raise `LookupError` for an unknown user.
        """
        ...

    def invited(self, token: Secret, *, at: datetime) -> User | None:
        """Give the active user whose unexpired invitation this is."""
        ...

    def accept(self, token: Secret, password: Secret, *, at: datetime, stamp: Stamp) -> User:
        """Set the password of an invitation and use the invitation up. Raise `LookupError` for one that is not good, `ValueError` for a weak password."""
        ...

    def set_password(self, record_id: str, password: Secret, *, stamp: Stamp) -> None:
        """Replace a user's password; sessions end, and API tokens with them. Raise `ValueError` for a weak one, `LookupError` for an unknown user."""
        ...

    def end_access(self, record_id: str, *, stamp: Stamp) -> None:
        """End every session and API token of a user at once."""
        ...

    def check_password(self, user_id: str, password: Secret) -> User | None:
        """Give the active user whose password this is; takes as long for unknown users."""
        ...


class Roles(Protocol):
    """The roles of one company."""

    def all(self) -> Sequence[RoleCard]:
        """List the roles by name."""
        ...

    def get(self, name: str) -> Role | None:
        """Find a role by its name (case-insensitive)."""
        ...

    def save(self, role: Role, *, was: Role | None, reason: str, stamp: Stamp) -> None:
        """Store a role that was as given (None: not there yet), with the trail's entry and the reason for it.

        Raise `RecordRefusedError` SB-ROLE-001 if it is not so any more, or for a role that makes administrators.
        """
        ...

    def remove(self, name: str, *, stamp: Stamp) -> None:
        """Remove a role that nobody holds. Raise `RecordRefusedError` SB-ROLE-001 for any other."""
        ...
