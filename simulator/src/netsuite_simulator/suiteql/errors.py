"""What is wrong with a query, in NetSuite's words where they are known (reference §5.11).

Knows no HTTP: the door turns a `QueryError` into a problem document.
"""

from __future__ import annotations

from collections.abc import Iterable

_LEAD = "Invalid search query. Detailed unprocessed description follows. "


class QueryError(ValueError):
    """The query cannot be answered; `detail` says why."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


def invalid(reason: str) -> QueryError:
    """Say that a query is wrong."""
    return QueryError(f"{_LEAD}{reason}")


def record_not_found(name: str) -> QueryError:
    """Say that there is no such table, or none that the role may see."""
    return invalid(f"Search error occurred: Record '{name}' was not found.")


def field_not_found(name: str, record: str) -> QueryError:
    """Say that a table has no such column."""
    return invalid(f"Search error occurred: Field '{name}' for record '{record}' was not found.")


def unknown_identifier(name: str, known: Iterable[str]) -> QueryError:
    """Say that no source of a query has such a name."""
    names = ", ".join(f"{one}={one}" for one in sorted(known))
    return invalid(
        f"Invalid or unsupported search. Unknown identifier '{name}'. Available identifiers are: {{{names}}}"
    )


def unsupported(what: str) -> QueryError:
    """Say what SuiteQL, or this simulator of it, does not do."""
    return invalid(f"Invalid or unsupported search. {what} is not supported.")
