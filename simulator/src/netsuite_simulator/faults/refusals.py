"""Faults that answer in the place of the account: limits, maintenance, logins, and pages that a gateway sends.

Values only; `faces.admission` raises them and each door words them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from netsuite_simulator.logins import Detail


@dataclass(frozen=True, slots=True, kw_only=True)
class Throttle:
    """Refused as if the concurrency limit were reached; `session` is SOAP's older refusal (reference §4.9)."""

    retry_after_seconds: int | None = None
    session: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Maintenance:
    """Refused with the maintenance text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvalidLogin:
    """Refused as an invalid login, as overload may do (reference §2.6); `detail` stands in the login audit trail."""

    after_seconds: float = 0.0
    detail: Detail | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlPage:
    """A web page instead of an answer; `after_commit` says whether the work was done first."""

    status: int = 200
    after_commit: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerError:
    """A gateway's 5xx instead of an answer; `after_commit` says whether the work was done first."""

    status: int = 502
    after_commit: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """Sent to another host, with nothing done."""

    location: str = "https://elsewhere.example/services"
    status: Literal[301, 302, 303, 307, 308] = 307
