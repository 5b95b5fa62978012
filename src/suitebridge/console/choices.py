"""What a list, a box or a button offers to choose; it knows no page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One entry: what the form sends, what people read, and whether it is chosen."""

    value: str
    text: str
    is_chosen: bool
