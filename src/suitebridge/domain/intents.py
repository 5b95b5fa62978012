"""What is wanted for one record, before anything is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from suitebridge.domain.errors import Problem
from suitebridge.domain.outcomes import OutcomeKind
from suitebridge.domain.values import Fields, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One field from one value to another."""

    field: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Create:
    """There is no counterpart: make one with these fields; `refusal` says why others are left out."""

    fields: Fields
    refused_fields: tuple[str, ...] = ()
    refusal: Problem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """The counterpart differs in these fields, and in these only; `refusal` says why others are left as they are."""

    target_id: str
    target_version: str
    changes: tuple[Change, ...]
    refused_fields: tuple[str, ...] = ()
    refusal: Problem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """The counterpart is already as wanted."""

    target_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """Need not: the reason is a sentence for the run's page."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refuse:
    """Will not or cannot yet: `kind` is refused, blocked, failed or conflicted."""

    kind: OutcomeKind
    problem: Problem


Intent: TypeAlias = Create | Update | Keep | Skip | Refuse
