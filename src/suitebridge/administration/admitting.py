"""API tokens, by which programs act as a user: made, listed and withdrawn by their owner, and recognized at the door (quality.md S14).

A token names its company by the company's own eight characters, and begins so that scanners for lost secrets know it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from suitebridge.domain.credentials import Secret
from suitebridge.domain.errors import Problem, RunStoppedError
from suitebridge.domain.people import Stamp, User
from suitebridge.ports.clock import Chance, Clock
from suitebridge.ports.companies import Companies, CompanyStore
from suitebridge.ports.tokens import TokenCard

DAYS: Final = 90
MOST_DAYS: Final = 366
MOST_LABEL: Final = 60
MOST_TOKENS: Final = 50
"""How many tokens one user may hold at a time."""

_RANDOM_LENGTH: Final = 40
_SHAPE: Final = re.compile(r"sbtoken_([a-z0-9]{8})_[a-z0-9]{40}")


@dataclass(frozen=True, slots=True, kw_only=True)
class FreshToken:
    """A token as it is shown once and never again."""

    secret: Secret
    card: TokenCard


def new_token(store: CompanyStore, chance: Chance) -> Secret:
    """Draw the text of a token of a company."""
    return Secret(f"sbtoken_{store.company.token}_{chance.token(_RANDOM_LENGTH)}")


def issue_token(
    store: CompanyStore, label: str, *, days: int = DAYS, acting: User, stamp: Stamp, clock: Clock, chance: Chance
) -> FreshToken:
    """Make a token that acts as its maker. Raise `RunStoppedError` SB-TOK-002 for a label, days or a number of tokens beyond the limits."""
    now = clock.now()
    said = _objection(label, days, len(store.tokens.of_user(acting, at=now)))
    if said:
        raise RunStoppedError(Problem(code="SB-TOK-002", facts={"said": said}))
    secret = new_token(store, chance)
    card = store.tokens.issue(
        acting, label=label.strip(), token=secret, expires_at=now + timedelta(days=days), stamp=stamp
    )
    return FreshToken(secret=secret, card=card)


def list_tokens(store: CompanyStore, *, acting: User, now: datetime) -> Sequence[TokenCard]:
    """List one's own tokens."""
    return store.tokens.of_user(acting, at=now)


def withdraw_token(store: CompanyStore, token_id: str, *, acting: User, stamp: Stamp) -> None:
    """End one of one's own tokens at once. Raise `LookupError` where there is none of that id."""
    if not store.tokens.withdraw(acting, token_id, stamp=stamp):
        raise LookupError(f"There is no token {token_id}.")


def recognize(companies: Companies, token: Secret, *, now: datetime) -> tuple[CompanyStore, User] | None:
    """Find the company and the active user of a token; rights are read anew each time (quality.md S29)."""
    found = _SHAPE.fullmatch(token.reveal())
    company = next((one for one in companies.all() if found is not None and one.token == found.group(1)), None)
    if company is None:
        return None
    store = companies.store(company.id)
    user = store.tokens.owner(token, at=now)
    return None if user is None else (store, user)


def _objection(label: str, days: int, held: int) -> str:
    if not label.strip() or len(label) > MOST_LABEL:
        return f"A token needs a label of at most {MOST_LABEL} characters, by which you know it again."
    if not 1 <= days <= MOST_DAYS:
        return f"A token is good for 1 to {MOST_DAYS} days."
    if held >= MOST_TOKENS:
        return f"You hold {held} tokens already. Withdraw those that are not needed."
    return ""
