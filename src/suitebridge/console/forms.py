"""Fields of forms as pages show them: what was typed stays, what is wrong stands beside it and in a summary (quality.md U44)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One input. A password's value is never sent back."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    problem: str = ""
    kind: str = "text"
    autocomplete: str = "off"
    options: tuple[str, ...] = ()

    @property
    def described_by(self) -> str:
        """The ids of the elements that explain the input."""
        return " ".join(
            f"{self.name}-{part}" for part, text in (("problem", self.problem), ("hint", self.hint)) if text
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldGroup:
    """Fields under a heading."""

    title: str
    fields: tuple[Field, ...]


def by_field(problems: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Gather what is wrong with each field; `problems` are pairs of a field and a sentence, and sentences of one field follow each other."""
    said: dict[str, str] = {}
    for field, told in problems:
        said[field] = f"{said[field]} {told}" if field in said else told
    return said
