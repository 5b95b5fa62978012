"""Who may sign in: people with access, their roles, passwords, and lock-outs.

A user is an employee's access, known by email; `entity` is the internal id of the employee, or a number of its own where
the account holds no such employee. Refuses to know pages, tokens and what a role permits.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable, Iterable, Iterator

import msgspec

from netsuite_simulator.clock import Clock
from netsuite_simulator.roles import Role

FAILURES_BEFORE_LOCK = 5  # reference §2.5
LOCK_SECONDS = 30 * 60
FIRST_ENTITY = -5  # the internal id NetSuite gives the user who opened the account
_SALT_BYTES = 16


class UserError(ValueError):
    """A user cannot be as asked."""


class User(msgspec.Struct, kw_only=True):
    """A person or a program with access to the account."""

    email: str
    entity: str
    name: str
    role_ids: list[str] = []
    has_access: bool = True
    password: str = ""  # salt and scrypt digest, hexadecimal; empty: no sign-in on pages

    def __repr__(self) -> str:
        return f"<user {self.email}>"


class Users:
    """The users of one account."""

    def __init__(self, clock: Clock, employee_of: Callable[[str], str | None]) -> None:
        self._clock = clock
        self._employee_of = employee_of
        self._by_email: dict[str, User] = {}
        self._failures: dict[str, int] = {}
        self._locked_until: dict[str, float] = {}

    def __iter__(self) -> Iterator[User]:
        return iter(self._by_email.values())

    def __len__(self) -> int:
        return len(self._by_email)

    def find(self, wanted: str) -> User | None:
        """Find a user by email, in any case, or by entity."""
        known = self._by_email.get(wanted.strip().lower())
        return known or next((one for one in self if one.entity == wanted), None)

    def one(self, wanted: str) -> User:
        """Find a user as `find` does; it raises `UserError` where there is none."""
        found = self.find(wanted)
        if found is None:
            raise UserError(f"There is no user {wanted}.")
        return found

    def add(
        self, email: str, *, name: str = "", entity: str | None = None, roles: Iterable[Role] = (), password: str = ""
    ) -> User:
        """Give somebody access: the employee `entity`, the one with this email address, or somebody with a number alone."""
        address = email.strip()
        if not address or any(character.isspace() for character in address):
            raise UserError("A user needs an email address.")
        if address.lower() in self._by_email:
            raise UserError(f"The email address {address} belongs to another user.")
        number = entity or self._employee_of(address) or self._next_entity()
        if any(one.entity == number for one in self):
            raise UserError(f"The employee {number} has access already.")
        user = User(
            email=address,
            entity=number,
            name=name or address,
            role_ids=[one.id for one in roles],
        )
        if password:
            self.set_password(user, password)
        self._by_email[address.lower()] = user
        return user

    def ensure(self, email: str, role: Role | None = None) -> User:
        """Return the user of an email address, made where there is none, with a role where one is given."""
        user = self.find(email) or self.add(email)
        if role is not None:
            self.give(user, role)
        return user

    def give(self, user: User, role: Role) -> None:
        """Give a user a role; nobody is sent mail."""
        if role.id not in user.role_ids:
            user.role_ids.append(role.id)

    def take(self, user: User, role: Role) -> None:
        """Take a role from a user; its tokens are refused from then on."""
        if role.id in user.role_ids:
            user.role_ids.remove(role.id)

    def set_access(self, user: User, *, has_access: bool) -> None:
        """Give or withdraw access: the box *Give Access* of an employee's Access tab."""
        user.has_access = has_access

    def remove(self, user: User) -> None:
        """Forget a user."""
        del self._by_email[user.email.lower()]

    def set_password(self, user: User, password: str | None = None) -> str:
        """Set a password, made up unless given, and return it: it is kept as a digest only."""
        chosen = password or secrets.token_urlsafe(12)
        salt = secrets.token_bytes(_SALT_BYTES)
        user.password = f"{salt.hex()}${_digest(chosen, salt)}"
        return chosen

    def sign_in(self, email: str, password: str) -> User | None:
        """Check a password; None where it is wrong, access is withdrawn, or the user is locked out."""
        user = self.find(email)
        kept = user.password if user is not None else ""
        salt, _, digest = kept.partition("$")
        is_right = hmac.compare_digest(_digest(password, bytes.fromhex(salt)), digest)  # takes as long for strangers
        if user is None or self.is_locked(user.email):
            return None
        if not is_right or not user.has_access:
            self.failed(user.email)
            return None
        self.succeeded(user.email)
        return user

    # --- lock-outs: of tokens too, for it is their user who is locked (reference §2.5) ---

    def is_locked(self, email: str) -> bool:
        """Whether a user is locked out."""
        until = self._locked_until.get(email.lower())
        return until is not None and self._clock.timestamp() < until

    def failed(self, email: str) -> None:
        """Count a failed login; the fifth in a row locks the user out."""
        key = email.lower()
        failures = self._failures.get(key, 0) + 1
        self._failures[key] = failures
        if failures >= FAILURES_BEFORE_LOCK:
            self._locked_until[key] = self._clock.timestamp() + LOCK_SECONDS
            self._failures.pop(key)

    def succeeded(self, email: str) -> None:
        """End a count of failures."""
        self._failures.pop(email.lower(), None)

    def unlock(self, email: str) -> None:
        """End a lock-out."""
        self._locked_until.pop(email.lower(), None)
        self._failures.pop(email.lower(), None)

    def load(self, users: Iterable[User]) -> None:
        """Put users in the place of all there are."""
        self._by_email = {one.email.lower(): one for one in users}

    def _next_entity(self) -> str:
        return str(min((int(one.entity) for one in self if one.entity.startswith("-")), default=FIRST_ENTITY + 1) - 1)


def _digest(password: str, salt: bytes) -> str:
    return hashlib.scrypt(password.encode(), salt=salt, n=2**12, r=8, p=1).hex()
