"""What the access review shows: everybody with rights, way in and tokens, and who confirmed earlier reviews."""

from __future__ import annotations

from dataclasses import dataclass

from suitebridge.console import links
from suitebridge.console.notices import Notice
from suitebridge.console.trail.page import TrailLine
from suitebridge.domain.access_reviews import AccessReview, table


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessReviewPage:
    """The whole page; only who `may_confirm` is asked to."""

    here_href: str
    csv_href: str
    fingerprint: str
    users: int
    active: int
    conflicts: int
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    earlier: tuple[TrailLine, ...]
    may_confirm: bool
    note: str
    done: str
    notice: Notice | None


def access_review_page(
    review: AccessReview,
    earlier: tuple[TrailLine, ...],
    *,
    may_confirm: bool,
    note: str = "",
    done: str = "",
    notice: Notice | None = None,
) -> AccessReviewPage:
    """Write the page."""
    headings, rows = table(review)
    return AccessReviewPage(
        here_href=links.address("access-review"),
        csv_href=links.address("access-review-file"),
        fingerprint=review.fingerprint,
        users=len(review.lines),
        active=review.active,
        conflicts=review.conflicts,
        headings=tuple(headings),
        rows=tuple(tuple(row) for row in rows),
        earlier=earlier,
        may_confirm=may_confirm,
        note=note,
        done=done,
        notice=notice,
    )
