"""Which requests only read: the allow list that a dry run is held to (quality.md U25). Whatever is not on it counts as a change."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from suitebridge.wire.http import Request
from suitebridge.wire.rest import suiteql
from suitebridge.wire.soap import names

_METHODS: Final = frozenset({"GET", "HEAD"})
_POSTED_TO: Final = frozenset({suiteql.PATH})
"""Addresses that are asked by POST and change nothing (netsuite-api.md §5.11)."""

_OPERATIONS: Final = frozenset(
    {
        "get",
        "getAll",
        "getCurrencyRate",
        "getCustomizationId",
        "getDataCenterUrls",
        "getDeleted",
        "getList",
        "getSelectValue",
        "getServerTime",
        "search",
        "searchMoreWithId",
    }
)
"""SOAP operations that change nothing (netsuite-api.md §4.3)."""


def only_reads(request: Request) -> bool:
    """Whether a request can change nothing in NetSuite."""
    if request.method in _METHODS:
        return True
    path = urlsplit(request.url).path
    if path == names.PATH:
        return request.headers.get("SOAPAction", "").strip('"') in _OPERATIONS
    return request.method == "POST" and path in _POSTED_TO
