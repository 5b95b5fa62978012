"""What the list of users shows: who they are, what they may, whether they can get in, and when they last did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from suitebridge.console import links, wording
from suitebridge.console.marks import ACTIVITY_MARKS, WAY_IN_MARKS, Mark
from suitebridge.console.wording import Moment
from suitebridge.ports.people import PersonCard

PAGE_PEOPLE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """One user."""

    name: str
    href: str
    user_id: str
    email: str
    role: str
    activity: Mark
    way_in: Mark | None
    signed_in: Moment | None
    is_integration_user: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonListPage:
    """A page of the list, by record id."""

    here_href: str
    add_href: str
    rules_href: str
    text: str
    lines: tuple[PersonLine, ...]
    first_href: str
    further_href: str


def person_line(card: PersonCard, *, zone: tzinfo, now: datetime, integration_user_id: str) -> PersonLine:
    """Write one user's line."""
    return PersonLine(
        name=card.user.name,
        href=links.address("person", number=int(card.user.id)),
        user_id=card.user.user_id,
        email=card.email,
        role=card.user.role.name,
        activity=ACTIVITY_MARKS[card.user.is_active],
        way_in=None if card.has_password or not card.user.is_active else WAY_IN_MARKS[is_invited(card, now)],
        signed_in=wording.moment(card.signed_in_at, zone) if card.signed_in_at else None,
        is_integration_user=card.user.id == integration_user_id,
    )


def is_invited(card: PersonCard, now: datetime) -> bool:
    """Whether an invitation of the user is still good."""
    return card.invited_until is not None and card.invited_until > now


def person_list_page(
    lines: Sequence[PersonLine], *, text: str, after: str, last_id: str, shows_rules: bool = False
) -> PersonListPage:
    """Write a page; a full one may have further users behind it."""
    further = {"text": text, "after": last_id} if len(lines) == PAGE_PEOPLE else {}
    return PersonListPage(
        here_href=links.address("people"),
        add_href=links.address("person-add"),
        rules_href=links.address("sign-in-rules") if shows_rules else "",
        text=text,
        lines=tuple(lines),
        first_href=links.address("people", query={"text": text}) if after else "",
        further_href=links.address("people", query=further) if further else "",
    )
