"""What auditors read stands in the trail too (quality.md D07): once an hour for each person, door and kind of page, so that reading does not fill it.

Whoever administers the company is not watched so: every change an administrator makes is told, and nobody reads more evidence by being one.
It is no everyday event: who looked at the evidence leaves the machine with the other security events.
"""

from __future__ import annotations

from suitebridge.domain.events import Event, EventName
from suitebridge.domain.people import Door, Permission, Role, Stamp, User
from suitebridge.ports.companies import CompanyStore


def is_watched(role: Role) -> bool:
    """Whether what a role reads is told: it sees the trail, and is no administrator's."""
    return Permission.VIEW_AUDIT_TRAIL in role.permissions and not role.allows(Permission.ADMINISTER)


def note_read(store: CompanyStore, user: User, act: str, door: Door) -> None:
    """Write down that an auditor read something; `act` completes “used the right to …”."""
    if is_watched(user.role):
        event = Event(name=EventName.EVIDENCE_READ, subject_type="user", subject_id=user.id, subject=act)
        store.notes.note(event, stamp=Stamp(author_id=user.id, author_name=user.name, door=door))
