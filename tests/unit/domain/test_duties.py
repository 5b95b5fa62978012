"""Duties kept apart: every pair of roles, and whether one person could hold both (quality.md D01)."""

from __future__ import annotations

import itertools

import pytest

from suitebridge.domain.duties import TOXIC_PAIRS, clashes, clashes_of, tell
from suitebridge.domain.people import (
    ADMINISTRATOR,
    APPROVER,
    AUDITOR,
    EMPLOYEE,
    INTEGRATION_DESIGNER,
    INTEGRATION_OPERATOR,
    OPTIONAL_ROLES,
    ROLE_SENTENCES,
    STANDARD_ROLES,
    USER_ADMINISTRATOR,
    VIEWER,
    Permission,
    Role,
)

SHIPPED = (EMPLOYEE, *OPTIONAL_ROLES)
# Written out, not computed: whoever may do both could hide what they did.
NOT_TOGETHER = {
    frozenset({INTEGRATION_OPERATOR.name, INTEGRATION_DESIGNER.name}),
    frozenset({USER_ADMINISTRATOR.name, INTEGRATION_DESIGNER.name}),
    frozenset({USER_ADMINISTRATOR.name, INTEGRATION_OPERATOR.name}),
    frozenset({USER_ADMINISTRATOR.name, AUDITOR.name}),
    frozenset({INTEGRATION_OPERATOR.name, AUDITOR.name}),
    frozenset({INTEGRATION_OPERATOR.name, APPROVER.name}),
}


@pytest.mark.parametrize(
    ("one", "other"), list(itertools.combinations(SHIPPED, 2)), ids=lambda role: role.name.replace(" ", "-")
)
def test_each_pair_of_roles_is_toxic_or_not(one: Role, other: Role) -> None:
    both = Role(name="Both", permissions=one.permissions | other.permissions)
    assert bool(clashes_of(both)) is (frozenset({one.name, other.name}) in NOT_TOGETHER)


def test_no_shipped_role_clashes_and_the_administrator_is_never_told() -> None:
    assert not any(clashes_of(role) for role in (*SHIPPED, VIEWER))
    assert clashes(ADMINISTRATOR.permissions) == TOXIC_PAIRS
    assert clashes_of(ADMINISTRATOR) == ()


def test_pairs_are_told_with_their_reasons_and_hold_two_rights() -> None:
    assert all(pair.one is not pair.other and pair.why.endswith(".") for pair in TOXIC_PAIRS)
    assert len({frozenset({pair.one, pair.other}) for pair in TOXIC_PAIRS}) == len(TOXIC_PAIRS)
    both = (Permission.RUN_INTEGRATION, Permission.EDIT_INTEGRATION_SETTINGS)
    assert tell(clashes(both)) == "“View and run the NetSuite integration” and “View and edit integration settings”"


def test_every_standard_and_optional_role_has_its_sentence() -> None:
    assert ROLE_SENTENCES.keys() == {role.name for role in (*STANDARD_ROLES, *OPTIONAL_ROLES)}
