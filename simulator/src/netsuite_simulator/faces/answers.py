"""Answers that end a request early, and the JSON all REST doors speak.

Knows HTTP bodies; refuses to know accounts.
"""

from __future__ import annotations

from decimal import Decimal

import msgspec
from aiohttp import web

_ENCODER = msgspec.json.Encoder(decimal_format="number")
_DECODER = msgspec.json.Decoder(float_hook=Decimal)


class AnswerError(Exception):
    """A finished answer, raised from wherever a request ends."""

    def __init__(self, response: web.Response) -> None:
        super().__init__(str(response.status))
        self.response = response


class JsonError(ValueError):
    """A body is not JSON."""


def json_bytes(document: object) -> bytes:
    """Write JSON; decimals become JSON numbers."""
    return _ENCODER.encode(document)


def read_json(body: bytes) -> object:
    """Read JSON; fractions become decimals."""
    try:
        return _DECODER.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise JsonError(str(error)) from error


def json_response(document: object, *, status: int = 200, content_type: str = "application/json") -> web.Response:
    """Answer with JSON."""
    return web.Response(body=json_bytes(document), status=status, headers={"Content-Type": content_type})
