"""Who owns a run, and whether that person may make its writes: pure decisions over people as they are now (design §4, ADR 0008)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from suitebridge.domain.errors import Problem
from suitebridge.domain.people import Permission, User


@dataclass(frozen=True, slots=True, kw_only=True)
class Manual:
    """Somebody starts the run now."""

    starter: User


@dataclass(frozen=True, slots=True, kw_only=True)
class Automatic:
    """A schedule or a real-time change starts the run; `configurer` set it up, None where that user no longer exists."""

    configurer: User | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Owners:
    """Who can own runs: the integration user where one is chosen, and the active administrators, longest-standing first."""

    is_chosen: bool
    chosen: User | None
    administrators: Sequence[User]


def choose_owner(start: Manual | Automatic, owners: Owners) -> User | Problem:
    """Choose the owner, who is the author of everything the run writes; a problem where there is none."""
    if owners.is_chosen:
        if owners.chosen is None or not owners.chosen.is_administrator:
            said = "The chosen integration user is no active administrator any more."
            return Problem(code="SB-OWN-001", facts={"said": said})
        return owners.chosen
    match start:
        case Manual(starter=starter):
            return starter
        case Automatic(configurer=configurer):
            if configurer is not None and configurer.is_administrator:
                return configurer
            if owners.administrators:
                return owners.administrators[0]
            said = "Whoever configured it is no active administrator any more, and the company has no other."
            return Problem(code="SB-OWN-001", facts={"said": said})


def refuse_write(author: User | None, name: str, record_types: Sequence[str]) -> Problem | None:
    """Say why somebody may not modify records of these types, if it is so; `name` is for who does not exist any more."""
    records = ", ".join(record_types)
    if author is None or not author.is_active:
        said = f"{name} was deactivated or removed." if author is None else f"{author.name} is inactive."
        return Problem(code="SB-OWN-002", facts={"name": name, "records": records, "said": said})
    missing = [one for one in record_types if not author.role.may_modify(one)]
    if not missing:
        return None
    said = f"The role {author.role.name} lacks the permission “{Permission.MODIFY_RECORDS.value}” for them."
    return Problem(code="SB-OWN-002", facts={"name": author.name, "records": ", ".join(missing), "said": said})
