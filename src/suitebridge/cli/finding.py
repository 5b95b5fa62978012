"""Finds users for commands, and writes them for machines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import typer

from suitebridge.cli.acting import Actor
from suitebridge.cli.screens import Plain
from suitebridge.domain.errors import Problem, RecordRefusedError
from suitebridge.domain.people import User

if TYPE_CHECKING:
    from suitebridge.administration.staffing import PersonProblem
    from suitebridge.ports.people import PersonCard


def find_user(actor: Actor, user_id: str) -> User:
    """Find a user of the company by what was typed."""
    user = actor.store.people.get(user_id)
    if user is None:
        raise typer.BadParameter(f"There is no user {user_id}. `suitebridge people list` shows them.")
    return user


def refuse_entries(name: str, problems: Sequence[PersonProblem]) -> RecordRefusedError:
    """Tell everything that is wrong with the values of a user at once."""
    said = " ".join(problem.said for problem in problems)
    return RecordRefusedError(Problem(code="SB-USER-006", facts={"name": name, "said": said}))


def person_document(card: PersonCard) -> Mapping[str, Plain]:
    """Give a user for machines."""
    return {
        "record_id": card.user.id,
        "user": card.user.user_id,
        "name": card.user.name,
        "email": card.email,
        "role": card.user.role.name,
        "role_until": None if card.user.ends_at is None else card.user.ends_at.isoformat(timespec="seconds"),
        "has_ended": card.user.has_ended,
        "duties_reason": card.duties_reason,
        "is_active": card.user.is_active,
        "has_password": card.has_password,
        "invited_until": None if card.invited_until is None else card.invited_until.isoformat(timespec="seconds"),
        "signed_in_at": None if card.signed_in_at is None else card.signed_in_at.isoformat(timespec="seconds"),
    }
