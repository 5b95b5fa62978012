"""JSON from outside: decoded into values with one parser, or refused with the reason (quality.md S34, F06)."""

from __future__ import annotations

from typing import TypeVar

import msgspec

SIZE_LIMIT_BYTES = 64 * 1024 * 1024

_T = TypeVar("_T")


class UnreadableJsonError(ValueError):
    """The bytes are no JSON of the expected shape; the message says why, with the byte offset where there is one."""


def decode(decoder: msgspec.json.Decoder[_T], body: bytes) -> _T:
    """Decode a whole body, or raise `UnreadableJsonError`."""
    if len(body) > SIZE_LIMIT_BYTES:
        raise UnreadableJsonError(f"the JSON has {len(body)} bytes, more than the {SIZE_LIMIT_BYTES} allowed")
    try:
        return decoder.decode(body)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise UnreadableJsonError(f"the JSON cannot be read: {error}") from error
