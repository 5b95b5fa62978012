"""What an API token opens, besides what its user may: a token opens nothing that neither its scopes nor its user's role allow."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping


class Scope(enum.Enum):
    """The closed set of scopes; the value is stored, typed and shown."""

    READ = "read"
    RUN = "run"
    RECORDS = "records"
    TRAIL = "trail"
    PEOPLE = "people"
    CONNECTION = "connection"
    TOKENS = "tokens"
    COMMAND_LINE = "command-line"


MEANINGS: Mapping[Scope, str] = {
    Scope.READ: "See runs, records and record types",
    Scope.RUN: "Start runs and test the saved connection",
    Scope.RECORDS: "Enter, submit and approve records",
    Scope.TRAIL: "See and verify the audit trail",
    Scope.PEOPLE: "See and change users, roles and sign-in rules, and review access",
    Scope.CONNECTION: "See and change the NetSuite connection, the integration user and what runs by itself",
    Scope.TOKENS: "See, make and withdraw your API tokens",
    Scope.COMMAND_LINE: "Act as you at the command line",
}
EVERY_SCOPE = frozenset(Scope)
"""What the sign-in of the command line carries: everything that its user may."""

GRANTABLE = tuple(scope for scope in Scope if scope is not Scope.COMMAND_LINE)
"""What a token for programs may carry; only signing in gives the command line's."""

DEFAULT_SCOPES = frozenset({Scope.READ})
"""What a token carries when nothing is asked for."""


def scopes_named(names: Iterable[str]) -> tuple[frozenset[Scope], tuple[str, ...]]:
    """Read scopes for a program's token by their names; give those that are none, or not to be had, as the second part."""
    known = {scope.value: scope for scope in GRANTABLE}
    wanted = tuple(dict.fromkeys(names))
    return frozenset(known[name] for name in wanted if name in known), tuple(
        name for name in wanted if name not in known
    )


def names_of(scopes: Iterable[Scope]) -> tuple[str, ...]:
    """Name scopes in the order in which they are listed."""
    held = frozenset(scopes)
    return tuple(scope.value for scope in Scope if scope in held)
