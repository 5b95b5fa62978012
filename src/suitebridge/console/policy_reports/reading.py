"""Reads reports of browsers, in the older and the newer form. They come from anybody: a few short fields are kept, addresses without their query."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

REPORTS: Final = "policy"
REPORTS_PATH: Final = "/policy-reports"
MOST_BYTES: Final = 16_000
MOST_REPORTS: Final = 10
"""How many reports of one request are read."""

MOST_EACH_MINUTE: Final = 60
_MOST_TEXT: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyReport:
    """One report: which rule refused what on which page."""

    directive: str
    blocked: str
    page: str
    source: str


class Pace:
    """How many reports are written down in a minute, whoever sends them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._began: datetime | None = None
        self._count = 0

    def allows(self, now: datetime) -> bool:
        """Count one more; say whether it is still within the minute's number."""
        with self._lock:
            if self._began is None or not timedelta(0) <= now - self._began < timedelta(minutes=1):
                self._began, self._count = now, 0
            self._count += 1
            return self._count <= MOST_EACH_MINUTE


def read_reports(body: bytes) -> tuple[PolicyReport, ...]:
    """Read what a browser sent. Raise `ValueError` for anything else."""
    try:
        document = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ValueError("This is no JSON.") from error
    return tuple(_report(part) for part, _ in zip(_parts(document), range(MOST_REPORTS), strict=False))


def _parts(document: object) -> Iterator[dict[str, object]]:
    """Find the reports: one under “csp-report”, or a list in which each has a body."""
    match document:
        case {"csp-report": dict(part)}:
            yield part
        case list(items):
            for item in items:
                match item:
                    case {"type": "csp-violation", "body": dict(part)}:
                        yield part
                    case _:
                        pass
        case _:
            raise ValueError("This is no report.")


def _report(part: dict[str, object]) -> PolicyReport:
    def told(*names: str) -> str:
        found = next((part[name] for name in names if isinstance(part.get(name), str)), "")
        return str(found)[:_MOST_TEXT]

    return PolicyReport(
        directive=told("effectiveDirective", "effective-directive", "violated-directive"),
        blocked=_bare(told("blockedURL", "blocked-uri")),
        page=_bare(told("documentURL", "document-uri")),
        source=_bare(told("sourceFile", "source-file")),
    )


def _bare(address: str) -> str:
    """Leave out query and fragment, which may hold what opens something."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return (
        f"{parts.scheme}://{parts.hostname}{parts.path}" if parts.scheme and parts.hostname else parts.path or address
    )
