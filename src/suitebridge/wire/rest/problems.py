"""Problem documents: how REST says no (netsuite-api.md §5.7), and RESTlets (§6.3). What is empty or of another kind than documented costs no word."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from suitebridge.wire.rest.json import UnreadableJsonError, decode


class _Detail(msgspec.Struct):
    detail: str | None = None
    code: str | None = msgspec.field(default=None, name="o:errorCode")
    path: str | None = msgspec.field(default=None, name="o:errorPath")


class _Said(msgspec.Struct):
    """A RESTlet's error; its message may be anything."""

    code: str | None = None
    message: object = None


class _Document(msgspec.Struct):
    status: int | str | None = None
    title: str | None = None
    detail: str | None = None
    code: str | None = msgspec.field(default=None, name="o:errorCode")
    details: list[_Detail] | None = msgspec.field(default=None, name="o:errorDetails")
    error: _Said | str | None = None


_DOCUMENTS = msgspec.json.Decoder(_Document)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemDocument:
    """The codes and sentences of a refusal, and the fields it is about; `codes` and `paths` may be empty."""

    status: int
    codes: tuple[str, ...]
    said: str
    paths: tuple[str, ...] = ()


def read_problem(body: bytes) -> ProblemDocument | None:
    """Read a problem document, or give None for a body that is none."""
    try:
        document = decode(_DOCUMENTS, body)
    except UnreadableJsonError:
        return None
    details = document.details or [_Detail(detail=document.detail, code=document.code)]
    if isinstance(document.error, _Said):
        words = document.error.message
        details = [*details, _Detail(detail=words if isinstance(words, str) else None, code=document.error.code)]
    said = " ".join(detail.detail for detail in details if detail.detail) or document.title or ""
    codes = tuple(detail.code for detail in details if detail.code)
    if not said and not codes:
        return None
    paths = tuple(detail.path for detail in details if detail.path)
    status = document.status if isinstance(document.status, int) else 0
    return ProblemDocument(status=status, codes=codes, said=said or codes[0], paths=paths)
