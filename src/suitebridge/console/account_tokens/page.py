"""What people see of their API tokens, and the form for another one. A token's text is on one page, once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from suitebridge.administration.admitting import MOST_DAYS, MOST_LABEL, TokenRequest
from suitebridge.console import links, wording
from suitebridge.console.notices import Notice, notice_of
from suitebridge.console.wording import Moment
from suitebridge.domain.errors import Problem
from suitebridge.domain.scopes import GRANTABLE, MEANINGS, Scope, names_of
from suitebridge.ports.tokens import TokenCard

DAYS = (7, 30, MOST_DAYS)
"""How long a token may be good, to choose from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenLine:
    """One token; `id` names it and opens nothing, `used` is None for one that was never used."""

    id: str
    label: str
    scopes: str
    issued: Moment
    used: Moment | None
    ends: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """One scope, or one length of life, to choose."""

    value: str
    text: str
    is_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TokensPage:
    """One's own tokens with the form. `done` says what was done a moment ago."""

    here_href: str
    account_href: str
    lines: tuple[TokenLine, ...]
    label: str
    most_label: int
    scopes: tuple[Tick, ...]
    days: tuple[Tick, ...]
    notice: Notice | None
    done: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FreshTokenPage:
    """A token that was just made, with its text."""

    label: str
    scopes: str
    ends: Moment
    shown_token: str
    list_href: str


def tokens_page(
    cards: Sequence[TokenCard],
    *,
    zone: tzinfo,
    typed: TokenRequest,
    problem: Problem | None = None,
    done: str = "",
) -> TokensPage:
    """Write the page; what was typed stays when it is refused."""
    return TokensPage(
        here_href=links.address("account-tokens"),
        account_href=links.address("account"),
        lines=tuple(_line(card, zone) for card in cards),
        label=typed.label,
        most_label=MOST_LABEL,
        scopes=tuple(
            Tick(value=scope.value, text=MEANINGS[scope], is_on=scope.value in typed.scopes) for scope in GRANTABLE
        ),
        days=tuple(Tick(value=str(days), text=f"{days} days", is_on=days == typed.days) for days in DAYS),
        notice=notice_of(problem) if problem is not None else None,
        done=done,
    )


def fresh_token_page(card: TokenCard, *, text: str, zone: tzinfo) -> FreshTokenPage:
    """Write the page that shows a token this once."""
    return FreshTokenPage(
        label=card.label,
        scopes=_told(card.scopes),
        ends=wording.moment(card.expires_at, zone),
        shown_token=text,
        list_href=links.address("account-tokens"),
    )


def _line(card: TokenCard, zone: tzinfo) -> TokenLine:
    return TokenLine(
        id=card.id,
        label=card.label,
        scopes=_told(card.scopes),
        issued=wording.moment(card.issued_at, zone),
        used=wording.moment(card.last_used_at, zone) if card.last_used_at else None,
        ends=wording.moment(card.expires_at, zone),
    )


def _told(scopes: Collection[Scope]) -> str:
    return "everything you may" if Scope.COMMAND_LINE in scopes else ", ".join(names_of(scopes)) or "nothing"
