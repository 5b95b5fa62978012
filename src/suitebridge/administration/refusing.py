"""Refused attempts in the trail (quality.md S56): who was not let in, and who asked for what they may not. Bounded by the store."""

from __future__ import annotations

from typing import Final

from suitebridge.domain.errors import Problem
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.people import Door, Stamp, User
from suitebridge.ports.companies import Companies, CompanyStore

NOBODY_KNOWN: Final = "an unknown user"
SOMEBODY: Final = "Somebody"
_PERMISSION_MISSING: Final = "SB-AUTH-001"


def note_refused_act(store: CompanyStore, user: User, act: str, door: Door) -> None:
    """Write down that a user asked for what their role does not allow; `act` completes “was not allowed to …”."""
    event = Event(name=EventName.ACT_REFUSED, subject_type="user", subject_id=user.id, subject=act)
    store.notes.note(event, stamp=Stamp(author_id=user.id, author_name=user.name, door=door))


def note_problem(store: CompanyStore, user: User, problem: Problem, door: Door) -> None:
    """Write a problem down if it is that a permission is missing."""
    if problem.code == _PERMISSION_MISSING:
        note_refused_act(store, user, str(problem.facts.get("act", "")), door)


def note_refused_sign_in(companies: Companies, *, company: str, user: str, address: str, door: Door) -> None:
    """Write down that somebody was refused at the sign-in of a user. Of a user who is not there too: it takes as long (quality.md S03)."""
    try:
        store = companies.store(company, address=address)
    except LookupError:
        return
    known = store.people.get(user)
    event = Event(
        name=EventName.SIGN_IN_REFUSED,
        subject_type="user",
        subject_id=known.id if known is not None else "",
        subject=known.user_id if known is not None else NOBODY_KNOWN,
    )
    store.notes.note(event, stamp=Stamp(author_id="", author_name=SOMEBODY, door=door), takes_as_long=True)
