"""Whose reads are told: who sees the evidence and does not administer."""

from __future__ import annotations

import pytest

from suitebridge.administration.watching import is_watched
from suitebridge.domain.people import ADMINISTRATOR, AUDITOR, OPTIONAL_ROLES, STANDARD_ROLES, Permission, Role


@pytest.mark.parametrize("role", [*STANDARD_ROLES, *OPTIONAL_ROLES], ids=lambda role: role.name)
def test_of_the_roles_that_ship_only_the_auditor_is_watched(role: Role) -> None:
    assert is_watched(role) is (role == AUDITOR)


def test_an_own_role_that_sees_the_trail_is_watched() -> None:
    assert is_watched(Role(name="Reviewer", permissions=frozenset({Permission.VIEW_AUDIT_TRAIL})))
    assert not is_watched(
        Role(name=ADMINISTRATOR.name, permissions=frozenset({Permission.ADMINISTER, Permission.VIEW_AUDIT_TRAIL}))
    )
