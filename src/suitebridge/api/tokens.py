"""One's own API tokens."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, TypeAlias

from django.http import HttpRequest
from ninja import Status
from pydantic import BaseModel, Field

from suitebridge.administration.admitting import (
    MOST_DAYS,
    MOST_LABEL,
    TokenRequest,
    issue_token,
    list_tokens,
    withdraw_token,
)
from suitebridge.api.access import caller_of
from suitebridge.api.exchange import Input
from suitebridge.domain.scopes import GRANTABLE, names_of
from suitebridge.ports.tokens import TokenCard

Scoped: TypeAlias = Literal["read", "run", "records", "trail", "people", "connection", "tokens"]
"""The names of the scopes of programs' tokens, for the document; a test holds them to `GRANTABLE`, and what is left out to `DEFAULT_SCOPES`."""


class Token(BaseModel):
    """A token as its owner may see it again; the id opens nothing."""

    id: str
    label: str
    scopes: list[str] = Field(description="What the token opens, as far as its owner's role allows it.")
    issued_at: datetime
    expires_at: datetime
    last_used_at: datetime | None = Field(description="At most a minute behind; null where the token was never used.")


class FreshToken(Token):
    """A token with its text, which is shown this once."""

    token: str


class TokenList(BaseModel):
    """One's own unexpired tokens, oldest first."""

    items: list[Token]


class TokenInput(Input):
    """A token to be made: a label by which its owner knows it again, what it opens, and how long it is good."""

    label: str = Field(min_length=1, max_length=MOST_LABEL)
    scopes: list[Scoped] = Field(
        ["read"],
        min_length=1,
        max_length=len(GRANTABLE),
        description="What the token opens; none that the token of this request does not carry.",
    )
    days: int = Field(MOST_DAYS, ge=1, le=MOST_DAYS)


def show_tokens(request: HttpRequest) -> TokenList:
    """List one's own unexpired tokens, that of this request among them."""
    caller = caller_of(request)
    cards = list_tokens(caller.store, acting=caller.user, now=caller.house.clock.now())
    return TokenList(items=[_token(card) for card in cards])


def add_token(request: HttpRequest, entry: TokenInput) -> Status[FreshToken]:
    """Make a token that acts as its maker, with the maker's rights at each moment, as far as its scopes go. Its text is shown this once."""
    caller = caller_of(request)
    fresh = issue_token(
        caller.store,
        TokenRequest(label=entry.label, days=entry.days, scopes=tuple(entry.scopes)),
        acting=caller.user,
        within=caller.scopes,
        stamp=caller.stamp,
        clock=caller.house.clock,
        chance=caller.house.chance,
    )
    return Status(201, FreshToken(**_token(fresh.card).model_dump(), token=fresh.secret.reveal()))


def delete_token(request: HttpRequest, token_id: str) -> Status[None]:
    """Withdraw one of one's own tokens at once."""
    caller = caller_of(request)
    withdraw_token(caller.store, token_id, acting=caller.user, stamp=caller.stamp)
    return Status(204, None)


def _token(card: TokenCard) -> Token:
    return Token(
        id=card.id,
        label=card.label,
        scopes=list(names_of(card.scopes)),
        issued_at=card.issued_at,
        expires_at=card.expires_at,
        last_used_at=card.last_used_at,
    )
