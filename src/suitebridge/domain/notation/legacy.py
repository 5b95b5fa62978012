"""A whole configuration in the legacy notation: <PULL> and <PUSH>, in them one element for each integration point, in it the advanced notation.

The JSON dump of the same (netsuite-connector.md §6.10) is read, too. An integration point is what is a mapping group here. Which workflow a
point belongs to, and whether its fields exist, is not asked here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from suitebridge.domain.notation.advanced import AdvancedGroup, write_group
from suitebridge.domain.notation.words import quote
from suitebridge.domain.records import Direction

LONGEST: Final = 1_000_000

_SIDES: Final = {"PULL": Direction.IMPORT, "PUSH": Direction.EXPORT}
_TAGS: Final = {direction: tag for tag, direction in _SIDES.items()}
_OPENED: Final = re.compile(r"\s*<([A-Za-z][A-Za-z0-9_]*)>\s*")
_CLOSED: Final = re.compile(r"\s*</([A-Za-z][A-Za-z0-9_]*)>\s*")
_CONSTANT: Final = re.compile(r'="(.*)"', re.DOTALL)
_BLOCKS: Final = ("IF <<", "<")
_CHAPTERS: Final = {"from_ns": Direction.IMPORT, "to_ns": Direction.EXPORT}


@dataclass(frozen=True, slots=True, kw_only=True)
class LegacyPoint:
    """One integration point: its name, and its rows as text that begins on a line of the whole. `title` is what a dump calls it beside its name."""

    direction: Direction
    name: str
    line: int
    text: str
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unplaced:
    """Something that could not be taken: where it stands, which point it is of, and why. Line 0 is that of a dump, where lines say nothing."""

    line: int
    column: int
    point: str
    said: str


Found: TypeAlias = LegacyPoint | Unplaced


def read_legacy(text: str) -> tuple[Found, ...]:
    """Read a whole configuration, as text or as a JSON dump: its points, and what belongs to none."""
    if len(text) > LONGEST:
        return (_lost(1, f"A configuration has at most {LONGEST:,} characters."),)
    return tuple(_read_dump(text) if text.lstrip().startswith("{") else _read_text(text))


def write_legacy(points: Iterable[tuple[Direction, str, AdvancedGroup]]) -> str:
    """Write points, each with its direction and name; `read_legacy` gives the same points."""
    given = list(points)
    lines: list[str] = []
    for direction, tag in _TAGS.items():
        lines.append(f"<{tag}>")
        for one, name, group in given:
            if one is direction:
                lines.extend((f"<{name}>", *write_group(group).removesuffix("\n").split("\n"), f"</{name}>"))
        lines.append(f"</{tag}>")
    return "\n".join(lines) + "\n"


def _read_text(text: str) -> Iterator[Found]:
    lines = text.replace("\r\n", "\n").split("\n")
    side: Direction | None = None
    at = 0
    while at < len(lines):
        line, number = lines[at], at + 1
        at += 1
        opened, closed = _OPENED.fullmatch(line), _CLOSED.fullmatch(line)
        if opened is not None and opened.group(1).upper() in _SIDES and side is None:
            side = _SIDES[opened.group(1).upper()]
        elif closed is not None and side is not None and closed.group(1).upper() == _TAGS[side]:
            side = None
        elif opened is not None and side is not None:
            end = _end_of(opened.group(1), lines, at)
            if end is None:
                yield _lost(number, f"<{opened.group(1)}> is not closed: write </{opened.group(1)}> after its rows.")
                return
            yield LegacyPoint(direction=side, name=opened.group(1), line=number + 1, text="\n".join(lines[at:end]))
            at = end + 1
        elif line.strip() and not line.lstrip().startswith("#"):
            yield _lost(number, f"“{line.strip()[:60]}” belongs to no integration point.")
    if side is not None:
        yield _lost(len(lines), f"<{_TAGS[side]}> is not closed: write </{_TAGS[side]}> at the end.")


def _end_of(name: str, lines: list[str], start: int) -> int | None:
    return next((at for at in range(start, len(lines)) if lines[at].strip() == f"</{name}>"), None)


def _lost(line: int, said: str, point: str = "") -> Unplaced:
    return Unplaced(line=line, column=1 if line else 0, point=point, said=said)


def _read_dump(text: str) -> Iterator[Found]:
    try:
        read: object = json.loads(text)
    except json.JSONDecodeError as error:
        yield Unplaced(line=error.lineno, column=error.colno, point="", said="Here the dump is no JSON any more.")
        return
    except RecursionError:
        yield _lost(1, "The dump is nested too deeply.")
        return
    chapters = _at(_at(read, "data") or read, "chapters")
    for key, direction in _CHAPTERS.items():
        for workflow in _list(_at(chapters, key)):
            for number, tab in enumerate(_list(_at(workflow, "tabs"))):
                yield from _read_tab(direction, workflow, tab, number)
    if not isinstance(chapters, dict) or not set(chapters) & set(_CHAPTERS):
        yield _lost(0, "The dump has no chapters from_ns or to_ns.")


def _read_tab(direction: Direction, workflow: object, tab: object, number: int) -> Iterator[Found]:
    label = _text(_at(tab, "label"))
    # The first tab of a workflow is the point that the workflow is called after.
    name = _text(_at(tab, "name")) or (_text(_at(workflow, "name")) if number == 0 else label)
    if not _is_on(_at(workflow, "active")):
        yield _lost(0, "The workflow is switched off in the dump.", name or label)
        return
    lines = [_row(direction, one) for one in _list(_at(tab, "mapping")) if _is_on(_at(one, "active"))]
    initial = [
        target
        for one in _list(_at(tab, "mapping"))
        if _is_on(_at(one, "active")) and _is_on(_at(one, "initial_only"), default=False)
        if (target := _ends(direction, one)[0])
    ]
    kind = "OA_FIELDS_INITIAL_ONLY" if direction is Direction.IMPORT else "NS_FIELDS_INITIAL_ONLY"
    declared = [f"{kind} {', '.join(initial)}"] if initial else []
    given = _text(_at(tab, "filter"))
    yield LegacyPoint(direction=direction, name=name, line=0, text="\n".join((*declared, *lines, given)), title=label)


def _row(direction: Direction, row: object) -> str:
    """Write a row of a dump in the advanced notation: its advanced text where it has one, else its field or constant."""
    target, source = _ends(direction, row)
    advanced = _text(_at(row, "advanced")).strip()
    if advanced.startswith(_BLOCKS):
        return advanced
    constant = _CONSTANT.fullmatch(source)
    said = advanced or (quote(constant.group(1)) if constant is not None else source)
    return f"{target} {said}"


def _ends(direction: Direction, row: object) -> tuple[str, str]:
    netsuite, workspace = _text(_at(row, "ns_default")), _text(_at(row, "oa_value"))
    return (workspace, netsuite) if direction is Direction.IMPORT else (netsuite, workspace)


def _at(value: object, key: str) -> object:
    return value.get(key) if isinstance(value, dict) else None


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _is_on(value: object, *, default: bool = True) -> bool:
    return default if value is None else str(value).casefold() in {"1", "true", "yes"}
