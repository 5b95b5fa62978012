"""Which document a search type belongs to (reference §4.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from netsuite_simulator.faces.soap.catalogs import Catalog

_PREFIXES = {"TransactionSearch": "tranSales"}  # it finds records of many documents


def search_prefix(catalog: Catalog, search_type: str) -> str:
    """Return the prefix of a search type's document: that of the records it finds."""
    known = _PREFIXES.get(search_type)
    return known or next((shape.prefix for shape in catalog.searched_by(search_type)), "platformCommon")
