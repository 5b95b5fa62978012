"""Argon2 as it is, with little work: its cost is the framework's business, and in tests that sign in hundreds of times it was most of their time.

Suites take the fixture in by their conftest. What it costs in an installation is held by tests/unit/test_password_rules.py.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

COSTS = {"time_cost": 1, "memory_cost": 64, "parallelism": 1}


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Hash quickly in this process; processes that tests start hash as installations do."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in COSTS.items():
            patch.setattr(f"django.contrib.auth.hashers.Argon2PasswordHasher.{name}", value)
        yield
