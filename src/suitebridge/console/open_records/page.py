"""What the list of open records shows: what no run has settled yet, each as the last run left it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from suitebridge.console import links
from suitebridge.console.choices import Choice
from suitebridge.console.marks import OUTCOME_MARKS
from suitebridge.console.run_records.page import PAGE_OUTCOMES, OutcomeLine
from suitebridge.domain.outcomes import OPEN_KINDS, OutcomeKind


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLine:
    """One record, and the run that left it."""

    line: OutcomeLine
    run_text: str
    run_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRecordsPage:
    """A page of them; addresses are "" where there is nothing further."""

    here_href: str
    kinds: tuple[Choice, ...]
    lines: tuple[OpenLine, ...]
    newer_href: str
    older_href: str


def open_records_page(lines: Sequence[OpenLine], *, kind: OutcomeKind | None, after: int) -> OpenRecordsPage:
    """Write a page; a full one may have more behind it."""
    kinds = [one for one in OutcomeKind if one in OPEN_KINDS]
    return OpenRecordsPage(
        here_href=links.open_records(),
        kinds=(
            Choice(value="", text="All that is open", is_chosen=kind is None),
            *(Choice(value=one.value, text=OUTCOME_MARKS[one].text, is_chosen=one is kind) for one in kinds),
        ),
        lines=tuple(lines),
        newer_href=links.open_records(kind=kind, after=max(0, after - PAGE_OUTCOMES)) if after else "",
        older_href=links.open_records(kind=kind, after=after + len(lines)) if len(lines) == PAGE_OUTCOMES else "",
    )
