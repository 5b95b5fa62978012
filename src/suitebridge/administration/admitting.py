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
from suitebridge.domain.scopes import DEFAULT_SCOPES, EVERY_SCOPE, GRANTABLE, Scope, names_of, scopes_named
from suitebridge.ports.clock import Chance, Clock
from suitebridge.ports.companies import Companies, CompanyStore
from suitebridge.ports.tokens import TokenCard

MOST_DAYS: Final = 90
"""How long a token is good at most, and where nothing shorter is asked for."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRequest:
    """A token that somebody wants: a label by which to know it again, how long it is good, what it opens, by the names of scopes."""

    label: str
    days: int = MOST_DAYS
    scopes: tuple[str, ...] = names_of(DEFAULT_SCOPES)


def issue_token(  # who asks, with what, and where time and chance come from
    store: CompanyStore,
    request: TokenRequest,
    *,
    acting: User,
    within: frozenset[Scope] = EVERY_SCOPE,
    stamp: Stamp,
    clock: Clock,
    chance: Chance,
) -> FreshToken:
    """Make a token that acts as its maker and opens no more than `within`, what its maker came with.

    Raise `RunStoppedError`: SB-TOK-002 for anything beyond the limits, SB-TOK-004 for a scope that the maker did not come with.
    """
    now = clock.now()
    scopes, strangers = scopes_named(request.scopes)
    said = _objection(request, strangers, held=len(store.tokens.of_user(acting, at=now)))
    if said:
        raise RunStoppedError(Problem(code="SB-TOK-002", facts={"said": said}))
    if not scopes <= within:
        raise missing_scope(next(scope for scope in Scope if scope in scopes - within), within, "make this token")
    secret = new_token(store, chance)
    expires_at = now + timedelta(days=request.days)
    card = store.tokens.issue(
        acting, label=request.label.strip(), token=secret, expires_at=expires_at, scopes=scopes, stamp=stamp
    )
    return FreshToken(secret=secret, card=card)


def list_tokens(store: CompanyStore, *, acting: User, now: datetime) -> Sequence[TokenCard]:
    """List one's own tokens."""
    return store.tokens.of_user(acting, at=now)


def withdraw_token(store: CompanyStore, token_id: str, *, acting: User, stamp: Stamp) -> None:
    """End one of one's own tokens at once. Raise `LookupError` where there is none of that id."""
    if not store.tokens.withdraw(acting, token_id, stamp=stamp):
        raise LookupError(f"There is no token {token_id}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognized:
    """Whose token a request carries, in which company, and the token."""

    store: CompanyStore
    user: User
    card: TokenCard


def recognize(companies: Companies, token: Secret, *, address: str, now: datetime) -> Recognized | None:
    """Find the company and the active user of a token that came from an address; rights are read anew each time (quality.md S29)."""
    found = _SHAPE.fullmatch(token.reveal())
    company = next((one for one in companies.all() if found is not None and one.token == found.group(1)), None)
    if company is None:
        return None
    store = companies.store(company.id, address=address)
    use = store.tokens.use(token, at=now)
    return None if use is None else Recognized(store=store, user=use.user, card=use.card)


def missing_scope(scope: Scope, held: frozenset[Scope], act: str) -> RunStoppedError:
    """Say that a token does not open an act; `act` completes “This token may not …”."""
    facts = {"act": act, "scope": scope.value, "held": ", ".join(names_of(held)) or "no scope"}
    return RunStoppedError(Problem(code="SB-TOK-004", facts=facts))


def _objection(request: TokenRequest, strangers: tuple[str, ...], *, held: int) -> str:
    if not request.label.strip() or len(request.label) > MOST_LABEL:
        return f"A token needs a label of at most {MOST_LABEL} characters, by which you know it again."
    if not 1 <= request.days <= MOST_DAYS:
        return f"A token is good for 1 to {MOST_DAYS} days."
    if strangers or not request.scopes:
        named = f"There is no scope {', '.join(strangers)}." if strangers else "A token without a scope opens nothing."
        return f"{named} Choose among {', '.join(names_of(GRANTABLE))}."
    if held >= MOST_TOKENS:
        return f"You hold {held} tokens already. Withdraw those that are not needed."
    return ""
