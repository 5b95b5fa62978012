"""Paging: sizes, indexes and slices (reference §4.4 to §4.6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from netsuite_simulator.faces.soap.conditions import CriterionRefusedError
from netsuite_simulator.faces.soap.headers import PAGE_SIZE_MAX, PAGE_SIZE_MIN, Preferences
from netsuite_simulator.faces.soap.statuses import StatusDetail

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[Item]):
    """One page; `index` starts at 1."""

    items: Sequence[Item]
    index: int
    size: int
    total_items: int

    @property
    def total_pages(self) -> int:
        """Return the number of pages there are."""
        return pages_for(self.total_items, self.size)


def pages_for(total_items: int, size: int) -> int:
    """Return how many pages hold that many items."""
    return -(-total_items // size)


def page_of(items: Sequence[Item], index: int, size: int) -> Page[Item]:
    """Cut one page; CriterionRefusedError where there is no such page. The first page always exists."""
    refuse_index(index, pages_for(len(items), size))
    start = (index - 1) * size
    return Page(items=items[start : start + size], index=index, size=size, total_items=len(items))


def refuse_index(index: int, total_pages: int) -> None:
    """Refuse an index outside the pages there are."""
    if index < 1 or index > max(total_pages, 1):
        raise CriterionRefusedError(
            code="INVALID_SEARCH_PAGE_INDEX",
            message=f"Invalid page index {index}. The result has {total_pages} pages, the first is 1.",
        )


def read_page_size(preferences: Preferences, *, largest: int = PAGE_SIZE_MAX) -> int | StatusDetail:
    """Return the page size asked for, or the status that refuses it.

    The help names WS_INVALID_SEARCH_PAGE_SIZE, which no schema holds; INVALID_SEARCH_PAGE_SIZE is its XSD value.
    """
    size = preferences.page_size
    if PAGE_SIZE_MIN <= size <= largest:
        return size
    return StatusDetail(
        code="INVALID_SEARCH_PAGE_SIZE",
        message=f"Invalid search page size {size} (WS_INVALID_SEARCH_PAGE_SIZE). Ask for {PAGE_SIZE_MIN} to "
        f"{largest} records a page.",
    )
