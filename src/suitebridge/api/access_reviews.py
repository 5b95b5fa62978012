"""The access review: who may come in, what they may, and the confirmation that somebody looked."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from ninja import Status
from pydantic import BaseModel, Field

from suitebridge.administration.attesting import MOST_NOTE, attest_access, review_access
from suitebridge.api.access import caller_of
from suitebridge.api.exchange import Input
from suitebridge.domain.access_reviews import AccessHeld, AccessReview


class TokenHeldShown(BaseModel):
    """An API token that is still good."""

    label: str
    scopes: list[str]
    expires_at: datetime
    last_used_at: datetime | None


class AccessHeldShown(BaseModel):
    """One user: what they may, how they come in, and what comes in for them."""

    user_id: str
    name: str
    is_active: bool
    role: str
    role_until: datetime | None = Field(description="When the role ends by itself; null for one that stays.")
    rights: str = Field(description="The permissions of the role, and the record types it may view or modify.")
    sign_in: str
    last_sign_in_at: datetime | None
    is_integration_user: bool
    conflicts: str = Field(description="Duties held together that should be two people's.")
    duties_reason: str = Field(description="Why the role was given although it holds duties that should be kept apart.")
    tokens: list[TokenHeldShown]


class AccessReviewShown(BaseModel):
    """Everybody's access. `fingerprint` names what was looked at; a confirmation sends it back."""

    fingerprint: str
    items: list[AccessHeldShown]


class Attestation(Input):
    """The confirmation of a review."""

    fingerprint: str = Field(min_length=1, max_length=64)
    note: str = Field("", max_length=MOST_NOTE)


def show_access_review(request: HttpRequest) -> AccessReviewShown:
    """Show who may come in and what they may, every user of the company."""
    caller = caller_of(request)
    return _shown(review_access(caller.store, acting=caller.user, now=caller.house.clock.now()))


def add_attestation(request: HttpRequest, entry: Attestation) -> Status[AccessReviewShown]:
    """Confirm the review with this fingerprint; a later one has another. The confirmation stands in the audit trail."""
    caller = caller_of(request)
    review = attest_access(
        caller.store,
        fingerprint=entry.fingerprint,
        note=entry.note,
        acting=caller.user,
        stamp=caller.stamp,
        now=caller.house.clock.now(),
    )
    return Status(201, _shown(review))


def _shown(review: AccessReview) -> AccessReviewShown:
    return AccessReviewShown(fingerprint=review.fingerprint, items=[_line(line) for line in review.lines])


def _line(line: AccessHeld) -> AccessHeldShown:
    cells = line.cells
    return AccessHeldShown(
        user_id=line.user.user_id,
        name=line.user.name,
        is_active=line.user.is_active,
        role=line.user.role.name,
        role_until=line.user.ends_at,
        rights=cells["rights"],
        sign_in=cells["sign_in"],
        last_sign_in_at=line.signed_in_at,
        is_integration_user=line.is_integration_user,
        conflicts=cells["conflicts"],
        duties_reason=line.duties_reason,
        tokens=[
            TokenHeldShown(
                label=token.label,
                scopes=list(token.scopes),
                expires_at=token.expires_at,
                last_used_at=token.last_used_at,
            )
            for token in line.tokens
        ],
    )
