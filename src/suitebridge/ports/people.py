"""What the use cases need of users and roles."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from suitebridge.domain.credentials import Secret
from suitebridge.domain.people import Role, Stamp, TimeBox, User


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonCard:
    """A user as the list and the form show it. `version` moves with every change and is compared for equality only.

    `duties_reason` is why the user holds duties that should be kept apart, "" where nobody had to say.
    """

    user: User
    first: str
    last: str
    email: str
    version: str
    has_password: bool
    signed_in_at: datetime | None
    invited_until: datetime | None
    duties_reason: str = ""


class PersonState(enum.Enum):
    """The states that a list of users is narrowed down by."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    INVITED = "invited"
    NO_PASSWORD = "no password"  # noqa: S105


class PersonOrder(enum.Enum):
    """What a list of users is sorted by."""

    NAME = "name"
    USER_ID = "user id"
    EMAIL = "e-mail"
    ROLE = "role"
    LAST_SIGN_IN = "last sign-in"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonQuery:
    """Which users are wanted, in which order. `text` is looked for in name, user id and e-mail; `role` is a role's name.

    `after` is the cursor of the page before, "" for the first; `at` decides which invitations are still good.
    """

    at: datetime
    text: str = ""
    state: PersonState | None = None
    role: str = ""
    order: PersonOrder = PersonOrder.NAME
    is_descending: bool = False
    after: str = ""
    limit: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage:
    """A page of users; `further` is the cursor of the next one, "" on the last. No shifting row is lost or shown twice."""

    cards: tuple[PersonCard, ...]
    further: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChange:
    """What becomes of a user; whatever is None stays. Another role stays until it is changed, unless a time box comes with it.

    `duties_reason` is why the role is given although it holds duties that should be kept apart.
    """

    user_id: str | None = None
    first: str | None = None
    last: str | None = None
    email: str | None = None
    role: Role | None = None
    is_active: bool | None = None
    time_box: TimeBox | None = None
    duties_reason: str = ""


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

    def by_netsuite(self, employee_id: str) -> User | None:
        """Find a user by the NetSuite employee, of the connection's account, that the integration bound to the employee record."""
        ...

    def administrators(self) -> tuple[User, ...]:
        """List active administrators, longest-standing first; whoever is one for a time only is left out."""
        ...

    def card(self, record_id: str) -> PersonCard | None:
        """Show one user."""
        ...

    def page(self, query: PersonQuery) -> PersonPage:
        """List users. Raise `ValueError` for a cursor that no page of this order has given."""
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

        Sessions, tokens and invitations of who is deactivated or given another role end with it, and of whose role's end is moved. Raise `RecordRefusedError`: SB-USER-001 for
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

    def note_sign_in(self, record_id: str, *, stamp: Stamp) -> None:
        """Write down that a user signed in now, with the trail's entry. Raise `LookupError` for an unknown user."""
        ...

    def end_access(self, record_id: str, *, stamp: Stamp) -> None:
        """End every session and API token of a user at once."""
        ...

    def check_password(self, user_id: str, password: Secret, *, renews: bool = False) -> User | None:
        """Give the active user whose password this is, unless their role has ended; takes as long for unknown users.

        At a sign-in it `renews` a hash that was made more cheaply than today's, which ends the user's open sessions.
        """
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

    def keep_duties_apart(self) -> bool:
        """Say whether the company refuses duties in one hand that should be two people's."""
        ...

    def set_duties_apart(self, *, is_on: bool, stamp: Stamp) -> None:
        """Decide it, told in the trail; nothing is written where it is so already."""
        ...

    def remove(self, name: str, *, stamp: Stamp) -> None:
        """Remove a role that nobody holds. Raise `RecordRefusedError` SB-ROLE-001 for any other."""
        ...
