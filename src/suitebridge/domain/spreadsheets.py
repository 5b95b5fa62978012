"""Tables as CSV that spreadsheets show as what they are: text never becomes a formula (quality.md S47, F59). Pure; opens no file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula, the wide forms of East Asian keyboards included (OWASP, "CSV Injection")."""


def neutral(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would calculate; a plain number stays one."""
    if not text.lstrip(" ").startswith(_FORMULA_STARTS) or _is_number(text):
        return text
    return f"'{text}"


def write_csv(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table, every cell quoted, lines ended as RFC 4180 wants them."""
    return "".join(",".join(map(_quoted, row)) + "\r\n" for row in (heading, *rows))


def _quoted(cell: str) -> str:
    return '"' + neutral(cell).replace('"', '""') + '"'


def _is_number(text: str) -> bool:
    bare = text.removeprefix("-").removeprefix("+") if text[:1] in {"-", "+"} else text
    whole, _, part = bare.partition(".")
    return whole.isascii() and whole.isdecimal() and (not part or (part.isascii() and part.isdecimal()))
