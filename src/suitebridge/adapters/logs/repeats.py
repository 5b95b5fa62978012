"""Counts log lines that are said again and again, so that a storm of one error fills no disk (quality.md F83).

It refuses to know where lines go, and what they hold beside their words: a line is another one when its words before its values are, or who says it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

WINDOW_SECONDS: Final = 60.0
"""So long a line is watched after it was first said."""

MOST_LINES: Final = 20
"""So often a line is written within that time; what comes beyond is counted."""

MOST_KINDS: Final = 500
"""So many kinds of lines are watched at once; the oldest gives way."""

_Kind: TypeAlias = tuple[str, int, str]


@dataclass(slots=True)
class _Watched:
    """One kind of line: since when, how often it was written, and how often it was not."""

    began: float
    written: int = 0
    held_back: int = 0


class Repeats:
    """Says which records are written. Its time is that of the records."""

    def __init__(self) -> None:
        self._watched: dict[_Kind, _Watched] = {}

    def pass_on(self, record: logging.LogRecord) -> Iterator[logging.LogRecord]:
        """Give what is to be written now: how often earlier lines were held back whose time is over, and the record itself unless it is held back."""
        yield from self._over(record.created - WINDOW_SECONDS)
        kind = (record.name, record.levelno, _words(record))
        watched = self._watched.get(kind)
        if watched is None:
            if len(self._watched) >= MOST_KINDS:
                yield from self._told(next(iter(self._watched)))
            watched = self._watched[kind] = _Watched(began=record.created)
        if watched.written < MOST_LINES:
            watched.written += 1
            yield record
        else:
            watched.held_back += 1

    def rest(self) -> Iterator[logging.LogRecord]:
        """Tell everything that was held back and not told yet."""
        yield from self._over(float("inf"))

    def _over(self, before: float) -> Iterator[logging.LogRecord]:
        # Kinds stand in the order of their beginnings, so that a line costs a look at the oldest one.
        while self._watched:
            oldest = next(iter(self._watched))
            if self._watched[oldest].began > before:
                break
            yield from self._told(oldest)

    def _told(self, kind: _Kind) -> Iterator[logging.LogRecord]:
        watched = self._watched.pop(kind)
        if watched.held_back:
            name, level, words = kind
            said = "Said %s more times within %d seconds and not repeated here: %s"
            yield logging.LogRecord(name, level, "", 0, said, (f"{watched.held_back:,}", WINDOW_SECONDS, words), None)


def _words(record: logging.LogRecord) -> str:
    """Give a record's words before its values were put in."""
    return str(record.msg.get("event", "")) if isinstance(record.msg, dict) else str(record.msg)
