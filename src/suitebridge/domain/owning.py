"""Who owns a run, and whether that person may make its reads and writes: pure decisions over people as they are now (design §4, ADR 0008)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from suitebridge.domain.errors import Effect, Problem
from suitebridge.domain.people import Permission, User
from suitebridge.domain.reaching import Reach
from suitebridge.domain.schemas.workspace import WORKSPACE_TYPES


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


def refuse_reach(author: User | None, name: str, reach: Reach) -> Problem | None:
    """Say why somebody may not do all of this in a run, if it is so; `name` is for who does not exist any more."""
    present = present_author(author, name)
    return present if isinstance(present, Problem) else refuse_lacking(present, reach)


def present_author(author: User | None, name: str) -> User | Problem:
    """Give a run's owner who is still there; a problem otherwise: nothing more happens in that person's name."""
    if author is not None and author.may_sign_in:
        return author
    if author is None:
        said = f"{name} was deactivated or removed."
    elif not author.is_active:
        said = f"{author.name} is inactive."
    else:
        said = f"The role {author.role.name} of {author.name} was given for a time, which is over."
    return Problem(code="SB-OWN-002", facts={"name": name, "act": "act any more", "said": said})


def refuse_lacking(author: User, reach: Reach) -> Problem | None:
    """Say what of this the role of a run's owner does not let them do, if it is so: change records of a type, or see those of another one."""
    writes = [name for name in reach.writes if not author.role.may_modify(name)]
    reads = [name for name in reach.reads if not author.role.may_view(name) and name not in writes]
    if not writes and not reads:
        return None
    asked = (("change", Permission.MODIFY_RECORDS, writes), ("see", Permission.VIEW_RECORDS, reads))
    act = " or ".join(f"{verb} {_plurals(names)}" for verb, _, names in asked if names)
    lacking = " and ".join(f"“{permission.value}”" for _, permission, names in asked if names)
    said = f"The role {author.role.name} lacks the permission {lacking} for them."
    return Problem(code="SB-OWN-002", facts={"name": author.name, "act": act, "said": said})


def record_stays(problem: Problem, record: str, effect: Effect) -> Problem:
    """Say of one record that it waits until the owner of a run may do what `problem` says is missing."""
    return Problem(code="SB-OWN-003", facts={**problem.facts, "record": record}, effect=effect)


def _plurals(names: Sequence[str]) -> str:
    return ", ".join(WORKSPACE_TYPES[name].plural.lower() for name in names)
