"""Cron texts by the library that the engine itself reads them with. It knows no zone: what it gives are times on the wall."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from croniter import croniter

from suitebridge.domain.slots import Walls

# Five plain fields: no seconds, no nicknames, and none of the library's random or hashed words, which mean another time each time.
_WORDS: Final = frozenset(
    [
        *("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
        *("jan", "feb", "mar", "apr", "may", "jun"),
        *("jul", "aug", "sep", "oct", "nov", "dec"),
        "l",
    ]
)
_PLAIN: Final = re.compile(r"[0-9A-Za-z*/,\-?]+")
_COUNT: Final = 5
_TRIAL: Final = datetime(2024, 1, 1)  # noqa: DTZ001  # a time on the wall has no zone


class EngineCrons:
    """The engine's reading of cron texts; implements `ports.crons.Crons`."""

    def read(self, text: str) -> Walls:
        """Give the local times of a text. Raise `ValueError` with a sentence where it means nothing, or no time that ever comes."""
        fields = text.split()
        words = {word.casefold() for word in re.findall(r"[A-Za-z]+", text)}
        if len(fields) != _COUNT or not all(map(_PLAIN.fullmatch, fields)) or not words <= _WORDS:
            raise ValueError(
                f"“{text}” is no cron text: write minute, hour, day of the month, month and weekday, for example 30 6 * * mon-fri."
            )
        plain = " ".join(fields)
        try:
            hours = croniter.expand(plain)[0][1]
            croniter(plain, _TRIAL).get_next(datetime)
        except (ValueError, KeyError) as error:
            raise ValueError(f"“{plain}” names no time that ever comes: {error}.") from error
        return Walls(
            later=lambda wall: _ahead(plain, wall), earlier=lambda wall: _back(plain, wall), is_hourly=hours == ["*"]
        )


def _ahead(text: str, wall: datetime) -> Iterator[datetime]:
    times = croniter(text, wall)
    try:
        while True:
            yield times.get_next(datetime)
    except ValueError:  # the library looks a limited number of years ahead
        return


def _back(text: str, wall: datetime) -> Iterator[datetime]:
    times = croniter(text, wall)
    try:
        while True:
            yield times.get_prev(datetime)
    except ValueError:
        return
