"""Reviews who has access, and keeps that somebody vouched for it (quality.md D08). It changes nobody's access."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from suitebridge.administration.designating import integration_user
from suitebridge.administration.permitting import require
from suitebridge.domain.access_reviews import AccessHeld, AccessReview, TokenHeld
from suitebridge.domain.errors import Problem, RecordRefusedError
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.intents import Change
from suitebridge.domain.people import Permission, Stamp, User
from suitebridge.domain.scopes import names_of
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.people import PersonCard, PersonQuery
from suitebridge.ports.trail import TrailEntry, TrailFilter

SUBJECT = "access_review"
MOST_NOTE = 500
_PAGE = 200
CONFIRM = "confirm who has access"
READ = "see who has access"


def review_access(store: CompanyStore, *, acting: User, now: datetime) -> AccessReview:
    """List every user with role, rights, way in and tokens. Raise `RunStoppedError` SB-AUTH-001 for who may not see the trail."""
    require(acting, Permission.VIEW_AUDIT_TRAIL, READ)
    chosen = integration_user(store)
    return AccessReview(
        lines=tuple(
            AccessHeld(
                user=card.user,
                has_password=card.has_password,
                signed_in_at=card.signed_in_at,
                tokens=_tokens(store, card.user, now),
                is_integration_user=chosen is not None and chosen.id == card.user.id,
                duties_reason=card.duties_reason,
            )
            for card in _everybody(store, now)
        )
    )


def attest_access(
    store: CompanyStore, *, fingerprint: str, note: str, acting: User, stamp: Stamp, now: datetime
) -> AccessReview:
    """Keep in the trail that somebody reviewed what the fingerprint stands for: an administrator, who can mend what is wrong with it.

    Raise `RecordRefusedError` SB-ACCESS-001 where access has changed since it was looked at, `RunStoppedError` SB-AUTH-001.
    """
    require(acting, Permission.ADMINISTER, CONFIRM)
    review = review_access(store, acting=acting, now=now)
    if fingerprint != review.fingerprint:
        raise RecordRefusedError(
            Problem(code="SB-ACCESS-001", facts={"fingerprint": fingerprint or "none", "present": review.fingerprint})
        )
    event = Event(
        name=EventName.ACCESS_REVIEWED,
        subject_type=SUBJECT,
        subject_id=review.fingerprint,
        subject=review.fingerprint,
        changes=(
            Change(field="users", before=None, after=str(len(review.lines))),
            Change(field="active", before=None, after=str(review.active)),
            Change(field="duties_held_together", before=None, after=str(review.conflicts)),
            Change(field="note", before=None, after=note.strip()[:MOST_NOTE]),
        ),
    )
    with store.transactions.begin() as unit:
        unit.append_event(event, stamp)
    return review


def attestations(store: CompanyStore, *, acting: User, limit: int = 20) -> Sequence[TrailEntry]:
    """List who vouched for which review, newest first. Raise `RunStoppedError` SB-AUTH-001."""
    require(acting, Permission.VIEW_AUDIT_TRAIL, READ)
    return store.trail.newest(limit=limit, among=TrailFilter(record_type=SUBJECT))


def _everybody(store: CompanyStore, now: datetime) -> Iterator[PersonCard]:
    query = PersonQuery(at=now, limit=_PAGE)
    while True:
        page = store.people.page(query)
        yield from page.cards
        if not page.further:
            return
        query = replace(query, after=page.further)


def _tokens(store: CompanyStore, user: User, now: datetime) -> tuple[TokenHeld, ...]:
    return tuple(
        TokenHeld(
            label=card.label,
            scopes=names_of(card.scopes),
            expires_at=card.expires_at,
            last_used_at=card.last_used_at,
        )
        for card in store.tokens.of_user(user, at=now)
    )
