"""Who somebody proves to be, with a password or a code: every door counts wrong tries together, and says the same whatever was wrong.

A try is counted before it is judged, and taken back when it was right: many at once find no gap between looking and counting.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from suitebridge.administration.refusing import note_refused_sign_in
from suitebridge.domain.errors import Problem, RetryLaterError, RunStoppedError
from suitebridge.domain.people import Door
from suitebridge.domain.throttling import FREE_FOR_ACCOUNT, FREE_FOR_ADDRESS, Subject, told
from suitebridge.ports.clock import Clock
from suitebridge.ports.companies import Companies

Found = TypeVar("Found")
_NETWORK_BITS: Final = 64
"""Whoever has one IPv6 address has at least a network of these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Who somebody says to be, as it was typed, and from where; `address` is "" where it is not known."""

    company: str
    user: str
    address: str
    door: Door

    @property
    def account(self) -> str:
        """Name the account, whether it exists or not."""
        return f"{self.company.strip().casefold()}/{self.user.strip().casefold()}"


def check_claim(companies: Companies, claim: Claim, check: Callable[[], Found | None], *, clock: Clock) -> Found | None:
    """Let `check` judge a password, as long as account and address need not wait. Raise `RunStoppedError` SB-AUTH-003 where they do."""
    account, place = _account(claim), _place(claim.address)
    _count(companies, (account, *place), clock)
    found = check()
    if found is not None:
        companies.attempts.forget((account,))
        companies.attempts.take_back(place)
    else:
        note_refused_sign_in(companies, company=claim.company, user=claim.user, address=claim.address, door=claim.door)
    return found


def check_code(companies: Companies, claim: Claim, check: Callable[[], bool], *, clock: Clock) -> bool:
    """Let `check` judge a code of somebody whose password was right; wrong ones are counted wherever they come from. Raises as `check_claim`."""
    subject = Subject(name=f"code {claim.account}", free=FREE_FOR_ACCOUNT)
    _count(companies, (subject,), clock)
    is_right = check()
    if is_right:
        companies.attempts.forget((subject,))
    else:
        note_refused_sign_in(companies, company=claim.company, user=claim.user, address=claim.address, door=claim.door)
    return is_right


def check_arrival(companies: Companies, address: str, check: Callable[[], Found], *, clock: Clock) -> Found:
    """Let `check` judge somebody who types nothing, as long as the address need not wait; what it stops counts, what may be tried later does not.

    Raise `RunStoppedError` SB-AUTH-003 where the address has to wait, and what `check` raises.
    """
    place = _place(address)
    _count(companies, place, clock)
    try:
        found = check()
    except RetryLaterError:
        companies.attempts.take_back(place)
        raise
    companies.attempts.take_back(place)
    return found


def _count(companies: Companies, subjects: tuple[Subject, ...], clock: Clock) -> None:
    now = clock.now()
    opens_at = companies.attempts.count(subjects, at=now)
    if opens_at is not None:
        raise RunStoppedError(Problem(code="SB-AUTH-003", facts={"wait": told(opens_at - now)}))


def _account(claim: Claim) -> Subject:
    """Count an account from one address: a stranger elsewhere slows nobody down."""
    return Subject(name=f"account {claim.account} from {_network(claim.address)}", free=FREE_FOR_ACCOUNT)


def _place(address: str) -> tuple[Subject, ...]:
    """Count an address over all accounts; one's own right password does not clear what was tried on others'."""
    network = _network(address)
    return (Subject(name=f"address {network}", free=FREE_FOR_ADDRESS),) if network else ()


def _network(address: str) -> str:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return address
    return str(ipaddress.ip_network((found, _NETWORK_BITS), strict=False))
