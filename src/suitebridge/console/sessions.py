"""The signed-in session of a visitor: the framework's session carries its id, the store what is known of it (quality.md S06)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.http import HttpRequest

from suitebridge.bootstrap import House
from suitebridge.console.visitors import address_of, browser_of
from suitebridge.domain.people import User
from suitebridge.domain.sessions import FRESH, TOUCH_EVERY, Session, Way
from suitebridge.ports.companies import CompanyStore

_KEY: Final = "signed in as"
_ID_LENGTH: Final = 16


def begin(request: HttpRequest, house: House, store: CompanyStore, user: User, *, way: Way, is_proven: bool) -> None:
    """Begin a session; unless `is_proven` by a password or a code, what is delicate asks for one first."""
    now = house.clock.now()
    session = Session(
        id=house.chance.token(_ID_LENGTH),
        began_at=now,
        seen_at=now,
        proven_at=now if is_proven else now - FRESH,
        address=address_of(request, house),
        browser=browser_of(request),
        way=way,
    )
    store.sessions.open(user, session)
    request.session[_KEY] = session.id


def present(request: HttpRequest, store: CompanyStore, user: User, now: datetime) -> Session | None:
    """Give the session of a request, None for one that has ended or lived too long."""
    own = request.session.get(_KEY)
    session = store.sessions.get(user, own) if isinstance(own, str) else None
    return session if session is not None and session.is_alive(store.sessions.rules(), now) else None


def touch(store: CompanyStore, session: Session, now: datetime) -> None:
    """Note that somebody is there."""
    if now - session.seen_at >= TOUCH_EVERY:
        store.sessions.seen(session.id, at=now)
