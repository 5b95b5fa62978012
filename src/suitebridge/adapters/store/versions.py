"""Versions of what people save: a change that was made from another state than the present one is refused."""

from __future__ import annotations

from typing import Protocol, TypeVar

from suitebridge.domain.errors import RecordRefusedError


class Versioned(Protocol):
    """What is stored with the number of its version."""

    @property
    def version(self) -> int:
        """Count the times it was saved, from 1 on."""
        ...


_Stored = TypeVar("_Stored", bound=Versioned)


def meant(stored: _Stored | None, version: int, otherwise: RecordRefusedError) -> _Stored | None:
    """Give what is stored where it is of the version that is meant: 0 is that of what is not there. Raise the refusal otherwise."""
    if version != (stored.version if stored is not None else 0):
        raise otherwise
    return stored
