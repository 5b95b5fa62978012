"""A master key shows itself nowhere, and derives keys that say nothing about each other."""

from __future__ import annotations

import pickle

import pytest

from suitebridge.adapters.secrets.keys import MasterKey


def test_a_key_shows_itself_nowhere() -> None:
    key = MasterKey(bytes(range(32)))
    assert repr(key) == f"MasterKey({key.id})"
    with pytest.raises(TypeError):
        pickle.dumps(key)


def test_a_key_has_its_length() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        MasterKey(bytes(31))


def test_each_purpose_has_its_own_key() -> None:
    key = MasterKey(bytes(range(32)))
    assert len({key.derive(purpose) for purpose in ("a", "b", "wrapping")}) == 3
    assert key.derive("a") == MasterKey(bytes(range(32))).derive("a")
