"""Answers on their way out: cut, dripped, blown up, or spoiled, as a fault wants it.

Refuses to know requests and what an answer means.
"""

from __future__ import annotations

import asyncio
import zlib

from aiohttp import web

from netsuite_simulator.faces.refusing import DroppedError
from netsuite_simulator.faces.spoiling import spoiled
from netsuite_simulator.faults import CompressedBomb, Fault, HugeBody, SlowDrip, TruncatedBody

_MEBIBYTE = 2**20
_WHITE = b" " * _MEBIBYTE
_GZIP = 31  # zlib's word for its largest window, framed as gzip


async def send(request: web.Request, response: web.Response, fault: Fault) -> web.StreamResponse:
    """Send an answer as a fault has it; one that no fault touches is returned as it came."""
    body = body_of(response)
    match fault:
        case TruncatedBody(keep=keep, resets=resets):
            if body:  # an answer without a body can only be cut before its first byte
                stream = await _begin(request, response, len(body))
                await stream.write(body[: int(len(body) * keep)])
            raise DroppedError(resets=resets)
        case SlowDrip(seconds=seconds, pieces=pieces):
            stream = await _begin(request, response, len(body))
            size = max(1, -(-len(body) // pieces))
            for start in range(0, len(body), size):
                await asyncio.sleep(seconds / pieces)
                await stream.write(body[start : start + size])
            await stream.write_eof()
            return stream
        case HugeBody(mebibytes=mebibytes):
            stream = await _begin(request, response, None)
            await stream.write(body)
            for _ in range(mebibytes):
                await stream.write(_WHITE)
            await stream.write_eof()
            return stream
        case CompressedBomb(mebibytes=mebibytes):
            headers = {**response.headers, "Content-Encoding": "gzip"}
            headers.pop("Content-Length", None)
            return web.Response(status=response.status, headers=headers, body=_bomb(body, mebibytes))
        case _:
            return spoiled(response, body, fault)


def body_of(response: web.Response) -> bytes:
    """Return the bytes of an answer."""
    return bytes(response.body) if isinstance(response.body, bytes | bytearray | memoryview) else b""


def _bomb(body: bytes, mebibytes: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, _GZIP)
    packed = [packer.compress(body)]
    packed += [packer.compress(_WHITE) for _ in range(mebibytes)]
    return b"".join((*packed, packer.flush()))


async def _begin(request: web.Request, response: web.Response, length: int | None) -> web.StreamResponse:
    headers = {name: value for name, value in response.headers.items() if name != "Content-Length"}
    stream = web.StreamResponse(status=response.status, headers=headers)
    if length is not None:
        stream.content_length = length
    await stream.prepare(request)
    return stream
