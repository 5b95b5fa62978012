"""Faults of the line: waiting, breaking, never answering, and what goes wrong before a request arrives.

Values only; `faces` acts them out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Latency:
    """The answer takes longer; the request keeps its place in the concurrency count meanwhile."""

    seconds: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionReset:
    """The connection breaks before anything is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionRefused:
    """The connection breaks before anything is done, and for so many seconds nobody listens at the address."""

    seconds: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class StalledUpload:
    """The request's body is not read: for so many seconds the line stands still, then it breaks. Nothing is done."""

    seconds: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CutOff:
    """A request that takes longer than NetSuite lets it (15 minutes, reference §6.4): cut off, with nothing done."""

    hold_seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeoutAfterCommit:
    """Everything is done and kept, and no answer ever comes; `hold_seconds` keeps the line open so long."""

    hold_seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LateCommit:
    """The connection breaks first, and the work is done later: after so many further requests, or else seconds."""

    delay_seconds: float = 1.0
    after_requests: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BadCertificate:
    """A TLS handshake meets a certificate that no client may accept, or, `expiring`, one that ends within a day."""

    reason: Literal["expired", "expiring", "wrong host", "unknown authority"] = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownHost:
    """The CONNECT proxy cannot find the host, as when name resolution fails."""
