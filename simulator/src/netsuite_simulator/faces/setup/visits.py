"""A visit: one request of a signed-in browser, and the places it can be for (how long a session lasts: reference §2.8).

Refuses to know cookies, and what any place shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from aiohttp import web
from aiohttp.web_request import FileField

from netsuite_simulator.account import Account
from netsuite_simulator.faces.setup.pieces import Page
from netsuite_simulator.logins import Login
from netsuite_simulator.permissions import VIEW
from netsuite_simulator.roles import Role
from netsuite_simulator.sessions import Session
from netsuite_simulator.users import User


@dataclass(frozen=True, slots=True)
class Entries:
    """What a form sent: every value of every name, files read."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def text(self, name: str) -> str:
        """Return a value, lines ending as Python's do; empty where there is none."""
        return self.raw(name).replace("\r\n", "\n")

    def raw(self, name: str) -> str:
        """Return a value as it was sent: that of a file has a character a byte."""
        found = self.values.get(name)
        return found[0] if found else ""

    def every(self, name: str) -> tuple[str, ...]:
        """Return every value of a name but the empty ones."""
        return tuple(one for one in self.values.get(name, ()) if one)

    def ticked(self, name: str) -> bool:
        """Whether a box was ticked."""
        return bool(self.text(name))


_Value = str | bytes | bytearray | FileField


class _Posted(Protocol):
    """A form as the framework reads it: a name may have several values."""

    def __iter__(self) -> Iterator[str]: ...

    def getall(self, key: str) -> list[_Value]:
        """Return the values of a name."""


def entries_of(posted: _Posted) -> Entries:
    """Read a form as it was posted; a file that is no text reads as nothing anybody accepts."""
    values: dict[str, tuple[str, ...]] = {}
    for name in posted:
        values[name] = tuple(_text(one) for one in posted.getall(name))
    return Entries(values)


def _text(value: _Value) -> str:
    if isinstance(value, str):
        return value
    content = value.file.read() if isinstance(value, FileField) else bytes(value)
    return content.decode("latin-1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Who visits which account in which role, what is asked and what was sent."""

    account: Account
    session: Session
    user: User
    role: Role
    path: str
    query: Mapping[str, str]
    entries: Entries | None = None  # None where nothing was posted

    @property
    def act(self) -> str:
        """The button that was pressed; empty where nothing was posted."""
        return "" if self.entries is None else self.entries.text("act")

    @property
    def login(self) -> Login:
        """Who acts, as writes and searches ask it."""
        return Login(
            user=self.user.email,
            entity=self.user.entity,
            role=self.role,
            integration="",
            token_id="",
            features=self.account.features,
        )

    def may(self, *permissions: str, level: int = VIEW) -> bool:
        """Say whether the role holds one of the permissions, or none is asked for."""
        return not permissions or any(self.role.may(one, level) for one in permissions)


Answer = Callable[[Visit], Page | web.Response]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An address: what answers there, which permission one of `needs` is, and where the menu shows it."""

    path: str
    answer: Answer
    needs: tuple[str, ...] = ()
    menu: tuple[str, str, str] | None = None


class NotHereError(Exception):
    """The address names nothing there is; the message is the page's sentence."""


def usable_roles(account: Account, user: User) -> list[Role]:
    """Return the roles in which a user may open pages."""
    held = [account.roles.get(role_id) for role_id in user.role_ids]
    return [one for one in held if one is not None and not one.is_inactive and not one.is_web_services_only]


def redirect(location: str) -> web.Response:
    """Send the browser on, by GET."""
    return web.Response(status=303, headers={"Location": location, "Cache-Control": "no-store"})
