"""The small pieces of the advanced notation: texts in quotes, names in backticks, macros, and the words that it keeps for itself.

A line break in a text is written \\\\n (\\n is read, too), a backslash \\b, a quote twice. The reference is silent on all but the first; this is our choice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

from suitebridge.domain.expressions import Constant, Expression, Macro, MacroName

KEYWORDS: Final = (
    "AND",
    "OR",
    "NOT",
    "IN",
    "IS",
    "EMPTY",
    "IF",
    "THEN",
    "ELSE",
    "END",
    "FILTER",
    "TRUE",
    "FALSE",
    "NULL",
    "OTHERWISE",
    "ALWAYS",
    "NEVER",
)
LOOKUP_WORDS: Final = (
    "lookup=",
    "lookup_table=",
    "lookup_by=",
    "lookup_return=",
    "lookup_side=",
    "counterpart=",
    "counterpart_of=",
    "or_leave=",
    "or_skip=",
    "shorten=",
    "length=",
    "formula=",
)
PLAIN_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z][A-Za-z0-9_]*)*")

_ESCAPES: Final = {"\\b": "\\", "\\\\n": "\n", "\\n": "\n", "\\r": "\r", "''": "'"}
_ESCAPE: Final = re.compile(r"\\b|\\\\n|\\n|\\r|''")
_ESCAPED: Final = {"\\": "\\b", "\n": "\\\\n", "\r": "\\r", "'": "''"}
_DECLARING: Final = re.compile(r"^(?:(?:NS|OA)_.*FIELD.*|ONLY_IF_EMPTY|NEVER_WITH_EMPTY)$")
_MOVED: Final = re.compile(r"(_[A-Za-z][A-Za-z0-9_]*?)([+-][0-9]{1,6})?")


class NotationError(ValueError):
    """The text is none of the notation. Place, what could stand there, and what may have been meant."""

    def __init__(self, line: int, column: int, expected: tuple[str, ...], suggestion: str = "", said: str = "") -> None:
        wanted = f"Expected {_listed(expected)}." if expected else ""
        meant = f"Do you mean {suggestion}?" if suggestion else ""
        self.said = " ".join(part for part in (said, wanted, meant) if part)
        super().__init__(f"Line {line}, column {column}: {self.said}")
        self.line = line
        self.column = column
        self.expected = expected
        self.suggestion = suggestion


def quote(text: str) -> str:
    """Write a text in quotes."""
    return "'" + "".join(_ESCAPED.get(sign, sign) for sign in text) + "'"


def unquote(quoted: str) -> str:
    """Read a text in quotes."""
    return _ESCAPE.sub(lambda found: _ESCAPES[found.group()], quoted[1:-1])


def write_name(name: str) -> str:
    """Write a field's or a table's name, in backticks where it would be read as something else."""
    is_plain = PLAIN_NAME.fullmatch(name) is not None and name not in KEYWORDS and _DECLARING.search(name) is None
    return (
        name
        if is_plain
        else "`" + name.replace("\\", "\\b").replace("\n", "\\\\n").replace("\r", "\\r").replace("`", "``") + "`"
    )


def read_name(written: str) -> str:
    """Read a name."""
    if not written.startswith("`"):
        return written
    return _ESCAPE.sub(
        lambda found: _ESCAPES[found.group()] if found.group() != "''" else "''", written[1:-1].replace("``", "`")
    )


def write_macro(macro: Macro) -> str:
    """Write a macro: _TODAY, _TODAY-7."""
    return f"_{macro.name.value.upper()}" + (f"{macro.days:+d}" if macro.days else "")


def read_underscored(written: str) -> Expression | None:
    """Read a macro, or a literal of NetSuite such as _fixedStart; None for what looks like a macro and is none."""
    found = _MOVED.fullmatch(written)
    if found is None:
        return None
    name, days = found.group(1), int(found.group(2) or 0)
    try:
        return Macro(name=MacroName(name[1:].lower()), days=days) if name.isupper() else Constant(value=written)
    except ValueError:
        return None


def suggest(word: str, known: Iterable[str]) -> str:
    """Give the known word that is meant most likely, or ""."""
    choices = {one.casefold(): one for one in known}
    close = get_close_matches(word.casefold(), choices, n=1, cutoff=0.7)
    return choices[close[0]] if close else ""


def macro_names() -> tuple[str, ...]:
    """Name every macro as it is written."""
    return tuple(write_macro(Macro(name=name)) for name in MacroName)


def _listed(expected: tuple[str, ...]) -> str:
    return expected[0] if len(expected) == 1 else f"{', '.join(expected[:-1])} or {expected[-1]}"
