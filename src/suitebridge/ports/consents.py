"""What signing in at NetSuite as a person needs: somebody who asks NetSuite, somebody who keeps what it gave, and the browser's return."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from suitebridge.domain.credentials import AccountId, ConsentCredentials, Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """The integration record that asks for consent; a public client has no secret."""

    account: AccountId
    client_id: str
    redirect_uri: str
    client_secret: Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentAsked:
    """A question to a person: the address of NetSuite's page, and what proves that an answer belongs to it."""

    application: Application
    address: str
    state: Secret
    verifier: Secret


class ConsentDesk(Protocol):
    """Asks NetSuite. Raises `RetryLaterError` where it does not answer."""

    def ask(self, application: Application) -> ConsentAsked:
        """Prepare the question; nothing is sent."""
        ...

    def redeem(self, asked: ConsentAsked, returned: str) -> ConsentCredentials:
        """Take the address that the browser came back with for credentials. Raise `RunStoppedError` NS-AUTH-007 where they are not given."""
        ...

    def revoke(self, credentials: ConsentCredentials) -> None:
        """End a refresh token for good; one that has ended is no error."""
        ...


class Consents(Protocol):
    """What people were given, sealed, one for each person of a company."""

    def holding(self, company: str, person: str) -> AbstractContextManager[None]:
        """Let nobody else use a person's sign-in meanwhile: a refresh token may be good once only."""
        ...

    def find(self, company: str, person: str) -> ConsentCredentials | None:
        """Give what is kept; None where nothing is, or where the master key it was sealed with is gone."""
        ...

    def keep(self, company: str, person: str, credentials: ConsentCredentials) -> None:
        """Keep it in the place of what was kept before."""
        ...

    def forget(self, company: str, person: str) -> None:
        """Keep it no more."""
        ...


class ReturnDoor(Protocol):
    """Where a person's browser comes back to on this machine."""

    def wait(self) -> str:
        """Give the address that the browser came with; "" where none came in time."""
        ...
