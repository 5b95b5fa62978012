"""What the settings ask of passwords and of their hasher, as an installation runs them (quality.md S02)."""

from __future__ import annotations

import subprocess
import sys

import pytest
from django.contrib.auth.password_validation import CommonPasswordValidator

from suitebridge.adapters.identity.passwords import ArgonPasswords
from suitebridge.domain.credentials import Secret

# In a process of its own: the tests of this one lower the cost.
COST = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "suitebridge.web.settings"
import django
django.setup()
from django.contrib.auth.hashers import get_hasher, get_hashers, make_password
hasher = get_hasher()
parts = make_password("wide amber lantern").split("$")
print(len(get_hashers()), *parts[:4], len(parts[4]), hasher.time_cost, hasher.memory_cost, hasher.parallelism)
"""


def test_the_hasher_costs_what_it_must() -> None:
    told = subprocess.run([sys.executable, "-c", COST], check=True, capture_output=True, text=True).stdout.split()
    hashers, family, variant, version, cost, salt, *settings = told
    assert (hashers, family, variant, version) == ("1", "argon2", "argon2id", "v=19")
    time_cost, memory_kib, lanes = (int(text) for text in settings)
    assert cost == f"m={memory_kib},t={time_cost},p={lanes}"
    # At least the smallest of OWASP's settings of argon2id: 19 MiB, two passes, one lane.
    assert memory_kib >= 19 * 1024
    assert time_cost >= 2
    assert lanes >= 1
    assert int(salt) >= 22


def test_the_list_of_common_passwords_is_long_and_ships_with_the_framework() -> None:
    common = CommonPasswordValidator().passwords
    assert len(common) > 19_000
    assert {"password1", "iloveyou", "qwertyuiop"} <= common


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("baseball1", "too common"),
        ("PASSWORD1", "too common"),
        ("1029384756473829", "entirely numeric"),
        ("shorter", "8 characters"),
    ],
)
def test_weak_passwords_are_refused_with_every_objection(password: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        ArgonPasswords().hash(Secret(password))


def test_long_passwords_of_any_characters_are_taken_whole() -> None:
    long = Secret("☂ pass phrase " * 9 + "x")
    stored = ArgonPasswords().hash(long)
    assert ArgonPasswords().fits(long, stored)
    assert not ArgonPasswords().fits(Secret(long.reveal()[:-1]), stored)
