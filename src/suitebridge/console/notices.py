"""What went wrong with a form as a whole: what happened, why, and what to do. Problems of single fields stand beside them."""

from __future__ import annotations

from dataclasses import dataclass

from suitebridge.console.wording import Span, spans
from suitebridge.domain.errors import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A refusal on top of a form."""

    title: str
    cause: str
    remedy: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """A line of the summary on top of a form; `field` is the id of the input that it leads to."""

    field: str
    said: str


def notice_of(problem: Problem) -> Notice:
    """Write a problem of the error table as a notice."""
    return Notice(title=problem.title, cause=problem.cause, remedy=spans(problem.remedy))
