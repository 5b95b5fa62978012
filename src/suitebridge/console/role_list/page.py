"""What the list of roles shows: what each permits, who made it, how many users hold it, and the optional ones that are off."""

from __future__ import annotations

from dataclasses import dataclass

from suitebridge.administration.granting import RoleList
from suitebridge.console import links, wording
from suitebridge.console.marks import ROLE_MARKS, Mark
from suitebridge.console.notices import Notice
from suitebridge.domain.duties import TOXIC_PAIRS
from suitebridge.domain.people import OPTIONAL_ROLES, ROLE_SENTENCES, STANDARD_ROLES, Permission, Role

_STANDARD = frozenset(role.name.casefold() for role in STANDARD_ROLES)
_OPTIONAL = frozenset(role.name.casefold() for role in OPTIONAL_ROLES)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleLine:
    """One role; `permits` is told in words."""

    name: str
    href: str
    sentence: str
    mark: Mark
    permits: tuple[str, ...]
    holders: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleListPage:
    """The roles; `off` are the optional ones that can be turned on, `pairs` the duties that can be kept apart. Only administrators may change anything."""

    here_href: str
    add_href: str
    lines: tuple[RoleLine, ...]
    off: tuple[RoleLine, ...]
    may_change: bool
    keeps_duties_apart: bool
    pairs: tuple[str, ...]
    notice: Notice | None
    done: str


def role_list_page(found: RoleList, *, may_change: bool, notice: Notice | None = None, done: str = "") -> RoleListPage:
    """Write the list."""
    return RoleListPage(
        here_href=links.address("roles"),
        add_href=links.address("role-add"),
        lines=tuple(_line(card.role, wording.counted(card.holders, "user", "users")) for card in found.roles),
        off=tuple(_line(role, "") for role in found.off),
        may_change=may_change,
        keeps_duties_apart=found.keeps_duties_apart,
        pairs=tuple(f"{pair.told}. {pair.why}" for pair in TOXIC_PAIRS),
        notice=notice,
        done=done,
    )


def mark_of(name: str) -> Mark:
    """Say where a role comes from."""
    key = name.casefold()
    return ROLE_MARKS["standard" if key in _STANDARD else "optional" if key in _OPTIONAL else "own"]


def is_standard(name: str) -> bool:
    """Whether a role is one that every company has."""
    return name.casefold() in _STANDARD


def permits(role: Role) -> tuple[str, ...]:
    """Tell what a role permits; an administrator's holds everything."""
    if Permission.ADMINISTER in role.permissions:
        return ("Everything",)
    words = [permission.value for permission in Permission if permission in role.permissions]
    if role.modifies:
        words.append(f"View and modify records of {wording.counted(len(role.modifies), 'type', 'types')}")
    if seen := role.views - role.modifies:
        words.append(f"View records of {wording.counted(len(seen), 'type', 'types')}")
    return tuple(words) or ("Nothing yet",)


def _line(role: Role, holders: str) -> RoleLine:
    return RoleLine(
        name=role.name,
        href=links.address("role", role_name=role.name),
        sentence=ROLE_SENTENCES.get(role.name, ""),
        mark=mark_of(role.name),
        permits=permits(role),
        holders=holders,
    )
