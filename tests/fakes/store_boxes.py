"""Roles that end, duties kept apart, and lists of users, as the store in memory has them."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from suitebridge.domain import protection
from suitebridge.domain.errors import RecordRefusedError
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.intents import Change
from suitebridge.domain.people import Stamp, User
from suitebridge.ports.people import PersonCard, PersonChange, PersonOrder, PersonPage, PersonQuery, PersonState
from suitebridge.ports.transactions import UnitOfWork

if TYPE_CHECKING:
    from tests.fakes.store import MemoryStore


def set_box(store: MemoryStore, unit: UnitOfWork, card: PersonCard, change: PersonChange, stamp: Stamp) -> None:
    """Move the end of a role, inside a unit of work; another role loses end and reason."""
    is_other = change.role is not None and change.role.name != card.user.role.name
    ends_at = protection.end_meant(card.user, change.role, change.time_box)
    if not is_other and ends_at == card.user.ends_at:
        return
    was = None if is_other else card.user.ends_at
    if was != ends_at:
        _tell(unit, EventName.ROLE_LIMITED, card, stamp, Change(field="role ends", before=was, after=ends_at))
    if change.duties_reason:
        reason = Change(field="reason", before=None, after=change.duties_reason)
        _tell(unit, EventName.DUTIES_OVERRIDDEN, card, stamp, reason)
    kept = "" if is_other else card.duties_reason
    store.state.boxes[card.user.id] = (ends_at, change.duties_reason or kept)
    if not is_other:
        revision, fields = store.state.records["employee", int(card.user.id)]
        store.state.records["employee", int(card.user.id)] = (revision + 1, fields)


def _tell(unit: UnitOfWork, name: EventName, card: PersonCard, stamp: Stamp, change: Change) -> None:
    own, user_id = card.user.id, card.user.user_id
    unit.append_event(
        Event(name=name, subject_type="employee", subject_id=own, subject=user_id, changes=(change,)), stamp
    )


def guard_boxes(store: MemoryStore, before: Mapping[str, User]) -> None:
    """Decide at the end of a unit of work what the triggers of migration 0033 decide."""
    after = {user.id: user for user in store.people.users()}
    chosen = store.state.connection.shown.integration_user_id if store.state.connection else ""
    for own, was in before.items():
        now = after[own]
        if now.role.name != was.role.name and now.ends_at is not None and now.ends_at == was.ends_at:
            store.state.boxes.pop(own)
            now = replace(now, ends_at=None)
        if was.ends_at is None and now.ends_at is not None and own == chosen:
            raise RecordRefusedError(protection.integration_user_stays(was.name, protection.TIME_BOX))
        if was.is_administrator and was.ends_at is None and not any(_stays(one) for one in after.values()):
            act = protection.TIME_BOX if now.ends_at is not None else protection.ANOTHER_ROLE
            act = act if now.is_active else protection.DEACTIVATED
            raise RecordRefusedError(protection.last_administrator_stays(was.name, act))
        if was.ends_at is not None and now.ends_at != was.ends_at:
            store.tokens.drop(own)
            store.state.invitations.pop(own, None)


def _stays(user: User) -> bool:
    return user.is_administrator and user.ends_at is None


def page_of(cards: Sequence[PersonCard], query: PersonQuery) -> PersonPage:
    """Narrow down, sort and cut."""
    text = query.text.strip().casefold()
    found = [
        card
        for card in cards
        if any(text in part.casefold() for part in (card.user.name, card.user.user_id, card.email))
        if query.state is None or _is_in(card, query)
        if query.role in ("", card.user.role.name)
    ]
    keyed = [((_key(card, query.order), int(card.user.id)), card) for card in found]
    keyed.sort(key=lambda one: one[0], reverse=query.is_descending)
    name = f"{query.order.name} {query.is_descending} "
    if query.after:
        opened = base64.urlsafe_b64decode(query.after + "=" * (-len(query.after) % 4)).decode()
        if not opened.startswith(name):
            raise ValueError("The cursor is of a list in another order. Begin with the first page.")
        number, _, last = opened.removeprefix(name).partition(" ")
        place = (last, int(number))
        keyed = [one for one in keyed if (one[0] < place if query.is_descending else one[0] > place)]
    shown = keyed[: query.limit]
    further = ""
    if len(keyed) > len(shown) and shown:
        last_key, last_number = shown[-1][0]
        further = base64.urlsafe_b64encode(f"{name}{last_number} {last_key}".encode()).decode().rstrip("=")
    return PersonPage(cards=tuple(card for _, card in shown), further=further)


def _is_in(card: PersonCard, query: PersonQuery) -> bool:
    invited = card.invited_until is not None and card.invited_until > query.at
    match query.state:
        case PersonState.ACTIVE:
            return card.user.is_active
        case PersonState.INACTIVE:
            return not card.user.is_active
        case PersonState.INVITED:
            return card.user.is_active and not card.has_password and invited
        case _:
            return card.user.is_active and not card.has_password and not invited


def _key(card: PersonCard, order: PersonOrder) -> str:
    match order:
        case PersonOrder.NAME:
            return card.user.name.casefold()
        case PersonOrder.USER_ID:
            return card.user.user_id.casefold()
        case PersonOrder.EMAIL:
            return card.email.casefold()
        case PersonOrder.ROLE:
            return card.user.role.name.casefold()
        case PersonOrder.LAST_SIGN_IN:
            return card.signed_in_at.isoformat() if card.signed_in_at else ""
