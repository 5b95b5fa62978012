"""How an operation of the API ends: announced with each of its answers and in the description, a year ahead at least (quality.md E03).

It ends nothing: when its day has come, its line is taken out of the table of addresses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime
from typing import Final

from django.http import HttpResponseBase

SHORTEST: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """Since when an operation is deprecated, the day it goes, and the address that takes its place, "" for none."""

    since: date
    until: date
    instead: str = ""

    def __post_init__(self) -> None:
        """Refuse less than a year, which is what programs were promised."""
        if self.until - self.since < SHORTEST:
            raise ValueError(f"Between {self.since} and {self.until} there is less than a year.")

    @property
    def told(self) -> str:
        """Tell it in the description."""
        instead = f" Use {self.instead}." if self.instead else ""
        return f"Deprecated since {self.since}; it ends on {self.until}.{instead}"


ENDINGS: Final[Mapping[str, Ending]] = {}
"""By the name of the operation. Nothing is deprecated at present."""


def announce(response: HttpResponseBase, ending: Ending) -> None:
    """Mark an answer: Deprecation (RFC 9745), Sunset (RFC 8594), and a Link to what takes its place."""
    response["Deprecation"] = f"@{int(_midnight(ending.since).timestamp())}"
    response["Sunset"] = format_datetime(_midnight(ending.until), usegmt=True)
    if ending.instead:
        response["Link"] = f'<{ending.instead}>; rel="successor-version"'


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)
