"""Reads what a request holds, once and strictly: JSON without double keys, without numbers that are none, without broken text (quality.md S34)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser

from suitebridge.domain.errors import Problem, RecordRefusedError

MOST_BYTES = 100_000
_MOST_DIGITS = 30
_MOST_DEPTH = 20


class StrictParser(Parser):
    """The one reader of request bodies."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Read the body. Raise `RecordRefusedError` SB-API-001 with what is wrong with it."""
        try:
            found = json.loads(
                request.body.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_number, parse_int=_whole
            )
            _refuse_broken_text(found)
        except (ValueError, RecursionError) as error:
            raise malformed(f"The contents are no JSON that can be read: {error}.") from error
        return found


def malformed(said: str) -> RecordRefusedError:
    """Say why a request cannot be understood."""
    return RecordRefusedError(Problem(code="SB-API-001", facts={"said": said}))


def is_sound(text: str) -> bool:
    """Say whether a text can be stored in every database: no NUL, no half of a surrogate pair."""
    return not any(character == "\x00" or "\ud800" <= character <= "\udfff" for character in text)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name occurs twice in one object")
    return found


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is no number in JSON")


def _whole(text: str) -> int:
    if len(text) > _MOST_DIGITS:
        raise ValueError(f"a number has more than {_MOST_DIGITS} digits")
    return int(text)


def _refuse_broken_text(found: Any) -> None:
    for depth, part in _walk(found, 0):
        if depth > _MOST_DEPTH:
            raise ValueError(f"it is nested more than {_MOST_DEPTH} levels deep")
        if isinstance(part, str) and not is_sound(part):
            raise ValueError("a text holds a character that cannot be stored")


def _walk(found: Any, depth: int) -> Iterator[tuple[int, Any]]:
    yield depth, found
    if depth > _MOST_DEPTH:
        return
    if isinstance(found, dict):
        for name, part in found.items():
            yield depth, name
            yield from _walk(part, depth + 1)
    elif isinstance(found, list):
        for part in found:
            yield from _walk(part, depth + 1)
