"""What the use cases need of users and roles."""

from __future__ import annotations

from typing import Protocol

from suitebridge.domain.credentials import Secret
from suitebridge.domain.people import Role, Stamp, User


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

    def check_password(self, user_id: str, password: Secret) -> User | None:
        """Give the active user whose password this is; takes as long for unknown users."""
        ...
