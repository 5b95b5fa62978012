"""What the notation says when a piece of it cannot be read: where, what could stand there, what may have been meant."""

from __future__ import annotations

import re
from typing import Final

from lark import UnexpectedCharacters, UnexpectedEOF, UnexpectedInput, UnexpectedToken

from suitebridge.domain.notation.words import KEYWORDS, LOOKUP_WORDS, NotationError, macro_names, suggest

_SAID: Final = {
    "NAME": "a field",
    "BACKTICKED": "a field",
    "TEXT": "a text in quotes",
    "UNDERSCORED": "a macro such as _TODAY",
    "NUMBER": "a number",
    "DAY": "a day such as 2026-01-31",
    "MOMENT": "a moment",
    "SIGN": "a comparison",
    "EQUAL": "a comparison",
    "LESSTHAN": "a comparison",
    "MORETHAN": "a comparison",
    "COMMA": "a comma",
    "VBAR": "|",
    "COLON": "a colon",
    "LPAR": "(",
    "RPAR": ")",
    "LSQB": "[",
    "RSQB": "]",
    "$END": "the end of the line",
    "_TABLE": "lookup_table=",
    "_BY": "lookup_by=",
    "_RETURN": "lookup_return=",
    "_SIDE": "lookup_side=",
    "_OF": "counterpart_of=",
}


def misread(error: UnexpectedInput, text: str, line: int, column: int) -> NotationError:
    """Tell the administrator where a piece could not be read on, what could stand there, and what may have been meant."""
    is_end = isinstance(error, UnexpectedEOF) or (isinstance(error, UnexpectedToken) and error.token.type == "$END")
    at = len(text.rstrip()) if is_end else error.pos_in_stream or 0
    before = text[:at]
    place = line + before.count("\n"), shifted(before.count("\n") + 1, at - before.rfind("\n"), column)
    if text[at : at + 1] == "'" and isinstance(error, UnexpectedCharacters) and text.count("'", at) == 1:
        return NotationError(*place, (), said="This text is not closed on its line.")
    word = "" if is_end else _word_around(text, at)
    meant = suggest(word, {*KEYWORDS, *LOOKUP_WORDS, *macro_names()})
    return NotationError(*place, _wanted(error), meant if meant != word else "")


def _wanted(error: UnexpectedInput) -> tuple[str, ...]:
    wanted: set[str] = set()
    if isinstance(error, UnexpectedToken):
        wanted = {str(name) for name in error.accepts or error.expected}
    elif isinstance(error, UnexpectedCharacters):
        wanted = {str(name) for name in error.allowed or ()}
    elif isinstance(error, UnexpectedEOF):
        wanted = {str(name) for name in error.expected}
    if {"NAME", "TEXT", "UNDERSCORED"} <= wanted:
        return "a field", "a text in quotes", "a macro such as _TODAY", "lookup="
    if {"TEXT", "NUMBER", "DAY"} <= wanted:
        return "a text in quotes", "a number", "a day such as 2026-01-31", "TRUE", "FALSE", "NULL"
    return tuple(sorted({_literal(name) for name in wanted}))


def _literal(terminal: str) -> str:
    return (
        f"{terminal[1:].lower()}="
        if f"{terminal[1:].lower()}=" in LOOKUP_WORDS
        else _SAID.get(terminal, terminal.lstrip("_"))
    )


def _word_around(text: str, at: int) -> str:
    start = at
    while start and (text[start - 1].isalnum() or text[start - 1] == "_"):
        start -= 1
    return next(iter(re.findall(r"\w+=?", text[start:])), "")


def shifted(line: int, column: int, first: int) -> int:
    """Give the column in the whole text of a column in a piece of it that begins at `first`."""
    return column + first - 1 if line == 1 else column
