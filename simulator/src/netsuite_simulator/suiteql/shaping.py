"""Queries that differ only in the key they go on from, told alike: clients page by `WHERE id > …`, and each page is a new text.

Knows texts only. What it does not surely understand it leaves alone (assumed: no client writes such pages otherwise):
quotes, comments, parameters, row numbers, a second SELECT.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_OTHER = re.compile(r"""['"?:]|--|/\*|\brownum\b""", re.IGNORECASE)
_SELECT = re.compile(r"\bselect\b", re.IGNORECASE)
_KEY = re.compile(r"(?<![\w.$#])((?:[a-z]\w*\.)?id\s*[<>]=?\s*)(\d{1,15})(?![\w.$#])", re.IGNORECASE)
_ALONE = re.compile(r"\bwhere\s+(?:[a-z]\w*\.)?id\s*>\s*\?\s*(?:order\s+by\s+[\w.,\s]+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A query with a parameter in the place of the key; `is_alone` where it asks for all rows beyond it, nothing else."""

    query: str
    key: int
    is_alone: bool


def shape_of(query: str) -> Shape | None:
    """Tell the shape of a query; None where it goes on from no key."""
    if _OTHER.search(query) is not None or len(_SELECT.findall(query)) != 1:
        return None
    keys = _KEY.findall(query)
    if len(keys) != 1:
        return None
    text = _KEY.sub(r"\1?", query)
    return Shape(query=text, key=int(keys[0][1]), is_alone=_ALONE.search(text) is not None)
