"""What people see of their own account: the form for another password, and their tokens. A token's text is never shown again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from suitebridge.console import links, wording
from suitebridge.console.forms import Field
from suitebridge.console.invitation.page import password_fields
from suitebridge.console.notices import Complaint
from suitebridge.console.wording import Moment
from suitebridge.domain.people import User
from suitebridge.domain.sessions import Session
from suitebridge.ports.second_factors import SecondFactor
from suitebridge.ports.tokens import TokenCard


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenLine:
    """One token; `id` names it and opens nothing."""

    id: str
    label: str
    issued: Moment
    ends: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLine:
    """One session; `id` names it and opens nothing."""

    id: str
    browser: str
    address: str
    began: Moment
    seen: Moment
    is_this: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPage:
    """One's own account. `done` says what was done a moment ago."""

    name: str
    user_id: str
    role: str
    company_id: str
    password_href: str
    access_href: str
    tokens_href: str
    fields: tuple[Field, ...]
    complaints: tuple[Complaint, ...]
    tokens: tuple[TokenLine, ...]
    sessions: tuple[SessionLine, ...]
    sessions_href: str
    has_others: bool
    factor_href: str
    factor_since: Moment | None
    done: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaysIn:
    """How somebody gets in; `present` is the session that asks."""

    tokens: Sequence[TokenCard]
    sessions: Sequence[Session]
    present: Session
    second_factor: SecondFactor | None


def account_page(
    user: User,
    *,
    company_id: str,
    ways: WaysIn,
    zone: tzinfo,
    problems: Mapping[str, str] | None = None,
    done: str = "",
) -> AccountPage:
    """Write the page; passwords are never sent back."""
    found = dict(problems or {})
    old = Field(
        name="old",
        label="Present password",
        kind="password",
        problem=found.get("old", ""),
        autocomplete="current-password",
    )
    return AccountPage(
        name=user.name,
        user_id=user.user_id,
        role=user.role.name,
        company_id=company_id,
        password_href=links.address("account-password"),
        access_href=links.address("account-access"),
        tokens_href=links.address("account-tokens"),
        fields=(old, *password_fields(found)),
        complaints=tuple(Complaint(field=field, said=said) for field, said in found.items() if said),
        tokens=tuple(
            TokenLine(
                id=card.id,
                label=card.label,
                issued=wording.moment(card.issued_at, zone),
                ends=wording.moment(card.expires_at, zone),
            )
            for card in ways.tokens
        ),
        sessions=tuple(_session(one, ways.present, zone) for one in ways.sessions),
        sessions_href=links.address("account-sessions"),
        has_others=any(one.id != ways.present.id for one in ways.sessions),
        factor_href=links.address("second-factor"),
        factor_since=wording.moment(ways.second_factor.set_at, zone) if ways.second_factor is not None else None,
        done=done,
    )


def _session(session: Session, present: Session, zone: tzinfo) -> SessionLine:
    return SessionLine(
        id=session.id,
        browser=session.browser,
        address=session.address,
        began=wording.moment(session.began_at, zone),
        seen=wording.moment(session.seen_at, zone),
        is_this=session.id == present.id,
    )
