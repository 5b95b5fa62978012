"""What signing people in by NetSuite needs: somebody who sends them there, and who believes what they come back with, or does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from suitebridge.domain.credentials import AccountId, Secret
from suitebridge.ports.consents import Application


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityAsked:
    """A question to NetSuite: the address that the browser goes to, and what proves that an answer belongs to it."""

    address: str
    state: Secret
    nonce: Secret
    verifier: Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Whom NetSuite says somebody to be: an entity of an account, in a role. Nothing else that it says signs anybody in."""

    account: AccountId
    entity: str
    role: str


class IdentityDesk(Protocol):
    """Asks NetSuite who somebody is. Raises `RetryLaterError` NS-SSO-006 where it does not answer."""

    def ask(self, application: Application, *, mark: str = "", is_quiet: bool = False) -> IdentityAsked:
        """Prepare a question; its state begins with `mark`. `is_quiet`: NetSuite shows no page of its own, and refuses where it would need one.

        Raise `RunStoppedError` NS-SSO-002 for a provider that is not NetSuite's.
        """
        ...

    def redeem(self, application: Application, asked: IdentityAsked, returned: str) -> Identity:
        """Give whom the address names that the browser came back with.

        Raise `RunStoppedError`: NS-SSO-001 for an answer to another question, NS-SSO-002 for an identity that is not believed, NS-SSO-003
        for clocks too far apart, NS-SSO-004 where NetSuite refuses, NS-SSO-005 for another account.
        """
        ...
