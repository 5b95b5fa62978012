"""JSON from outside: decoded into values with one parser, or refused with the reason (quality.md S34, F06)."""

from __future__ import annotations

import json
from typing import TypeVar

import msgspec

SIZE_LIMIT_BYTES = 64 * 1024 * 1024

_MARK = b"\xef\xbb\xbf"
"""What some gateways put before UTF-8."""

_T = TypeVar("_T")


class UnreadableJsonError(ValueError):
    """The bytes are no JSON of the expected shape; the message says why, with the byte offset where there is one."""


def refuse_duplicate_keys(body: bytes) -> None:
    """Raise `UnreadableJsonError` where an object has a key twice: parsers differ in which of the two they take (F06)."""
    try:
        json.loads(body, object_pairs_hook=_unique, parse_int=str, parse_float=str)
    except (ValueError, RecursionError) as error:
        raise UnreadableJsonError(f"the JSON cannot be read: {error}") from error


def _unique(pairs: list[tuple[str, object]]) -> None:
    if len({name for name, _ in pairs}) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the key {twice[:40]!r} comes twice in one object")


def decode(decoder: msgspec.json.Decoder[_T], body: bytes) -> _T:
    """Decode a whole body in which no object has a key twice, or raise `UnreadableJsonError`."""
    decoded = decode_quickly(decoder, body)
    refuse_duplicate_keys(body)
    return decoded


def decode_quickly(decoder: msgspec.json.Decoder[_T], body: bytes) -> _T:
    """Decode a whole body whose keys the caller counts by itself, or raise `UnreadableJsonError`."""
    if len(body) > SIZE_LIMIT_BYTES:
        raise UnreadableJsonError(f"the JSON has {len(body)} bytes, more than the {SIZE_LIMIT_BYTES} allowed")
    try:
        return decoder.decode(body.removeprefix(_MARK))
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise UnreadableJsonError(f"the JSON cannot be read: {error}") from error
