"""Short names for contents: the same content has the same fingerprint, in every process and on every day."""

from __future__ import annotations

import hashlib
from decimal import Decimal

from suitebridge.domain.values import Fields, Value, as_text, is_blank
from suitebridge.domain.workflow import Workflow


def fingerprint_fields(fields: Fields) -> str:
    """Give the SHA-256 of a record's fields, whatever their order; missing and empty differ."""
    text = "".join(f"{name}={_canonical(fields[name])}\x1e" for name in sorted(fields))
    return hashlib.sha256(text.encode()).hexdigest()


def fingerprint_workflow(workflow: Workflow) -> str:
    """Give 12 characters that change whenever a workflow's definition does; a run is pinned to them."""
    return hashlib.sha256(repr(workflow).encode()).hexdigest()[:12]


def mark_of(value: Value) -> str:
    """Give 16 characters that are the same for values that mean the same: 1.50 is 1.5, and lines leave out what is blank.

    A box that is not ticked is blank: NetSuite does not tell the two apart.
    """
    return hashlib.sha256(_plain(value).encode()).hexdigest()[:16]


def _plain(value: Value) -> str:
    if _says_nothing(value):
        return "\x00"
    match value:
        case tuple():
            lines = (
                "\x1f".join(f"{name}={_plain(line[name])}" for name in sorted(line) if not _says_nothing(line[name]))
                for line in value
            )
            return "\x1d".join(lines)
        case bool():
            return as_text(value)
        case int() | Decimal():
            return format(Decimal(value).normalize(), "f")
        case _:
            return as_text(value)


def _says_nothing(value: Value) -> bool:
    return is_blank(value) or value is False


def _canonical(value: Value) -> str:
    if value is None:
        return "\x00"
    if isinstance(value, tuple):
        lines = ("\x1f".join(f"{name}={_canonical(line[name])}" for name in sorted(line)) for line in value)
        return "\x1d".join(lines)
    return as_text(value)
