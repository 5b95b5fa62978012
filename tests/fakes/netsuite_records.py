"""Records of the NetSuite in memory, and how they are shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from suitebridge.domain.schemas.fields import Kind
from suitebridge.domain.values import Value, as_text

JSON_TYPES: Mapping[Kind, str] = {
    **dict.fromkeys((Kind.TEXT, Kind.DURATION), "string"),
    **dict.fromkeys((Kind.DECIMAL, Kind.MONEY), "number:double"),
    **dict.fromkeys((Kind.CHOICE, Kind.REFERENCE, Kind.LINES), "object"),
    Kind.INTEGER: "integer:int64",
    Kind.BOOLEAN: "boolean",
    Kind.DATE: "string:date",
    Kind.INSTANT: "string:date-time",
}


@dataclass(slots=True)
class Stored:
    """One record of the world."""

    id: str
    external_id: str
    fields: dict[str, Value]
    changed: str


def picked(stored: Stored, fields: Sequence[str]) -> dict[str, Value]:
    picked: dict[str, Value] = {}
    for list_name in dict.fromkeys(path.partition(".")[0] for path in fields if "." in path):
        lines = stored.fields.get(list_name)
        names = [path.partition(".")[2] for path in fields if path.startswith(f"{list_name}.")]
        picked[list_name] = (
            tuple({name: line[name] for name in names if line.get(name) is not None} for line in lines)
            if isinstance(lines, tuple)
            else ()
        )
    return picked | {path: stored.fields.get(path) for path in fields if "." not in path}


def told(stored: Stored) -> Iterator[tuple[str, str]]:
    for name, value in stored.fields.items():
        if isinstance(value, tuple):
            for number, line in enumerate(value, start=1):
                yield from ((f"{name}[{number}].{inner}", as_text(cell)) for inner, cell in line.items())
        elif value is not None:
            yield name, as_text(value)
