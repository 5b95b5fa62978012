"""Plan files: a script of faults in TOML or JSON, read whole or refused with every entry that is wrong.

    seed = 7                     # weather, where it is wanted
    rate = 0.1

    [[plan]]
    fault = "Throttle"
    door = "soap"
    operation = "upsertList"
    skip = 3                     # the fourth request
    times = 2

JSON holds the same, or a list of plans alone. Refuses to know accounts.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from netsuite_simulator.clock import Clock
from netsuite_simulator.faults.documents import UnknownFaultError, fault_of, weather_of
from netsuite_simulator.faults.plans import Faults, Plan, PlanError
from netsuite_simulator.faults.weather import Weather

LARGEST_FILE = 4 * 1024 * 1024
_WEATHER = frozenset({"seed", "rate", "faults"})
_TOML_ENTRY = re.compile(r"^\s*\[\[\s*plan\s*\]\]", re.MULTILINE)
_JSON_ENTRIES = re.compile(r'"plan"\s*:\s*\[')


class PlanFileError(ValueError):
    """A plan file cannot be used; the message names each wrong entry with its line, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scripted:
    """What a plan file asks for."""

    plans: tuple[Plan, ...]
    weather: Weather | None = None


def read_plan_file(path: Path, now: datetime) -> Scripted:
    """Read a plan file; seconds in it count from `now`, the account's."""
    try:
        text = path.read_text(encoding="utf-8") if path.stat().st_size <= LARGEST_FILE else None
    except (OSError, UnicodeDecodeError) as error:
        raise PlanFileError(f"the plan {path} cannot be read ({error})") from error
    if text is None:
        raise PlanFileError(f"the plan {path} is larger than {LARGEST_FILE // 2**20} MiB: split it")
    document, lines = _parsed(path, text)
    return scripted_of(document, now, what=f"the plan {path}", lines=lines)


def scripted_of(
    document: Mapping[str, object], now: datetime, *, what: str = "the plan", lines: Sequence[int] = ()
) -> Scripted:
    """Read what a plan file holds; `lines` says where each of its entries begins."""
    entries = document.get("plan", [])
    if not isinstance(entries, list) or document.keys() - _WEATHER - {"plan"}:
        held = ", ".join(document) or "nothing"
        raise PlanFileError(
            f"{what} holds `plan`, a list of entries with a fault each, and seed, rate, faults; it has {held}"
        )
    wrong: list[str] = []
    plans = _plans(entries, lines, now, wrong)
    weather = None
    if document.keys() & _WEATHER:
        try:
            weather = weather_of({name: document[name] for name in _WEATHER if name in document})
        except UnknownFaultError as error:
            wrong.append(str(error))
    if wrong:
        raise PlanFileError("\n".join((f"{what} is not used, because of", *(f"  {one}" for one in wrong))))
    return Scripted(plans=tuple(plans), weather=weather)


def _plans(entries: Sequence[object], lines: Sequence[int], now: datetime, wrong: list[str]) -> list[Plan]:
    plans: list[Plan] = []
    checked = Faults(Clock())
    for number, entry in enumerate(entries):
        place = f"entry {number + 1} (line {lines[number]})" if len(lines) == len(entries) else f"entry {number + 1}"
        try:
            plans.append(checked.add(fault_of(entry if isinstance(entry, Mapping) else {}, now)))
        except (UnknownFaultError, PlanError) as error:
            wrong.append(f"{place}: {error}")
    return plans


def _parsed(path: Path, text: str) -> tuple[Mapping[str, object], list[int]]:
    """Read the file's own notation, and the line at which each entry begins."""
    try:
        if path.suffix.lower() == ".toml":
            return tomllib.loads(text), [_line(text, match.start()) for match in _TOML_ENTRY.finditer(text)]
        document = json.loads(text)
    except (tomllib.TOMLDecodeError, json.JSONDecodeError, RecursionError) as error:
        notation = "TOML" if path.suffix.lower() == ".toml" else "JSON (a file that ends in .toml is read as TOML)"
        raise PlanFileError(f"the plan {path} is no {notation}: {error}") from error
    if isinstance(document, list):
        return {"plan": document}, _lines_of(text, text.index("[") + 1)
    if not isinstance(document, dict):
        raise PlanFileError(f'the plan {path} is a list like [{{"fault": "Throttle", "door": "soap", "times": 3}}]')
    found = _JSON_ENTRIES.search(text)
    return document, [] if found is None else _lines_of(text, found.end())


def _lines_of(text: str, start: int) -> list[int]:
    """Return the line of each element of a JSON list whose first may begin at `start`."""
    decoder, place = json.JSONDecoder(), start
    lines: list[int] = []
    while True:
        place += len(text[place:]) - len(text[place:].lstrip(" \t\r\n,"))
        if place >= len(text) or text[place] == "]":
            return lines
        lines.append(_line(text, place))
        _, place = decoder.raw_decode(text, place)


def _line(text: str, place: int) -> int:
    blanks = len(text[place:]) - len(text[place:].lstrip())
    return text.count("\n", 0, place + blanks) + 1
