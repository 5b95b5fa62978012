"""What the page of a draft shows: each change with what stood and what will stand, what is wrong, and who was faster."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from suitebridge.console import links, wording
from suitebridge.console.connector.tabs import Tab, tabs
from suitebridge.console.mapping.drafts import Bench
from suitebridge.console.mapping.page import ProtectionLine
from suitebridge.console.notices import Notice
from suitebridge.console.wording import Span
from suitebridge.domain.errors import Problem
from suitebridge.domain.intents import Change
from suitebridge.domain.values import Value, as_text


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedPlace:
    """One place: where it is, what stands there in force, and what the draft says."""

    place: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """Something that is wrong with the draft, and what to do; `href` leads to where it is mended, "" where that is not known."""

    title: str
    cause: str
    remedy: tuple[Span, ...]
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesPage:
    """The page."""

    tabs: tuple[Tab, ...]
    here_href: str
    mapping_href: str
    versions_href: str
    changes: tuple[ChangedPlace, ...]
    objections: tuple[Objection, ...]
    is_validated: bool
    protections: tuple[ProtectionLine, ...]
    version: int
    faster: str
    waits: bool
    notice: Notice | None


def changes_page(
    bench: Bench,
    changes: Sequence[Change],
    objections: Sequence[Objection],
    *,
    protections: Sequence[ProtectionLine],
    waits: bool,
    is_administrator: bool,
    notice: Notice | None,
) -> ChangesPage:
    """Write the page; `waits` says that somebody else has to approve what is saved."""
    return ChangesPage(
        tabs=tabs("mapping", is_administrator=is_administrator),
        here_href=links.address("mapping-changes"),
        mapping_href=links.address("mapping"),
        versions_href=links.address("mapping-versions"),
        changes=changed_places(changes),
        objections=tuple(objections),
        is_validated=not objections,
        protections=tuple(protections),
        version=bench.current.version,
        faster=bench.bar.faster,
        waits=waits,
        notice=notice,
    )


def changed_places(changes: Sequence[Change]) -> tuple[ChangedPlace, ...]:
    """Write changes of a configuration."""
    return tuple(ChangedPlace(place=one.field, before=_text(one.before), after=_text(one.after)) for one in changes)


def objection(problem: Problem, *, href: str = "") -> Objection:
    """Write a problem of the draft."""
    return Objection(
        title=problem.title,
        cause=wording.capitalized(problem.cause),
        remedy=wording.spans(problem.remedy),
        href=href,
    )


def _text(value: Value) -> str:
    return "" if isinstance(value, tuple) else as_text(value)
