"""HTTP requests and responses as values. They refuse to know how bytes travel.

Neither shows its headers or body in a `repr`: both may carry keys, signatures and people's data (design §7.13).
"""

from __future__ import annotations

import email.utils
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request, signed and ready to leave."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """One complete answer; header names are in lower case, the body is decompressed."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)

    @property
    def media_type(self) -> str:
        """The content type in lower case without its parameters; "" where none was sent."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def is_json(self) -> bool:
        """Whether the answer claims to be JSON in any of NetSuite's spellings."""
        return self.media_type == "application/json" or self.media_type.endswith("+json")

    @property
    def is_xml(self) -> bool:
        """Whether the answer claims to be XML; SOAP 1.1 answers are text/xml."""
        return self.media_type in {"text/xml", "application/xml"} or self.media_type.endswith("+xml")

    @property
    def date(self) -> datetime | None:
        """The server's clock from the Date header, in UTC; None where it is absent or unreadable."""
        text = self.headers.get("date", "")
        if not text:
            return None
        try:
            moment = email.utils.parsedate_to_datetime(text)
        except ValueError:
            return None
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)

    @property
    def retry_after_seconds(self) -> int | None:
        """How long the server asks to wait; None where it does not say it in seconds."""
        text = self.headers.get("retry-after", "").strip()
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else None
