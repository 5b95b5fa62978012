"""Reads an answer's body within a cap on what arrives and on what it unpacks to (quality.md F11)."""

from __future__ import annotations

import zlib

import aiohttp

_CHUNK_BYTES = 64 * 1024
_GZIP_WINDOW = 31


class OversizedBodyError(Exception):
    """The body is larger than allowed, packed or unpacked, or is packed in a way nobody asked for."""


async def read_body(answer: aiohttp.ClientResponse, limit_bytes: int) -> bytes:
    """Give the unpacked body, or raise `OversizedBodyError`."""
    packed = bytearray()
    async for chunk in answer.content.iter_chunked(_CHUNK_BYTES):
        packed += chunk
        if len(packed) > limit_bytes:
            raise OversizedBodyError(f"the answer is larger than {limit_bytes} bytes")
    encoding = answer.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding in {"", "identity"}:
        return bytes(packed)
    if encoding not in {"gzip", "x-gzip"}:
        raise OversizedBodyError(f"the answer is packed as {encoding[:20]!r}, which was not asked for")
    return _unpacked(bytes(packed), limit_bytes)


def _unpacked(packed: bytes, limit_bytes: int) -> bytes:
    unpacking = zlib.decompressobj(_GZIP_WINDOW)
    try:
        body = unpacking.decompress(packed, limit_bytes + 1)
    except zlib.error as error:
        raise OversizedBodyError(f"the packed answer cannot be unpacked: {error}") from error
    if len(body) > limit_bytes:
        raise OversizedBodyError(f"the answer unpacks to more than {limit_bytes} bytes")
    if not unpacking.eof:
        raise OversizedBodyError("the packed answer is cut off")
    return body
