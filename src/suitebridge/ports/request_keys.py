"""What the API needs to remember of the keys that its callers give their requests, so that one sent twice does nothing twice (quality.md S52)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeAlias

KEPT_FOR = timedelta(hours=24)
"""How long a key is remembered at least; after that it counts as a fresh one."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """The key was not there and is taken now."""


@dataclass(frozen=True, slots=True)
class Pending:
    """The same request took the key and has not said how it ended."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Another request took the key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """The same request has ended well; `made` names what it made."""

    made: str


Claim: TypeAlias = Fresh | Pending | Taken | Done


class RequestKeys(Protocol):
    """The keys of one company's users. Kept are hashes and the ids of what was made, never contents or answers."""

    def claim(self, user_id: str, key: str, *, request: str, at: datetime) -> Claim:
        """Take a user's key for a request, or say what became of it, decided once however many ask; forget what is older than `KEPT_FOR`."""
        ...

    def settle(self, user_id: str, key: str, *, made: str) -> None:
        """Note that the request of a key has ended well."""
        ...

    def release(self, user_id: str, key: str) -> None:
        """Forget a key whose request did nothing."""
        ...
