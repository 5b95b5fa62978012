"""Texts as XML 1.0 can carry them."""

from __future__ import annotations


def printable(text: str) -> str:
    """Return `text` without the characters that XML 1.0 cannot carry."""
    if text.isprintable():
        return text
    return "".join(
        c for c in text if c in "\t\n\r" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )
