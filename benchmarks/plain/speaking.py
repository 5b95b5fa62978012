"""One connection that is kept open, one request after another."""

from __future__ import annotations

import http.client
from collections.abc import Mapping
from types import TracebackType
from urllib.parse import urlsplit


class RefusedError(Exception):
    """The simulator answered with something other than 200."""


class Wire:
    """Posts bodies to one address."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.address = address
        self._connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=300)

    def __enter__(self) -> Wire:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        """Send a body and give the answer's."""
        self._connection.request("POST", path, body, dict(headers))
        answer = self._connection.getresponse()
        said = answer.read()
        if answer.status != 200:
            raise RefusedError(f"{path}: {answer.status} {said[:300]!r}")
        return said
