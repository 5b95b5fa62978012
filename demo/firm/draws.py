"""Repeatable chance and the value forms of both folders. It knows nothing of the firm.

Only `random.Random.random` is used: of the standard generator, Python promises the same numbers across versions
for that method alone, and the written files have to be the same bytes everywhere.
"""

from __future__ import annotations

import csv
import datetime
import random
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeVar

Value = TypeVar("Value")
Row = dict[str, str]


class Draws:
    """A stream of choices that one seed decides."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - repeatable on purpose, nothing secret

    def whole(self, low: int, high: int) -> int:
        return low + int(self._random.random() * (high - low + 1))

    def chance(self, share: float) -> bool:
        return self._random.random() < share

    def pick(self, values: Sequence[Value]) -> Value:
        return values[int(self._random.random() * len(values))]

    def shuffled(self, values: Sequence[Value]) -> list[Value]:
        rest = list(values)
        for last in range(len(rest) - 1, 0, -1):
            other = self.whole(0, last)
            rest[last], rest[other] = rest[other], rest[last]
        return rest

    def some(self, values: Sequence[Value], count: int) -> list[Value]:
        return self.shuffled(values)[:count]

    def day(self, first: datetime.date, last: datetime.date) -> datetime.date:
        return first + datetime.timedelta(days=self.whole(0, (last - first).days))

    def instant(self, first: datetime.date, last: datetime.date) -> datetime.datetime:
        time_of_day = datetime.time(self.whole(7, 20), self.whole(0, 59), self.whole(0, 59))
        return datetime.datetime.combine(self.day(first, last), time_of_day)


def flag(value: bool) -> str:
    """NetSuite's form of a check box."""
    return "T" if value else "F"


def truth(value: bool) -> str:
    """The workspace files' form of a boolean."""
    return "true" if value else "false"


def exported_day(day: datetime.date) -> str:
    """A date as NetSuite2 exports show it: with a midnight whose hour is not padded."""
    return f"{day.isoformat()} 0:00:00"


def exported_instant(instant: datetime.datetime) -> str:
    return f"{instant.date().isoformat()} {instant.hour}:{instant.minute:02d}:{instant.second:02d}"


def slug(text: str) -> str:
    """The ASCII letters and digits of a name, for e-mail addresses; empty where it has none."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("ł", "l").replace("Ł", "L"))
    return "".join(letter for letter in plain.lower() if letter.isascii() and letter.isalnum())


def write_table(path: Path, rows: Sequence[Mapping[str, str]]) -> None:
    """Write `rows` as UTF-8 CSV under the first row's keys."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
