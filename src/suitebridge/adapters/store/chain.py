"""The arithmetic of the audit chain: canonical bytes of an entry and its hash. It reads and writes nothing.

hash = SHA-256(previous hash || canonical bytes); the first previous hash is that of the company's id, so that a chain cannot be
passed off as another company's (quality.md S55).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final, NamedTuple, TypeAlias

import msgspec

from suitebridge.domain.intents import Change
from suitebridge.domain.values import Value, as_text

Plain: TypeAlias = "str | list[dict[str, str | None]] | None"
Step: TypeAlias = tuple[str, Plain, Plain]
"""One change in the trail's form: field, before, after."""

_ENCODER = msgspec.json.Encoder()


class Entry(NamedTuple):
    """What an entry says, in the form and order that is hashed and stored; `at` and `changes` are texts.

    `address` is from where it was asked for, `version` by which version of SuiteBridge it was done; both are blank in entries of before they were kept.
    """

    sequence: int
    at: str
    event: str
    record_type: str
    record_id: str
    record_title: str
    author_id: str
    author_name: str
    door: str
    run_id: str
    changes: str
    address: str = ""
    version: str = ""


_EARLIER: Final = len(Entry._fields) - 2
"""How many parts the entries had to which neither address nor version was added."""


def genesis(company_id: str) -> str:
    """Give the hash before a company's first entry."""
    return hashlib.sha256(company_id.encode()).hexdigest()


def canonical(entry: Entry) -> bytes:
    """Write an entry as bytes: a JSON list in the order of its fields, without blanks. One of before address and version were kept has fewer."""
    return _ENCODER.encode(entry if entry.version or entry.address else entry[:_EARLIER])


def link(previous_hash: str, entry: Entry) -> str:
    """Give the hash of an entry after the one before it."""
    return hashlib.sha256(bytes.fromhex(previous_hash) + canonical(entry)).hexdigest()


def changes_text(changes: Sequence[Change]) -> str:
    """Write changes as a JSON list of [field, before, after], values in the trail's text form."""
    return steps_text([(change.field, _plain(change.before), _plain(change.after)) for change in changes])


def steps_text(steps: Sequence[Step]) -> str:
    """Write changes whose values are in the trail's text form already."""
    return _ENCODER.encode(steps).decode()


_DECODER = msgspec.json.Decoder(
    list[tuple[str, str | list[dict[str, str | None]] | None, str | list[dict[str, str | None]] | None]]
)


def changes_from(text: str) -> tuple[Change, ...]:
    """Read changes back, as texts."""
    return tuple(
        Change(field=field, before=_value(before), after=_value(after))
        for field, before, after in _DECODER.decode(text)
    )


def _plain(value: Value) -> Plain:
    if value is None:
        return None
    if isinstance(value, tuple):
        return [{name: None if part is None else as_text(part) for name, part in line.items()} for line in value]
    return as_text(value)


def _value(plain: Plain) -> Value:
    return tuple(plain) if isinstance(plain, list) else plain
