"""Pushes from NetSuite: how a request is signed, and what its body says. It knows no key of its own, no clock and no socket.

The signature is HMAC-SHA256 over moment, method, path and body, so that nothing of a request can be put into another one (quality.md S51).
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Annotated, Final

import msgspec

VERSION: Final = "v1"
WINDOW_SECONDS: Final = 300
"""How far the moment of a request may lie from ours, either way."""

MOST_BYTES: Final = 16_384
MOST_RECORDS: Final = 100

_Name = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
_Id = Annotated[str, msgspec.Meta(pattern="^[0-9]{1,18}$")]


class PushedRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One record that was saved in NetSuite: its type as the catalog names it, its internal id, and its change stamp if the sender knows it."""

    type: _Name
    id: _Id
    version: Annotated[str, msgspec.Meta(max_length=60)] = ""


class Push(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A body: the records, and the sender's own name for this delivery, by which a repeated one is known."""

    records: Annotated[tuple[PushedRecord, ...], msgspec.Meta(min_length=1, max_length=MOST_RECORDS)]
    delivery: Annotated[str, msgspec.Meta(max_length=100)] = ""


_DECODER: Final = msgspec.json.Decoder(Push)


def sign(key: str, *, timestamp: str, method: str, path: str, body: bytes) -> str:
    """Sign a request; `timestamp` is in whole seconds since 1970, as text."""
    signed = b"\n".join((timestamp.encode(), method.encode(), path.encode(), body))
    return f"{VERSION}={hmac.new(key.encode(), signed, hashlib.sha256).hexdigest()}"


def is_signed(key: str, signature: str, *, timestamp: str, method: str, path: str, body: bytes) -> bool:
    """Whether a request carries its signature; it takes as long for a wrong one."""
    right = sign(key, timestamp=timestamp, method=method, path=path, body=body)
    return hmac.compare_digest(right.encode(), signature.encode(errors="replace"))


def is_recent(timestamp: str, now_seconds: int) -> bool:
    """Whether a request was signed within the window around this moment."""
    is_number = 0 < len(timestamp) <= 12 and timestamp.isascii() and timestamp.isdigit()
    return is_number and abs(int(timestamp) - now_seconds) <= WINDOW_SECONDS


def read_push(body: bytes) -> Push:
    """Read a body. Raise `ValueError` with what is wrong with it."""
    try:
        return _DECODER.decode(body)
    except msgspec.MsgspecError as error:
        raise ValueError(str(error)) from error
