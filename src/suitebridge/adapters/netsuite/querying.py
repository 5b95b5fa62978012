"""Queries that somebody else wrote, page by page by offset; SuiteQL gives no more than 100,000 rows that way (netsuite-api.md §5.11)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from suitebridge.adapters.netsuite.asking import ask_for, purpose_of
from suitebridge.adapters.netsuite.conversing import Line
from suitebridge.domain.errors import Problem, RunStoppedError
from suitebridge.wire.rest import suiteql

_MOST_PAGES = 100


def query(line: Line, text: str, parameters: Sequence[str]) -> Iterator[Mapping[str, str]]:
    """Give rows by lower-case column name as they come; raise `RunStoppedError` rather than leave rows out."""
    asked = suiteql.Query(text=text, parameters=tuple(parameters))
    for number in range(_MOST_PAGES):
        maker = line.query(asked, suiteql.ROW_LIMIT, offset=number * suiteql.ROW_LIMIT)
        (page,) = ask_for(line, [maker], suiteql.read_page, purpose_of(line, "the query"))
        for row in page.rows:
            yield {name: cell for name, cell in row.items() if isinstance(cell, str)}
        if not page.has_more:
            return
    facts = {
        "what": "The query has more rows than NetSuite gives",
        "said": f"SuiteQL gives at most {_MOST_PAGES * suiteql.ROW_LIMIT:,} rows of one query.",
        "remedy": "Ask in parts: order by id, and begin each query after the last id of the one before.",
    }
    raise RunStoppedError(Problem(code="SB-RUN-001", facts=facts))
