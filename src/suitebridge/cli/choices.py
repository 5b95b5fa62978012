"""The options that every command understands, wherever they stand on the line. It refuses to know any command."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

TAKES_VALUE: Mapping[str, bool] = MappingProxyType(
    {
        "--data": True,
        "--company": True,
        "--json": False,
        "--quiet": False,
        "-q": False,
        "--verbose": False,
        "-v": False,
        "--no-input": False,
    }
)
"""The shared options, and whether a value follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the shared options say."""

    data: Path | None = None
    company: str = ""
    is_json: bool = False
    is_quiet: bool = False
    is_verbose: bool = False
    may_ask: bool = True


def shared_first(words: Sequence[str]) -> list[str]:
    """Move the shared options to the front, so that `run --json` and `--json run` are one; what follows "--" stays."""
    shared: list[str] = []
    others: list[str] = []
    rest = iter(words)
    for word in rest:
        if word == "--":
            others.extend((word, *rest))
            break
        name, equals, _ = word.partition("=")
        if name not in TAKES_VALUE:
            others.append(word)
        elif TAKES_VALUE[name] and not equals:
            shared.extend((word, *(value for value in (next(rest, None),) if value is not None)))
        else:
            shared.append(word)
    return shared + others
