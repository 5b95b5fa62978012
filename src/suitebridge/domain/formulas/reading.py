"""Reads a formula's text into Python's expression tree, and lets nothing through that the language does not have (quality.md S41).

The text is cut into tokens first. What Python's grammar is then given holds none of the text's own names, numbers and quotations, only
placeholders of the same length: so a name may be a word that Python keeps for itself, a number stays exactly what was typed, and no prefix,
escape, attribute or interpolation can mean anything. Places are columns of the text, from 1.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

LONGEST: Final = 2000
MOST_TOKENS: Final = 400
DEEPEST: Final = 100
MOST_DIGITS: Final = 30
_MOST_SIGNS: Final = 20  # signs one after the other, brackets among them
_MOST_BRACKETS: Final = 40

_TOKEN: Final = re.compile(
    r"(?P<gap>[ \t\r\n]+)"
    r"|(?P<number>[0-9]+(?:\.[0-9]+)?|\.[0-9]+)"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*)"
    r"""|(?P<text>'[^'\\\x00-\x1f]*'|"[^"\\\x00-\x1f]*")"""
    r"|(?P<sign><=|>=|==|!=|<>|[-+*/&()<>,])"
)
_WORDS: Final = {"and": "and", "or": "or", "not": "not", "in": "in", "else": "else", "if": "if"}
_FIXED: Final = {"true": "True", "false": "False", "null": "None", "none": "None"}


class FormulaError(ValueError):
    """The formula cannot be read, or not be computed for this record. `said` is a sentence for the administrator."""

    def __init__(self, column: int, said: str) -> None:
        super().__init__(f"Column {column}: {said}")
        self.column = column
        self.said = said


@dataclass(slots=True)
class _Tokens:
    """What the text holds: names and literals by their column."""

    skeleton: list[str] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)
    literals: dict[int, str | Decimal] = field(default_factory=dict)
    count: int = 0
    open_brackets: list[int] = field(default_factory=list)
    signs: int = 0
    before: str = ""  # kind of the token before, "" at the start; "operand" after anything that a value may end with


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The tree of a formula, and what its placeholders stand for, by `col_offset`, which is their column."""

    tree: ast.expr
    names: Mapping[int, str]
    literals: Mapping[int, str | Decimal]


def read_formula(text: str) -> Reading:
    """Read a formula. Raise `FormulaError` with the place of what cannot be read."""
    if len(text) > LONGEST:
        raise FormulaError(
            LONGEST + 1, f"A formula has at most {LONGEST} characters; map in two rows, or with conditions."
        )
    if not text.strip():
        raise FormulaError(1, "The formula is empty.")
    tokens = _tokens(text)
    try:
        # In brackets, so that a place in Python's tree is a column of the text, and a new line is a space.
        tree = ast.parse(f"({''.join(tokens.skeleton)})", mode="eval").body
    except SyntaxError as error:
        column = min(max((error.offset or 2) - 1, 1), len(text) + 1)
        raise FormulaError(column, "An operator, a comma, a bracket or a value is missing, or is too many.") from None
    except (MemoryError, RecursionError, ValueError):
        raise FormulaError(1, "The formula is nested too deeply.") from None
    return Reading(tree=tree, names=tokens.names, literals=tokens.literals)


def _tokens(text: str) -> _Tokens:
    tokens, at = _Tokens(), 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None or found.lastgroup is None:
            raise FormulaError(at + 1, _strange(text, at))
        _take(tokens, found.lastgroup, found.group(), at)
        at = found.end()
    if tokens.open_brackets:
        raise FormulaError(tokens.open_brackets[-1] + 1, "This bracket is not closed.")
    return tokens


def _take(tokens: _Tokens, kind: str, said: str, at: int) -> None:
    if kind == "gap":
        tokens.skeleton.append(" " * len(said))
        return
    tokens.count += 1
    if tokens.count > MOST_TOKENS:
        raise FormulaError(at + 1, f"A formula has at most {MOST_TOKENS} words and signs.")
    if kind == "sign":
        _take_sign(tokens, said, at)
        return
    tokens.signs = 0
    match kind:
        case "number":
            _take_number(tokens, said, at)
        case "text":
            if tokens.before == "text":
                raise FormulaError(at + 1, "Between two texts stands & or a comma.")
            tokens.literals[at + 1] = said[1:-1]
            tokens.skeleton.append('"' + "x" * (len(said) - 2) + '"')
        case _:
            _take_name(tokens, said, at)
            return
    tokens.before = kind


def _take_sign(tokens: _Tokens, said: str, at: int) -> None:
    tokens.signs = tokens.signs + 1 if said != ")" else 0
    if tokens.signs > _MOST_SIGNS:
        raise FormulaError(at + 1, "Too many signs stand one after the other.")
    if said == "(":
        tokens.open_brackets.append(at)
        if len(tokens.open_brackets) > _MOST_BRACKETS:
            raise FormulaError(at + 1, f"At most {_MOST_BRACKETS} brackets stand inside one another.")
    elif said == ")":
        if not tokens.open_brackets:
            raise FormulaError(at + 1, "This bracket was not opened.")
        tokens.open_brackets.pop()
    tokens.skeleton.append("!=" if said == "<>" else said)
    tokens.before = "operand" if said == ")" else "sign"


def _take_number(tokens: _Tokens, said: str, at: int) -> None:
    if len(said) > MOST_DIGITS:
        raise FormulaError(at + 1, f"A number has at most {MOST_DIGITS} digits.")
    if tokens.before and not tokens.skeleton[-1].isspace() and tokens.before != "sign":
        raise FormulaError(at + 1, "A number is written with digits and one point: 1250.5.")
    tokens.literals[at + 1] = Decimal(said)
    tokens.skeleton.append("1" * len(said))


def _take_name(tokens: _Tokens, said: str, at: int) -> None:
    if tokens.before == "number" and not tokens.skeleton[-1].isspace():
        raise FormulaError(at + 1, "A number is written with digits and one point: 1250.5.")
    word = said.lower()
    is_after_operand = tokens.before in {"operand", "number", "text"}
    if word in _WORDS and (word != "if" or is_after_operand):
        tokens.skeleton.append(_WORDS[word])
        tokens.before = "sign"
        return
    tokens.before = "operand"
    if word in _FIXED:
        tokens.skeleton.append(_FIXED[word])
        return
    tokens.names[at + 1] = said
    tokens.skeleton.append("n" * len(said))


def _strange(text: str, at: int) -> str:
    sign = text[at]
    if sign == "=":
        return "Values are compared with ==."
    if sign in "'\"":
        rest = text[at + 1 :]
        if "\\" in rest.partition(sign)[0]:
            return "A text holds no backslash; line_break() gives a new line."
        return "This text is not closed on its line."
    return (
        f"“{sign}” has no meaning in a formula."
        if sign.isprintable()
        else "A character that cannot be seen stands here."
    )
