"""What a row of the error table is: a code, its class, when trying again helps, and three sentences (quality.md A4)."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class ErrorClass(enum.Enum):
    """The closed set of quality.md A4."""

    CREDENTIALS = "credentials"
    PERMISSION = "permission"
    THROTTLE = "throttle"
    OUTAGE = "outage"
    NETWORK = "network"
    AMBIGUOUS = "ambiguous"
    VALIDATION = "validation"
    REFERENCE_MISSING = "reference-missing"
    CONFLICT = "conflict"
    DUPLICATE = "duplicate"
    LOCKED = "locked"
    SCHEMA_DRIFT = "schema-drift"
    TOO_LARGE = "too-large"
    MAPPING = "mapping"
    INTERNAL = "internal"


class Retry(enum.Enum):
    """When trying again can help."""

    AUTOMATIC = "automatic"
    AFTER_CHANGE = "after-change"
    NEVER = "never"
    NEEDS_DECISION = "needs-decision"


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorCode:
    """One row of the table. The three sentences may name facts in braces."""

    code: str
    error_class: ErrorClass
    retry: Retry
    title: str
    cause: str
    remedy: str


def row(code: str, error_class: ErrorClass, retry: Retry, *sentences: str) -> ErrorCode:
    """Write one row: code, class, retry, then title, cause and remedy."""
    title, cause, remedy = sentences
    return ErrorCode(code=code, error_class=error_class, retry=retry, title=title, cause=cause, remedy=remedy)
