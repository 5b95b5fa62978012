"""Duties that nobody but the administrator should hold together, as one table of data (quality.md D01). Pure; whether they are refused
is each company's choice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from suitebridge.domain.errors import Problem
from suitebridge.domain.people import Permission, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class ToxicPair:
    """Two permissions and why they should be two people's."""

    one: Permission
    other: Permission
    why: str

    @property
    def told(self) -> str:
        """The pair in words."""
        return f"“{self.one.value}” and “{self.other.value}”"


def _pair(one: Permission, other: Permission, why: str) -> ToxicPair:
    return ToxicPair(one=one, other=other, why=why)


TOXIC_PAIRS = (
    _pair(
        Permission.RUN_INTEGRATION,
        Permission.EDIT_INTEGRATION_SETTINGS,
        "Who decides what a run does could run it before anybody else has looked.",
    ),
    _pair(
        Permission.MANAGE_PEOPLE,
        Permission.EDIT_INTEGRATION_SETTINGS,
        "Who lets people in could change the integration in the name of somebody they made.",
    ),
    _pair(
        Permission.MANAGE_PEOPLE,
        Permission.RUN_INTEGRATION,
        "Who lets people in could run the integration in the name of somebody they made.",
    ),
    _pair(
        Permission.VIEW_AUDIT_TRAIL,
        Permission.MANAGE_PEOPLE,
        "Who checks what people did should not be the one who lets them in.",
    ),
    _pair(
        Permission.VIEW_AUDIT_TRAIL,
        Permission.MODIFY_RECORDS,
        "Who checks the records should not be the one who changes them.",
    ),
    _pair(
        Permission.APPROVE_RECORDS,
        Permission.MODIFY_RECORDS,
        "Who approves the records should not be the one who enters them for others.",
    ),
)


def clashes(permissions: Iterable[Permission]) -> tuple[ToxicPair, ...]:
    """Find the pairs that somebody with these permissions holds together."""
    held = frozenset(permissions)
    return tuple(pair for pair in TOXIC_PAIRS if {pair.one, pair.other} <= held)


def clashes_of(role: Role) -> tuple[ToxicPair, ...]:
    """Find the pairs that a role holds together; the Administrator holds everything by design and is never told of it."""
    return () if Permission.ADMINISTER in role.permissions else clashes(role.permissions)


def object_to(role: Role, act: str) -> Problem | None:
    """Say why a role is refused where duties are kept apart, None for one that holds no pair; `act` completes “The role … cannot …”."""
    pairs = clashes_of(role)
    if not pairs:
        return None
    said = f"{tell(pairs)}. {pairs[0].why}"
    return Problem(code="SB-DUTY-001", facts={"role": role.name, "act": act, "said": said})


def tell(pairs: Iterable[ToxicPair]) -> str:
    """Tell pairs in one line."""
    return "; ".join(pair.told for pair in pairs)
