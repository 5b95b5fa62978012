"""In what format an account shows days: told from a day that is known, never guessed.

What is read and written here names its own format in every query; this one is for people, and for programs that write their own
queries (netsuite-api.md §5.11). It knows no formats by name.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_PARTS: Final = re.compile(r"\d+|[^\W\d_]+")
_OTHER: Final = "?"
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def format_of(shown: str, day: date) -> str:
    """Name the format in which a known day is shown ("DD.MM.YYYY"); "" where the day leaves it open, or the text is of another day."""
    found: list[str] = []
    numbers = [text for text in _PARTS.findall(shown) if text.isdecimal()]
    is_short = any(len(text) == 1 for text in numbers)

    def name_of(match: re.Match[str]) -> str:
        found.append(_part(match.group(), day, is_short=is_short))
        return found[-1]

    named = _PARTS.sub(name_of, shown.strip())
    return named if sorted(part[:1] for part in found) == ["D", "M", "Y"] else ""


def _part(text: str, day: date, *, is_short: bool) -> str:
    if not text.isdecimal():
        is_month = text[:3].lower() == _MONTHS[day.month - 1]
        return ("MON" if len(text) == len("Jan") else "MONTH") if is_month else _OTHER
    if len(text) == len("2026"):
        return "YYYY" if int(text) == day.year else _OTHER
    fitting = [name for name, number in (("D", day.day), ("M", day.month)) if number == int(text)]
    if len(fitting) != 1:
        return _OTHER
    return fitting[0] if is_short else fitting[0] * 2
