"""From SuiteQL's text to a syntax tree (reference §5.11).

Oracle's grammar, with one difference: every call stays a plain call by name, so that `calls` alone decides which
functions there are and date masks arrive as they were typed.
"""

from __future__ import annotations

from typing import Any, ClassVar

from sqlglot import exp
from sqlglot.dialects.oracle import Oracle
from sqlglot.errors import ParseError, SqlglotError
from sqlglot.parsers.oracle import OracleParser
from sqlglot.tokenizer_core import Token, TokenType

from netsuite_simulator.suiteql.errors import invalid, unsupported

LONGEST_QUERY = 200_000  # characters; the real service's own limit is not documented

_BEGINNINGS = frozenset({TokenType.SELECT, TokenType.WITH, TokenType.L_PAREN})


class Dialect(Oracle):
    """Oracle's grammar without knowledge of any function."""

    class Parser(OracleParser):
        """A parser that leaves calls alone."""

        FUNCTIONS: ClassVar[dict[str, Any]] = {}
        FUNCTION_PARSERS: ClassVar[dict[str, Any]] = {
            name: OracleParser.FUNCTION_PARSERS[name] for name in ("CAST", "EXTRACT")
        }
        NO_PAREN_FUNCTIONS: ClassVar[dict[Any, Any]] = {}
        NO_PAREN_FUNCTION_PARSERS: ClassVar[dict[str, Any]] = {"CASE": OracleParser.NO_PAREN_FUNCTION_PARSERS["CASE"]}


_DIALECT = Dialect()


def parse(text: str) -> tuple[exp.Query, int]:
    """Parse one SELECT and count its parameters; anything else is refused."""
    if len(text) > LONGEST_QUERY:
        raise unsupported(f"A query of more than {LONGEST_QUERY} characters")
    try:
        tokens = _DIALECT.tokenize(text)
        numbered, parameters = _numbered(text, tokens)
        if parameters:
            tokens = _DIALECT.tokenize(numbered)
        statements = _DIALECT.parser().parse(tokens, numbered)
    except SqlglotError as error:
        raise invalid(f"Invalid or unsupported search. Syntax error{_place(error)}.") from error
    except RecursionError as error:
        raise unsupported("A query nested this deeply") from error
    found = [statement for statement in statements if statement is not None]
    if len(found) != 1:
        raise unsupported("Anything but one statement")
    if not isinstance(found[0], exp.Query):
        raise unsupported("A statement other than SELECT")
    return found[0], parameters


def _place(error: SqlglotError) -> str:
    """Say where the parser stopped; its own words are about itself."""
    found = error.errors[0] if isinstance(error, ParseError) and error.errors else {}
    place = f" in line {found['line']}, column {found['col']}" if found.get("line") else ""
    return f"{place}, near '{found['highlight']}'" if found.get("highlight") else place


def _numbered(text: str, tokens: list[Token]) -> tuple[str, int]:
    """Give each `?` its number in the order of the text, which a syntax tree no longer tells."""
    parts: list[str] = []
    position = count = 0
    if tokens and tokens[0].token_type not in _BEGINNINGS:  # the parser would keep what it does not know as a text
        raise unsupported("A statement other than SELECT")
    for token in tokens:
        if token.token_type == TokenType.COLON:
            raise unsupported("A named parameter")
        if token.token_type == TokenType.PLACEHOLDER:
            count += 1
            parts += [text[position : token.start], f":p{count}"]
            position = token.end + 1
    return "".join([*parts, text[position:]]), count
