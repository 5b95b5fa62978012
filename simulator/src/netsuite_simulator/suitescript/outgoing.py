"""Requests that scripts send to other systems (N/https): one at a time, redirects not followed, time and answer limited.

The account stands still meanwhile, as whoever saves a record does in NetSuite. Refuses to know what is sent.
"""

from __future__ import annotations

import http.client
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from netsuite_simulator.restlets import ScriptError

MOST_SECONDS = 5  # of 45 that NetSuite allows (reference §7.1): one process serves everybody here
MOST_BYTES = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What another system answered."""

    code: int
    body: str


Post = Callable[[str, str, Mapping[str, str]], Answer]


def post(url: str, body: str, headers: Mapping[str, str]) -> Answer:
    """Send a request; raise `ScriptError` where no answer comes. Plain http is let through to this machine only (assumed)."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme == "http" and host in {"127.0.0.1", "localhost", "::1"}:
        connection = http.client.HTTPConnection(host, parts.port, timeout=MOST_SECONDS)
    elif parts.scheme == "https" and host:
        connection = http.client.HTTPSConnection(host, parts.port, timeout=MOST_SECONDS)
    else:
        raise ScriptError("SSS_INVALID_URL", f"The URL must be a fully qualified HTTPS URL: {url}")
    path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    try:
        connection.request("POST", path, body.encode(), dict(headers))
        answer = connection.getresponse()
        return Answer(code=answer.status, body=answer.read(MOST_BYTES).decode(errors="replace"))
    except (OSError, http.client.HTTPException) as error:
        raise ScriptError("SSS_REQUEST_TIME_EXCEEDED", f"{host} did not answer: {error}") from error
    finally:
        connection.close()
