"""Sign-ins that wait for NetSuite's answer: a few for each browser, each good once and for ten minutes (quality.md S10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.http import HttpRequest

from suitebridge.domain.credentials import Secret
from suitebridge.ports.identities import IdentityAsked

LIFE: Final = timedelta(minutes=10)
MOST: Final = 4
_KEY: Final = "asked netsuite"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """What was asked, for which company, and where its person wants to go."""

    asked: IdentityAsked
    company: str
    wanted: str


def remember(request: HttpRequest, pending: Pending, now: datetime) -> None:
    """Keep a question in the browser's session; of too many the oldest goes."""
    asked = pending.asked
    kept = dict(request.session.get(_KEY, {}))
    kept[asked.state.reveal()] = {
        "nonce": asked.nonce.reveal(),
        "verifier": asked.verifier.reveal(),
        "company": pending.company,
        "wanted": pending.wanted,
        "ends": (now + LIFE).isoformat(),
    }
    request.session[_KEY] = dict(list(kept.items())[-MOST:])
    if not request.user.is_authenticated:
        request.session.set_expiry(int(LIFE.total_seconds()))


def take(request: HttpRequest, state: str, now: datetime) -> Pending | None:
    """Take the question out that an answer belongs to: whatever comes of it, it is not good again."""
    kept = dict(request.session.get(_KEY, {}))
    found = kept.pop(state, None)
    if found is None:
        return None
    request.session[_KEY] = kept
    if now >= datetime.fromisoformat(found["ends"]):
        return None
    asked = IdentityAsked(
        address="", state=Secret(state), nonce=Secret(found["nonce"]), verifier=Secret(found["verifier"])
    )
    return Pending(asked=asked, company=found["company"], wanted=found["wanted"])
